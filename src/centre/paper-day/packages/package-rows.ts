/** Packages of a site as the console shows them, and the sheets that each names. */
import { ok, refuse, type Result } from '../../../base/result.ts';
import type { Limit } from '../../../node/users/limit.ts';
import type { Centre } from '../../centre.ts';
import { within } from '../../limits/within.ts';
import type { DayEventRow, DayPackageRow } from '../receiving/contract.ts';
import { contentsOf } from './open-package.ts';
import { reasonOf, rescanSchema, type OfSite } from './words.ts';

export async function packageRows(
  { db, packages }: Pick<Centre, 'db' | 'packages'>,
  { projectId, eventId, siteCode }: OfSite,
): Promise<DayPackageRow[]> {
  const rows = await db
    .selectFrom('day_package')
    .leftJoin('scan_upload', 'scan_upload.id', 'day_package.upload_id')
    .select([
      'day_package.id',
      'day_package.kind',
      'day_package.station',
      'day_package.room',
      'day_package.part',
      'day_package.parts',
      'day_package.pages',
      'day_package.size',
      'day_package.way',
      'day_package.by_account',
      'day_package.made_at',
      'day_package.received_at',
      'day_package.replaces',
      'day_package.state',
      'day_package.quality',
      'day_package.rescan_json',
      'day_package.reason_json',
      'day_package.note',
      'day_package.said_at',
      'scan_upload.id as upload_id',
      'scan_upload.number as upload_number',
      'scan_upload.state as upload_state',
      'scan_upload.done as upload_done',
      'scan_upload.files as upload_files',
    ])
    .where('day_package.project_id', '=', projectId)
    .where('day_package.event_id', '=', eventId)
    .where('day_package.site_code', '=', siteCode)
    .orderBy('day_package.received_at', 'desc')
    .orderBy('day_package.id')
    .limit(10_000)
    .execute();
  const replacedBy = new Map(
    rows.flatMap(({ id, replaces, state }) =>
      replaces === null || state === 'rejected' ? [] : [[replaces, id] as const],
    ),
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as DayPackageRow['kind'],
    station: row.station,
    room: row.room,
    part: row.part,
    parts: row.parts,
    pages: row.pages,
    size: row.size,
    way: row.way as DayPackageRow['way'],
    by: row.by_account,
    madeAt: row.made_at,
    receivedAt: row.received_at,
    replaces: row.replaces,
    replacedBy: replacedBy.get(row.id) ?? null,
    state: row.state as DayPackageRow['state'],
    quality: row.quality as DayPackageRow['quality'],
    rescan: rescanSchema.parse(JSON.parse(row.rescan_json)),
    reason: reasonOf(row),
    note: row.note,
    saidAt: row.said_at,
    problem: packages.problemOf(row.id),
    upload:
      row.upload_id === null
        ? null
        : {
            id: row.upload_id,
            number: row.upload_number ?? 0,
            state: row.upload_state ?? '',
            done: row.upload_done ?? 0,
            files: row.upload_files,
          },
  }));
}

export interface PackageSheet {
  readonly number: string;
  readonly side: 1 | 2;
  readonly kit: string | null;
  readonly class: string | null;
}

/** In the order of its pages. Refusals: `no-such-package`, `package-not-confirmed`. */
export async function packageSheets(
  { db }: Pick<Centre, 'db'>,
  of: { readonly projectId: string; readonly siteCode: string; readonly packageId: string },
): Promise<Result<PackageSheet[]>> {
  const row = await db
    .selectFrom('day_package')
    .select(['kind', 'contents_json', 'upload_id', 'state'])
    .where('project_id', '=', of.projectId)
    .where('site_code', '=', of.siteCode)
    .where('id', '=', of.packageId)
    .executeTakeFirst();
  if (!row) return refuse({ type: 'no-such-package' });
  if (row.state !== 'confirmed') return refuse({ type: 'package-not-confirmed' });
  const standings = await db
    .selectFrom('scan_standing')
    .select(['position', 'class'])
    .where('upload_id', '=', row.upload_id)
    .execute();
  const classes = new Map(standings.map((one) => [one.position, one.class]));
  return ok(
    (contentsOf(row)?.pages ?? []).flatMap(({ number, side, kit }, position) =>
      number === null ? [] : [{ number, side, kit, class: classes.get(position) ?? null }],
    ),
  );
}

/** Events of which sites have anything to bring, the newest first. */
export async function dayEventRows(
  { db }: Pick<Centre, 'db'>,
  projectId: string,
  limit: Limit | null,
): Promise<DayEventRow[]> {
  const rows = await db
    .selectFrom('event')
    .innerJoin('event_site', 'event_site.event_id', 'event.id')
    .select((eb) => [
      'event.id',
      'event.name',
      'event.subject_name',
      'event.date',
      eb.fn.count('event_site.site_code').as('sites'),
    ])
    .where('event.project_id', '=', projectId)
    .where(within(limit, projectId, 'event_site.site_code'))
    .groupBy(['event.id', 'event.name', 'event.subject_name', 'event.date'])
    .orderBy('event.date', 'desc')
    .orderBy('event.name')
    .execute();
  const counts = await db
    .selectFrom('day_package')
    .select((eb) => ['event_id', 'state', 'quality', eb.fn.countAll().as('count')])
    .where('project_id', '=', projectId)
    .where(within(limit, projectId, 'day_package.site_code'))
    .groupBy(['event_id', 'state', 'quality'])
    .execute();
  const of = Map.groupBy(counts, ({ event_id }) => event_id);
  return rows.map(({ id, name, subject_name, date, sites }) => {
    const own = (of.get(id) ?? []).map((one) => ({ ...one, count: Number(one.count) }));
    const sum = (which: (one: (typeof own)[number]) => boolean): number =>
      own.filter((one) => which(one)).reduce((all, one) => all + one.count, 0);
    return {
      id,
      name,
      subject: subject_name,
      date,
      sites: Number(sites),
      packages: sum(() => true),
      open: sum(({ state, quality }) => state !== 'confirmed' || quality === 'rescan'),
    };
  });
}
