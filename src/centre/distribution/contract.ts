/** Installers, manuals and tools that the centre gives out. Browser-safe. */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { fileNameSchema } from '../../exam/distribution/listed.ts';
import { downloadSchema, empty, operation, refusalSchema, uploadId } from '../../node/contract.ts';
import { distributedFileSchema } from '../../exam/distribution/distributed.ts';
import { all } from '../roles.ts';

export const distributionViewSchema = z.object({
  folder: z.string(),
  /** The one in the centre's own data, into which files are uploaded. */
  own: z.boolean(),
  /** Why there is no list; null: there is one. */
  problem: refusalSchema.nullable(),
  files: z.array(distributedFileSchema),
  without: z.array(z.object({ system: z.string(), why: z.string() })),
});
export type DistributionView = z.infer<typeof distributionViewSchema>;

export const distributionContract = {
  get: operation.own(...all).output(distributionViewSchema),
  live: operation.own(...all).output(eventIterator(distributionViewSchema)),
  download: operation
    .own(...all)
    .input(z.object({ name: fileNameSchema }))
    .output(downloadSchema),
  /** The version with which those of the sites are compared: the newest that is given out, or else the centre's own. */
  newest: operation.own(...all).output(z.object({ site: z.string() })),
  /** null: the folder in the centre's own data. */
  chooseFolder: operation
    .everything('administrator')
    .input(z.object({ folder: z.string().trim().min(1).max(500).nullable() }))
    .output(distributionViewSchema),
  /** The list first, then what it names. */
  take: operation.everything('administrator').input(z.object({ uploadId })).output(empty),
};
