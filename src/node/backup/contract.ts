/** Where backups go, and how far the one is that is being written. Browser-safe. */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { operation } from '../operation.ts';

const driveSchema = z.object({ path: z.string(), name: z.string(), freeBytes: z.number() });

export const drivesViewSchema = z.object({
  /** Drives that can be taken out and carried away, as they are plugged in now. */
  drives: z.array(driveSchema),
  /** null: nothing is being written. */
  writing: z
    .object({
      folder: z.string(),
      /** `checking`: it is read back and compared. */
      stage: z.enum(['writing', 'checking']),
      doneBytes: z.number(),
      allBytes: z.number(),
    })
    .nullable(),
});
export type DrivesView = z.infer<typeof drivesViewSchema>;

export const driveContract = {
  list: operation.everything('administrator', 'operator').output(z.array(driveSchema)),
  live: operation.everything('administrator', 'operator').output(eventIterator(drivesViewSchema)),
};
