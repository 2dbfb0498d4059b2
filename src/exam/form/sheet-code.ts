/**
 * What the codes on a sheet say. The bars (Code 128) hold the number and, on forms of our own, the side as one more digit: an even number of
 * digits, which Code 128 packs in pairs. The square (DataMatrix) holds everything that is known of the sheet, in digits and commas, so that a
 * page tells what it is even where no register is at hand. Both stand twice on each side: one of the four is enough.
 */
import { numberProblem, ownNumbers, type NumberRule } from './sheet-number.ts';

/** One side of a sheet, as its codes name it. */
export interface SheetCode {
  readonly number: string;
  readonly side: 1 | 2;
  /** Only in the square. */
  readonly more: {
    /** Number of the kit (индивидуальный комплект), at most eight digits. */
    readonly kit: string;
    readonly kind: SheetKind;
    /** 1: printed for the first time; each new copy of a kit counts on. */
    readonly copy: number;
  } | null;
}

export const sheetKinds = [
  'registration',
  'answers-1',
  'answers-2',
  'additional',
  'control',
  'protocol',
] as const;
export type SheetKind = (typeof sheetKinds)[number];

const version = '1';

export function barsText({ number, side }: Pick<SheetCode, 'number' | 'side'>): string {
  return `${number}${side}`;
}

export function squareText(code: SheetCode & { readonly more: NonNullable<SheetCode['more']> }): string {
  const { number, side, more } = code;
  return [version, number, side, more.kit, sheetKinds.indexOf(more.kind), more.copy].join(',');
}

/**
 * Reads bars or a square of our own, or bars of forms that were printed elsewhere.
 * @param foreign rules of numbers that were imported: their bars hold the number alone, on sheets of one side
 * @returns null: no sheet's code; what is well formed may still be unknown to the register
 */
export function readSheetCode(text: string, foreign: readonly NumberRule[] = []): SheetCode | null {
  const square = /^1,([0-9]+),([12]),([0-9]{1,8}),([0-9]),([0-9]{1,3})$/.exec(text);
  if (square) {
    const [, number = '', side, kit = '', kind, copy] = square;
    const named = sheetKinds[Number(kind)];
    if (numberProblem(number, ownNumbers) !== null || named === undefined) return null;
    return { number, side: side === '1' ? 1 : 2, more: { kit, kind: named, copy: Number(copy) } };
  }
  const side = text.at(-1);
  if ((side === '1' || side === '2') && numberProblem(text.slice(0, -1), ownNumbers) === null)
    return { number: text.slice(0, -1), side: side === '1' ? 1 : 2, more: null };
  return foreign.some((rule) => numberProblem(text, rule) === null)
    ? { number: text, side: 1, more: null }
    : null;
}
