/** What the room has kept of a sitting, for the seat at which the candidate goes on. */
import * as z from 'zod';

export const carriedAnswersSchema = z.object({
  answers: z.array(
    z.object({
      item: z.string(),
      responses: z.record(z.string(), z.json()),
      lease: z.number().int(),
      /** Rank of the epoch in the journal of the seat that wrote it. */
      epoch: z.number().int().default(0),
      seq: z.number().int(),
    }),
  ),
});
