/**
 * Sites of an event with their sums. They are kept beside each site, so that a list of all sites asks for one row each and never for sheets;
 * what is found, sums and order are then worked out here, the same on both databases.
 */
import { ok, type Result } from '../../base/result.ts';
import {
  addSums,
  isSiteFound,
  missingOf,
  noSums,
  scansOf,
  siteFilters,
  type SiteFilter,
  type SiteSums,
} from '../../exam/scan/completeness.ts';
import type { Limit } from '../../node/users/limit.ts';
import type { Centre } from '../centre.ts';
import { within } from '../limits/within.ts';
import type { EventRow, SiteOrder, SiteRow, SitesFilter } from './contract.ts';
import { eventOf } from './events.ts';

export interface CompletenessSites {
  readonly event: EventRow;
  readonly regions: string[];
  readonly total: number;
  readonly sums: SiteSums;
  readonly found: Record<SiteFilter, number>;
  readonly rows: SiteRow[];
}

/** @param siteCode that one alone; null: all. @returns refusal `no-such-event`. */
export async function completenessSites(
  centre: Pick<Centre, 'db'>,
  filter: SitesFilter & { readonly offset: number; readonly limit: number },
  limit: Limit | null,
  siteCode: string | null = null,
): Promise<Result<CompletenessSites>> {
  const event = await eventOf(centre, filter.projectId, filter.eventId);
  if (!event.ok) return event;
  const every = await siteRowsOf(centre, filter, limit, siteCode);
  const placed = every.filter((row) => isPlaced(row, filter));
  const found = placed.filter(({ sums }) => isSiteFound(sums, filter.show));
  return ok({
    event: { ...event.value, sites: every.length, sums: sumOf(every) },
    regions: [...new Set(every.flatMap(({ region }) => region ?? []))].toSorted(),
    total: found.length,
    sums: sumOf(found),
    found: Object.fromEntries(
      siteFilters.map((show) => [show, placed.filter(({ sums }) => isSiteFound(sums, show)).length]),
    ) as Record<SiteFilter, number>,
    rows: inOrder(found, filter).slice(filter.offset, filter.offset + filter.limit),
  });
}

/** As `completenessSites`, of all pages. */
export async function everySite(
  centre: Pick<Centre, 'db'>,
  filter: SitesFilter,
  limit: Limit | null,
  siteCode: string | null = null,
): Promise<Result<CompletenessSites>> {
  const all = { ...filter, offset: 0, limit: Number.MAX_SAFE_INTEGER };
  return completenessSites(centre, all, limit, siteCode);
}

/** @param siteCode that one alone */
export async function siteRowsOf(
  { db }: Pick<Centre, 'db'>,
  { projectId, eventId }: Pick<SitesFilter, 'projectId' | 'eventId'>,
  limit: Limit | null,
  siteCode: string | null = null,
): Promise<SiteRow[]> {
  const rows = await db
    .selectFrom('event_site')
    .leftJoin('site', (join) =>
      join.onRef('site.code', '=', 'event_site.site_code').on('site.project_id', '=', projectId),
    )
    .select([
      'event_site.site_code',
      'event_site.kits',
      'event_site.sides',
      'event_site.came',
      'event_site.filled',
      'event_site.empty',
      'event_site.duplicate',
      'site.name',
      'site.region',
    ])
    .where('event_site.event_id', '=', eventId)
    .$if(siteCode !== null, (query) => query.where('event_site.site_code', '=', siteCode ?? ''))
    .where(within(limit, projectId, 'event_site.site_code'))
    .execute();
  return rows.map(({ site_code, name, region, ...sums }) => ({
    siteCode: site_code,
    siteName: name,
    region,
    sums,
  }));
}

function sumOf(rows: readonly SiteRow[]): SiteSums {
  return rows.reduce((sum, row) => addSums(sum, row.sums), noSums);
}

function isPlaced(row: SiteRow, { region, search }: SitesFilter): boolean {
  const term = search.toLowerCase();
  return (
    (region === null || row.region === region) &&
    (term === '' ||
      row.siteCode.toLowerCase().startsWith(term) ||
      row.siteName?.toLowerCase().includes(term) === true)
  );
}

const keyOf: Readonly<Record<SiteOrder, (row: SiteRow) => string | number>> = {
  code: ({ siteCode }) => siteCode,
  region: ({ region }) => region ?? '',
  kits: ({ sums }) => sums.kits,
  scans: ({ sums }) => scansOf(sums),
  filled: ({ sums }) => sums.filled,
  duplicate: ({ sums }) => sums.duplicate,
  empty: ({ sums }) => sums.empty,
  missing: ({ sums }) => missingOf(sums),
  part: ({ sums }) => (sums.sides === 0 ? 1 : sums.came / sums.sides),
};

/** What is alike stays in the order of codes, whichever way the rest is turned. */
function inOrder(rows: readonly SiteRow[], { by, descending }: SitesFilter): SiteRow[] {
  const key = keyOf[by];
  const way = descending ? -1 : 1;
  return rows.toSorted((a, b) => way * compared(key(a), key(b)) || compared(a.siteCode, b.siteCode));
}

function compared(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
