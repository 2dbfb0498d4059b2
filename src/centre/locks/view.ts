import type { Centre } from '../centre.ts';
import { sessionsOf } from '../project/projects.ts';
import type { LocksOfSite } from './contract.ts';
import { lockOfRow } from './locks.ts';

/** Every site of the project, whether it has a lock or not. */
export async function locksOfProject(centre: Centre, projectId: string): Promise<LocksOfSite[]> {
  const { db, node } = centre;
  const sites = await db
    .selectFrom('site')
    .select(['code', 'name'])
    .where('project_id', '=', projectId)
    .orderBy('code')
    .execute();
  const locks = await db
    .selectFrom('site_lock')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('registered_at')
    .orderBy('serial')
    .execute();
  const codes = await db.selectFrom('lock_code').selectAll().where('project_id', '=', projectId).execute();
  const calibrations = await db
    .selectFrom('lock_calibration')
    .selectAll()
    .where('project_id', '=', projectId)
    .execute();
  const numbers = new Map((await sessionsOf(centre, projectId)).map(({ id, number }) => [id, number]));
  return sites.map(({ code, name }): LocksOfSite => {
    const open = codes.find((one) => one.site_code === code && one.expires_at > node.clock.now());
    return {
      siteCode: code,
      siteName: name,
      code: open ? { code: open.code, expiresAt: open.expires_at } : null,
      locks: locks
        .filter((row) => row.site_code === code)
        .map((row) => ({
          ...lockOfRow(row),
          note: row.note,
          registeredAt: row.registered_at,
          registeredBy: row.registered_by,
          seenAt: row.seen_at,
          revoked:
            row.revoked_at === null
              ? null
              : { at: row.revoked_at, by: row.revoked_by ?? '', reason: row.revoked_reason ?? '' },
          calibrations: calibrations
            .filter((one) => one.site_code === code && one.serial === row.serial)
            .map((one) => ({ sessionNumber: numbers.get(one.session_id) ?? 0, at: one.at }))
            .toSorted((a, b) => a.sessionNumber - b.sessionNumber),
        })),
    };
  });
}
