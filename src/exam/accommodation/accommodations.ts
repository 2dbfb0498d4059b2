/** What a candidate gets so that the exam asks the same of everybody (Access for All, QTI 3 PNP): time, how the screen shows it, help by people. */
import * as z from 'zod';

export const mostTimePercent = 300;
export const mostTimeMinutes = 600;
export const mostTextPercent = 400;

const colour = z.string().regex(/^#[0-9a-f]{6}$/);
const coloursSchema = z.object({ text: colour, background: colour });
export type Colours = z.infer<typeof coloursSchema>;

/** What the seat does by itself. */
export const screenAccommodationsSchema = z.object({
  /** Of the duration, besides it: 25 is a quarter more. */
  timePercent: z.number().min(0).max(mostTimePercent).default(0),
  timeMinutes: z.number().int().min(0).max(mostTimeMinutes).default(0),
  /** Nothing is counted down; see `time-given.ts`. */
  timeUnlimited: z.boolean().default(false),
  /** Of the usual size. */
  textPercent: z.number().int().min(100).max(mostTextPercent).default(100),
  /** null: the usual ones. */
  colours: coloursSchema.nullable().default(null),
  /** Material above the question, not beside it. */
  singleColumn: z.boolean().default(false),
  /** Questions can be read aloud, by a voice of the seat's computer. */
  readAloud: z.boolean().default(false),
  /** Pointer, buttons and boxes that are easier to hit. */
  largeControls: z.boolean().default(false),
});
export type ScreenAccommodations = z.infer<typeof screenAccommodationsSchema>;

export const accommodationsSchema = screenAccommodationsSchema.extend({
  /** What people see to: features of a PNP that the screen does not have, and what the roster says in words. */
  others: z.array(z.string().trim().min(1).max(200)).max(60).default([]),
});
export type Accommodations = z.infer<typeof accommodationsSchema>;

export const noAccommodations: Accommodations = accommodationsSchema.parse({});

export function hasAny(of: Accommodations): boolean {
  return JSON.stringify(of) !== JSON.stringify(noAccommodations);
}

/** What a seat is told of them: nothing that only people see to. */
export function forScreen(of: Accommodations): ScreenAccommodations | null {
  const screen = screenAccommodationsSchema.parse(of);
  return hasAny({ ...noAccommodations, ...screen }) ? screen : null;
}

/** Least contrast of text, WCAG 2.2, 1.4.3 (AA). */
export const leastContrast = 4.5;

/** Contrast ratio as WCAG 2.2 defines it: 1 to 21. */
export function contrast({ text, background }: Colours): number {
  const [a, b] = [luminance(text), luminance(background)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
