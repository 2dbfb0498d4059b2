/** Entries as they travel, each chain's in its order: over the network as JSON, in parcels as JSON lines. */
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

export interface PushLimits {
  readonly entries: number;
  readonly characters: number;
}

export const pushLimits: PushLimits = { entries: 500, characters: 2_000_000 };

/** The next entries of a chain behind `afterSeq`, within the limits; one at least, however long it is. */
export function nextEntries(
  read: (afterSeq: number, limit: number) => readonly StoredEntry[],
  afterSeq: number,
  limits: PushLimits = pushLimits,
): { readonly entries: StoredEntry[]; readonly characters: number } {
  const entries: StoredEntry[] = [];
  let characters = 0;
  for (const row of read(afterSeq, limits.entries)) {
    const size = row.header.length + (row.payload?.length ?? 0);
    if (entries.length > 0 && characters + size > limits.characters) break;
    entries.push(row);
    characters += size;
  }
  return { entries, characters };
}

export function samePlace(a: Place, b: Place): boolean {
  return a.origin === b.origin && a.epoch === b.epoch && a.seq === b.seq;
}

export interface ChainRun {
  readonly origin: string;
  readonly epoch: string;
  readonly entries: readonly StoredEntry[];
}

/** A segment's entries, chain by chain; null when one of them names no chain. Whether they are entries at all, the ledger judges. */
export function runsOf(entries: readonly StoredEntry[]): ChainRun[] | null {
  const runs = new Map<string, { origin: string; epoch: string; entries: StoredEntry[] }>();
  for (const entry of entries) {
    const chain = chainOf(entry);
    if (!chain) return null;
    const key = `${chain.origin} ${chain.epoch}`;
    const run = runs.get(key) ?? { ...chain, entries: [] };
    run.entries.push(entry);
    runs.set(key, run);
  }
  return [...runs.values()];
}

function chainOf(entry: StoredEntry): { origin: string; epoch: string } | null {
  try {
    const { origin, epoch } = JSON.parse(entry.header) as Record<string, unknown>;
    return typeof origin === 'string' && typeof epoch === 'string' ? { origin, epoch } : null;
  } catch {
    return null;
  }
}
