/** Events on paper with the sums of their sites. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { noSums, type SiteSums } from '../../exam/scan/completeness.ts';
import type { Limit } from '../../node/users/limit.ts';
import type { Centre } from '../centre.ts';
import { within } from '../limits/within.ts';
import type { EventRow } from './contract.ts';

type Named = Omit<EventRow, 'sites' | 'sums'>;

const sumColumns = [
  'kits',
  'sides',
  'came',
  'filled',
  'empty',
  'duplicate',
] as const satisfies readonly (keyof SiteSums)[];

/** By date. A limited user sees those in which a site of theirs has forms. */
export async function completenessEvents(
  { db }: Pick<Centre, 'db'>,
  projectId: string,
  limit: Limit | null,
): Promise<EventRow[]> {
  const events = await db
    .selectFrom('event')
    .select(['id', 'code', 'name', 'subject_name', 'date'])
    .where('project_id', '=', projectId)
    .orderBy('date')
    .orderBy('code')
    .execute();
  const rows = await db
    .selectFrom('event_site')
    .innerJoin('event', 'event.id', 'event_site.event_id')
    .select((eb) => [
      'event_site.event_id',
      eb.fn.countAll().as('sites'),
      ...sumColumns.map((column) => eb.fn.sum(`event_site.${column}`).as(column)),
    ])
    .where('event.project_id', '=', projectId)
    .where(within(limit, projectId, 'event_site.site_code'))
    .groupBy('event_site.event_id')
    .execute();
  const sums = new Map(rows.map((row) => [row.event_id, row]));
  return events.flatMap(({ subject_name: subjectName, ...event }) => {
    const row = sums.get(event.id);
    if (!row) return limit === null ? [{ ...event, subjectName, sites: 0, sums: noSums }] : [];
    const counted: Record<keyof SiteSums, number> = { ...noSums };
    // PostgreSQL gives sums as text.
    for (const column of sumColumns) counted[column] = Number(row[column]);
    return [{ ...event, subjectName, sites: Number(row.sites), sums: counted }];
  });
}

/** @returns refusal `no-such-event`, also for one of another project. */
export async function eventOf(
  { db }: Pick<Centre, 'db'>,
  projectId: string,
  eventId: string,
): Promise<Result<Named>> {
  const row = await db
    .selectFrom('event')
    .select(['id', 'code', 'name', 'subject_name', 'date'])
    .where('id', '=', eventId)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  if (!row) return refuse({ type: 'no-such-event' });
  const { subject_name: subjectName, ...event } = row;
  return ok({ ...event, subjectName });
}
