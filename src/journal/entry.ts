/** The forms of a journal entry; see `formats/journal/`. */
import * as z from 'zod';
import type { JsonObject, JsonValue } from '../base/json.ts';

export interface Place {
  readonly origin: string;
  readonly epoch: string;
  /** Counts from 1 in every epoch. */
  readonly seq: number;
}

export interface Head extends Place {
  /** Hexadecimal SHA-256 of the entry's header text. */
  readonly hash: string;
}

/** What a decision yields: an entry that has no place yet. */
export interface Draft<K extends string = string, D extends JsonObject = JsonObject> {
  readonly kind: K;
  readonly subject: string;
  /** What every tier may see. */
  readonly data: D;
  /** Answers, names: sealed for the centre on its way up, and erasable. */
  readonly payload?: JsonValue;
  /** Hash of the own entry that this one says again, as it was first said. */
  readonly again?: string;
}

export interface Entry {
  readonly place: Place;
  readonly kind: string;
  readonly subject: string;
  /** Wall clock of its origin, ms. */
  readonly at: number;
  readonly data: JsonObject;
  /** Absent when it has none, or when this node cannot read it. */
  readonly payload?: JsonValue;
  /** Hash of the entry of the same origin that this one says again, as it was first said. */
  readonly again?: string;
  readonly hash: string;
}

/** Exactly what is stored and hashed. */
export interface StoredEntry {
  readonly header: string;
  /** 32 hexadecimal digits; null without payload. */
  readonly salt: string | null;
  /** JSON text; null when there is none, it is erased, or it travels sealed. */
  readonly payload: string | null;
}

export const firstPrev = '0'.repeat(64);

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);

export const headerSchema = z.object({
  v: z.literal(1),
  origin: z.string().min(1).max(64),
  epoch: z.string().min(1).max(64),
  seq: z.number().int().min(1),
  kind: z.string().min(1).max(64),
  subject: z.string().max(200),
  at: z.number().int(),
  prev: hex64,
  pay: hex64.nullable(),
  again: hex64.optional(),
  data: z.record(z.string(), z.json()),
});
export type Header = z.infer<typeof headerSchema>;

export const headSchema = z.object({
  origin: z.string(),
  epoch: z.string(),
  seq: z.number().int().min(1),
  hash: hex64,
});

/** Heads of other chains that an entry's writer says it holds (the seat's, when a candidate hands in). */
export function namedHeads(header: Header): Head[] {
  return Object.values(header.data).flatMap((value) => {
    if (typeof value !== 'object') return [];
    const head = headSchema.safeParse(value);
    return head.success ? [head.data] : [];
  });
}
