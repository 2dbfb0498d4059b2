/** The outer lock of the access keys. What comes out is still sealed to the members' tokens: nothing opens at this computer. */
import { fromBase64, toBase64, type Bytes } from '../../../base/bytes.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { dayReleaseSchema } from '../../../exam/paper-day/exchange.ts';
import { transaction } from '../../../store/sqlite.ts';
import { parseReleaseDigits } from '../../../trust/release-digits.ts';
import { parseReleaseWords, unlockRelease } from '../../../trust/release.ts';
import { openForSession } from '../../authorise/authorise.ts';
import type { Site } from '../../site.ts';
import { paperEvent } from '../events.ts';
import type { Taken } from '../intake/taken.ts';

type Way = 'online' | 'file' | 'told' | 'known';

/** Refusals: those of the centre (`too-early`, `release-held`), `key-missing`, `wrong-release`. */
export async function fetchRelease(site: Site, eventId: string): Promise<Result<void>> {
  if (!site.link) return refuse({ type: 'site-not-registered-at-centre' });
  const answer = await site.link.client.get<unknown>(`/paper-day/release/${encodeURIComponent(eventId)}`);
  if (!answer.ok) return answer;
  const released = dayReleaseSchema.safeParse(answer.value);
  if (!released.success) return refuse({ type: 'parent-not-understood' });
  return release(site, eventId, fromBase64(released.data.secret), 'online');
}

/** Refusals: those of `openForSession`, `no-such-event-here`, `key-missing`, `wrong-release`. */
export async function takeRelease(site: Site, file: string): Promise<Result<Taken>> {
  const opened = await openForSession(site, file, 'release');
  if (!opened.ok) return opened;
  const { sessionId: eventId, content } = opened.value;
  const known = secretOf(site, eventId) === toBase64(content);
  const released = await release(site, eventId, new Uint8Array(content), 'file');
  return released.ok ? ok({ kind: 'release', eventId, name: '', known }) : released;
}

/** Twelve words or forty digits, as they were read out. Refusals: those of their checks, `key-missing`, `wrong-release`. */
export async function enterRelease(site: Site, eventId: string, text: string): Promise<Result<void>> {
  const secret = /[^\d\s.,–-]/.test(text) ? parseReleaseWords(text) : parseReleaseDigits(text);
  return secret.ok ? release(site, eventId, secret.value, 'told') : secret;
}

/** A key that came after the release. One that was made under another release waits for that. */
export async function openWithKnownRelease(site: Site, eventId: string): Promise<void> {
  const secret = secretOf(site, eventId);
  if (secret !== null) await release(site, eventId, fromBase64(secret), 'known');
}

function secretOf({ node }: Site, eventId: string): string | null {
  const row = node.db.prepare('SELECT release_secret FROM paper_event WHERE id = ?').get(eventId);
  return typeof row?.['release_secret'] === 'string' ? row['release_secret'] : null;
}

async function release(site: Site, eventId: string, secret: Bytes, way: Way): Promise<Result<void>> {
  const { node } = site;
  const event = paperEvent(site, eventId);
  if (!event.ok) return event;
  const [membership, setup] = [site.membership(), site.setup()];
  if (!membership || !setup) return refuse({ type: 'site-not-registered-at-centre' });
  const rows = node.db
    .prepare('SELECT number, locked, inner FROM paper_key WHERE event_id = ? ORDER BY number DESC')
    .all(eventId);
  if (rows.length === 0) return refuse({ type: 'key-missing' });
  const context = { project: membership.project.id, session: eventId, site: setup.siteCode };
  const opened: { number: number; inner: string; before: boolean }[] = [];
  for (const row of rows) {
    const inner = unlockRelease(fromBase64(String(row['locked'])), secret, context);
    if (inner.ok)
      opened.push({
        number: Number(row['number']),
        inner: toBase64(inner.value),
        before: row['inner'] !== null,
      });
    // The newest is the one that counts. An earlier one may have been made under another release.
    else if (row === rows[0]) return inner;
  }
  const fresh = opened.filter(({ before }) => !before).map(({ number }) => number);
  transaction(node.db, () => {
    const write = node.db.prepare(
      'UPDATE paper_key SET inner = ?, opened_at = coalesce(opened_at, ?) WHERE event_id = ? AND number = ?',
    );
    for (const { number, inner } of opened) write.run(inner, node.clock.now(), eventId, number);
    node.db.prepare('UPDATE paper_event SET release_secret = ? WHERE id = ?').run(toBase64(secret), eventId);
  });
  if (fresh.length > 0)
    await node.journal.append([
      { kind: 'access-key-released', subject: `event:${eventId}`, data: { numbers: fresh, way } },
    ]);
  site.changed.notify();
  return ok();
}
