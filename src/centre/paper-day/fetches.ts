/** Who took materials, keys and releases of an event, when and how: the site by network, or somebody at the centre to hand them on. */
import { newId } from '../../base/ids.ts';
import type { Centre } from '../centre.ts';
import type { CentreDatabase } from '../storage/database.ts';
import type { DayFetchFilter, DayFetchRow } from './contract.ts';

export interface DayFetch {
  readonly projectId: string;
  readonly eventId: string;
  readonly siteCode: string;
  readonly what: DayFetchRow['what'];
  /** Revision of the materials, number of the key. */
  readonly number: number | null;
  readonly taken:
    | { readonly way: 'online'; readonly address: string | null }
    | { readonly way: 'file' | 'words' | 'digits'; readonly by: string };
}

export async function recordDayFetch(
  { db, node, changed }: Pick<Centre, 'db' | 'node' | 'changed'>,
  { projectId, eventId, siteCode, what, number, taken }: DayFetch,
): Promise<void> {
  const by = taken.way === 'online' ? null : taken.by;
  const address = taken.way === 'online' ? taken.address : null;
  await db
    .insertInto('day_fetch')
    .values({
      id: newId(),
      project_id: projectId,
      event_id: eventId,
      site_code: siteCode,
      at: node.clock.now(),
      what,
      number,
      way: taken.way,
      by_account: by,
      address,
    })
    .execute();
  await node.journal.append([
    {
      kind: 'day-fetched',
      subject: `event:${eventId}`,
      data: { project: projectId, site: siteCode, what, number, way: taken.way, by, address },
    },
  ]);
  changed.notify();
}

/** The newest first. */
export async function dayFetchRows(
  { db }: { readonly db: CentreDatabase },
  filter: DayFetchFilter & {
    readonly projectId: string;
    readonly eventId: string;
    readonly offset: number;
    readonly limit: number;
  },
): Promise<{ total: number; rows: DayFetchRow[] }> {
  const base = db
    .selectFrom('day_fetch')
    .where('project_id', '=', filter.projectId)
    .where('event_id', '=', filter.eventId)
    .$if(filter.siteCode !== '', (query) =>
      // Not `like`: it takes letters of another case for the same on one database and not on the other.
      query.where((eb) =>
        eb(
          eb.fn<string>('substr', ['site_code', eb.lit(1), eb.lit(filter.siteCode.length)]),
          '=',
          filter.siteCode,
        ),
      ),
    )
    .$if(filter.what !== null, (query) => query.where('what', '=', filter.what ?? ''));
  const { n } = await base.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  const rows = await base
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .offset(filter.offset)
    .execute();
  return {
    total: Number(n),
    rows: rows.map((row) => ({
      id: row.id,
      siteCode: row.site_code,
      at: row.at,
      what: row.what as DayFetchRow['what'],
      number: row.number,
      way: row.way as DayFetchRow['way'],
      by: row.by_account,
      address: row.address,
    })),
  };
}
