/** What two people must want. Browser-safe. The rules: `exam/four-eyes`. */
import * as z from 'zod';
import { actsOfTwo } from '../../exam/four-eyes/four-eyes.ts';
import { code, id, operation, shortText, time } from '../../node/contract.ts';
import { proofSchema } from '../../node/sign-ins/proof.ts';
import { all, editors } from '../roles.ts';

export const confirmationRowSchema = z.object({
  id,
  act: z.enum(actsOfTwo),
  /** Of a session, or of an exam on paper; the latter is named. */
  sessionId: id.nullable(),
  eventName: z.string().nullable(),
  siteCode: z.string().nullable(),
  /** When the session is released then; null: nothing is released by it. */
  releaseAt: time.nullable(),
  reason: z.string(),
  askedBy: z.string(),
  askedAt: time,
  /** Address of the computer; empty: unknown. */
  askedFrom: z.string(),
  standing: z.enum(['asked', 'confirmed', 'declined', 'withdrawn', 'used', 'expired']),
  /** Until when something can be done with it; null: nothing can. */
  until: time.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: time.nullable(),
  decidedFrom: z.string().nullable(),
  proof: z.enum(['password', 'passkey']).nullable(),
  note: z.string().nullable(),
  usedAt: time.nullable(),
});
export type ConfirmationRow = z.infer<typeof confirmationRowSchema>;

const listSchema = z.object({
  twoPersons: z.boolean(),
  /** The newest first; what is open comes before everything else. */
  rows: z.array(confirmationRowSchema),
});
export type Confirmations = z.infer<typeof listSchema>;

const target = z.object({ projectId: id, confirmationId: id });

export const confirmationContract = {
  list: operation
    .everything(...all)
    .input(z.object({ projectId: id }))
    .output(listSchema),
  /** From here on two are needed; going back needs two as well. */
  requireTwo: operation
    .everything('administrator')
    .input(z.object({ projectId: id }))
    .output(listSchema),
  /** Whoever may carry it out asks; the server looks which acts that are. */
  ask: operation
    .everything(...editors)
    .input(
      z.object({
        projectId: id,
        act: z.enum(actsOfTwo),
        sessionId: id.nullable().default(null),
        siteCode: code.nullable().default(null),
        /** Of a session that is let go, or released earlier than was agreed; not given: as the policy says. */
        releaseAt: time.nullable().default(null),
        reason: shortText.min(1),
      }),
    )
    .output(listSchema),
  /** Asks for the password or a passkey of whoever confirms. */
  confirm: operation
    .everything(...editors)
    .input(target.extend({ proof: proofSchema }))
    .output(listSchema),
  /** Whoever asked takes it back by this. */
  decline: operation
    .everything(...editors)
    .input(target.extend({ note: shortText.default('') }))
    .output(listSchema),
};
