/** How the candidate's screen gives a spoken answer to its agent: piece by piece while it is spoken. */
import * as z from 'zod';
import { fileReferenceSchema } from '../../exam/answer/answer-files.ts';
import { mostSeconds, pieceLimit, toleranceMs } from '../../exam/recording/recording-limits.ts';
import { operation } from '../../node/contract.ts';

/** Whose answer: `work` as in `PaperForScreen`, so that a page that was left open does not speak for the next candidate. */
const answerPlace = {
  work: z.string().min(1).max(200),
  item: z.string().max(256),
  response: z.string().max(256),
};
/** A try is a recording; after an interruption it goes on with another part. A part is what one recorder made; its pieces count from 1. */
const pieceNumber = {
  try: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  part: z.number().int().min(1).max(10_000),
  number: z.number().int().min(1).max(100_000),
};
export const pieceNumberSchema = z.object(pieceNumber);
export type PieceNumber = z.infer<typeof pieceNumberSchema>;

/** What is on this seat's disk of the newest try. */
export const keptRecordingSchema = z.object({
  last: pieceNumberSchema,
  /** Of all parts, ms. */
  ms: z.number().int(),
  /** Nothing was added since: this file holds all of it. */
  file: fileReferenceSchema.nullable(),
});
export type KeptRecording = z.infer<typeof keptRecordingSchema>;

export const recordingContract = {
  /** null: nothing was recorded here. */
  kept: operation('everyone').input(z.object(answerPlace)).output(keptRecordingSchema.nullable()),
  /**
   * Resolves after the piece is on this seat's disk; the same piece again changes nothing. `ms`: from the beginning of the part to the end of
   * this piece.
   */
  piece: operation('everyone')
    .input(
      z.object({
        ...answerPlace,
        ...pieceNumber,
        ms: z
          .number()
          .int()
          .min(0)
          .max(mostSeconds * 1_000 + toleranceMs),
        content: z.instanceof(Blob).refine(({ size }) => size <= pieceLimit),
      }),
    )
    .output(z.object({})),
  /** Makes a file of all pieces up to `last`, to be given as the answer. */
  finish: operation('everyone')
    .input(z.object({ ...answerPlace, last: pieceNumberSchema }))
    .output(fileReferenceSchema),
};
