/**
 * Whether somebody wrote on a side: ink in its answer boxes beyond what the blank form has there. A stroke is longer than a speck of dust
 * and reaches further than noise; the frames and lines of the form itself are left out with a little around them.
 */
import { answerBoxes, type Box, type Side } from '../exam/form/template.ts';
import { cellsOf, cellsPerMm, type Flat } from './flat.ts';

export interface Ink {
  /** Of all strokes together, mm². */
  readonly mm2: number;
  /** From end to end of the longest one, mm. */
  readonly longestMm: number;
  readonly filled: boolean;
  /** So little that a person should look: a speck, or one faint stroke. It is never called empty. */
  readonly review: boolean;
}

/** Darker than this part of printed black: a pencil is, the back of the sheet that shines through is not. */
export const inkDarkness = 0.24;
/** A stroke from here on: longer than dirt, mm. */
const strokeMm = 1.6;
const strokeMm2 = 0.35;
/** Two specks that touch are longer than one, and still no stroke: this part of the square of their length is covered. */
const compact = 0.3;
const spotMm = 2.2;
/** Certainly written: a short word, a cross. */
const sure = { mm2: 2.5, longestMm: 3 };

/** Half of what a line of the form and a scan that lies a little askew take, mm. */
const beside = 0.6;

/** By side: forms are few, and pages many. */
const masks = new WeakMap<Side, Uint8Array>();
/** What is left of a page to be looked at: taken anew for each, in the same memory. */
let rest = new Uint8Array(0);

function writable(side: Side, width: number, height: number): Uint8Array {
  let mask = masks.get(side);
  if (mask?.length !== width * height) masks.set(side, (mask = writableOf(side, width, height)));
  if (rest.length !== mask.length) rest = new Uint8Array(mask.length);
  rest.set(mask);
  return rest;
}

/** What may bear ink and is no line of the form: 1 for each cell. */
function writableOf(side: Side, width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height);
  const set = ({ left, top, right, bottom }: ReturnType<typeof cellsOf>, to: 0 | 1): void => {
    for (let y = Math.max(0, top); y < Math.min(height, bottom); y++)
      mask.fill(to, y * width + Math.max(0, left), y * width + Math.max(0, Math.min(width, right)));
  };
  for (const box of answerBoxes(side)) set(cellsOf(box, beside), 1);
  for (const line of ownLines(side)) set(cellsOf(line, -beside), 0);
  return mask;
}

/** Lines within areas; a frame lies at the edge of its box. */
function ownLines(side: Side): Box[] {
  return side.fields.flatMap((field) => {
    if (field.type !== 'area' || field.lines === 0) return [];
    const { x, y, width, height } = field.at;
    const lines: Box[] = [];
    for (let at = y + field.lines; at < y + height - 1; at += field.lines)
      lines.push({ x, y: at, width, height: 0 });
    return lines;
  });
}

export function inkOf(flat: Flat, side: Side): Ink {
  const { width, height, dark } = flat;
  const mask = writable(side, width, height);
  const limit = Math.round(inkDarkness * 255);
  let [cells, longest] = [0, 0];
  const neighbours = [-1, 1, -width - 1, -width, -width + 1, width - 1, width, width + 1];
  const waiting: number[] = [];
  for (let start = 0; start < mask.length; start++) {
    // Most of a page is paper.
    if ((dark[start] as number) < limit || mask[start] === 0) continue;
    mask[start] = 0;
    waiting.push(start);
    let [count, left, right, top, bottom] = [0, width, 0, height, 0];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      count++;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      for (let i = 0; i < 8; i++) {
        const next = at + (neighbours[i] as number);
        if (mask[next] === 1 && (dark[next] as number) >= limit) {
          mask[next] = 0;
          waiting.push(next);
        }
      }
    }
    const length = Math.hypot(right - left + 1, bottom - top + 1) / cellsPerMm;
    const area = count / cellsPerMm ** 2;
    const least = area > compact * length ** 2 ? spotMm : strokeMm;
    if (length < least || area < strokeMm2) continue;
    cells += count;
    if (length > longest) longest = length;
  }
  const mm2 = cells / cellsPerMm ** 2;
  const filled = mm2 > 0;
  return {
    mm2: Math.round(mm2 * 100) / 100,
    longestMm: Math.round(longest * 10) / 10,
    filled,
    review: filled && (mm2 < sure.mm2 || longest < sure.longestMm),
  };
}
