/** How this computer's seat is: for whoever looks after the computer. Says nothing of a candidate. */
import * as z from 'zod';
import { operation, refusalSchema, time } from '../../node/contract.ts';

export const seatStatusSchema = z.object({
  version: z.string(),
  computer: z.string(),
  /** Data folder. */
  data: z.string(),
  phase: z.string(),
  seatNumber: z.number().int().nullable(),
  /** null: it has no room yet. */
  room: z
    .object({
      code: z.string(),
      address: z.string(),
      online: z.boolean(),
      lastContact: time.nullable(),
      problem: refusalSchema.nullable(),
    })
    .nullable(),
  /** Entries in the seat's journal, and how much of it the room has not got. */
  kept: z.number().int(),
  pending: z.number().int(),
  /** Why the disk refuses what is to be kept; null: it does not. */
  failing: refusalSchema.nullable(),
  freeBytes: z.number(),
  /** Of the exam's support; null: none was told yet. */
  supportPhone: z.string().nullable(),
});
export type SeatStatus = z.infer<typeof seatStatusSchema>;

export const seatStatusContract = { get: operation('everyone').output(seatStatusSchema) };
