/** What the room has kept of a sitting, for the seat at which the candidate goes on. */
import * as z from 'zod';

export const carriedAnswersSchema = z.object({
  answers: z.array(
    z.object({
      item: z.string(),
      responses: z.record(z.string(), z.json()),
      lease: z.number().int(),
      seq: z.number().int(),
    }),
  ),
});
