/**
 * Bars and squares of a page. Where they stand on our forms is looked at first, in strips, which takes a tenth of the time of a whole page.
 * What is no sheet's code by its form and check digit counts for nothing; two that contradict each other are said, and nothing is chosen.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import type { NumberRule } from '../exam/form/sheet-number.ts';
import { readSheetCode, type SheetCode } from '../exam/form/sheet-code.ts';
import {
  crop,
  enlarged,
  pgm,
  turn,
  turnPointBack,
  type Point,
  type Raster,
  type Rotation,
} from './raster.ts';

export interface FoundCode {
  readonly format: 'Code128' | 'DataMatrix' | 'QRCode';
  readonly text: string;
  /** Its corners on the page as it was scanned, from the upper left of the code clockwise. */
  readonly corners: readonly [Point, Point, Point, Point];
  /** null: no code of a sheet. */
  readonly sheet: SheetCode | null;
}

export interface ReadCodes {
  readonly codes: readonly FoundCode[];
  /** What all codes of sheets on it agree on; null: there is none, or they contradict each other. */
  readonly sheet: SheetCode | null;
  /** All that the codes say, when they contradict each other. */
  readonly contradiction: readonly SheetCode[] | null;
  /** Clockwise, to set the page upright; null: no code tells it. */
  readonly rotation: Rotation | null;
}

// By default it fetches its program from the network: here it comes from the package's own folder, as built and from source.
const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
prepareZXingModule({ overrides: { wasmBinary: wasm.buffer as ArrayBuffer } });

// ITF and the like find numbers in any lines. Only what stands on forms is looked for; in strips only what stands there on ours.
const quick: ReaderOptions = {
  formats: ['Code128', 'DataMatrix'],
  tryHarder: true,
  // A square that stands on its head and a little askew is found only so.
  tryRotate: true,
  tryInvert: false,
  tryDownscale: false,
  maxNumberOfSymbols: 2,
};
const thorough: ReaderOptions = { ...quick, tryDownscale: true, maxNumberOfSymbols: 16 };
const anywhere: ReaderOptions = { ...thorough, formats: ['Code128', 'DataMatrix', 'QRCode'] };

/** Of a page's height: head and foot with their codes, on a page that lies a little shifted and askew. */
const strip = 0.135;

export async function readCodes(page: Raster, rules: readonly NumberRule[] = []): Promise<ReadCodes> {
  const all: FoundCode[] = [];
  const look = async (part: Part, options: ReaderOptions): Promise<void> => {
    for (const code of await readPart(page, part, options, rules))
      if (!all.some((known) => same(known, code))) all.push(code);
  };
  const tell = (): boolean => all.some(({ sheet }) => sheet !== null);

  const ways = waysUp(page);
  // Two sheets that came at once are as wide, or as long, as two: every code counts then, not the first that is found.
  if (!isOneSheet(page)) {
    await look({ x: 0, y: 0, width: page.width, height: page.height, turned: 0 }, anywhere);
    if (tell()) return judge(all);
  }
  for (const lying of ways) {
    for (const part of strips(page, lying)) await look(part, quick);
    if (tell()) return judge(all);
  }
  await look({ x: 0, y: 0, width: page.width, height: page.height, turned: 0 }, anywhere);
  if (tell()) return judge(all);
  for (const lying of ways)
    for (const part of strips(page, lying)) {
      await look(part, { ...thorough, binarizer: 'GlobalHistogram' });
      if (!tell()) await look({ ...part, enlarged: true }, { ...thorough, tryDownscale: false });
      if (tell()) return judge(all);
    }
  return judge(all);
}

/** Pixels: a sheet of A4 at the highest resolution that is taken, and an eighth of it. */
const sheetAtMost = { short: 1_960, long: 2_770 } as const;

function isOneSheet({ width, height }: Raster): boolean {
  return Math.min(width, height) <= sheetAtMost.short && Math.max(width, height) <= sheetAtMost.long;
}

/** Shorter side to longer one, of scans in which a sheet has no other way to lie than along them. */
const ofPaper = { least: 0.65, most: 0.77 } as const;

/** Whether the page may lie on its side: a sheet of A4 does not fit across a scan of A4. */
function waysUp({ width, height }: Raster): readonly boolean[] {
  const [lies, part] = [width > height, Math.min(width, height) / Math.max(width, height)];
  return part > ofPaper.least && part < ofPaper.most ? [lies] : [lies, !lies];
}

interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly turned: Rotation;
  readonly enlarged?: boolean;
}

/** Head and foot of a page that stands, or left and right of one that lies, turned so that bars stand upright. */
function strips({ width, height }: Raster, lying: boolean): Part[] {
  if (!lying) {
    const high = Math.round(height * strip);
    return [0, height - high].map((y) => ({ x: 0, y, width, height: high, turned: 0 }));
  }
  const wide = Math.round(width * strip);
  return [0, width - wide].map((x) => ({ x, y: 0, width: wide, height, turned: 90 }));
}

async function readPart(
  page: Raster,
  part: Part,
  options: ReaderOptions,
  rules: readonly NumberRule[],
): Promise<FoundCode[]> {
  const turned = turn(crop(page, part.x, part.y, part.width, part.height), part.turned);
  const scale = part.enlarged ? 2 : 1;
  const found = await readBarcodes(pgm(part.enlarged ? enlarged(turned) : turned), options);
  const placed = ({ x, y }: Point): Point => {
    const inPart = turnPointBack({ x: x / scale, y: y / scale }, part, part.turned);
    return { x: inPart.x + part.x, y: inPart.y + part.y };
  };
  return found.flatMap(({ isValid, format, text, position }): FoundCode[] =>
    isValid && (format === 'Code128' || format === 'DataMatrix' || format === 'QRCode')
      ? [
          {
            format,
            text,
            corners: cornersOf(format, page, [
              placed(position.topLeft),
              placed(position.topRight),
              placed(position.bottomRight),
              placed(position.bottomLeft),
            ]),
            sheet: readSheetCode(text, rules),
          },
        ]
      : [],
  );
}

type Corners = FoundCode['corners'];

/** Bars are found along one line through them: they reach as far up and down as the same bars are there. */
function cornersOf(format: FoundCode['format'], page: Raster, corners: Corners): Corners {
  if (format !== 'Code128') return corners;
  const [tl, tr, br, bl] = corners;
  const [from, to] = [middleOf(tl, bl), middleOf(tr, br)];
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < 40) return corners;
  const aside = { x: -(to.y - from.y) / length, y: (to.x - from.x) / length };
  const line = (off: number): Int32Array =>
    Int32Array.from({ length: samples }, (_, i) => {
      const along = (i + 0.5) / samples;
      const x = Math.round(from.x + (to.x - from.x) * along + aside.x * off);
      const y = Math.round(from.y + (to.y - from.y) * along + aside.y * off);
      return x < 0 || y < 0 || x >= page.width || y >= page.height
        ? 255
        : (page.grey[y * page.width + x] as number);
    });
  const own = line(0);
  const parted = (Math.min(...own) + Math.max(...own)) / 2;
  const alike = (off: number): boolean => {
    const other = line(off);
    let same = 0;
    for (let i = 0; i < samples; i++)
      if ((own[i] as number) < parted === (other[i] as number) < parted) same++;
    return same >= samples * 0.75;
  };
  const reach = (direction: 1 | -1): number => {
    let off = 0;
    // Bars that lie a little askew run out of their places on the line: not far beyond half of a page's width they would be others.
    while (off < length / 2 && alike(direction * (off + 2))) off += 2;
    return off;
  };
  const [up, down] = [-reach(-1), reach(1)];
  const moved = ({ x, y }: Point, off: number): Point => ({ x: x + aside.x * off, y: y + aside.y * off });
  return [moved(from, up), moved(to, up), moved(to, down), moved(from, down)];
}

/** Of a line through bars. */
const samples = 160;

function middleOf(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

export function centreOf({ corners }: Pick<FoundCode, 'corners'>): Point {
  return {
    x: corners.reduce((sum, { x }) => sum + x, 0) / 4,
    y: corners.reduce((sum, { y }) => sum + y, 0) / 4,
  };
}

/** Looked at twice, it is one code; the same text somewhere else is another. */
function same(a: FoundCode, b: FoundCode): boolean {
  const [one, other] = [centreOf(a), centreOf(b)];
  return a.format === b.format && a.text === b.text && Math.hypot(one.x - other.x, one.y - other.y) < 80;
}

function judge(codes: readonly FoundCode[]): ReadCodes {
  const told = codes.flatMap(({ sheet }) => (sheet ? [sheet] : []));
  const [first] = told;
  const squares = told.filter(({ more }) => more !== null);
  const differ =
    told.some(({ number, side }) => number !== first?.number || side !== first.side) ||
    squares.some(({ more }) => JSON.stringify(more) !== JSON.stringify(squares[0]?.more));
  return {
    codes,
    sheet: differ ? null : (squares[0] ?? first ?? null),
    contradiction: differ ? told : null,
    rotation: rotationOf(codes.filter(({ sheet }) => sheet !== null)),
  };
}

/** From the direction in which the codes are written. */
function rotationOf(codes: readonly FoundCode[]): Rotation | null {
  let [x, y] = [0, 0];
  for (const { corners } of codes) {
    const [left, right] = corners;
    const length = Math.hypot(right.x - left.x, right.y - left.y) || 1;
    x += (right.x - left.x) / length;
    y += (right.y - left.y) / length;
  }
  if (x === 0 && y === 0) return null;
  if (Math.abs(x) >= Math.abs(y)) return x > 0 ? 0 : 180;
  return y > 0 ? 270 : 90;
}
