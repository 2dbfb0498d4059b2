/** What a room reports of a session. The record is for site and centre; the entries with their payloads for the centre alone. */
import * as z from 'zod';
import { accommodationsSchema } from '../accommodation/accommodations.ts';
import { answerFileLimit } from '../answer/answer-limits.ts';

/** A roster seats at most 1,023 candidates in a room. */
const sittingsInResult = 2_000;
const digest = z.string().regex(/^[0-9a-f]{64}$/);

export const roomRecordSchema = z.object({
  v: z.literal(1),
  project: z.string(),
  session: z.string(),
  site: z.string(),
  room: z.string(),
  madeAt: z.number().int(),
  startedAt: z.number().int().nullable(),
  endedAt: z.number().int().nullable(),
  administrator: z.string(),
  administratorPhone: z.string().default(''),
  invigilators: z.array(z.object({ name: z.string(), phone: z.string() })),
  sittings: z
    .array(
      z.object({
        id: z.string(),
        admissionNumber: z.string(),
        name: z.string(),
        state: z.string(),
        attempt: z.number().int(),
        extraTimeMin: z.number(),
        /** What held for the candidate; `given`: in the room, before the start. */
        accommodations: z
          .object({
            of: accommodationsSchema,
            given: z.object({ at: z.number(), by: z.string(), reason: z.string() }).nullable(),
          })
          .nullable()
          .default(null),
        resumes: z.number().int(),
        resumedAt: z
          .array(z.object({ at: z.number(), reason: z.string(), creditMs: z.number() }))
          .max(1_000)
          .default([]),
        extraTimes: z
          .array(z.object({ at: z.number(), minutes: z.number(), byCode: z.boolean() }))
          .max(1_000)
          .default([]),
        violations: z.array(z.object({ code: z.string(), description: z.string(), at: z.number() })),
        collected: z.boolean(),
        /** Handed in for the candidate, from the answer package of a seat that could not reach the room. */
        singleCollection: z.boolean().default(false),
        reason: z.string().nullable(),
        /** Files that the answers name and the room does not have: only of a sitting that could not be collected. */
        missingFiles: z.array(digest).max(10_000).default([]),
      }),
    )
    .max(sittingsInResult),
  /** Exceptions by one-time code, as they were used. */
  codes: z
    .array(
      z.object({
        challenge: z.string(),
        action: z.enum(['late-start', 'late-candidate', 'extra-time', 'reinitialise']),
        /** null: the whole room. */
        candidate: z.object({ admissionNumber: z.string(), name: z.string() }).nullable(),
        minutes: z.number().int(),
        reason: z.string(),
        by: z.string(),
        at: z.number().int(),
      }),
    )
    .max(10_000)
    .default([]),
  /** Files that are inside, each as a part of its own that only the centre opens. */
  files: z
    .array(z.object({ digest, size: z.number().int().min(0).max(answerFileLimit) }))
    .max(9_000)
    .default([]),
  /** Heads of every chain that is inside: nothing the room acknowledged may be missing. */
  heads: z.array(
    z.object({ origin: z.string(), epoch: z.string(), seq: z.number().int(), hash: z.string() }),
  ),
});
export type RoomRecord = z.infer<typeof roomRecordSchema>;

/** The part with the room's signed word of which entries it holds: proves single entries without the others. */
export const heldPart = 'held.jws';

export const receiptTyp = 'invigil-receipt+jws';
export const receiptSchema = z.object({
  v: z.literal(1),
  project: z.string(),
  session: z.string(),
  site: z.string(),
  room: z.string(),
  result: z.string(),
  entries: z.number().int(),
  files: z.number().int().default(0),
  at: z.number().int(),
});
export type Receipt = z.infer<typeof receiptSchema>;
