/**
 * The books of a day: every kit that came out of a printer is somewhere, every sheet that was given out came back, what the site declared
 * is what was scanned, and what was scanned is what the centre has. Every difference is a named kit or sheet, with what to do. Browser-safe.
 */
import { comesBack } from '../form/composition.ts';
import type { SheetKind } from '../form/sheet-code.ts';

/** A kit as the print stations' journals tell it. */
export interface PrintedKit {
  readonly kit: string;
  readonly room: string;
  readonly fate: 'good' | 'spoiled' | 'unused';
  readonly station: string;
}

/** A sheet that exists, from the register or a journal. */
export interface BookedSheet {
  readonly number: string;
  readonly kit: string | null;
  readonly room: string;
  readonly kind: SheetKind;
  readonly sides: 1 | 2;
}

/** What a room declares: its protocol, or the counts that the scan station was given. */
export interface Declared {
  readonly room: string;
  readonly kitsIssued: number;
  readonly registrations: number;
  readonly additional: number;
  readonly absent: number;
}

/** A page, at the site's scan station or at the centre. */
export interface CountedPage {
  readonly number: string;
  readonly side: 1 | 2;
}

export interface ScannedPage extends CountedPage {
  /** With whose paper it was scanned. */
  readonly room: string;
}

export interface Books {
  readonly kits: readonly PrintedKit[];
  readonly sheets: readonly BookedSheet[];
  readonly declared: readonly Declared[];
  /** As the scan stations' journals tell it. */
  readonly scanned: readonly ScannedPage[];
  /** That the centre has and counts. */
  readonly confirmed: readonly CountedPage[];
}

export type Difference =
  /** Printed good, but the room issued fewer, and it is not said what became of it. */
  | {
      readonly type: 'kit-not-accounted';
      readonly kit: string;
      readonly room: string;
      readonly remedy: 'find-kit';
    }
  /** Two stations say different things of one kit. */
  | {
      readonly type: 'kit-told-twice';
      readonly kit: string;
      readonly room: string;
      readonly remedy: 'compare-journals';
    }
  | {
      readonly type: 'spoiled-kit-scanned';
      readonly kit: string;
      readonly number: string;
      readonly room: string;
      readonly remedy: 'ask-room';
    }
  | {
      readonly type: 'unprinted-kit-scanned';
      readonly kit: string;
      readonly number: string;
      readonly room: string;
      readonly remedy: 'ask-room';
    }
  | {
      readonly type: 'sheet-not-scanned';
      readonly number: string;
      readonly side: 1 | 2;
      readonly kit: string | null;
      readonly room: string;
      readonly remedy: 'scan-sheet';
    }
  | { readonly type: 'sheet-unknown'; readonly number: string; readonly remedy: 'check-number' }
  | {
      readonly type: 'page-not-at-centre';
      readonly number: string;
      readonly side: 1 | 2;
      readonly room: string;
      readonly remedy: 'send-again';
    }
  | {
      readonly type: 'page-only-at-centre';
      readonly number: string;
      readonly side: 1 | 2;
      readonly room: string;
      readonly remedy: 'load-scan-journal';
    }
  | {
      readonly type: 'count-differs';
      readonly room: string;
      readonly what: 'registrations' | 'additional' | 'kits';
      readonly declared: number;
      readonly found: number;
      readonly remedy: 'correct-count';
    }
  | { readonly type: 'room-not-declared'; readonly room: string; readonly remedy: 'declare-room' };

const sideKey = ({ number, side }: CountedPage): string => `${number} ${side}`;

/** @returns empty: everything is accounted for. */
export function reconcile({ kits, sheets: registered, declared, scanned, confirmed }: Books): Difference[] {
  const differences: Difference[] = [];
  const told = Map.groupBy(kits, ({ kit }) => kit);
  const fate = new Map<string, PrintedKit>();
  const scannedIn = roomsOfScans(registered, scanned);
  for (const [kit, all] of told) {
    // A replaced station lists what it did not print as unused: whoever printed it counts.
    const real = all.filter((one) => one.fate !== 'unused');
    const [first] = real.length > 0 ? real : all;
    if (!first) continue;
    fate.set(kit, first.room === '' ? { ...first, room: scannedIn.kits.get(kit) ?? '' } : first);
    if (real.length > 1)
      differences.push({ type: 'kit-told-twice', kit, room: first.room, remedy: 'compare-journals' });
  }
  const sheets = registered.map((sheet): BookedSheet => {
    const of = sheet.kit === null ? undefined : fate.get(sheet.kit);
    const printedFor = of === undefined || of.fate === 'unused' ? '' : of.room;
    return { ...sheet, room: printedFor || sheet.room || (scannedIn.sheets.get(sheet.number) ?? '') };
  });
  const byNumber = new Map(sheets.map((sheet) => [sheet.number, sheet]));
  const sheetsOf = Map.groupBy(
    sheets.filter(({ kit }) => kit !== null),
    ({ kit }) => kit as string,
  );
  const here = new Set(scanned.map(sideKey));
  const there = new Set(confirmed.map(sideKey));
  const touched = new Set<string>();
  for (const number of new Set([...scanned, ...confirmed].map((page) => page.number))) {
    const sheet = byNumber.get(number);
    if (!sheet) {
      differences.push({ type: 'sheet-unknown', number, remedy: 'check-number' });
      continue;
    }
    if (sheet.kit === null) continue;
    touched.add(sheet.kit);
    const of = fate.get(sheet.kit)?.fate ?? 'unused';
    if (of !== 'good')
      differences.push({
        type: of === 'spoiled' ? 'spoiled-kit-scanned' : 'unprinted-kit-scanned',
        kit: sheet.kit,
        number,
        room: sheet.room,
        remedy: 'ask-room',
      });
  }
  // Of a kit of which anything came back, everything that is written on has to come back.
  for (const kit of touched)
    for (const sheet of sheetsOf.get(kit) ?? []) {
      if (!comesBack(sheet.kind)) continue;
      for (const side of sheet.sides === 2 ? ([1, 2] as const) : ([1] as const))
        if (
          !here.has(sideKey({ number: sheet.number, side })) &&
          !there.has(sideKey({ number: sheet.number, side }))
        )
          differences.push({
            type: 'sheet-not-scanned',
            number: sheet.number,
            side,
            kit,
            room: sheet.room,
            remedy: 'scan-sheet',
          });
    }
  const roomOf = (number: string): string => byNumber.get(number)?.room ?? '';
  for (const { number, side } of scanned)
    if (byNumber.has(number) && !there.has(sideKey({ number, side })))
      differences.push({
        type: 'page-not-at-centre',
        number,
        side,
        room: roomOf(number),
        remedy: 'send-again',
      });
  for (const { number, side } of confirmed)
    if (byNumber.has(number) && !here.has(sideKey({ number, side })))
      differences.push({
        type: 'page-only-at-centre',
        number,
        side,
        room: roomOf(number),
        remedy: 'load-scan-journal',
      });
  differences.push(...byRoom({ kits: [...fate.values()], byNumber, declared, scanned, touched }));
  return differences;
}

/** Reserves of the whole site, and forms of a register that names no rooms, are of the room in which they were used. */
function roomsOfScans(sheets: readonly BookedSheet[], scanned: readonly ScannedPage[]) {
  const kitOf = new Map(sheets.map(({ number, kit }) => [number, kit]));
  return {
    sheets: new Map(scanned.map(({ number, room }) => [number, room])),
    kits: new Map(
      scanned.flatMap(({ number, room }) => {
        const kit = kitOf.get(number) ?? null;
        return kit === null ? [] : [[kit, room] as const];
      }),
    ),
  };
}

function byRoom({
  kits,
  byNumber,
  declared,
  scanned,
  touched,
}: {
  readonly kits: readonly PrintedKit[];
  readonly byNumber: ReadonlyMap<string, BookedSheet>;
  readonly declared: readonly Declared[];
  readonly scanned: readonly CountedPage[];
  readonly touched: ReadonlySet<string>;
}): Difference[] {
  const differences: Difference[] = [];
  const said = new Map(declared.map((one) => [one.room, one]));
  const good = Map.groupBy(
    kits.filter(({ fate }) => fate === 'good'),
    ({ room }) => room,
  );
  for (const room of new Set([...good.keys(), ...said.keys()])) {
    const own = said.get(room);
    // Of no room, and used in none: they lie unused at the site.
    if (!own && room === '') continue;
    if (!own) {
      differences.push({ type: 'room-not-declared', room, remedy: 'declare-room' });
      continue;
    }
    const numbers = new Set(scanned.map(({ number }) => number));
    const found = (kind: SheetKind): number =>
      [...numbers].filter(
        (number) => byNumber.get(number)?.room === room && byNumber.get(number)?.kind === kind,
      ).length;
    for (const [what, kind, count] of [
      ['registrations', 'registration', own.registrations],
      ['additional', 'additional', own.additional],
    ] as const)
      if (found(kind) !== count)
        differences.push({
          type: 'count-differs',
          room,
          what,
          declared: count,
          found: found(kind),
          remedy: 'correct-count',
        });
    // Good kits that nobody was given lie unused in the room: as many as there are more than were issued.
    const untouched = (good.get(room) ?? []).filter(({ kit }) => !touched.has(kit));
    const printed = good.get(room)?.length ?? 0;
    const came = printed - untouched.length;
    const missing = own.kitsIssued - came;
    if (missing > 0)
      for (const { kit } of untouched.slice(0, missing))
        differences.push({ type: 'kit-not-accounted', kit, room, remedy: 'find-kit' });
    // More than there are, or fewer than came back.
    if (own.kitsIssued > printed || own.kitsIssued < came)
      differences.push({
        type: 'count-differs',
        room,
        what: 'kits',
        declared: own.kitsIssued,
        found: own.kitsIssued > printed ? printed : came,
        remedy: 'correct-count',
      });
  }
  return differences;
}
