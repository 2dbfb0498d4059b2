/** What a seat remembers across restarts: its room, the sitting that it holds, and the room's last word. */
import * as z from 'zod';
import { carriedAnswersSchema } from './carried-answers.ts';
import { screenAccommodationsSchema } from '../../exam/accommodation/accommodations.ts';
import { seatOrderSchema } from '../../exam/session/seat-order.ts';

/** What pairing with the room gave. */
export const seatMembershipSchema = z.object({
  roomAddress: z.string(),
  certPem: z.string(),
  roomSigningKey: z.string(),
  roomCode: z.string(),
  pairedAt: z.number().int(),
});
export type SeatMembership = z.infer<typeof seatMembershipSchema>;

/** The sitting that this seat holds, or is about to: `confirmed` once the candidate said "this is me" and the room agreed. */
export const claimSchema = z.object({
  sittingId: z.string(),
  projectId: z.string(),
  sessionId: z.string(),
  admissionNumber: z.string(),
  name: z.string(),
  confirmed: z.boolean(),
  lease: z.number().int(),
  attempt: z.number().int(),
  /** Opens the sealed paper, hex; known from the start on. */
  startKey: z.string().nullable().default(null),
  /** Room time at which this seat opened the paper; null: not yet. */
  openedAt: z.number().nullable(),
  /** Answers that the room kept from a seat before this one, with their places. */
  carried: carriedAnswersSchema.shape.answers,
  /** Newest entry of this seat when it asked to hand in: the receipt, should the room's answer be lost on its way. */
  handInHead: z.string().nullable().default(null),
  receipt: z.string().nullable(),
  /** As the room said them at the sign-in; its newer word counts. */
  accommodations: screenAccommodationsSchema.nullable().default(null),
});
export type Claim = z.infer<typeof claimSchema>;

export const heardOrderSchema = z.object({
  order: seatOrderSchema,
  /** Room's wall clock minus this computer's when it was heard, ms. */
  offsetMs: z.number(),
});
export type HeardOrder = z.infer<typeof heardOrderSchema>;
