/** What the machine read on a page, as it is kept: never changed by what people decide later. Browser-safe. */
import * as z from 'zod';
import { sheetKinds } from '../form/sheet-code.ts';

/** Pixels of the page as it was scanned. */
const regionSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const sideNumber = z.union([z.literal(1), z.literal(2)]);
export const rotationSchema = z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]);

export const sheetReadSchema = z.object({
  number: z.string(),
  side: sideNumber,
  more: z.object({ kit: z.string(), kind: z.enum(sheetKinds), copy: z.number().int() }).nullable(),
});

export const markStates = ['empty', 'marked', 'taken-back', 'review'] as const;
export type MarkState = (typeof markStates)[number];

export const markSchema = z.object({
  field: z.string(),
  row: z.number().int(),
  column: z.number().int(),
  /** 0: nothing; 1: certainly a mark. */
  score: z.number(),
  state: z.enum(markStates),
});

/** Six numbers: a, b, c, d, e, f. */
export const mapSchema = z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]);

export const readingSchema = z.object({
  widthPx: z.number().nullable(),
  heightPx: z.number().nullable(),
  dpi: z.number().nullable(),
  /** Degrees clockwise by which the page must be turned to stand upright. */
  rotation: rotationSchema.nullable(),
  codes: z.array(z.object({ format: z.string(), text: z.string(), region: regionSchema })),
  sheet: sheetReadSchema.nullable(),
  class: z.enum(['recognised-filled', 'recognised-empty', 'unrecognised', 'bad-image']),
  ink: z
    .object({ mm2: z.number(), longestMm: z.number(), filled: z.boolean(), review: z.boolean() })
    .nullable(),
  quality: z.object({ anchors: z.number(), residualMm: z.number(), contrast: z.number() }).nullable(),
  marks: z.array(markSchema),
  /** From millimetres of the form to pixels of the scan: x' = a·x + b·y + c, y' = d·x + e·y + f. Absent: nothing told how the page lies. */
  map: mapSchema.nullish(),
  problem: z.looseObject({ type: z.string() }).nullable(),
});
export type Reading = z.infer<typeof readingSchema>;
