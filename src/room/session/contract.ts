/** The console's part of a session, from choosing it to its end. */
import * as z from 'zod';
import { id, operation, shortText, uploadId } from '../../node/contract.ts';
import { automaticsSchema, roomBoardSchema } from '../board/contract.ts';
import { both } from '../roles.ts';

const admin = 'administrator' as const;

export const sessionContract = {
  choose: operation(...both)
    .input(
      z.object({
        sessionId: id,
        administrator: shortText,
        administratorPhone: z.string().trim().max(40).default(''),
        invigilators: z.array(z.object({ name: shortText, phone: z.string().max(40) })).max(10),
      }),
    )
    .output(roomBoardSchema),
  authorise: operation(...both)
    .input(z.object({ sessionId: id }))
    .output(roomBoardSchema),
  importAuthorisation: operation(...both)
    .input(z.object({ uploadId }))
    .output(roomBoardSchema),
  /** Only in a mock exam. */
  setAutomatics: operation(...both)
    .input(z.object({ sessionId: id, automatics: automaticsSchema }))
    .output(roomBoardSchema),
  allowSignIn: operation(...both)
    .input(z.object({ sessionId: id }))
    .output(roomBoardSchema),
  allowStart: operation(...both)
    .input(z.object({ sessionId: id }))
    .output(roomBoardSchema),
  /** 8 words that open the paper on a seat that was cut off at the start. */
  startPhrase: operation(...both)
    .input(z.object({ sessionId: id }))
    .output(z.object({ words: z.array(z.string()) })),
  end: operation(admin)
    .input(
      z.object({
        sessionId: id,
        password: z.string().max(256),
        reasons: z.array(z.object({ sittingId: id, reason: shortText.min(1) })).max(2000),
      }),
    )
    .output(roomBoardSchema),
};
