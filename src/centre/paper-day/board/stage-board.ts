/** How far every site of an event is: which status when, stations with and without their journals, packages by state, and what is late. */
import { ok, refuse, type Result } from '../../../base/result.ts';
import { dayStages, siteDaySchema, type SiteDayReport } from '../../../exam/paper-day/hand-up.ts';
import { siteStatuses, type SiteStatus, type StationKind } from '../../../exam/paper-day/site-day.ts';
import type { Limit } from '../../../node/users/limit.ts';
import type { Centre } from '../../centre.ts';
import { within } from '../../limits/within.ts';
import type { DayBoard, DayBoardFilter, DayBoardRow, DayStationRow } from '../receiving/contract.ts';
import { stagesOfSites } from './site-stages.ts';

const minute = 60_000;
const hour = 60 * minute;

/**
 * When a status is late where the start is known. The exam itself takes at most the day: forms are with the centre by the next morning.
 * Readiness is told the day before.
 */
const dueAfterStart: Record<SiteStatus, number> = {
  'readiness-confirmed': -12 * hour,
  'key-received': -30 * minute,
  'exam-started': 30 * minute,
  'exams-finished': 8 * hour,
  'forms-sent': 24 * hour,
};

interface EventOf {
  readonly id: string;
  readonly name: string;
  readonly date: string;
  readonly start_at: number | null;
}

/** Refusal `no-such-event`. */
export async function stageBoard(
  centre: Pick<Centre, 'db' | 'node'>,
  { projectId, eventId, ...filter }: DayBoardFilter & { projectId: string; eventId: string },
  limit: Limit | null,
): Promise<Result<DayBoard>> {
  const event = await centre.db
    .selectFrom('event')
    .leftJoin('event_day', 'event_day.event_id', 'event.id')
    .select(['event.id', 'event.name', 'event.date', 'event_day.start_at'])
    .where('event.id', '=', eventId)
    .where('event.project_id', '=', projectId)
    .executeTakeFirst();
  if (!event) return refuse({ type: 'no-such-event' });
  const all = await boardRows(centre, projectId, event, limit);
  const rows = all.filter((row) => wanted(row, filter));
  return ok({
    event: { id: event.id, name: event.name, date: event.date, startAt: event.start_at },
    counts: {
      sites: all.length,
      told: Object.fromEntries(
        siteStatuses.map((status) => [status, all.filter((row) => row.told[status] !== undefined).length]),
      ) as DayBoard['counts']['told'],
      stages: Object.fromEntries(
        dayStages.map((stage, i) => [stage, all.filter((row) => row.stages[i]?.at != null).length]),
      ) as DayBoard['counts']['stages'],
      late: all.filter(({ late }) => late !== null).length,
      packages: sumOf(all, ({ packages }) => packages.all),
      confirmed: sumOf(all, ({ packages }) => packages.confirmed),
      rejected: sumOf(all, ({ packages }) => packages.rejected),
      rescan: sumOf(all, ({ packages }) => packages.rescan),
      journalsMissing: sumOf(all, ({ journals }) => journals.missing),
    },
    total: rows.length,
    rows: rows.slice(filter.offset, filter.offset + filter.limit),
  });
}

function sumOf(rows: readonly DayBoardRow[], of: (row: DayBoardRow) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0);
}

function wanted(row: DayBoardRow, { search, show }: DayBoardFilter): boolean {
  const text = search.toLowerCase();
  if (
    text !== '' &&
    !`${row.siteCode} ${row.siteName ?? ''} ${row.region ?? ''}`.toLowerCase().includes(text)
  )
    return false;
  switch (show) {
    case 'all':
      return true;
    case 'late':
      return row.late !== null;
    case 'packages':
      return row.packages.rejected + row.packages.rescan > 0;
    case 'journals':
      return row.journals.missing > 0;
    case 'done':
      return row.told['forms-sent'] !== undefined;
  }
}

async function boardRows(
  { db, node }: Pick<Centre, 'db' | 'node'>,
  projectId: string,
  event: EventOf,
  limit: Limit | null,
): Promise<DayBoardRow[]> {
  const [sites, knownOf, packages, journals] = await Promise.all([
    db
      .selectFrom('event_site')
      .leftJoin('site', (join) =>
        join.onRef('site.code', '=', 'event_site.site_code').on('site.project_id', '=', projectId),
      )
      .select(['event_site.site_code', 'site.name', 'site.region', 'site.last_contact'])
      .where('event_site.event_id', '=', event.id)
      .where(within(limit, projectId, 'event_site.site_code'))
      .orderBy('event_site.site_code')
      .execute(),
    stagesOfSites({ db, node }, event.id),
    db
      .selectFrom('day_package')
      .select((eb) => ['site_code', 'state', 'quality', eb.fn.countAll().as('count')])
      .where('event_id', '=', event.id)
      // What was replaced is no longer waited for.
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('day_package as newer')
              .select('newer.id')
              .whereRef('newer.project_id', '=', 'day_package.project_id')
              .whereRef('newer.replaces', '=', 'day_package.id')
              .whereRef('newer.event_id', '=', 'day_package.event_id')
              .whereRef('newer.site_code', '=', 'day_package.site_code')
              .where('newer.state', '!=', 'rejected'),
          ),
        ),
      )
      .groupBy(['site_code', 'state', 'quality'])
      .execute(),
    db
      .selectFrom('station_journal')
      .select(['site_code', 'station_id', 'kind'])
      .distinct()
      .where('event_id', '=', event.id)
      .execute(),
  ]);
  const packagesOf = Map.groupBy(packages, ({ site_code }) => site_code);
  const journalsOf = Map.groupBy(journals, ({ site_code }) => site_code);
  const now = node.clock.now();
  return sites.map(({ site_code: siteCode, name, region, last_contact }): DayBoardRow => {
    const { report, stages } = knownOf(siteCode);
    const told = toldOf(report);
    const here = journalsOf.get(siteCode) ?? [];
    const known = new Set(here.map(({ station_id }) => station_id));
    const own = (packagesOf.get(siteCode) ?? []).map((one) => ({ ...one, count: Number(one.count) }));
    const count = (which: (one: (typeof own)[number]) => boolean): number =>
      own.filter((one) => which(one)).reduce((sum, one) => sum + one.count, 0);
    return {
      siteCode,
      siteName: name,
      region,
      told,
      stages: stages.map((one) => ({ ...one })),
      late: lateOf(told, event.start_at, now),
      journals: {
        here: known.size,
        missing: (report?.stations ?? []).filter(({ id }) => !known.has(id)).length,
      },
      packages: {
        all: count(() => true),
        received: count(({ state }) => state === 'received'),
        confirmed: count(({ state }) => state === 'confirmed'),
        rejected: count(({ state }) => state === 'rejected'),
        checking: count(({ state, quality }) => state === 'confirmed' && quality === 'checking'),
        good: count(({ quality }) => quality === 'good'),
        rescan: count(({ quality }) => quality === 'rescan'),
      },
      reportAt: report?.at ?? null,
      lastContact: last_contact,
    };
  });
}

function toldOf(report: SiteDayReport | null): DayBoardRow['told'] {
  return Object.fromEntries((report?.statuses ?? []).map(({ status, toldAt }) => [status, toldAt]));
}

/** The first status that is due and not told; null: none, or nobody has said when it starts. */
function lateOf(told: DayBoardRow['told'], startAt: number | null, now: number): DayBoardRow['late'] {
  if (startAt === null) return null;
  const status = siteStatuses.find((one) => told[one] === undefined && startAt + dueAfterStart[one] < now);
  return status === undefined ? null : { status, since: startAt + dueAfterStart[status] };
}

/** Every station that a site has named or whose journal is here. */
export async function stationsOfSite(
  { db }: Pick<Centre, 'db'>,
  { eventId, siteCode }: { readonly eventId: string; readonly siteCode: string },
): Promise<{ report: SiteDayReport | null; stations: DayStationRow[] }> {
  const row = await db
    .selectFrom('site_day')
    .select('report_json')
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .executeTakeFirst();
  const report = row ? siteDaySchema.parse(JSON.parse(row.report_json)) : null;
  const journals = await db
    .selectFrom('station_journal')
    .select([
      'station_id',
      'kind',
      'number',
      'room',
      'closing',
      'finished_at',
      'received_at',
      'way',
      'counts_json',
    ])
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .orderBy('closing')
    .orderBy('received_at')
    .execute();
  // The last of each station stays: the newest closing.
  const newest = new Map(journals.map((one) => [one.station_id, one]));
  const named = new Map(report?.stations.map((one) => [one.id, one]));
  const stations = [...new Set([...named.keys(), ...newest.keys()])].map((id): DayStationRow => {
    const [told, journal] = [named.get(id), newest.get(id)];
    return {
      id,
      kind: (told?.kind ?? journal?.kind ?? 'print') as StationKind,
      number: told?.number ?? journal?.number ?? '',
      room: told ? told.room : (journal?.room ?? null),
      replaced: told?.replacedBy != null,
      journal: journal
        ? {
            closing: journal.closing,
            finishedAt: journal.finished_at,
            receivedAt: journal.received_at,
            way: journal.way as 'online' | 'file' | 'gateway',
            counts: JSON.parse(journal.counts_json) as Record<string, number>,
          }
        : null,
    };
  });
  const order = ({ kind, number }: DayStationRow): string => `${kind} ${number.padStart(16, '0')}`;
  return { report, stations: stations.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)) };
}
