/** Kits and sheets come into the register of forms, with the sums of their sites. */
import { isExpected } from '../../exam/form/expected.ts';
import type { SheetKind } from '../../exam/form/sheet-code.ts';
import type { CentreDatabase } from '../storage/database.ts';

export interface NewSheet {
  readonly number: string;
  readonly kind: SheetKind;
  /** Within its kit, from 1. */
  readonly place: number;
  readonly sides: 1 | 2;
}

export interface NewKit {
  readonly siteCode: string;
  /** '': the register says none. */
  readonly roomCode: string;
  /** null: sheets that belong to no kit yet (additional ones). */
  readonly kit: string | null;
  /** 1: printed for the first time. */
  readonly copy: number;
  readonly sheets: readonly NewSheet[];
}

/** Rows a statement: both databases limit its parameters. */
const batch = 500;

/** In the transaction of its caller. Numbers and kits that are there already are the caller's to find before. */
export async function keepRegister(
  db: CentreDatabase,
  event: { readonly id: string; readonly projectId: string },
  kits: readonly NewKit[],
): Promise<void> {
  const kitRows = kits.flatMap(({ kit, siteCode, roomCode, copy }) =>
    kit === null ? [] : [{ event_id: event.id, kit, site_code: siteCode, room_code: roomCode, copy }],
  );
  for (let i = 0; i < kitRows.length; i += batch)
    await db
      .insertInto('kit')
      .values(kitRows.slice(i, i + batch))
      .execute();
  const sheetRows = kits.flatMap(({ kit, siteCode, roomCode, copy, sheets }) =>
    sheets.map(({ number, kind, place, sides }) => {
      const state = isExpected({ kind, kit }) ? 'missing' : 'not-expected';
      return {
        project_id: event.projectId,
        number,
        event_id: event.id,
        site_code: siteCode,
        room_code: roomCode,
        kit,
        kind,
        place,
        sides,
        copy,
        side_1: state,
        side_2: sides === 2 ? state : null,
      };
    }),
  );
  for (let i = 0; i < sheetRows.length; i += batch)
    await db
      .insertInto('sheet')
      .values(sheetRows.slice(i, i + batch))
      .execute();
  const sums = new Map<string, { kits: number; sides: number }>();
  for (const { kit, siteCode, sheets } of kits) {
    const sum = sums.get(siteCode) ?? { kits: 0, sides: 0 };
    sums.set(siteCode, sum);
    if (kit !== null) sum.kits++;
    for (const { kind, sides } of sheets) if (isExpected({ kind, kit })) sum.sides += sides;
  }
  for (const [site_code, { kits: more, sides }] of sums)
    await db
      .insertInto('event_site')
      .values({
        event_id: event.id,
        site_code,
        kits: more,
        sides,
        came: 0,
        filled: 0,
        empty: 0,
        duplicate: 0,
      })
      .onConflict((conflict) =>
        conflict.columns(['event_id', 'site_code']).doUpdateSet((eb) => ({
          kits: eb('event_site.kits', '+', more),
          sides: eb('event_site.sides', '+', sides),
        })),
      )
      .execute();
}
