/** What a site gets of an event: its plan, made of the register of forms. */
import * as z from 'zod';
import { compositionSchema } from '../../../exam/form/composition.ts';
import { ownTemplates } from '../../../exam/form/own-templates.ts';
import { sheetKinds } from '../../../exam/form/sheet-code.ts';
import { templateSchema } from '../../../exam/form/template.ts';
import { dealKits, inOrder, type DealtKit } from '../../../exam/paper-day/deal-kits.ts';
import type { Plan, PlannedKit } from '../../../exam/paper-day/parcels.ts';
import type { CentreDatabase } from '../../storage/database.ts';
import type { Tables } from '../../storage/tables.ts';
import type { EventOnDay } from '../event-day.ts';

const templatesSchema = z.array(templateSchema);
const kindSchema = z.enum(sheetKinds);

type Paper = Pick<Tables['material'], 'variant' | 'pages' | 'size'>;

/** Kits of a site, with variants and reserves: what was not dealt before is dealt now and kept. In the transaction of its caller. */
export async function dealtKits(
  db: CentreDatabase,
  event: EventOnDay,
  siteCode: string,
  papers: readonly Paper[],
): Promise<DealtKit[]> {
  const rows = await db
    .selectFrom('kit')
    .selectAll()
    .where('event_id', '=', event.row.id)
    .where('site_code', '=', siteCode)
    .execute();
  const before = new Map(rows.map((row) => [row.kit, row]));
  const dealt = dealKits(
    rows.map(({ kit, room_code: room, variant, reserve }) => ({
      kit,
      room,
      variant,
      reserve: reserve === null ? null : reserve === 1,
    })),
    // Who speaks has the tasks on a screen: nothing is printed for them.
    event.speaking ? [] : papers.map(({ variant }) => variant),
    event.roomReserve,
  );
  const changed = dealt.filter(({ kit, variant, reserve }) => {
    const row = before.get(kit);
    return row?.variant !== variant || row.reserve !== Number(reserve);
  });
  const same = Map.groupBy(changed, ({ variant, reserve }) => JSON.stringify([variant, Number(reserve)]));
  for (const [what, kits] of same) {
    const [variant, reserve] = z.tuple([z.number().nullable(), z.number()]).parse(JSON.parse(what));
    for (let i = 0; i < kits.length; i += batch)
      await db
        .updateTable('kit')
        .set({ variant, reserve })
        .where('event_id', '=', event.row.id)
        .where(
          'kit',
          'in',
          kits.slice(i, i + batch).map(({ kit }) => kit),
        )
        .execute();
  }
  return dealt;
}

/** Rows a statement: both databases limit its parameters. */
const batch = 500;

export async function planOfSite(
  db: CentreDatabase,
  event: EventOnDay,
  siteCode: string,
  papers: readonly Paper[],
): Promise<Plan> {
  const dealt = await dealtKits(db, event, siteCode, papers);
  const sheets = await db
    .selectFrom('sheet')
    .select(['number', 'kind', 'place', 'sides', 'kit', 'room_code'])
    .where('event_id', '=', event.row.id)
    .where('site_code', '=', siteCode)
    .orderBy('number')
    .execute();
  const planned = sheets.map((sheet) => ({
    kit: sheet.kit,
    room: sheet.room_code,
    sheet: {
      number: sheet.number,
      kind: kindSchema.parse(sheet.kind),
      place: sheet.place,
      sides: sheet.sides === 2 ? (2 as const) : (1 as const),
    },
  }));
  const ofKits = Map.groupBy(planned, ({ kit }) => kit);
  const kits = dealt
    .map(({ kit, room, variant, reserve }): PlannedKit => ({
      kit,
      room,
      reserve,
      variant,
      sheets: (ofKits.get(kit) ?? []).map(({ sheet }) => sheet).toSorted((a, b) => a.place - b.place),
    }))
    .toSorted(inOrder);
  const used = new Set(kits.map(({ variant }) => variant));
  return {
    v: 1,
    eventId: event.row.id,
    siteCode,
    composition: compositionSchema.parse(JSON.parse(event.row.composition_json)),
    templates:
      event.row.templates_json === null
        ? [...ownTemplates]
        : templatesSchema.parse(JSON.parse(event.row.templates_json)),
    preprinted: event.preprinted,
    kits,
    ...(event.keptAfterwards ? { keptAfterwards: true } : {}),
    additional: (ofKits.get(null) ?? []).map(({ sheet, room }) => ({ ...sheet, room })),
    variants: papers
      .filter(({ variant }) => event.speaking || used.has(variant))
      .map(({ variant, pages, size }) => ({ variant, pages, size })),
    tasks: event.speaking ? [...event.tasks] : [],
  };
}

/** How many kits and reserves each room has, as everybody may know who holds the parcel. */
export function roomsOf(
  kits: readonly Pick<PlannedKit, 'room' | 'reserve'>[],
): { room: string; kits: number; reserve: number }[] {
  return [...Map.groupBy(kits, ({ room }) => room)]
    .filter(([room]) => room !== '')
    .map(([room, ofRoom]) => {
      const reserve = ofRoom.filter((one) => one.reserve).length;
      return { room, kits: ofRoom.length - reserve, reserve };
    })
    .toSorted((a, b) => (a.room < b.room ? -1 : 1));
}
