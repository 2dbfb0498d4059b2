/**
 * How a form looks: where its marks, boxes and codes stand. One description for whoever prints it and whoever reads it.
 * Millimetres from the upper left corner of an A4 page that stands upright.
 */
import * as z from 'zod';
import { sheetKinds } from './sheet-code.ts';

export const page = { width: 210, height: 297 };

const mm = z.number().min(0).max(page.height);
const name = z.string().regex(/^[a-z0-9-]{1,40}$/);
export const boxSchema = z.object({ x: mm, y: mm, width: mm, height: mm });
export type Box = z.infer<typeof boxSchema>;

/** Words in the languages of the product; a project may write its own. */
const wordsSchema = z.object({ en: z.string().max(300), zh: z.string().max(300), ru: z.string().max(300) });
export type Words = z.infer<typeof wordsSchema>;

/** One box for each character: read by people, printed by the form. `at` is the first one's place. */
const charactersSchema = z.object({
  type: z.literal('characters'),
  name,
  label: wordsSchema.nullable(),
  at: boxSchema,
  count: z.number().int().min(1).max(60),
  gap: mm,
});

/** Rows of boxes to be marked (метки): a question each, with its choices beside each other. */
const marksSchema = z.object({
  type: z.literal('marks'),
  name,
  label: wordsSchema.nullable(),
  /** The first box of the first row. */
  at: boxSchema,
  /** What stands before each row. */
  rows: z.array(z.string().min(1).max(8)).min(1).max(120),
  /** What stands above each column. */
  columns: z.array(z.string().min(1).max(4)).min(1).max(12),
  /** From one box to the next, left edge to left edge and upper edge to upper edge. */
  step: z.object({ x: mm, y: mm }),
  /** More than one mark in a row is an answer, and no mistake. */
  several: z.boolean().default(false),
});

/** A frame to write in, with lines. */
const areaSchema = z.object({
  type: z.literal('area'),
  name,
  label: wordsSchema.nullable(),
  at: boxSchema,
  /** Between two lines; 0: none. */
  lines: mm,
});

/** What is printed by the machine that prints the form, and is no answer: the room, the seat, the name. */
const printedSchema = z.object({
  type: z.literal('printed'),
  name,
  label: wordsSchema.nullable(),
  at: boxSchema,
});

export const fieldSchema = z.discriminatedUnion('type', [
  charactersSchema,
  marksSchema,
  areaSchema,
  printedSchema,
]);
export type Field = z.infer<typeof fieldSchema>;
export type MarksField = Extract<Field, { type: 'marks' }>;
export type CharactersField = Extract<Field, { type: 'characters' }>;

export const sideSchema = z.object({
  heading: wordsSchema,
  /** Free text: how it is filled in. */
  hints: z.array(z.object({ at: boxSchema, text: wordsSchema })).max(20),
  fields: z.array(fieldSchema).max(200),
});
export type Side = z.infer<typeof sideSchema>;

export const templateSchema = z.object({
  kind: z.enum(sheetKinds),
  sides: z.array(sideSchema).min(1).max(2),
});
export type Template = z.infer<typeof templateSchema>;

/** Black squares in the corners: from them whoever reads the page knows how it lies. The same on every form. */
export const anchor = { size: 5, inset: 10 };
export const anchors: readonly Box[] = [
  [anchor.inset, anchor.inset],
  [page.width - anchor.inset - anchor.size, anchor.inset],
  [anchor.inset, page.height - anchor.inset - anchor.size],
  [page.width - anchor.inset - anchor.size, page.height - anchor.inset - anchor.size],
].map(([x = 0, y = 0]) => ({ x, y, width: anchor.size, height: anchor.size }));

/** Bars and squares with their quiet zones: at the head and at the foot, the same on every form, so that two strips are enough to look at. */
export const codePlaces = {
  /** Narrowest bar, mm: four pixels of a scan at 200 dpi. Below three (0.38 mm) a little blur is enough to make bars unreadable. */
  module: 0.5,
  bars: [
    { x: 96, y: 8, width: 78, height: 12 },
    { x: 26, y: 277, width: 78, height: 12 },
  ],
  squares: [
    { x: 179, y: 14, width: 14, height: 14 },
    { x: 110, y: 276, width: 14, height: 14 },
  ],
} as const satisfies { module: number; bars: readonly Box[]; squares: readonly Box[] };

/** What of a side may bear ink of a candidate. */
export function answerBoxes(side: Side): Box[] {
  return side.fields.flatMap((field) => {
    if (field.type === 'printed') return [];
    if (field.type === 'area') return [field.at];
    if (field.type === 'characters')
      return Array.from({ length: field.count }, (_, i) => characterBox(field, i));
    return field.rows.flatMap((_, row) => field.columns.map((__, column) => markBox(field, row, column)));
  });
}

export function markBox({ at, step }: MarksField, row: number, column: number): Box {
  return { ...at, x: at.x + column * step.x, y: at.y + row * step.y };
}

export function characterBox({ at, gap }: CharactersField, i: number): Box {
  return { ...at, x: at.x + i * (at.width + gap) };
}
