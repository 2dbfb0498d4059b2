/** Scanned pages of which everything is known: forms of our own with ink on them, and with what paper and scanners do to them. */
import sharp from 'sharp';
import type { SheetCode } from '../../src/exam/form/sheet-code.ts';
import { ownTemplates } from '../../src/exam/form/own-templates.ts';
import {
  answerBoxes,
  markBox,
  page,
  type Box,
  type Side,
  type Template,
} from '../../src/exam/form/template.ts';
import { shapesOf } from '../../src/node/printed-form/shapes.ts';
import { svgOf } from '../../src/node/printed-form/svg.ts';
import type { Raster, Rotation } from '../../src/recognise/raster.ts';
import { Canvas } from './canvas.ts';
import { degrade, type Degradation } from './degrade.ts';
import { draws, type Draw } from './draw.ts';

export type MarkKind = 'none' | 'cross' | 'tick' | 'scribble' | 'taken-back';

export interface ScanRequest {
  readonly code: SheetCode & { readonly more: NonNullable<SheetCode['more']> };
  readonly seed: number;
  /** Words and marks; `speck`: as little as one stroke. */
  readonly ink: 'none' | 'little' | 'much';
  readonly pencil?: boolean;
  readonly degradation?: Degradation;
  /** Forms of others. */
  readonly templates?: readonly Template[];
}

export interface Scan {
  readonly raster: Raster;
  readonly truth: {
    readonly code: ScanRequest['code'];
    readonly rotation: Rotation;
    readonly filled: boolean;
    readonly marks: readonly {
      readonly field: string;
      readonly row: number;
      readonly column: number;
      readonly kind: MarkKind;
    }[];
  };
}

export const dpi = 200;
const blanks = new Map<Side, Promise<Raster>>();

function sideOf({ code: { more, side }, templates = ownTemplates }: ScanRequest): Side {
  const found = templates.find(({ kind }) => kind === more.kind)?.sides[side - 1];
  if (!found) throw new Error(`no side ${side} of ${more.kind}`);
  return found;
}

/** The form without its codes: drawn once. */
function blank(side: Side): Promise<Raster> {
  const known = blanks.get(side);
  if (known) return known;
  const drawn = (async (): Promise<Raster> => {
    const [width, height] = [Math.round((page.width / 25.4) * dpi), Math.round((page.height / 25.4) * dpi)];
    const svg = Buffer.from(svgOf(shapesOf(side, null, 'ru')));
    const { data } = await sharp(svg, { density: dpi })
      .resize(width, height, { fit: 'fill' })
      .flatten({ background: '#fff' })
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width, height, grey: new Uint8Array(data) };
  })();
  blanks.set(side, drawn);
  return drawn;
}

export async function makeScan(request: ScanRequest): Promise<Scan> {
  const { code, seed, ink } = request;
  const draw = draws(seed);
  const side = sideOf(request);
  const canvas = new Canvas(await blank(side), dpi);
  for (const shape of shapesOf(side, { code, values: {}, language: 'ru' }, 'ru'))
    if (shape.type === 'fill') canvas.paint(shape.box, 0);
  const marks = fillIn(canvas, side, draw, request);
  const all = side.fields.flatMap((field) =>
    field.type === 'marks'
      ? field.rows.flatMap((_, row) =>
          field.columns.map((__, column) => ({ field: field.name, row, column, kind: 'none' as MarkKind })),
        )
      : [],
  );
  return {
    raster: degrade(canvas.raster(), request.degradation ?? {}, draw, dpi),
    truth: {
      code,
      rotation: ((360 - (request.degradation?.turned ?? 0)) % 360) as Rotation,
      filled: ink !== 'none',
      marks: all.map(
        (one) =>
          marks.find(
            ({ field, row, column }) => field === one.field && row === one.row && column === one.column,
          ) ?? one,
      ),
    },
  };
}

/** Writes on a form as a candidate does. @returns the marks that were made */
export function fillIn(
  canvas: Canvas,
  side: Side,
  draw: Draw,
  { ink, pencil = false }: Pick<ScanRequest, 'ink' | 'pencil'>,
) {
  const pen = pencil ? { grey: 130, width: 0.35 } : { grey: 25, width: 0.5 };
  const marks = ink === 'none' ? [] : drawMarks(canvas, side, draw, pen, ink);
  if (ink === 'much') writeWords(canvas, side, draw, pen);
  if (ink === 'little' && marks.every(({ kind }) => kind === 'none')) writeLittle(canvas, side, draw, pen);
  return marks;
}

interface Pen {
  readonly grey: number;
  readonly width: number;
}

function drawMarks(canvas: Canvas, side: Side, draw: Draw, pen: Pen, ink: 'little' | 'much') {
  const marks: { field: string; row: number; column: number; kind: MarkKind }[] = [];
  for (const field of side.fields) {
    if (field.type !== 'marks') continue;
    for (const row of field.rows.keys()) {
      if (ink === 'little' && (marks.length > 0 || draw.next() > 0.1)) continue;
      if (draw.next() < 0.15) continue;
      const column = draw.below(field.columns.length);
      const kind = draw.of(['cross', 'cross', 'cross', 'tick', 'scribble'] as const);
      drawMark(canvas, markBox(field, row, column), kind, draw, pen);
      marks.push({ field: field.name, row, column, kind });
      if (ink === 'much' && draw.next() < 0.08) {
        const other = (column + 1) % field.columns.length;
        drawMark(canvas, markBox(field, row, other), 'taken-back', draw, pen);
        marks.push({ field: field.name, row, column: other, kind: 'taken-back' });
      }
    }
  }
  return marks;
}

function drawMark(canvas: Canvas, box: Box, kind: MarkKind, draw: Draw, pen: Pen): void {
  const about = (value: number): number => value + draw.between(-0.35, 0.35);
  const [l, t, r, b] = [box.x, box.y, box.x + box.width, box.y + box.height];
  const stroke = (...points: readonly (readonly [number, number])[]): void =>
    canvas.stroke(
      points.map(([x, y]) => ({ x: about(x), y: about(y) })),
      pen,
    );
  if (kind === 'cross') {
    stroke([l + 0.5, t + 0.5], [r - 0.5, b - 0.5]);
    stroke([r - 0.5, t + 0.5], [l + 0.5, b - 0.5]);
  } else if (kind === 'tick') stroke([l + 0.6, t + 2], [l + 1.8, b - 0.7], [r - 0.3, t + 0.3]);
  else if (kind === 'scribble')
    stroke(
      [l + 0.7, t + 0.8],
      [r - 0.7, t + 1.3],
      [l + 0.7, t + 2],
      [r - 0.7, t + 2.6],
      [l + 0.7, t + 3.2],
      [r - 0.7, b - 0.8],
    );
  else canvas.paint({ x: l - 0.1, y: t - 0.1, width: box.width + 0.2, height: box.height + 0.2 }, pen.grey);
}

/** Loops and strokes of the height of letters. */
function writeWords(canvas: Canvas, side: Side, draw: Draw, pen: Pen): void {
  for (const field of side.fields) {
    if (field.type === 'area') {
      const { x, y, width, height } = field.at;
      const high = field.lines || height;
      for (let line = y; line + high <= y + height; line += high)
        if (draw.next() < 0.7) writeLine(canvas, x + 4, line + high * 0.75, width - 12, draw, pen);
    }
    if (field.type === 'characters' && draw.next() < 0.6) {
      const boxes = answerBoxes({ ...side, fields: [field] });
      for (const box of boxes.slice(0, draw.below(boxes.length) + 1)) writeSign(canvas, box, draw, pen);
    }
  }
}

function writeLittle(canvas: Canvas, side: Side, draw: Draw, pen: Pen): void {
  const boxes = answerBoxes(side);
  const box = draw.of(boxes);
  if (box.width < 10) return writeSign(canvas, box, draw, pen);
  const at = { x: box.x + draw.between(5, box.width - 15), y: box.y + draw.between(6, box.height - 8) };
  writeSign(canvas, { ...at, width: 4, height: 5 }, draw, pen);
  writeSign(canvas, { ...at, x: at.x + 4.5, width: 4, height: 5 }, draw, pen);
}

function writeSign(canvas: Canvas, { x, y, width, height }: Box, draw: Draw, pen: Pen): void {
  const points = Array.from({ length: 4 }, () => ({
    x: x + width * draw.between(0.2, 0.8),
    y: y + height * draw.between(0.15, 0.85),
  }));
  // From top to bottom, as every sign has it.
  canvas.stroke(
    [{ x: x + width * 0.4, y: y + height * 0.15 }, ...points, { x: x + width * 0.6, y: y + height * 0.85 }],
    pen,
  );
}

function writeLine(canvas: Canvas, x: number, y: number, width: number, draw: Draw, pen: Pen): void {
  for (let at = x, until = x + width * draw.between(0.3, 1); at < until; at += 3.2) {
    if (draw.next() < 0.15) continue;
    canvas.stroke(
      Array.from({ length: 5 }, (_, i) => ({
        x: at + i * 0.6 + draw.between(-0.3, 0.3),
        y: y - (i % 2 ? draw.between(1.5, 3.5) : draw.between(-0.4, 0.4)),
      })),
      pen,
    );
  }
}
