/** Answers that come from a seat as a file: look at it first, then take it (导入作答包), or hand in for the candidate with it (单机收卷). */
import * as z from 'zod';
import { gateSchema, id, operation, time, uploadId } from '../../node/contract.ts';
import { both } from '../roles.ts';

/** `sittingId`: the candidate for whom the file was asked for; null: whoever it belongs to. */
const upload = z.object({ uploadId, sittingId: id.nullable() });

export const answerPackageViewSchema = z.object({
  sittingId: id,
  admissionNumber: z.string(),
  name: z.string(),
  seatNumber: z.number().int().nullable(),
  computer: z.string(),
  /** Room time by the seat's reckoning. */
  madeAt: time,
  /** The candidate could not change anything there any more. */
  over: z.boolean(),
  /** Changes of this candidate's answers that are inside, and how many of them the room has not got yet. */
  changes: z.number().int(),
  newChanges: z.number().int(),
  files: z.number().int(),
  newFiles: z.number().int(),
  /** Names of files that the answers name and that are neither inside nor in the room. */
  lacking: z.array(z.string()),
  /** Entries at places where the room holds others of the same seat. */
  differing: z.number().int(),
  singleCollection: gateSchema,
});
export type AnswerPackageView = z.infer<typeof answerPackageViewSchema>;

export const takenPackageSchema = answerPackageViewSchema.extend({
  /** Everything was here already. */
  nothingNew: z.boolean(),
  /** The sitting is collected: by this or before. */
  collected: z.boolean(),
  /** Of a hand-in. */
  receipt: z.string().nullable(),
});
export type TakenPackage = z.infer<typeof takenPackageSchema>;

export const answerPackageContract = {
  /** What the invigilator types at the seat. */
  seatCode: operation(...both).output(z.object({ seatCode: z.string() })),
  inspect: operation(...both)
    .input(upload)
    .output(answerPackageViewSchema),
  import: operation(...both)
    .input(upload)
    .output(takenPackageSchema),
  collect: operation(...both)
    .input(upload.extend({ sittingId: id }))
    .output(takenPackageSchema),
};
