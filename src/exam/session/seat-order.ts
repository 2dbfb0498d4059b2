/** What a room tells one of its seats: everything that its screen depends on. Times are the room's wall clock, ms. */
import * as z from 'zod';
import { screenAccommodationsSchema } from '../accommodation/accommodations.ts';
import { examBrowserOrderSchema, screenBrowserSchema } from '../exam-browser/proof.ts';
import { environmentOrderSchema } from '../environment/measured.ts';

const time = z.number().int();

export const seatOrderSchema = z.object({
  /** Room time when this was said: the seat counts from here on its own steady clock. */
  at: time,
  approved: z.boolean(),
  seatNumber: z.number().int().nullable(),
  showNumber: z.boolean(),
  roomCode: z.string(),
  mock: z.boolean(),
  session: z
    .object({
      id: z.string(),
      projectId: z.string(),
      projectName: z.string(),
      name: z.string(),
      subject: z.string(),
      durationMin: z.number(),
      startAt: time,
      signInOpen: z.boolean(),
      startsAt: time.nullable(),
      ended: z.boolean(),
    })
    .nullable(),
  sitting: z
    .object({
      id: z.string(),
      admissionNumber: z.string(),
      name: z.string(),
      lease: z.number().int(),
      attempt: z.number().int(),
      status: z.enum(['not-signed-in', 'signed-in', 'in-exam', 'resumable', 'handed-in', 'closed', 'absent']),
      rulesRead: z.boolean(),
      lockMessage: z.string().nullable(),
      deadlineAt: time.nullable(),
      handInOpensAt: time.nullable(),
      accommodations: screenAccommodationsSchema.nullable().default(null),
    })
    .nullable(),
  /** From the start on: opens the paper that the seat holds; 32 bytes as hex. */
  startKey: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** Digests of files that the sitting's answers name and the room does not have. */
  wantedFiles: z.array(z.string().regex(/^[0-9a-f]{64}$/)).default([]),
  /** What a seat needs to hand its answers over as a file while the room is away; null: it is not admitted. */
  answerPackage: z
    .object({
      /** The room's age recipient. */
      recipient: z.string().max(128),
      /** Salted hash of the room's seat code. */
      seatCode: z.string().max(200),
    })
    .nullable()
    .default(null),
  /** In a mock exam: what the seat does by itself; null: nothing. */
  automatic: z
    .object({
      /** Admission number of who signs in here; null: nobody does by itself. */
      signIn: z.string().nullable(),
      answer: z.boolean(),
      handIn: z.boolean(),
    })
    .nullable()
    .default(null),
  /** What a screen in Safe Exam Browser proves itself with; null: the seat is not admitted. */
  examBrowser: examBrowserOrderSchema.nullable().default(null),
  /** Of the exam's support; empty: none is named. */
  supportPhone: z.string().max(200).default(''),
  /** An environment check that is on, with what the room still wants to know of this seat. */
  environment: environmentOrderSchema.nullable().default(null),
});
export type SeatOrder = z.infer<typeof seatOrderSchema>;

export const seatReportSchema = z.object({
  computer: z.string().max(100),
  /** Changes that the room has not acknowledged. */
  pending: z.number().int().min(0),
  sittingId: z.string().nullable(),
  lease: z.number().int(),
  screenOpen: z.boolean(),
  /** In what the candidate's screen was last seen. */
  screenIn: screenBrowserSchema.default('unknown'),
});
export type SeatReport = z.infer<typeof seatReportSchema>;

export const lookUpSchema = z.object({ admissionNumber: z.string().trim().min(1).max(40) });
export const foundSchema = z.object({
  sittingId: z.string(),
  name: z.string(),
  admissionNumber: z.string(),
  /** Data URL. */
  photo: z.string().startsWith('data:image/').max(400_000).nullable().default(null),
  /** From the first page after the number on. */
  accommodations: screenAccommodationsSchema.nullable().default(null),
});
export const sittingClaimSchema = z.object({ sittingId: z.string().max(64), lease: z.number().int() });
export const handInSchema = sittingClaimSchema.extend({
  head: z.object({ origin: z.string(), epoch: z.string(), seq: z.number().int(), hash: z.string() }),
});
