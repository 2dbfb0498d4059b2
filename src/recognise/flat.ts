/** A page laid flat: in the form's own measure, and how dark each spot is between the paper around it (0) and the black that was printed on it (1). */
import { page, type Box } from '../exam/form/template.ts';
import type { Raster } from './raster.ts';
import type { Registered } from './register.ts';

/** Cells to a millimetre: two pixels of a scan to a cell, which takes half of the noise away. */
export const cellsPerMm = 4;

export interface Flat {
  readonly width: number;
  readonly height: number;
  /** 0 to 255. */
  readonly dark: Uint8Array;
  /** Between paper and printed black, in steps of grey: below 60 or so a page is hard to read for people, too. */
  readonly contrast: number;
}

const cells = page.width * cellsPerMm * page.height * cellsPerMm;
const scratch = { light: new Uint8Array(cells), dark: new Uint8Array(cells) };

/** A cell's limits, of a box drawn in or out by so much. */
export function cellsOf(
  { x, y, width, height }: Box,
  inset = 0,
): { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number } {
  return {
    left: Math.round((x + inset) * cellsPerMm),
    top: Math.round((y + inset) * cellsPerMm),
    right: Math.round((x + width - inset) * cellsPerMm),
    bottom: Math.round((y + height - inset) * cellsPerMm),
  };
}

/** What it returns holds until the next page is laid flat: pages come one after the other, and new memory for each would cost a fifth of the time. */
export function layFlat(scanned: Raster, { map, black }: Registered): Flat {
  const width = page.width * cellsPerMm;
  const height = page.height * cellsPerMm;
  const light = sampled(scanned, map, width, height);
  const paper = paperOf(light, width, height);
  const contrast = Math.max(20, median([...paper.values]) - black);
  const { dark } = scratch;
  const perGrey = 255 / contrast;
  const across = new Float64Array(paper.columns);
  for (let y = 0; y < height; y++) {
    const by = Math.min(paper.rows - 1.001, Math.max(0, y / block - 0.5));
    const row = Math.floor(by);
    for (let column = 0; column < paper.columns; column++) {
      const upper = paper.values[row * paper.columns + column] as number;
      const lower = paper.values[(row + 1) * paper.columns + column] as number;
      across[column] = upper + (lower - upper) * (by - row);
    }
    // From the middle of one block to that of the next, step by step.
    for (let column = -1, at = y * width; column < paper.columns; column++) {
      const from = across[Math.max(0, column)] as number;
      const to = across[Math.min(paper.columns - 1, column + 1)] as number;
      const start = Math.max(0, column * block + block / 2);
      const end = Math.min(width, (column + 1) * block + block / 2);
      const step = (to - from) / block;
      let here = from;
      for (let x = start; x < end; x++, at++, here += step) {
        const value = (here - (light[at] as number)) * perGrey;
        dark[at] = value < 0 ? 0 : value > 255 ? 255 : value;
      }
    }
  }
  return { width, height, dark, contrast: Math.round(contrast) };
}

/** The mean of four points of each cell. */
function sampled(
  { width: w, height: h, grey }: Raster,
  [a, b, c, d, e, f]: Registered['map'],
  width: number,
  height: number,
): Uint8Array {
  const { light } = scratch;
  const step = 1 / cellsPerMm;
  const [ax, dx] = [(a * step) / 2, (d * step) / 2];
  const [bx, ey] = [(b * step) / 2, (e * step) / 2];
  for (let y = 0; y < height; y++) {
    const px = a * step * 0.25 + b * (y + 0.25) * step + c;
    const py = d * step * 0.25 + e * (y + 0.25) * step + f;
    // All four points of a cell lie within, or none is looked at.
    const [fromX, toX] = inside(px, [ax, bx], a * step, w, width);
    const [fromY, toY] = inside(py, [dx, ey], d * step, h, width);
    const from = Math.max(fromX, fromY);
    const to = Math.max(from, Math.min(toX, toY));
    const row = y * width;
    // Beside the page there is no ink.
    light.fill(255, row, row + from).fill(255, row + to, row + width);
    let [x0, y0] = [px + from * a * step, py + from * d * step];
    for (let at = row + from, end = row + to; at < end; at++, x0 += a * step, y0 += d * step)
      light[at] =
        ((grey[(y0 | 0) * w + (x0 | 0)] as number) +
          (grey[((y0 + dx) | 0) * w + ((x0 + ax) | 0)] as number) +
          (grey[((y0 + ey) | 0) * w + ((x0 + bx) | 0)] as number) +
          (grey[((y0 + dx + ey) | 0) * w + ((x0 + ax + bx) | 0)] as number) +
          2) >>
        2;
  }
  return light;
}

/**
 * Of the cells in a row those whose points lie on the page, and not at its very edge.
 * @param at where the first cell's first point lies
 * @param beside how far its other points are from it
 * @returns from the first up to one behind the last
 */
function inside(
  at: number,
  beside: readonly [number, number],
  step: number,
  size: number,
  count: number,
): readonly [from: number, to: number] {
  const least = at + Math.min(0, beside[0]) + Math.min(0, beside[1]);
  const most = at + Math.max(0, beside[0]) + Math.max(0, beside[1]);
  const room = size - 3 - most;
  if (Math.abs(step) < 1e-9) return least >= 0 && room >= 0 ? [0, count] : [0, 0];
  const [first, last] = step > 0 ? [-least / step, room / step] : [room / step, -least / step];
  return [Math.min(count, Math.max(0, Math.ceil(first))), Math.min(count, Math.max(0, Math.floor(last) + 1))];
}

/** Cells: 8 mm, wider than any line that is written or printed. */
const block = 32;

interface Paper {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float64Array;
}

/** How light the paper is, spot by spot: a lamp that grows weaker towards an edge is no ink. */
function paperOf(light: Uint8Array, width: number, height: number): Paper {
  const [columns, rows] = [Math.ceil(width / block), Math.ceil(height / block)];
  const raw = new Float64Array(columns * rows);
  const counts = new Uint32Array(256);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      counts.fill(0);
      let total = 0;
      for (let y = row * block; y < Math.min(height, (row + 1) * block); y += 2)
        for (let x = column * block; x < Math.min(width, (column + 1) * block); x += 2) {
          const value = light[y * width + x] as number;
          counts[value] = (counts[value] as number) + 1;
          total++;
        }
      let [value, seen] = [0, 0];
      while (value < 255 && seen + (counts[value] as number) < total * 0.7) seen += counts[value++] as number;
      raw[row * columns + column] = value;
    }
  // A spot that was blackened all over says nothing of its paper: what lies around it does.
  const values = raw.map((_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    const around: number[] = [];
    for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++)
      for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++)
        around.push(raw[y * columns + x] as number);
    return median(around);
  });
  return { columns, rows, values };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 255;
}
