/** What an invigilator does for one candidate, or for several at once. */
import * as z from 'zod';
import { id, longText, operation, shortText, time } from '../../node/contract.ts';
import { roomBoardSchema } from '../board/contract.ts';
import { both } from '../roles.ts';

const sitting = z.object({ sittingId: id });

export const logLineSchema = z.object({
  at: time,
  origin: z.string(),
  seq: z.number().int(),
  kind: z.string(),
  data: z.record(z.string(), z.unknown()),
});

export const sittingContract = {
  extraTime: operation(...both)
    .input(
      z.object({
        sittingIds: z.array(id).min(1).max(2000),
        minutes: z.number().int().min(1).max(600),
      }),
    )
    .output(roomBoardSchema),
  resume: operation(...both)
    .input(z.object({ sittingIds: z.array(id).min(1).max(2000), reason: shortText }))
    .output(roomBoardSchema),
  lock: operation(...both)
    .input(sitting.extend({ message: shortText }))
    .output(roomBoardSchema),
  unlock: operation(...both)
    .input(sitting)
    .output(roomBoardSchema),
  absent: operation(...both)
    .input(z.object({ sittingIds: z.array(id).min(1).max(2000) }))
    .output(roomBoardSchema),
  cancelAbsent: operation(...both)
    .input(sitting)
    .output(roomBoardSchema),
  violation: operation(...both)
    .input(sitting.extend({ code: z.string().max(16), description: longText }))
    .output(roomBoardSchema),
  cancelViolation: operation(...both)
    .input(sitting.extend({ violationId: id }))
    .output(roomBoardSchema),
  collect: operation(...both)
    .input(sitting)
    .output(roomBoardSchema),
  /** The candidate's photo as a data URL; null: there is none. */
  photo: operation(...both)
    .input(sitting)
    .output(z.object({ url: z.string().nullable() })),
  log: operation(...both)
    .input(sitting)
    .output(z.array(logLineSchema)),
  violationTypes: operation(...both).output(
    z.array(
      z.object({
        code: z.string(),
        group: z.string(),
        text: z.object({ en: z.string(), zh: z.string(), ru: z.string() }),
      }),
    ),
  ),
};
