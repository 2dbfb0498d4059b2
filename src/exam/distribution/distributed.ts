/** What consoles show of a distribution's files, at the centre and at the sites. Browser-safe. */
import * as z from 'zod';
import { listedFileSchema } from './listed.ts';

/** How a file in the folder compares with the list: only one that is `whole` is given out. */
export const fileStates = ['whole', 'checking', 'missing', 'cut', 'altered', 'not-a-file'] as const;

export const distributedFileSchema = listedFileSchema.extend({
  state: z.enum(fileStates),
  /** When it was put there; null: it is not there. */
  at: z.number().int().nullable(),
});
export type DistributedFile = z.infer<typeof distributedFileSchema>;
