/** What a kit (индивидуальный комплект) consists of: the same for all kits of an event. Browser-safe. */
import * as z from 'zod';
import { sheetKinds } from './sheet-code.ts';

export const kitPartSchema = z.object({
  kind: z.enum(sheetKinds),
  /** How many of them are in each kit. */
  count: z.number().int().min(1).max(20),
});
export type KitPart = z.infer<typeof kitPartSchema>;

export const compositionSchema = z
  .array(kitPartSchema)
  .min(1)
  .max(sheetKinds.length)
  .refine((parts) => new Set(parts.map(({ kind }) => kind)).size === parts.length);
export type Composition = z.infer<typeof compositionSchema>;

export const usualComposition: Composition = [
  { kind: 'registration', count: 1 },
  { kind: 'answers-1', count: 1 },
  { kind: 'answers-2', count: 1 },
  { kind: 'control', count: 1 },
];

/** Kinds that candidates write on: they come back, and are missing where they do not. */
export function comesBack(kind: KitPart['kind']): boolean {
  return kind === 'registration' || kind === 'answers-1' || kind === 'answers-2' || kind === 'additional';
}
