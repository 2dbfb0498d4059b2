/** One site in an event: its kits by its sheets, from the rows of the register alone; and the pages behind a mark. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { SheetKind } from '../../exam/form/sheet-code.ts';
import {
  came,
  columnKey,
  isKitFound,
  kitColumns,
  kitRank,
  type KeptSideState,
} from '../../exam/scan/completeness.ts';
import { counts, type ScanClass } from '../../exam/scan/standing.ts';
import type { Centre } from '../centre.ts';
import type { KitRow, KitsFilter, SheetCell, SheetPage, SiteKits } from './contract.ts';
import { eventOf } from './events.ts';
import { siteRowsOf } from './sites.ts';

/** A sheet of the register. */
export interface KeptSheet extends SheetCell {
  readonly kit: string | null;
  readonly room: string;
  readonly kind: SheetKind;
  readonly place: number;
  readonly sides: 1 | 2;
}

/** By kit and place. */
export async function sheetsOf(
  { db }: Pick<Centre, 'db'>,
  eventId: string,
  siteCode: string,
): Promise<KeptSheet[]> {
  const rows = await db
    .selectFrom('sheet')
    .select(['number', 'kit', 'room_code', 'kind', 'place', 'sides', 'side_1', 'side_2'])
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .orderBy('kit')
    .orderBy('place')
    .execute();
  return rows.map((row) => ({
    number: row.number,
    kit: row.kit,
    room: row.room_code,
    kind: row.kind as SheetKind,
    place: row.place,
    sides: row.sides === 2 ? 2 : 1,
    side1: row.side_1 as KeptSideState,
    side2: row.side_2 as KeptSideState | null,
  }));
}

export function sidesOf({ side1, side2 }: SheetCell): KeptSideState[] {
  return side2 === null ? [side1] : [side1, side2];
}

/** @returns refusals `no-such-event`, `no-such-site`: the register names it not. */
export async function siteKits(
  centre: Pick<Centre, 'db' | 'node'>,
  filter: KitsFilter & { readonly offset: number; readonly limit: number },
): Promise<Result<SiteKits>> {
  const event = await eventOf(centre, filter.projectId, filter.eventId);
  if (!event.ok) return event;
  const [site] = await siteRowsOf(centre, filter, null, filter.siteCode);
  if (!site) return refuse({ type: 'no-such-site', site: filter.siteCode });
  const sheets = await sheetsOf(centre, filter.eventId, filter.siteCode);
  const inRoom = (one: { readonly room: string }): boolean =>
    filter.room === null || one.room === filter.room;
  // Additional sheets belong to whoever asked for one: they stand below, not in a column of all.
  const additional = sheets.filter(({ kind }) => kind === 'additional').filter(inRoom);
  const used = additional.filter((sheet) => sheet.kit !== null || came(sidesOf(sheet)));
  const inKits = sheets.filter((sheet): sheet is KeptSheet & { kit: string } => sheet.kit !== null);
  const ofKits = inKits.filter(({ kind }) => kind !== 'additional');
  const columns = kitColumns(ofKits);
  const kits = inOrder(
    rowsOf(ofKits, columns.map(columnKey)).filter(
      (row) => inRoom(row) && isKitFound(kitSides(row), filter.show),
    ),
    filter,
  );
  return ok({
    at: centre.node.clock.now(),
    event: event.value,
    site,
    rooms: [...new Set(inKits.map(({ room }) => room))].toSorted(),
    columns,
    total: kits.length,
    kits: kits.slice(filter.offset, filter.offset + filter.limit),
    additional: used.map(({ number, side1, side2, kit, room }) => ({ number, side1, side2, kit, room })),
    unused: additional.length - used.length,
  });
}

/** @returns refusals of `siteKits`. */
export function everyKit(centre: Pick<Centre, 'db' | 'node'>, filter: KitsFilter): Promise<Result<SiteKits>> {
  return siteKits(centre, { ...filter, offset: 0, limit: Number.MAX_SAFE_INTEGER });
}

function rowsOf(sheets: readonly (KeptSheet & { readonly kit: string })[], columns: string[]): KitRow[] {
  const places = new Map(columns.map((key, i) => [key, i]));
  const kits = new Map<string, KitRow>();
  for (const sheet of sheets) {
    let row = kits.get(sheet.kit);
    if (!row) {
      row = { kit: sheet.kit, room: sheet.room, sheets: columns.map(() => null) };
      kits.set(sheet.kit, row);
    }
    row.sheets[places.get(columnKey(sheet)) ?? 0] = {
      number: sheet.number,
      side1: sheet.side1,
      side2: sheet.side2,
    };
  }
  return [...kits.values()];
}

export function kitSides({ sheets }: KitRow): KeptSideState[] {
  return sheets.flatMap((sheet) => (sheet === null ? [] : sidesOf(sheet)));
}

/** Numbers of kits have one length in an event, or are compared as what they are. */
function inOrder(rows: readonly KitRow[], { by, descending }: KitsFilter): KitRow[] {
  const way = descending ? -1 : 1;
  const byKit = (a: KitRow, b: KitRow): number =>
    a.kit.length - b.kit.length || (a.kit < b.kit ? -1 : a.kit > b.kit ? 1 : 0);
  if (by === 'kit') return rows.toSorted((a, b) => way * byKit(a, b));
  const ranked = rows.map((row) => ({ row, rank: kitRank(kitSides(row)) }));
  return ranked.toSorted((a, b) => way * (a.rank - b.rank) || byKit(a.row, b.row)).map(({ row }) => row);
}

/** In the order in which they came. @returns refusal `no-such-sheet`: not of this event and site */
export async function sheetPages(
  { db }: Pick<Centre, 'db'>,
  of: {
    readonly projectId: string;
    readonly eventId: string;
    readonly siteCode: string;
    readonly number: string;
    readonly side: 1 | 2;
  },
): Promise<Result<SheetPage[]>> {
  const sheet = await db
    .selectFrom('sheet')
    .select('number')
    .where('project_id', '=', of.projectId)
    .where('number', '=', of.number)
    .where('event_id', '=', of.eventId)
    .where('site_code', '=', of.siteCode)
    .executeTakeFirst();
  if (!sheet) return refuse({ type: 'no-such-sheet', number: of.number });
  const rows = await db
    .selectFrom('scan_standing')
    .innerJoin('scan', 'scan.id', 'scan_standing.scan_id')
    .innerJoin('scan_upload', 'scan_upload.id', 'scan.upload_id')
    .select([
      'scan.id',
      'scan.upload_id',
      'scan.name',
      'scan.at',
      'scan_upload.number as upload_number',
      'scan_standing.class',
    ])
    .where('scan_standing.project_id', '=', of.projectId)
    .where('scan_standing.number', '=', of.number)
    .where('scan_standing.side', '=', of.side)
    .orderBy('scan_upload.number')
    .orderBy('scan_standing.position')
    .execute();
  return ok(
    rows
      .map((row) => ({
        uploadId: row.upload_id,
        uploadNumber: row.upload_number,
        scanId: row.id,
        name: row.name,
        at: row.at,
        class: row.class as ScanClass,
      }))
      .filter((page) => counts(page.class)),
  );
}
