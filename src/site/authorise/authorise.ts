/** Steps 3 and 5: the authorisation, which may lie here for days and opens nothing, and the release, which opens it with the lock. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromBase64, toBase64 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { parseReleaseWords, readSessionKeys, unlockRelease } from '../../trust/release.ts';
import { openOfExam } from '../open-parcel.ts';
import type { Site } from '../site.ts';

export async function fetchAuthorisations(site: Site): Promise<Result<void>> {
  if (!site.link) return refuse({ type: 'site-not-registered-at-centre' });
  const offered = await site.link.client.get<{ name: string; kind: string }[]>('/parcels');
  if (!offered.ok) return offered;
  const ours = offered.value.filter((one) => one.kind === 'authorisation');
  if (ours.length === 0) return refuse({ type: 'no-authorisation-prepared' });
  for (const { name } of ours) {
    const file = join(site.node.staging, `${newId()}.ptq`);
    const downloaded = await site.link.client.download(`/parcels/${name}`, file);
    if (!downloaded.ok) return downloaded;
    const taken = await takeAuthorisation(site, file);
    if (!taken.ok) return taken;
  }
  return ok();
}

export async function takeAuthorisation(site: Site, file: string): Promise<Result<{ sessionId: string }>> {
  const opened = await openForSession(site, file, 'authorisation');
  if (!opened.ok) return opened;
  const { sessionId, content, preparedAt } = opened.value;
  const locked = toBase64(content);
  const { db } = site.node;
  const before = db
    .prepare('SELECT locked, prepared_at FROM authorisation WHERE session_id = ?')
    .get(sessionId);
  // It was prepared again since, perhaps because a lock was revoked: the older file opens nothing any more.
  if (preparedAt !== null && Number(before?.['prepared_at'] ?? 0) > preparedAt)
    return refuse({ type: 'authorisation-older' });
  if (before?.['locked'] !== locked) {
    db.prepare(
      'INSERT INTO authorisation (session_id, locked, received_at, prepared_at) VALUES (?, ?, ?, ?) ON CONFLICT (session_id) DO UPDATE SET locked = excluded.locked, received_at = excluded.received_at, prepared_at = excluded.prepared_at, session_keys = NULL, calibrated_at = NULL, verified_at = NULL, release_secret = NULL, carried_at = NULL',
    ).run(sessionId, locked, site.node.clock.now(), preparedAt);
    await site.node.journal.append([
      { kind: 'authorisation-received', subject: `session:${sessionId}`, data: {} },
    ]);
    site.changed.notify();
    site.link?.uplink.nudge();
  }
  return ok({ sessionId });
}

/** With the release that the lock has brought, else with the centre's, which answers from release time on. */
export async function calibrate(site: Site, sessionId: string, pin: string): Promise<Result<void>> {
  const carried = site.node.db
    .prepare('SELECT release_secret FROM authorisation WHERE session_id = ?')
    .get(sessionId)?.['release_secret'];
  if (typeof carried === 'string') return unlock(site, sessionId, fromBase64(carried), pin);
  if (!site.link) return refuse({ type: 'site-not-registered-at-centre' });
  const released = await site.link.client.get<{ secret: string }>(`/release/${sessionId}`);
  return released.ok ? unlock(site, sessionId, fromBase64(released.value.secret), pin) : released;
}

export async function takeRelease(
  site: Site,
  file: string,
  pin: string,
): Promise<Result<{ sessionId: string }>> {
  const opened = await openForSession(site, file, 'release');
  if (!opened.ok) return opened;
  const unlocked = await unlock(site, opened.value.sessionId, opened.value.content, pin);
  return unlocked.ok ? ok({ sessionId: opened.value.sessionId }) : unlocked;
}

export async function enterWords(
  site: Site,
  sessionId: string,
  words: string,
  pin: string,
): Promise<Result<void>> {
  const secret = parseReleaseWords(words);
  return secret.ok ? unlock(site, sessionId, secret.value, pin) : secret;
}

async function unlock(site: Site, sessionId: string, secret: Uint8Array, pin: string): Promise<Result<void>> {
  const { db, node } = { db: site.node.db, node: site.node };
  const [membership, setup, lock] = [site.membership(), site.setup(), site.lock()];
  if (!membership || !setup) return refuse({ type: 'site-not-registered-at-centre' });
  if (!lock.ok) return lock;
  const row = db.prepare('SELECT locked FROM authorisation WHERE session_id = ?').get(sessionId);
  if (!row) return refuse({ type: 'site-not-authorised' });
  const inner = unlockRelease(fromBase64(String(row['locked'])), secret, {
    project: membership.project.id,
    session: sessionId,
    site: setup.siteCode,
  });
  if (!inner.ok) return inner;
  const unsealed = await lock.value.unseal(inner.value, pin);
  if (!unsealed.ok) return unsealed;
  const keys = readSessionKeys(unsealed.value);
  if (!keys.ok) return keys;
  db.prepare(
    'UPDATE authorisation SET session_keys = ?, calibrated_at = ?, release_secret = NULL WHERE session_id = ?',
  ).run(JSON.stringify(keys.value), node.clock.now(), sessionId);
  await node.journal.append([
    { kind: 'lock-calibrated', subject: `session:${sessionId}`, data: { lock: lock.value.serial } },
  ]);
  site.changed.notify();
  site.link?.uplink.nudge();
  return ok();
}

/** Step 5: the lock is there and the session's keys are open, so rooms can be authorised. */
export async function verifyAuthorisation(site: Site, sessionId: string): Promise<Result<void>> {
  const row = site.node.db
    .prepare('SELECT session_keys FROM authorisation WHERE session_id = ?')
    .get(sessionId);
  if (!row) return refuse({ type: 'site-not-authorised' });
  if (row['session_keys'] === null) return refuse({ type: 'site-not-calibrated' });
  const lock = site.lock();
  if (!lock.ok) return lock;
  site.node.db
    .prepare('UPDATE authorisation SET verified_at = ? WHERE session_id = ?')
    .run(site.node.clock.now(), sessionId);
  await site.node.journal.append([
    { kind: 'authorisation-verified', subject: `session:${sessionId}`, data: {} },
  ]);
  site.changed.notify();
  site.link?.uplink.nudge();
  return ok();
}

/** The one secret part of what the centre made for one session. Refusals: those of `openOfExam`, `wrong-key`. */
export async function openForSession(
  site: Site,
  file: string,
  kind: 'authorisation' | 'release',
): Promise<Result<{ sessionId: string; content: Uint8Array; preparedAt: number | null }>> {
  const opened = await openOfExam(site, file, kind);
  if (!opened.ok) return opened;
  try {
    const part = opened.value.parts.get(kind === 'release' ? 'secret' : 'locked');
    if (!part || part.sealed || opened.value.manifest.session === null) return refuse({ type: 'wrong-key' });
    const { preparedAt } = opened.value.manifest.about;
    return ok({
      sessionId: opened.value.manifest.session,
      preparedAt: typeof preparedAt === 'number' ? preparedAt : null,
      content: new Uint8Array(await readFile(part.file)),
    });
  } finally {
    await opened.value.dispose();
  }
}
