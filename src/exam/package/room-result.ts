/** What a room reports of a session. The record is for site and centre; the entries with their payloads for the centre alone. */
import * as z from 'zod';

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
  invigilators: z.array(z.object({ name: z.string(), phone: z.string() })),
  sittings: z.array(
    z.object({
      id: z.string(),
      admissionNumber: z.string(),
      name: z.string(),
      state: z.string(),
      attempt: z.number().int(),
      extraTimeMin: z.number(),
      resumes: z.number().int(),
      violations: z.array(z.object({ code: z.string(), description: z.string(), at: z.number() })),
      collected: z.boolean(),
      reason: z.string().nullable(),
    }),
  ),
  /** Heads of every chain that is inside: nothing the room acknowledged may be missing. */
  heads: z.array(
    z.object({ origin: z.string(), epoch: z.string(), seq: z.number().int(), hash: z.string() }),
  ),
});
export type RoomRecord = z.infer<typeof roomRecordSchema>;

export const receiptTyp = 'invigil-receipt+jws';
export const receiptSchema = z.object({
  v: z.literal(1),
  project: z.string(),
  session: z.string(),
  site: z.string(),
  room: z.string(),
  result: z.string(),
  entries: z.number().int(),
  at: z.number().int(),
});
export type Receipt = z.infer<typeof receiptSchema>;
