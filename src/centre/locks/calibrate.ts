/** 机考锁校时: a lock that has proved itself is given the releases of its site's sessions whose time has come, by the centre's clock alone. */
import { readFile, rm } from 'node:fs/promises';
import { toBase64 } from '../../base/bytes.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import type { LockCalibrated } from '../../courier/lock/wire.ts';
import { asThePolicySays, releaseGate } from '../../exam/project/release.ts';
import { signTimeStatement } from '../../trust/time-statement.ts';
import { makeReleaseForLock } from '../authorise/authorise.ts';
import { releaseOrders } from '../authorise/release-order.ts';
import type { Centre } from '../centre.ts';
import { sessionsOf } from '../project/projects.ts';
import type { Tables } from '../storage/tables.ts';

/** A lock has little room, and who works on a session of yesterday has had its release. */
const keptAfterMs = 24 * 60 * 60 * 1000;

/**
 * @returns refusals `lock-not-registered`, `lock-revoked`, `calibration-too-early` with `opensAt`, `nothing-to-calibrate`, and why a session's release is not
 *          given where none is
 */
export async function calibrateLock(
  centre: Centre,
  { serial, recipient }: { readonly serial: string; readonly recipient: string },
  nonce: string,
): Promise<Result<LockCalibrated>> {
  const { db, node } = centre;
  // The same lock may be one of the mock exam's and one of the formal exam's.
  const known = (await db.selectFrom('site_lock').selectAll().where('serial', '=', serial).execute()).filter(
    (row) => row.recipient === recipient,
  );
  const accepted = known.filter(({ state }) => state !== 'revoked');
  const [one] = known;
  if (!one) return refuse({ type: 'lock-not-registered', serial });
  if (accepted.length === 0)
    return refuse({ type: 'lock-revoked', serial, reason: one.revoked_reason ?? '', at: one.revoked_at });
  const given: LockCalibrated['releases'] = [];
  const waiting: LockCalibrated['waiting'] = [];
  const sites: LockCalibrated['sites'] = [];
  let problem: Refusal | null = null;
  for (const lock of accepted) {
    const site = await siteOf(centre, lock);
    if (!site) continue;
    sites.push(site);
    for (const { session, result } of await releasesFor(centre, lock)) {
      const about = { sessionNumber: session.number, name: session.name };
      if (result.ok) {
        given.push({ sessionId: session.id, startAt: session.startAt, parcel: result.value, ...about });
        await enter(centre, lock, session.id);
      } else if (result.refusal.type === 'too-early')
        waiting.push({ ...about, opensAt: Number(result.refusal['opensAt']) });
      else problem ??= result.refusal;
    }
  }
  if (given.length === 0) {
    // A session that is due and cannot be given comes before one that is waited for.
    if (problem) return refuse(problem);
    const [next] = waiting.toSorted((a, b) => a.opensAt - b.opensAt);
    if (next) return refuse({ type: 'calibration-too-early', opensAt: next.opensAt });
    return refuse({ type: 'nothing-to-calibrate' });
  }
  const at = node.clock.now();
  return ok({
    serial,
    at,
    time: { nonce, jws: signTimeStatement({ nonce, at }, node.keys.signing) },
    sites,
    releases: given,
    waiting,
  });
}

async function siteOf({ db }: Centre, { project_id, site_code }: Tables['site_lock']) {
  return db
    .selectFrom('site')
    .innerJoin('project', 'project.id', 'site.project_id')
    .select([
      'site.code as siteCode',
      'site.name as siteName',
      'project.name as projectName',
      'project.support_phone as supportPhone',
    ])
    .where('project_id', '=', project_id)
    .where('site.code', '=', site_code)
    .executeTakeFirst();
}

async function releasesFor(centre: Centre, { project_id, site_code, serial }: Tables['site_lock']) {
  const now = centre.node.clock.now();
  const orders = await releaseOrders(centre, project_id);
  const to = { projectId: project_id, siteCode: site_code, serial };
  const sessions = (await sessionsOf(centre, project_id)).filter(
    ({ startAt, subjects }) =>
      startAt + subjects.reduce((sum, { durationMin }) => sum + durationMin * 60_000, 0) + keptAfterMs > now,
  );
  const made = [];
  for (const session of sessions) {
    // What is not due yet is waited for, whatever may be wrong with it.
    const due = releaseGate(session, now, orders.get(session.id) ?? asThePolicySays);
    const release = due.ok ? await makeReleaseForLock(centre, session.id, to) : due;
    made.push({ session, result: release.ok ? ok(await bytesOf(release.value.file)) : release });
  }
  return made;
}

async function bytesOf(file: string): Promise<string> {
  const content = await readFile(file);
  await rm(file, { force: true });
  return toBase64(new Uint8Array(content));
}

async function enter(
  { db, node, changed }: Centre,
  lock: Tables['site_lock'],
  sessionId: string,
): Promise<void> {
  const at = node.clock.now();
  const { project_id, site_code, serial } = lock;
  await db
    .insertInto('lock_calibration')
    .values({ project_id, site_code, serial, session_id: sessionId, at })
    .onConflict((conflict) =>
      conflict.columns(['project_id', 'site_code', 'serial', 'session_id']).doUpdateSet({ at }),
    )
    .execute();
  await node.journal.append([
    { kind: 'lock-release-given', subject: `session:${sessionId}`, data: { site: site_code, lock: serial } },
  ]);
  changed.notify();
}
