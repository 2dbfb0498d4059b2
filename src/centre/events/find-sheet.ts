/** Whose sheet a number is, and what has come of it. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { SheetKind } from '../../exam/form/sheet-code.ts';
import type { SideState } from '../../exam/scan/standing.ts';
import { isWithin, type Limit } from '../../node/users/limit.ts';
import type { Centre } from '../centre.ts';

/** What came of one side; `not-expected`: nothing, and nobody misses it. */
export type RegisteredSide = SideState | 'not-expected';

export interface FoundSheet {
  readonly eventId: string;
  readonly eventName: string;
  readonly siteCode: string;
  readonly siteName: string;
  readonly roomCode: string;
  /** null: an additional sheet that was given to nobody yet. */
  readonly kit: string | null;
  readonly kind: SheetKind;
  readonly sides: 1 | 2;
  readonly side1: RegisteredSide;
  readonly side2: RegisteredSide | null;
}

/** As the register has it, wherever its site lies. null: it has no such number. @param number digits alone */
export async function registeredSheet({ db }: Pick<Centre, 'db'>, projectId: string, number: string) {
  const row = await db
    .selectFrom('sheet')
    .innerJoin('event', 'event.id', 'sheet.event_id')
    .leftJoin('site', (join) =>
      join.onRef('site.project_id', '=', 'sheet.project_id').onRef('site.code', '=', 'sheet.site_code'),
    )
    .selectAll('sheet')
    .select(['event.name as event_name', 'event.code as event_code', 'site.name as site_name', 'site.region'])
    .where('sheet.project_id', '=', projectId)
    .where('sheet.number', '=', number)
    .executeTakeFirst();
  return row ?? null;
}

/** @param number digits alone */
export async function findSheet(
  centre: Pick<Centre, 'db'>,
  projectId: string,
  number: string,
  limit: Limit | null,
): Promise<Result<FoundSheet>> {
  const row = await registeredSheet(centre, projectId, number);
  if (!row || !isWithin(limit, projectId, { code: row.site_code, region: row.region }))
    return refuse({ type: 'number-not-in-register' });
  return ok({
    eventId: row.event_id,
    eventName: row.event_name,
    siteCode: row.site_code,
    siteName: row.site_name ?? row.site_code,
    roomCode: row.room_code,
    kit: row.kit,
    kind: row.kind as SheetKind,
    sides: row.sides === 2 ? 2 : 1,
    side1: row.side_1 as RegisteredSide,
    side2: row.side_2 as RegisteredSide | null,
  });
}
