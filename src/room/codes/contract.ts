/** The console's part of one-time codes. */
import * as z from 'zod';
import { id, operation, shortText, time } from '../../node/contract.ts';
import { roomBoardSchema } from '../board/contract.ts';
import { both } from '../roles.ts';

export const wantedSchema = z.object({
  action: z.enum(['late-start', 'late-candidate', 'extra-time', 'reinitialise']),
  /** null: the whole room. */
  sittingId: id.nullable(),
  /** Of extra time, else 0. */
  minutes: z.number().int().min(0).max(255),
});
/** A request for a one-time code, to be read out. */
export const openRequestSchema = wantedSchema.extend({
  /** 11 letters and digits in two groups. */
  challenge: z.string(),
  sessionId: id,
  reason: z.string(),
  askedAt: time,
  validUntil: time,
});
export type OpenRequestView = z.infer<typeof openRequestSchema>;

/** What the invigilator may not decide alone: centre or site answer a request that is read out to them. */
export const codeContract = {
  /** Requests that are open: they wait for an hour, over a restart too. */
  list: operation(...both).output(z.array(openRequestSchema)),
  /** `request` null: it was done at once, because a mock exam asks nobody. */
  ask: operation(...both)
    .input(wantedSchema.extend({ sessionId: id, reason: shortText.min(1) }))
    .output(z.object({ request: openRequestSchema.nullable(), board: roomBoardSchema })),
  /** Does what was asked for. */
  answer: operation(...both)
    .input(z.object({ challenge: z.string().max(40), answer: z.string().max(40) }))
    .output(roomBoardSchema),
};
