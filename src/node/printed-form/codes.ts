/** Bars and squares as patterns, without any picture: whoever draws the form draws them with everything else. */
import bwipjs from 'bwip-js';

/** Widths in modules, bar and space by turns, a bar first. */
export type Bars = readonly number[];
/** Rows of modules; true: black. */
export type Square = readonly (readonly boolean[])[];

/** Code 128 (ISO/IEC 15417). @param digits an even number of them takes the least place */
export function barsOf(digits: string): Bars {
  const [symbol] = bwipjs.raw('code128', digits, {}) as { sbs?: number[] }[];
  if (!symbol?.sbs) throw new Error('no bars were made');
  return symbol.sbs;
}

/** DataMatrix (ISO/IEC 16022). */
export function squareOf(text: string): Square {
  const [symbol] = bwipjs.raw('datamatrix', text, {}) as { pixs?: ArrayLike<number>; pixx?: number }[];
  const { pixs, pixx } = symbol ?? {};
  if (!pixs || !pixx) throw new Error('no square was made');
  return Array.from({ length: pixs.length / pixx }, (_, y) =>
    Array.from({ length: pixx }, (__, x) => pixs[y * pixx + x] === 1),
  );
}
