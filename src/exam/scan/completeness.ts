/** Whether a kit, and whether a site, is here whole: which of them a person looks at, and in which order. Browser-safe. */
import type { SheetKind } from '../form/sheet-code.ts';
import type { SideState } from './standing.ts';

/** Of one side of a sheet in the register. A side that nobody expects and that came is what it came as. */
export const sideStates = ['filled', 'empty', 'duplicate', 'missing', 'not-expected'] as const;
export type KeptSideState = SideState | 'not-expected';

/** `incomplete`: something is missing; `complete`: everything is here, once; `nothing`: not one page came. */
export const siteFilters = ['all', 'incomplete', 'duplicates', 'complete', 'nothing'] as const;
export type SiteFilter = (typeof siteFilters)[number];

export interface SiteSums {
  readonly kits: number;
  /** Expected sides, and how many of them are here. */
  readonly sides: number;
  readonly came: number;
  /** Pages. */
  readonly filled: number;
  readonly empty: number;
  readonly duplicate: number;
}

export const noSums: SiteSums = { kits: 0, sides: 0, came: 0, filled: 0, empty: 0, duplicate: 0 };

export function addSums(a: SiteSums, b: SiteSums): SiteSums {
  return {
    kits: a.kits + b.kits,
    sides: a.sides + b.sides,
    came: a.came + b.came,
    filled: a.filled + b.filled,
    empty: a.empty + b.empty,
    duplicate: a.duplicate + b.duplicate,
  };
}

export function scansOf({ filled, empty, duplicate }: SiteSums): number {
  return filled + empty + duplicate;
}

export function missingOf({ sides, came }: SiteSums): number {
  return sides - came;
}

export function isSiteFound(sums: SiteSums, filter: SiteFilter): boolean {
  if (filter === 'incomplete') return missingOf(sums) > 0;
  if (filter === 'duplicates') return sums.duplicate > 0;
  if (filter === 'complete') return missingOf(sums) === 0 && sums.duplicate === 0;
  return filter === 'all' || scansOf(sums) === 0;
}

/** `filled`: every expected side is here, once, and written on; the others: at least one side is like that. */
export const kitFilters = ['all', 'filled', 'empty', 'duplicate', 'missing'] as const;
export type KitFilter = (typeof kitFilters)[number];

export function isKitFound(sides: readonly KeptSideState[], filter: KitFilter): boolean {
  if (filter === 'all') return true;
  if (filter !== 'filled') return sides.includes(filter);
  return sides.includes('filled') && sides.every((one) => one === 'filled' || one === 'not-expected');
}

/** The smaller, the sooner somebody has to look: duplicates, kits of which something is missing, of which nothing came, empty sides, whole ones. */
export function kitRank(sides: readonly KeptSideState[]): number {
  if (sides.includes('duplicate')) return 0;
  if (sides.includes('missing')) return sides.some((one) => one === 'filled' || one === 'empty') ? 1 : 2;
  return sides.includes('empty') ? 3 : 4;
}

/** Sheets of a kit that stand in one column: the same kind at the same place. */
export interface KitColumn {
  readonly kind: SheetKind;
  readonly place: number;
  readonly sides: 1 | 2;
  /** Which one of its kind, from 1; null: there is one alone. */
  readonly ofKind: number | null;
}

/** Columns that hold all sheets of all kits, in the order in which they lie in their kits. */
export function kitColumns(
  sheets: Iterable<{ readonly kind: SheetKind; readonly place: number; readonly sides: 1 | 2 }>,
): KitColumn[] {
  const columns = new Map<string, { kind: SheetKind; place: number; sides: 1 | 2 }>();
  for (const { kind, place, sides } of sheets) {
    const key = columnKey({ kind, place });
    const column = columns.get(key);
    if (!column) columns.set(key, { kind, place, sides });
    else if (sides === 2) column.sides = 2;
  }
  const all = [...columns.values()].toSorted((a, b) => a.place - b.place || (a.kind < b.kind ? -1 : 1));
  const seen = new Map<SheetKind, number>();
  return all.map((column) => {
    const nth = (seen.get(column.kind) ?? 0) + 1;
    seen.set(column.kind, nth);
    return { ...column, ofKind: all.filter(({ kind }) => kind === column.kind).length > 1 ? nth : null };
  });
}

export function columnKey({ kind, place }: { readonly kind: SheetKind; readonly place: number }): string {
  return `${kind} ${place}`;
}

/** Something of the sheet came. */
export function came(sides: readonly KeptSideState[]): boolean {
  return sides.some((one) => one !== 'missing' && one !== 'not-expected');
}
