/** Events with how far their marks are. */
import type { Limit } from '../../../node/users/limit.ts';
import type { Centre } from '../../centre.ts';
import { within } from '../../limits/within.ts';
import type { MarkEvent } from './contract.ts';
import { placedPages } from './find-page.ts';

/** The newest first; of limited users those in which a site of theirs takes part. */
export async function markEvents(
  { db }: Pick<Centre, 'db'>,
  projectId: string,
  limit: Limit | null,
): Promise<MarkEvent[]> {
  const events = await db
    .selectFrom('event')
    .select(['event.id', 'event.code', 'event.name', 'event.date'])
    .where('event.project_id', '=', projectId)
    .$if(limit !== null, (query) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('event_site')
            .select('event_site.event_id')
            .whereRef('event_site.event_id', '=', 'event.id')
            .where(within(limit, projectId, 'event_site.site_code')),
        ),
      ),
    )
    .orderBy('event.date', 'desc')
    .orderBy('event.code')
    .execute();
  const pages = await placedPages(db, projectId, limit)
    .select(({ fn, eb }) => [
      'scan_standing.event_id',
      fn.sum('marks_rows').as('rows'),
      fn.sum('marks_open').as('open'),
      fn.sum('marks_unread').as('unread'),
      fn.sum(eb.case().when('marks_open', '>', 0).then(1).else(0).end()).as('openPages'),
    ])
    .groupBy('scan_standing.event_id')
    .execute();
  const decisions = await placedPages(db, projectId, limit)
    .innerJoin('mark_decision as made', 'made.scan_id', 'scan_standing.scan_id')
    .select(({ fn }) => [
      'scan_standing.event_id',
      'made.purpose',
      fn.countAll().as('rows'),
      fn.sum('made.agreed').as('agreed'),
    ])
    .where('made.marked_json', '!=', 'null')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('mark_decision as later')
            .select('later.seq')
            .whereRef('later.scan_id', '=', 'made.scan_id')
            .whereRef('later.field', '=', 'made.field')
            .whereRef('later.row', '=', 'made.row')
            .whereRef('later.seq', '>', 'made.seq'),
        ),
      ),
    )
    .groupBy(['scan_standing.event_id', 'made.purpose'])
    .execute();
  return events.map((event) => {
    const of = pages.find(({ event_id }) => event_id === event.id);
    const made = (purpose: string) =>
      decisions.find((one) => one.event_id === event.id && one.purpose === purpose);
    return {
      ...event,
      rows: Number(of?.rows ?? 0),
      open: Number(of?.open ?? 0),
      openPages: Number(of?.openPages ?? 0),
      unreadPages: Number(of?.unread ?? 0),
      decided: Number(made('review')?.rows ?? 0),
      checked: Number(made('check')?.rows ?? 0),
      agreed: Number(made('check')?.agreed ?? 0),
    };
  });
}
