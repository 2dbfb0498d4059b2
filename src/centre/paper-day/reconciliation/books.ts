/**
 * The books of a site's day: what its stations' journals, its protocols, the register and the collection say, put side by side
 * (`exam/paper-day/reconcile.ts`). Worked out from the rows; the list keeps what it found of a site until something of it changes.
 */
import * as z from 'zod';
import { ok, refuse, type Result } from '../../../base/result.ts';
import type { SheetKind } from '../../../exam/form/sheet-code.ts';
import { printFatesSchema, scanFatesSchema } from '../../../exam/paper-day/parcels.ts';
import { reconcile, type Books, type Declared, type Difference } from '../../../exam/paper-day/reconcile.ts';
import { protocolBodySchema } from '../../../exam/scan/protocol.ts';
import type { Centre } from '../../centre.ts';
import type { OfSite } from '../packages/words.ts';
import type { BookSums, DayDifference } from '../receiving/contract.ts';

type Reader = Pick<Centre, 'db'>;

export interface SiteBooks {
  readonly sums: BookSums;
  readonly journals: { readonly print: number; readonly scan: number; readonly protocols: number };
  readonly preprinted: boolean;
  readonly differences: readonly DayDifference[];
}

/** Refusal `no-such-event`. */
export async function booksOf(centre: Reader, of: OfSite): Promise<Result<SiteBooks>> {
  const event = await centre.db
    .selectFrom('event')
    .leftJoin('event_day', 'event_day.event_id', 'event.id')
    .select('event_day.preprinted')
    .where('event.id', '=', of.eventId)
    .where('event.project_id', '=', of.projectId)
    .executeTakeFirst();
  if (!event) return refuse({ type: 'no-such-event' });
  const preprinted = event.preprinted === 1;
  const [journals, sheets, confirmed, protocols] = await Promise.all([
    newestJournals(centre, of),
    sheetsOf(centre, of),
    pagesHere(centre, of),
    protocolsOf(centre, of),
  ]);
  const scanned = journals.scan.flatMap(({ rooms }) =>
    rooms.flatMap(({ room, pages }) => pages.map((page) => ({ ...page, room }))),
  );
  const declared = new Map<string, Declared>(protocols.map((one) => [one.room, one]));
  // What the scan station was given when it counted the sheets is nearer to them than the protocol.
  for (const { rooms } of journals.scan)
    for (const room of rooms)
      if (room.pages.length > 0 || !declared.has(room.room)) declared.set(room.room, room);
  const books: Books = {
    kits: preprinted ? registeredKits(sheets) : journals.print,
    sheets,
    declared: [...declared.values()],
    scanned,
    confirmed,
  };
  const roomOf = new Map(sheets.map(({ number, room }) => [number, room]));
  const differences = reconcile(books).map((one) => flat(one, roomOf));
  return ok({
    sums: sumsOf(books, differences.length),
    journals: { print: journals.prints, scan: journals.scan.length, protocols: protocols.length },
    preprinted,
    differences,
  });
}

async function newestJournals({ db }: Reader, { eventId, siteCode }: OfSite) {
  const rows = await db
    .selectFrom('station_journal')
    .select(['station_id', 'kind', 'number', 'fates_json'])
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .where('kind', 'in', ['print', 'scan'])
    .orderBy('closing')
    .orderBy('received_at')
    .execute();
  const newest = [...new Map(rows.map((row) => [row.station_id, row])).values()];
  const prints = newest.filter(({ kind }) => kind === 'print');
  return {
    prints: prints.length,
    print: prints.flatMap(({ number, fates_json }) =>
      printFatesSchema
        .parse(JSON.parse(fates_json))
        .kits.map(({ kit, room, fate }) => ({ kit, room, fate, station: number })),
    ),
    scan: newest
      .filter(({ kind }) => kind === 'scan')
      .map(({ fates_json }) => scanFatesSchema.parse(JSON.parse(fates_json))),
  };
}

async function sheetsOf({ db }: Reader, { eventId, siteCode }: OfSite): Promise<Books['sheets']> {
  const rows = await db
    .selectFrom('sheet')
    .select(['number', 'kit', 'room_code', 'kind', 'sides'])
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .execute();
  return rows.map(({ number, kit, room_code: room, kind, sides }) => ({
    number,
    kit,
    room,
    kind: kind as SheetKind,
    sides: sides === 2 ? 2 : 1,
  }));
}

/** Preprinted kits were printed well by somebody else. */
function registeredKits(sheets: Books['sheets']): Books['kits'] {
  const kits = new Map(sheets.flatMap(({ kit, room }) => (kit === null ? [] : [[kit, room] as const])));
  return [...kits].map(([kit, room]) => ({ kit, room, fate: 'good' as const, station: '' }));
}

async function pagesHere({ db }: Reader, { eventId, siteCode }: OfSite): Promise<Books['confirmed']> {
  const rows = await db
    .selectFrom('scan_standing')
    .select(['number', 'side'])
    .distinct()
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .where('own_class', 'in', ['filled', 'empty'])
    .execute();
  return rows.flatMap(({ number, side }) =>
    number === null ? [] : [{ number, side: side === 2 ? (2 as const) : (1 as const) }],
  );
}

async function protocolsOf({ db }: Reader, { eventId, siteCode }: OfSite): Promise<Declared[]> {
  const rows = await db
    .selectFrom('protocol')
    .select(['room_code', 'body_json'])
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .orderBy('version')
    .execute();
  const newest = new Map(rows.map((row) => [row.room_code, row.body_json]));
  return [...newest].map(([room, body]) => {
    const { kitsUsed, registrationForms, additionalSheets, absent } = protocolBodySchema.parse(
      JSON.parse(body),
    );
    return {
      room,
      kitsIssued: kitsUsed,
      registrations: registrationForms,
      additional: additionalSheets,
      absent,
    };
  });
}

function sumsOf({ kits, sheets, declared, scanned, confirmed }: Books, differences: number): BookSums {
  const fates = new Map<string, string>();
  // Whoever printed it counts, not who lists it as unused.
  for (const { kit, fate } of kits) if (fate !== 'unused' || !fates.has(kit)) fates.set(kit, fate);
  const of = (fate: string): number => [...fates.values()].filter((one) => one === fate).length;
  const kitOf = new Map(sheets.map(({ number, kit }) => [number, kit]));
  const used = new Set([...scanned, ...confirmed].map(({ number }) => kitOf.get(number)));
  used.delete(null);
  used.delete(undefined);
  const pages = (all: Books['confirmed']): number =>
    new Set(all.map(({ number, side }) => `${number} ${side}`)).size;
  return {
    printed: of('good') + of('spoiled'),
    good: of('good'),
    spoiled: of('spoiled'),
    unused: of('unused'),
    used: used.size,
    declaredKits: declared.reduce((sum, { kitsIssued }) => sum + kitsIssued, 0),
    scanned: pages(scanned),
    confirmed: pages(confirmed),
    differences,
  };
}

const flatSchema = z.object({
  room: z.string().optional(),
  kit: z.string().nullable().default(null),
  number: z.string().nullable().default(null),
  side: z
    .union([z.literal(1), z.literal(2)])
    .nullable()
    .default(null),
  what: z.enum(['registrations', 'additional', 'kits']).nullable().default(null),
  declared: z.number().nullable().default(null),
  found: z.number().nullable().default(null),
});

/** All differences in one form, for lists and tables. */
function flat(difference: Difference, roomOf: ReadonlyMap<string, string>): DayDifference {
  const { room, ...rest } = flatSchema.parse(difference);
  return {
    type: difference.type,
    remedy: difference.remedy,
    ...rest,
    room: room ?? (rest.number === null ? '' : (roomOf.get(rest.number) ?? '')),
  };
}
