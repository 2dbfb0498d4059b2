/** Installers, manuals and tools that this site's centre gives out. Browser-safe. */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { fileNameSchema } from '../../exam/distribution/listed.ts';
import { downloadSchema, empty, operation, refusalSchema, time } from '../../node/contract.ts';
import { distributedFileSchema } from '../../exam/distribution/distributed.ts';

export const siteDownloadsSchema = z.object({
  /** When the centre said so; null: it has not been asked yet. */
  at: time.nullable(),
  /** Why the list is not as of now. */
  problem: refusalSchema.nullable(),
  files: z.array(
    distributedFileSchema.extend({
      /** It lies on this computer, whole. */
      here: z.boolean(),
    }),
  ),
  own: z.string(),
  /** Of a site's program; null: none is given out. */
  newest: z.string().nullable(),
  fetching: z.object({ name: z.string(), bytes: z.number().int(), size: z.number().int() }).nullable(),
  /** The last one that was not fetched. */
  failed: z.object({ name: z.string(), why: refusalSchema }).nullable(),
});
export type SiteDownloads = z.infer<typeof siteDownloadsSchema>;

const named = z.object({ name: fileNameSchema });

export const distributionContract = {
  get: operation('administrator', 'observer').output(siteDownloadsSchema),
  live: operation('administrator', 'observer').output(eventIterator(siteDownloadsSchema)),
  /** Begins to bring it from the centre to this computer; what was cut off before goes on. */
  fetch: operation('administrator').input(named).output(empty),
  /** From this computer to the browser. */
  download: operation('administrator').input(named).output(downloadSchema),
};
