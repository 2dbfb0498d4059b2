/** A run of one chain's entries, as it travels: over the network as JSON, in parcels as JSON lines. */
import * as z from 'zod';
import type { Place, StoredEntry } from './entry.ts';

/** One push carries at most this many entries, and an entry at most this many characters. */
export const segmentLimits = { entries: 2_000, header: 64 * 1024, payload: 4 * 1024 * 1024 };

export const storedEntrySchema = z.object({
  header: z.string().max(segmentLimits.header),
  salt: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable(),
  payload: z.string().max(segmentLimits.payload).nullable(),
});

export const segmentSchema = z.object({
  entries: z.array(storedEntrySchema).min(1).max(segmentLimits.entries),
  /** Payloads sealed for the centre: base64 of an age file whose content is a JSON array of `[salt, payload]` or null, in the order of the entries. */
  sealed: z
    .string()
    .max(96 * 1024 * 1024)
    .nullable()
    .optional(),
});
export type Segment = z.infer<typeof segmentSchema>;

export function toSegment(rows: readonly StoredEntry[]): Segment {
  return { entries: rows.map(({ header, salt, payload }) => ({ header, salt, payload })) };
}

/** The next entries of a chain that a parent has not acknowledged, small enough for one push. */
export function nextSegment(
  read: (afterSeq: number, limit: number) => readonly StoredEntry[],
  acknowledgedSeq: number,
  limits: { entries: number; characters: number } = { entries: 500, characters: 2_000_000 },
): Segment | null {
  const taken: StoredEntry[] = [];
  let size = 0;
  for (const row of read(acknowledgedSeq, limits.entries)) {
    size += row.header.length + (row.payload?.length ?? 0);
    if (taken.length > 0 && size > limits.characters) break;
    taken.push(row);
  }
  return taken.length === 0 ? null : toSegment(taken);
}

export function samePlace(a: Place, b: Place): boolean {
  return a.origin === b.origin && a.epoch === b.epoch && a.seq === b.seq;
}
