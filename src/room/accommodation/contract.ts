/** The console's part of accommodations: what each candidate has, and what is given before the start. */
import * as z from 'zod';
import { accommodationsSchema } from '../../exam/accommodation/accommodations.ts';
import { id, operation, time } from '../../node/contract.ts';

export const accommodationsViewSchema = z.object({
  of: accommodationsSchema,
  /** In the room, instead of what came with the roster; null: it is the roster's. */
  given: z.object({ at: time, by: z.string(), reason: z.string() }).nullable(),
});
export type AccommodationsView = z.infer<typeof accommodationsViewSchema>;

export const accommodationContract = {
  /** Before the start; never less time than came with the roster. */
  give: operation('administrator', 'invigilator')
    .input(
      z.object({
        sittingId: id,
        accommodations: accommodationsSchema,
        reason: z.string().trim().min(1).max(400),
      }),
    )
    .output(z.object({})),
};
