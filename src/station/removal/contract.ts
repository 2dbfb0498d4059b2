/** The last step of a scan or voice station: what lies here is removed. Browser-safe. */
import * as z from 'zod';
import { empty, operation, refusalSchema, shortText, time } from '../../node/contract.ts';

const person = operation('everyone');

export const remainsViewSchema = z.object({
  /** Images of pages, or recordings. */
  items: z.number().int(),
  packages: z.number().int(),
  /** Confirmed by the centre, and good. */
  good: z.number().int(),
  /** Why a member has to agree, with a reason; empty: nothing speaks against it. */
  keptBack: z.array(refusalSchema),
  /** Somebody of the commission has opened the materials here. */
  member: z.boolean(),
  removedAt: time.nullable(),
});
export type RemainsView = z.infer<typeof remainsViewSchema>;

const path = z.string().min(1).max(4_000);

export const removalContract = {
  get: person.output(remainsViewSchema),
  /** Of a voice station: what the centre says of its packages. A scan station takes it where it opens rooms again. */
  words: {
    find: person.output(z.array(z.object({ path, name: z.string(), createdAt: time }))),
    take: person.input(z.object({ path })).output(z.object({ news: z.number().int() })),
  },
  remove: person.input(z.object({ reason: shortText.default('') })).output(empty),
};
