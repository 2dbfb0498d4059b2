/**
 * Which numbers a print station has used up, as a list that lies on sticks beside what they carry. A station whose disk was put back to an older state
 * cannot know it by itself, and has nobody to ask; what it once wrote to a stick tells it.
 */
import * as z from 'zod';
import { sheetNumberSchema } from './parcels.ts';
import type { PrintRun } from './print-run.ts';

export const printedListTyp = 'invigil-printed+jws';

const kit = z.string().min(1).max(24);
const room = z.string().max(64);
const usedSchema = z.object({
  kits: z
    .array(
      z.object({
        kit,
        room: room.nullable(),
        copy: z.number().int().min(1).max(1_000),
        replaces: kit.nullable(),
      }),
    )
    .max(5_000),
  additional: z.array(z.object({ number: sheetNumberSchema, room })).max(20_000),
});
export type Used = z.infer<typeof usedSchema>;
/** Of an entry `print-remembered`. */
export const rememberedSchema = usedSchema;

export const printedListSchema = usedSchema.extend({
  v: z.literal(1),
  station: z.string().max(64),
  eventId: z.string().max(64),
  at: z.number().int(),
});
export type PrintedList = z.infer<typeof printedListSchema>;

/** Kits and sheets that went to a printer here, good or not. */
export function usedIn(run: Pick<PrintRun, 'kits' | 'additional'>): Used {
  return {
    kits: [...run.kits.values()].flatMap(({ kit: name, room: of, copy, replaces, fate }) =>
      fate === 'planned' ? [] : [{ kit: name, room: of, copy, replaces }],
    ),
    additional: [...run.additional].flatMap(([number, of]) => (of === null ? [] : [{ number, room: of }])),
  };
}

/** What is in `all` and not in `known`; null: nothing. */
export function beyond(all: Used, known: Used): Used | null {
  const kits = new Set(known.kits.map((one) => one.kit));
  const sheets = new Set(known.additional.map(({ number }) => number));
  const lacking = {
    kits: all.kits.filter((one) => !kits.has(one.kit)),
    additional: all.additional.filter(({ number }) => !sheets.has(number)),
  };
  return lacking.kits.length + lacking.additional.length === 0 ? null : lacking;
}

/** What a list names and this run does not know: its journal is an older one. null: nothing. */
export function lackingOf(run: Pick<PrintRun, 'kits' | 'additional'>, list: Used): Used | null {
  return beyond(list, usedIn(run));
}
