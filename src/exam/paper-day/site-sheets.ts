/**
 * Every sheet that a site may have, and what became of its kit: the plan says which numbers there are, the print stations' journals which of
 * them came out of a printer. What the plan alone says is told apart from what a journal says. Browser-safe.
 */
import type { SheetKind } from '../form/sheet-code.ts';
import { ownNumbers, numberProblem, type NumberRule } from '../form/sheet-number.ts';
import type { Plan, PrintFates } from './parcels.ts';

/** `untold`: no journal speaks of it yet. */
export type SheetFate = 'good' | 'spoiled' | 'unused' | 'untold';

export interface SiteSheet {
  readonly number: string;
  readonly kind: SheetKind;
  readonly place: number;
  readonly sides: 1 | 2;
  /** null: it belongs to none until somebody says so. */
  readonly kit: string | null;
  /** '' : of the whole site. */
  readonly room: string;
  readonly fate: SheetFate;
}

export interface SiteKit {
  readonly kit: string;
  readonly room: string;
  readonly fate: SheetFate;
  readonly sheets: readonly SiteSheet[];
}

export interface SiteSheets {
  readonly sheets: ReadonlyMap<string, SiteSheet>;
  readonly kits: ReadonlyMap<string, SiteKit>;
  /** Rooms of the plan, in their order. */
  readonly rooms: readonly string[];
  /** Of which no print station has told anything. */
  readonly untoldRooms: ReadonlySet<string>;
}

/** Of one print station. */
export interface PrintTold {
  /** null: a reserve that was in none. */
  readonly room: string | null;
  readonly fates: Pick<PrintFates, 'kits' | 'additional'>;
}

const inOrder = new Intl.Collator('en', { numeric: true });

export function sheetsOfSite(
  plan: Pick<Plan, 'kits' | 'additional' | 'preprinted'>,
  told: readonly PrintTold[],
): SiteSheets {
  const rooms = [
    ...new Set([...plan.kits, ...plan.additional].map(({ room }) => room).filter((room) => room !== '')),
  ].toSorted((a, b) => inOrder.compare(a, b));
  const spoken = new Map<string, PrintFates['kits'][number]>();
  for (const { fates } of told)
    for (const one of fates.kits) {
      const before = spoken.get(one.kit);
      // A station that was replaced lists what it did not print as unused: whoever printed it counts.
      if (!before || before.fate === 'unused') spoken.set(one.kit, one);
    }
  const toldRooms = new Set([
    ...told.flatMap(({ room }) => (room === null ? [] : [room])),
    ...[...spoken.values()].flatMap(({ room, fate }) => (fate === 'unused' ? [] : [room])),
  ]);
  const sheets = new Map<string, SiteSheet>();
  const kits = new Map<string, SiteKit>();
  const planned = new Map(plan.kits.map((kit) => [kit.kit, kit]));
  for (const kit of new Set([...planned.keys(), ...spoken.keys()])) {
    const [said, meant] = [spoken.get(kit), planned.get(kit)];
    // Preprinted forms exist whatever a printer did: only their question papers are printed.
    const fate: SheetFate = plan.preprinted
      ? 'good'
      : (said?.fate ?? (meant && toldRooms.has(meant.room) ? 'unused' : 'untold'));
    const room = said && said.fate !== 'unused' ? said.room : (meant?.room ?? said?.room ?? '');
    const own = (meant?.sheets ?? said?.sheets ?? []).map((sheet): SiteSheet => ({
      ...sheet,
      kit,
      room,
      fate,
    }));
    for (const sheet of own) sheets.set(sheet.number, sheet);
    kits.set(kit, { kit, room, fate, sheets: own });
  }
  for (const sheet of plan.additional) sheets.set(sheet.number, { ...sheet, kit: null, fate: 'untold' });
  for (const { fates } of told)
    for (const sheet of fates.additional) sheets.set(sheet.number, { ...sheet, kit: null, fate: 'good' });
  const untoldRooms = new Set(plan.preprinted ? [] : rooms.filter((room) => !toldRooms.has(room)));
  return { sheets, kits, rooms, untoldRooms };
}

/** Which numbers are looked for in codes, and may be typed. Those of other makers have no check digit that is known here: the plan decides. */
export function numberRules(sheets: Iterable<string>): NumberRule[] {
  const lengths = new Set<number>();
  for (const number of sheets) if (numberProblem(number, ownNumbers) !== null) lengths.add(number.length);
  return [ownNumbers, ...[...lengths].map((length): NumberRule => ({ length, check: 'none' }))];
}
