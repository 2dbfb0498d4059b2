/**
 * How a page lies: from millimetres of the form to pixels of the scan. The codes tell it roughly, the black squares in the corners exactly.
 */
import { readSheetCode } from '../exam/form/sheet-code.ts';
import { anchor, anchors, codePlaces, page, type Box } from '../exam/form/template.ts';
import type { FoundCode } from './codes.ts';
import { turnPoint, turnPointBack, type Point, type Raster, type Rotation } from './raster.ts';

/** x' = a·x + b·y + c, y' = d·x + e·y + f. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export interface Registered {
  readonly map: Affine;
  /** Corner squares that were found, of four. */
  readonly anchors: number;
  /** How far they and the codes lie from where the map has them: root of the mean square, mm. */
  readonly residualMm: number;
  /** Grey of the corner squares. */
  readonly black: number;
}

interface Pair {
  readonly mm: Point;
  readonly px: Point;
  readonly weight: number;
}

export function place([a, b, c, d, e, f]: Affine, { x, y }: Point): Point {
  return { x: a * x + b * y + c, y: d * x + e * y + f };
}

/** @param rotation by which the page would stand upright: it need not be turned for this. null: neither squares nor codes say how it lies */
export function register(
  scanned: Raster,
  codes: readonly FoundCode[],
  rotation: Rotation,
  dpi: number,
): Registered | null {
  const scale = dpi / 25.4;
  const pairsOf = (format: FoundCode['format']): Pair[] =>
    codes.flatMap((code) => (code.format === format ? codePairs(code, scanned, rotation) : []));
  const known = pairsOf('DataMatrix');
  // Bars are read along any line through them: how high they stand is known to half of their height.
  const rough =
    similarity(known) ?? similarity(pairsOf('Code128')) ?? similarity(cornersOf(scanned, rotation));
  if (rough === null) return null;
  const found = anchors.flatMap((box) => {
    const at = findAnchor(scanned, place(rough, middle(box)), scale, known.length > 0 ? 6 : 11);
    return at === null ? [] : [{ box, ...at }];
  });
  const pairs = found.map(({ box, at }): Pair => ({ mm: middle(box), px: at, weight: 1 }));
  const fitted = best(pairs, known, scale);
  if (fitted === null) return null;
  const blacks = found.map(({ black }) => black).toSorted((a, b) => a - b);
  return {
    map: fitted.map,
    anchors: fitted.anchors,
    residualMm: Math.round(fitted.residual * 1_000) / 1_000,
    black: blacks[blacks.length >> 1] ?? 0,
  };
}

function middle({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** Corners of a square, ends of bars. Those of a form of our own only: where others have theirs is not known. */
function codePairs({ format, text, corners, sheet }: FoundCode, scanned: Raster, rotation: Rotation): Pair[] {
  if (sheet === null || readSheetCode(text) === null) return [];
  const [tl, tr, br, bl] = corners;
  const upright = turnPoint({ x: (tl.x + br.x) / 2, y: (tl.y + br.y) / 2 }, scanned, rotation);
  const foot = upright.y > (rotation % 180 === 0 ? scanned.height : scanned.width) / 2 ? 1 : 0;
  if (format === 'DataMatrix') {
    const quiet = 1;
    const { x, y, width, height } = codePlaces.squares[foot];
    const [left, top, right, bottom] = [x + quiet, y + quiet, x + width - quiet, y + height - quiet];
    const mm = [
      { x: left, y: top },
      { x: right, y: top },
      { x: right, y: bottom },
      { x: left, y: bottom },
    ];
    return [tl, tr, br, bl].map((px, i) => ({ mm: mm[i] as Point, px, weight: 0.1 }));
  }
  if (format !== 'Code128') return [];
  const centre = middle(codePlaces.bars[foot]);
  // Start, check, stop, and a pair of digits each.
  const half = ((35 + (11 * text.length) / 2) * codePlaces.module) / 2;
  const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  return [
    { mm: { x: centre.x - half, y: centre.y }, px: between(tl, bl), weight: 1 },
    { mm: { x: centre.x + half, y: centre.y }, px: between(tr, br), weight: 1 },
  ];
}

/** When no code of ours is on it: the page as large as the paper. */
function cornersOf(scanned: Pick<Raster, 'width' | 'height'>, rotation: Rotation): Pair[] {
  const [width, height] =
    rotation % 180 === 0 ? [scanned.width, scanned.height] : [scanned.height, scanned.width];
  return [0, 1].map((end) => ({
    mm: { x: end * page.width, y: end * page.height },
    px: turnPointBack({ x: end * width, y: end * height }, scanned, rotation),
    weight: 1,
  }));
}

/** As if the scan were exactly the paper: for pages of which nothing tells how they lie. */
export function asLargeAsPaper(scanned: Pick<Raster, 'width' | 'height'>, rotation: Rotation): Affine {
  const map = similarity(cornersOf(scanned, rotation));
  if (map === null) throw new Error('two corners of a page are one point');
  return map;
}

/** Turned, scaled and shifted, by least squares. */
function similarity(pairs: readonly Pair[]): Affine | null {
  if (pairs.length < 2) return null;
  const mean = (of: (pair: Pair) => number): number =>
    pairs.reduce((sum, pair) => sum + of(pair) * pair.weight, 0) /
    pairs.reduce((sum, { weight }) => sum + weight, 0);
  const [mx, my] = [mean(({ mm }) => mm.x), mean(({ mm }) => mm.y)];
  const [px, py] = [mean((pair) => pair.px.x), mean((pair) => pair.px.y)];
  let [cos, sin, square] = [0, 0, 0];
  for (const { mm, px: at, weight } of pairs) {
    const [x, y, u, v] = [mm.x - mx, mm.y - my, at.x - px, at.y - py];
    cos += weight * (x * u + y * v);
    sin += weight * (x * v - y * u);
    square += weight * (x * x + y * y);
  }
  if (square === 0) return null;
  const [a, b] = [cos / square, sin / square];
  return [a, -b, px - a * mx + b * my, b, a, py - b * mx - a * my];
}

/** With each column of its own: scanners pull paper a little faster than they say, and not quite straight. */
function affine(pairs: readonly Pair[]): Affine | null {
  const solve = (target: (pair: Pair) => number): readonly [number, number, number] | null => {
    const m = [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    for (const pair of pairs) {
      const row = [pair.mm.x, pair.mm.y, 1];
      for (let i = 0; i < 3; i++) {
        const line = m[i] as number[];
        for (let j = 0; j < 3; j++)
          line[j] = (line[j] as number) + pair.weight * (row[i] as number) * (row[j] as number);
        line[3] = (line[3] as number) + pair.weight * (row[i] as number) * target(pair);
      }
    }
    return eliminate(m);
  };
  const [x, y] = [solve(({ px }) => px.x), solve(({ px }) => px.y)];
  return x && y ? [...x, ...y] : null;
}

function eliminate(m: number[][]): readonly [number, number, number] | null {
  for (let i = 0; i < 3; i++) {
    let pivot = i;
    for (let row = i + 1; row < 3; row++)
      if (Math.abs(m[row]?.[i] ?? 0) > Math.abs(m[pivot]?.[i] ?? 0)) pivot = row;
    [m[i], m[pivot]] = [m[pivot] as number[], m[i] as number[]];
    const line = m[i] as number[];
    const by = line[i] as number;
    if (Math.abs(by) < 1e-9) return null;
    for (let j = 0; j < 4; j++) line[j] = (line[j] as number) / by;
    for (let row = 0; row < 3; row++) {
      const other = m[row] as number[];
      const factor = other[i] as number;
      if (row !== i)
        for (let j = 0; j < 4; j++) other[j] = (other[j] as number) - factor * (line[j] as number);
    }
  }
  return [m[0]?.[3] as number, m[1]?.[3] as number, m[2]?.[3] as number];
}

interface Fitted {
  readonly map: Affine;
  readonly anchors: number;
  readonly residual: number;
}

/** More than that, and one of them is a spot of dirt, or a corner that was folded over. */
const mostResidualMm = 0.6;
/** What squares that are whole and clean come to. Beyond it, one is left out to see whether it was at fault. */
const goodResidualMm = 0.12;

function best(found: readonly Pair[], known: readonly Pair[], scale: number): Fitted | null {
  const fit = (pairs: readonly Pair[], count: number): Fitted | null => {
    // Three squares define the map by themselves, and then nothing would say that one of them is none: the codes do.
    const all = [...pairs, ...known];
    const map = all.length >= 3 ? (affine(all) ?? similarity(all)) : null;
    if (map === null || !sane(map, scale)) return null;
    const off = (pair: Pair): number => {
      const at = place(map, pair.mm);
      return Math.hypot(at.x - pair.px.x, at.y - pair.px.y) / scale;
    };
    const weights = all.reduce((sum, { weight }) => sum + weight, 0);
    const residual = Math.sqrt(all.reduce((sum, pair) => sum + pair.weight * off(pair) ** 2, 0) / weights);
    return { map, anchors: count, residual };
  };
  const whole = fit(found, found.length);
  if (whole && whole.residual <= goodResidualMm) return whole;
  const fewer = found
    .map((_, left) => fit(found.toSpliced(left, 1), found.length - 1))
    .filter((one) => one !== null)
    .toSorted((a, b) => a.residual - b.residual)[0];
  const better = fewer && (whole === null || fewer.residual < whole.residual / 2) ? fewer : whole;
  if (better && better.residual <= mostResidualMm) return better;
  // Two squares, or the corners of a printed square: nothing else says whether it holds, and it counts as just good enough.
  const [two, count] = found.length === 2 ? [similarity(found), 2] : [similarity(known), 0];
  return two && sane(two, scale) ? { map: two, anchors: count, residual: mostResidualMm } : null;
}

/** Nothing that a scanner does to a page scales it by a tenth or shears it. */
function sane([a, b, , d, e]: Affine, scale: number): boolean {
  const [x, y] = [Math.hypot(a, d) / scale, Math.hypot(b, e) / scale];
  return [x, y].every((one) => one > 0.9 && one < 1.1) && Math.abs(a * b + d * e) / scale ** 2 < 0.05;
}

/** Pixels: what is found is set right by the middle of its dark pixels. */
const coarse = 3;

/** The darkest square with a light ring, around where it should be. */
function findAnchor(
  { width, height, grey }: Raster,
  near: Point,
  scale: number,
  aroundMm: number,
): { at: Point; black: number } | null {
  const size = anchor.size * scale;
  const ring = 1.2 * scale;
  const around = aroundMm * scale;
  const reach = Math.ceil(around + size / 2 + ring);
  const left = Math.max(0, Math.round(near.x) - reach);
  const top = Math.max(0, Math.round(near.y) - reach);
  const w = Math.min(width, Math.round(near.x) + reach) - left;
  const h = Math.min(height, Math.round(near.y) + reach) - top;
  if (w < size || h < size) return null;
  const sums = new Float64Array((w + 1) * (h + 1));
  for (let y = 0; y < h; y++) {
    let row = 0;
    for (let x = 0; x < w; x++) {
      row += grey[(top + y) * width + left + x] as number;
      sums[(y + 1) * (w + 1) + x + 1] = row + (sums[y * (w + 1) + x + 1] as number);
    }
  }
  const sum = (l: number, t: number, r: number, b: number): number =>
    (sums[b * (w + 1) + r] as number) -
    (sums[b * (w + 1) + l] as number) -
    (sums[t * (w + 1) + r] as number) +
    (sums[t * (w + 1) + l] as number);
  const side = Math.round(size);
  const rim = Math.round(ring);
  let chosen: { x: number; y: number; inner: number; outer: number } | null = null;
  let most = -Infinity;
  for (let t = 0; t + side <= h; t += coarse)
    for (let l = 0; l + side <= w; l += coarse) {
      const within = sum(l, t, l + side, t + side);
      const [ol, ot] = [Math.max(0, l - rim), Math.max(0, t - rim)];
      const [or, ob] = [Math.min(w, l + side + rim), Math.min(h, t + side + rim)];
      const around = sum(ol, ot, or, ob) - within;
      const inner = within / (side * side);
      const outer = around / Math.max(1, (or - ol) * (ob - ot) - side * side);
      if (outer - inner <= most) continue;
      most = outer - inner;
      chosen = { x: l + side / 2, y: t + side / 2, inner, outer };
    }
  if (chosen === null || chosen.outer - chosen.inner < 40) return null;
  const limit = (chosen.outer + chosen.inner) / 2;
  let at: Point = chosen;
  let [area, black] = [0, 0];
  for (let round = 0; round < 2; round++) {
    let [sx, sy, count, greys] = [0, 0, 0, 0];
    const half = size / 2 + 0.7 * scale;
    for (let y = Math.max(0, Math.floor(at.y - half)); y < Math.min(h, at.y + half); y++)
      for (let x = Math.max(0, Math.floor(at.x - half)); x < Math.min(w, at.x + half); x++) {
        const value = grey[(top + y) * width + left + x] as number;
        if (value >= limit) continue;
        sx += x + 0.5;
        sy += y + 0.5;
        greys += value;
        count++;
      }
    if (count === 0) return null;
    at = { x: sx / count, y: sy / count };
    area = count / size ** 2;
    // Of what is dark alone: of a square that was cut, white beyond the edge is none of it.
    black = greys / count;
  }
  const [x, cutX] = uncut(at.x + left, width, size);
  const [y, cutY] = uncut(at.y + top, height, size);
  const visible = (1 - cutX) * (1 - cutY);
  return Math.max(cutX, cutY) < 0.45 && area > 0.75 * visible && area < 1.3 ? { at: { x, y }, black } : null;
}

/** Of a square that the edge of the scan cut: its own middle, from that of what is left, and which part is missing. */
function uncut(middle: number, length: number, size: number): readonly [number, number] {
  const toEdge = Math.min(middle, length - middle);
  const cut = Math.max(0, 1 - (2 * toEdge) / size);
  const shift = (cut * size) / 2;
  return [middle < length / 2 ? middle - shift : middle + shift, cut];
}
