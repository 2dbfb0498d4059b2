/** Lists beside the board: a project's sites, and the results that came. */
import type { CodeName } from '../../exam/code/desk.ts';
import type { Limit } from '../../node/users/limit.ts';
import { within } from '../limits/within.ts';
import type { Centre } from '../centre.ts';
import type { SiteRow } from '../contract.ts';
import type { ResultRow } from '../result/contract.ts';
import { sessionsOf } from '../project/projects.ts';

export async function siteRows(centre: Centre, projectId: string, limit: Limit | null): Promise<SiteRow[]> {
  const { db } = centre;
  const sites = await db
    .selectFrom('site')
    .selectAll()
    .where('project_id', '=', projectId)
    .where(within(limit, projectId, 'code'))
    .orderBy('code')
    .execute();
  const rooms = await db
    .selectFrom('room')
    .select(['site_code', (eb) => eb.fn.countAll<number>().as('n')])
    .where('project_id', '=', projectId)
    .groupBy('site_code')
    .execute();
  const candidates = await db
    .selectFrom('candidate')
    .select(['site_code', (eb) => eb.fn.countAll<number>().as('n')])
    .where('project_id', '=', projectId)
    .groupBy('site_code')
    .execute();
  const locks = await db
    .selectFrom('site_lock')
    .select(['site_code', 'serial'])
    .where('project_id', '=', projectId)
    .where('state', '=', 'active')
    .execute();
  const lockOf = new Map(locks.map((lock) => [lock.site_code, lock.serial]));
  const bySite = (rows: readonly { site_code: string; n: number }[]): Map<string, number> =>
    new Map(rows.map((row) => [row.site_code, Number(row.n)]));
  const [roomsOf, candidatesOf] = [bySite(rooms), bySite(candidates)];
  return sites.map((site) => ({
    code: site.code,
    name: site.name,
    region: site.region,
    rooms: roomsOf.get(site.code) ?? 0,
    candidates: candidatesOf.get(site.code) ?? 0,
    registrationCode: site.registration_code,
    registeredAt: site.registered_at,
    lockSerial: lockOf.get(site.code) ?? null,
    lastContact: centre.board.memory.lastContact(projectId, site.code) ?? site.last_contact,
    loadedAt: centre.board.memory.loadedAt(projectId, site.code),
    program: centre.board.memory.program(projectId, site.code),
  }));
}

/** One row per room and session, whether its result came or not. */
export async function resultRows(
  centre: Centre,
  projectId: string,
  limit: Limit | null,
): Promise<ResultRow[]> {
  const { db } = centre;
  const sessions = await sessionsOf(centre, projectId);
  const rooms = await db
    .selectFrom('room')
    .innerJoin('site', (join) =>
      join.onRef('site.project_id', '=', 'room.project_id').onRef('site.code', '=', 'room.site_code'),
    )
    .select(['room.code', 'room.site_code', 'site.region'])
    .where('room.project_id', '=', projectId)
    .where(within(limit, projectId, 'room.site_code'))
    .orderBy('room.code')
    .execute();
  const results = await db
    .selectFrom('result')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('received_at')
    .orderBy('id')
    .execute();
  const candidates = await db
    .selectFrom('candidate')
    .select(['room_code', 'session_number', (eb) => eb.fn.countAll<number>().as('n')])
    .where('project_id', '=', projectId)
    .groupBy(['room_code', 'session_number'])
    .execute();
  // The newest of each room: later ones take the place of those before.
  const newest = new Map(results.map((one) => [`${one.session_id} ${one.room_code}`, one]));
  const kept = new Map<string, number>();
  for (const one of results) {
    const key = `${one.session_id} ${one.room_code}`;
    kept.set(key, (kept.get(key) ?? 0) + 1);
  }
  const seated = new Map(candidates.map((one) => [`${one.session_number} ${one.room_code}`, Number(one.n)]));
  return sessions.flatMap((session) =>
    rooms.map((room): ResultRow => {
      const result = newest.get(`${session.id} ${room.code}`);
      const expected = seated.get(`${session.number} ${room.code}`) ?? 0;
      return {
        siteCode: room.site_code,
        region: room.region,
        roomCode: room.code,
        sessionId: session.id,
        sessionNumber: session.number,
        expected,
        sat: result?.sat ?? null,
        absent: result?.absent ?? null,
        receivedAt: result?.received_at ?? null,
        receiptAt: result && result.held_json === null ? result.receipt_at : null,
        entries: result?.entries ?? null,
        files: result?.files ?? null,
        filesMissing: result?.files_missing ?? null,
        foreignChanges: result?.foreign_changes ?? null,
        foreignSittings: result?.foreign_sittings ?? null,
        results: kept.get(`${session.id} ${room.code}`) ?? 0,
        problem:
          result && result.held_json !== null
            ? codesNotIssued(result.held_json)
            : !result || result.problem_json === null
              ? null
              : (JSON.parse(result.problem_json) as { type: string }),
      };
    }),
  );
}

function codesNotIssued(heldJson: string): { type: string; count: number; codes: string[] } {
  const codes = (JSON.parse(heldJson) as CodeName[]).map(({ challenge }) => challenge);
  return { type: 'codes-not-issued', count: codes.length, codes };
}
