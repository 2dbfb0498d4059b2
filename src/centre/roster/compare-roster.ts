/** What a new roster would change of the one that is there: before anybody takes it. */
import { keptAccommodations } from './kept-accommodations.ts';
import { hasAny } from '../../exam/accommodation/accommodations.ts';
import { saysRegions, type Roster } from '../../exam/roster/roster.ts';
import type { Centre } from '../centre.ts';
import { Turns } from '../work/turns.ts';
import type { RosterComparison } from './contract.ts';

const atOnce = 2_000;
const shown = 500;
const compared = ['name', 'siteCode', 'region', 'roomCode', 'seatNumber', 'accommodations'] as const;

type Compared = Record<(typeof compared)[number], string>;

/** @returns null when there is none yet. */
export async function compareRoster(
  { db }: Pick<Centre, 'db'>,
  projectId: string,
  roster: Roster,
): Promise<RosterComparison | null> {
  const turns = new Turns();
  const { rows } = roster;
  const regions = await regionsOf(db, projectId);
  const open = new Map(rows.map((row) => [key(row.sessionNumber, row.admissionNumber), row]));
  const counts = { added: 0, changed: 0, removed: 0, same: 0 };
  const changes: Record<'changed' | 'added' | 'removed', RosterComparison['changes']> = {
    changed: [],
    added: [],
    removed: [],
  };
  const note = (change: RosterComparison['changes'][number]): void => {
    counts[change.kind]++;
    if (changes[change.kind].length < shown) changes[change.kind].push(change);
  };
  let [any, last] = [false, ''];
  for (;;) {
    await turns.pass();
    const kept = await db
      .selectFrom('candidate')
      .selectAll()
      .where('project_id', '=', projectId)
      .where('id', '>', last)
      .orderBy('id')
      .limit(atOnce)
      .execute();
    const end = kept.at(-1);
    if (!end) break;
    any = true;
    last = end.id;
    for (const one of kept) {
      const who = {
        sessionNumber: one.session_number,
        admissionNumber: one.admission_number,
        name: one.name,
      };
      const row = open.get(key(one.session_number, one.admission_number));
      if (!row) {
        note({ kind: 'removed', ...who, what: [] });
        continue;
      }
      open.delete(key(row.sessionNumber, row.admissionNumber));
      const before: Compared = {
        name: one.name,
        siteCode: one.site_code,
        region: regions.get(one.site_code) ?? '',
        roomCode: one.room_code,
        seatNumber: String(one.seat_number ?? ''),
        accommodations: JSON.stringify(keptAccommodations(one.accommodations_json)),
      };
      const after: Compared = {
        name: row.name,
        siteCode: row.siteCode,
        region: saysRegions(roster) ? (row.region ?? '') : (regions.get(row.siteCode) ?? ''),
        roomCode: row.roomCode,
        seatNumber: String(row.seatNumber ?? ''),
        accommodations: JSON.stringify(hasAny(row.accommodations) ? row.accommodations : null),
      };
      const what = compared
        .filter((field) => before[field] !== after[field])
        .map((field) => ({
          field,
          // What is in an accommodation the list of candidates says better than two JSON texts.
          before: field === 'accommodations' ? '' : before[field],
          after: field === 'accommodations' ? '' : after[field],
        }));
      if (what.length === 0) counts.same++;
      else note({ kind: 'changed', ...who, what });
    }
  }
  for (const { sessionNumber, admissionNumber, name } of open.values())
    note({ kind: 'added', sessionNumber, admissionNumber, name, what: [] });
  const listed = [...changes.changed, ...changes.added, ...changes.removed].slice(0, shown);
  return any ? { ...counts, changes: listed } : null;
}

async function regionsOf(db: Centre['db'], projectId: string): Promise<ReadonlyMap<string, string>> {
  const sites = await db
    .selectFrom('site')
    .select(['code', 'region'])
    .where('project_id', '=', projectId)
    .execute();
  return new Map(sites.map(({ code, region }) => [code, region ?? '']));
}

function key(session: number, admissionNumber: string): string {
  return `${session} ${admissionNumber}`;
}
