/** Sums of all sites of an event, or by region. What was found of a site is kept until something of it changes. */
import { setImmediate as turn } from 'node:timers/promises';
import { ok, refuse, type Result } from '../../../base/result.ts';
import type { Limit } from '../../../node/users/limit.ts';
import type { Centre } from '../../centre.ts';
import { csvText, xlsxOf, type Cell } from '../../export/table-text.ts';
import { within } from '../../limits/within.ts';
import type { BookRow, BookSums, DayDifference } from '../receiving/contract.ts';
import { booksOf } from './books.ts';

/** By database, then by event and site: gone with the program. */
const kept = new WeakMap<Centre['db'], Map<string, { readonly of: string; readonly sums: BookSums }>>();
/** A row is some hundred bytes; a country's sites in a few events. */
const keptAtMost = 50_000;

export interface BookFilter {
  readonly by: 'site' | 'region';
  readonly search: string;
  readonly onlyDifferences: boolean;
  readonly offset: number;
  readonly limit: number;
}

const nothing: BookSums = {
  printed: 0,
  good: 0,
  spoiled: 0,
  unused: 0,
  used: 0,
  declaredKits: 0,
  scanned: 0,
  confirmed: 0,
  differences: 0,
};

function added(a: BookSums, b: BookSums): BookSums {
  const keys = Object.keys(nothing) as (keyof BookSums)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + b[key]])) as BookSums;
}

/** Refusal `no-such-event`. */
export async function bookList(
  centre: Pick<Centre, 'db'>,
  { projectId, eventId, ...filter }: BookFilter & { projectId: string; eventId: string },
  limit: Limit | null,
): Promise<Result<{ total: number; sums: BookSums; rows: BookRow[] }>> {
  const all = await siteSums(centre, projectId, eventId, limit);
  if (!all.ok) return all;
  const rows = filter.by === 'site' ? all.value : byRegion(all.value);
  const search = filter.search.toLowerCase();
  const shown = rows.filter(
    (row) =>
      (!filter.onlyDifferences || row.differences > 0) &&
      (search === '' ||
        `${row.siteCode ?? ''} ${row.siteName ?? ''} ${row.region ?? ''}`.toLowerCase().includes(search)),
  );
  return ok({
    total: shown.length,
    sums: all.value.reduce((sum, row) => added(sum, row), nothing),
    rows: shown.slice(filter.offset, filter.offset + filter.limit),
  });
}

function byRegion(rows: readonly BookRow[]): BookRow[] {
  return [...Map.groupBy(rows, ({ region }) => region)]
    .map(([region, own]) => ({
      ...own.reduce((sum, row) => added(sum, row), nothing),
      siteCode: null,
      siteName: null,
      region,
    }))
    .toSorted((a, b) => ((a.region ?? '') < (b.region ?? '') ? -1 : 1));
}

async function siteSums(
  centre: Pick<Centre, 'db'>,
  projectId: string,
  eventId: string,
  limit: Limit | null,
): Promise<Result<BookRow[]>> {
  const sites = await sitesOf(centre, projectId, eventId, limit);
  if (!sites.ok) return sites;
  const { db } = centre;
  const sums = kept.get(db) ?? new Map<string, { of: string; sums: BookSums }>();
  kept.set(db, sums);
  const rows: BookRow[] = [];
  for (const { siteCode, siteName, region, state } of sites.value) {
    const key = JSON.stringify([eventId, siteCode]);
    let found = sums.get(key);
    if (found?.of !== state) {
      const books = await booksOf(centre, { projectId, eventId, siteCode });
      if (!books.ok) return books;
      found = { of: state, sums: books.value.sums };
      if (sums.size >= keptAtMost) sums.clear();
      sums.set(key, found);
      // Sites by the hundred: others have their turn in between.
      await turn();
    }
    rows.push({ ...found.sums, siteCode, siteName, region });
  }
  return ok(rows);
}

interface BookedSite {
  readonly siteCode: string;
  readonly siteName: string | null;
  readonly region: string | null;
  /** Another one when anything that the books rest on has changed. */
  readonly state: string;
}

async function sitesOf(
  { db }: Pick<Centre, 'db'>,
  projectId: string,
  eventId: string,
  limit: Limit | null,
): Promise<Result<BookedSite[]>> {
  const event = await db
    .selectFrom('event')
    .leftJoin('event_day', 'event_day.event_id', 'event.id')
    .select('event_day.preprinted')
    .where('event.id', '=', eventId)
    .where('event.project_id', '=', projectId)
    .executeTakeFirst();
  if (!event) return refuse({ type: 'no-such-event' });
  const [sites, journals, protocols, packages, decisions, inPackages] = await Promise.all([
    db
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
      .where(within(limit, projectId, 'event_site.site_code'))
      .orderBy('event_site.site_code')
      .execute(),
    db
      .selectFrom('station_journal')
      .select((eb) => ['site_code', eb.fn.countAll().as('count')])
      .where('event_id', '=', eventId)
      .groupBy('site_code')
      .execute(),
    db
      .selectFrom('protocol')
      .select((eb) => ['site_code', eb.fn.countAll().as('count')])
      .where('event_id', '=', eventId)
      .groupBy('site_code')
      .execute(),
    db
      .selectFrom('day_package')
      .select((eb) => ['site_code', eb.fn.countAll().as('count')])
      .where('event_id', '=', eventId)
      .groupBy('site_code')
      .execute(),
    // A page that becomes another sheet's changes no sum.
    db
      .selectFrom('scan_decision')
      .innerJoin('scan_standing', 'scan_standing.scan_id', 'scan_decision.scan_id')
      .select((eb) => ['scan_standing.site_code', eb.fn.countAll().as('count')])
      .where('scan_standing.project_id', '=', projectId)
      .where('scan_standing.event_id', '=', eventId)
      .groupBy('scan_standing.site_code')
      .execute(),
    // Also one that counts for nobody any more.
    db
      .selectFrom('scan_decision')
      .innerJoin('scan', 'scan.id', 'scan_decision.scan_id')
      .innerJoin('day_package', 'day_package.upload_id', 'scan.upload_id')
      .select((eb) => ['day_package.site_code', eb.fn.countAll().as('count')])
      .where('day_package.event_id', '=', eventId)
      .groupBy('day_package.site_code')
      .execute(),
  ]);
  const counts = [journals, protocols, packages, decisions, inPackages].map(
    (rows: readonly { site_code: string | null; count: string | number | bigint }[]) =>
      new Map(rows.map((row) => [row.site_code, Number(row.count)])),
  );
  return ok(
    sites.map(({ site_code: siteCode, name, region, ...sums }) => ({
      siteCode,
      siteName: name,
      region,
      state: JSON.stringify([event.preprinted, sums, ...counts.map((of) => of.get(siteCode) ?? 0)]),
    })),
  );
}

/** A table of more rows opens in no spreadsheet with comfort. */
const mostRows = 200_000;

/** Differences by name. @param siteCode null: of all sites that the user sees. Refusal `no-such-event`. */
export async function differencesTable(
  centre: Pick<Centre, 'db'>,
  of: { readonly projectId: string; readonly eventId: string; readonly siteCode: string | null },
  format: 'csv' | 'xlsx',
  limit: Limit | null,
): Promise<Result<{ fileName: string; content: string | Uint8Array }>> {
  const sites = await sitesOf(centre, of.projectId, of.eventId, limit);
  if (!sites.ok) return sites;
  const rows: Cell[][] = [];
  for (const site of sites.value) {
    if (of.siteCode !== null && site.siteCode !== of.siteCode) continue;
    const books = await booksOf(centre, { ...of, siteCode: site.siteCode });
    if (!books.ok) return books;
    for (const one of books.value.differences) if (rows.length < mostRows) rows.push(cellsOf(site, one));
    await turn();
  }
  const table: Cell[][] = [
    [
      'site',
      'name',
      'region',
      'room',
      'difference',
      'kit',
      'sheet',
      'side',
      'what',
      'declared',
      'found',
      'remedy',
    ],
    ...rows,
  ];
  return ok({
    fileName: `reconciliation${of.siteCode === null ? '' : `_${of.siteCode}`}.${format}`,
    content: format === 'csv' ? csvText(table) : await xlsxOf('differences', table, [1]),
  });
}

function cellsOf(site: BookedSite, one: DayDifference): Cell[] {
  return [
    site.siteCode,
    site.siteName,
    site.region,
    one.room,
    one.type,
    one.kit,
    one.number,
    one.side,
    one.what,
    one.declared,
    one.found,
    one.remedy,
  ];
}
