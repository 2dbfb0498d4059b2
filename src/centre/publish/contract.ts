/**
 * The console's part of publishing. A publication goes `being made → final`, or is cancelled before; it goes on without the console
 * that began it and over a restart of the centre. Only a final one is seen by a site.
 */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { code, downloadSchema, id, operation, refusalSchema, time } from '../../node/contract.ts';
import { all, editors, editorsAndSite } from '../roles.ts';

const count = z.number().int();

export const publicationWorkSchema = z.object({
  number: count,
  begunAt: time,
  by: z.string(),
  phase: z.enum(['papers', 'packages', 'final']),
  papers: z.object({ done: count, of: count }),
  /** `unchanged`: those of the last publication are kept. */
  packages: z.object({ done: count, of: count, unchanged: count }),
  /** Bytes of papers or packages; null: not known yet. */
  perSecond: z.number().nullable(),
  secondsLeft: z.number().int().nullable(),
  /** While it runs: what it waits for. Else: why it stopped. */
  problem: refusalSchema.nullable(),
  running: z.boolean(),
});
export type PublicationWork = z.infer<typeof publicationWorkSchema>;

export const publicationRowSchema = z.object({
  publishedAt: time,
  number: count,
  rooms: count,
  /** Rooms whose package is another one than before. */
  changedRooms: count,
  bytes: count,
  by: z.string(),
});

export const publicationSiteRowSchema = z.object({
  siteCode: z.string(),
  siteName: z.string(),
  region: z.string().nullable(),
  /** The publication that last changed anything for the site. */
  number: count,
  publishedAt: time,
  /** The newest time that it was taken, and how. */
  downloadedAt: time.nullable(),
  way: z.enum(['online', 'file']).nullable(),
  /** Number that the site says it has loaded. */
  loaded: count.nullable(),
  loadedAt: time.nullable(),
});
export type PublicationSiteRow = z.infer<typeof publicationSiteRowSchema>;

export const downloadRowSchema = z.object({
  id,
  siteCode: z.string(),
  number: count,
  at: time,
  way: z.enum(['online', 'file']),
  bytes: count,
  /** Who took the file; null: the site itself. */
  by: z.string().nullable(),
});

export const publicationContract = {
  /** Begins it, or joins the one that is being made, and answers when it is final. It goes on when nobody waits. */
  publish: operation
    .everything(...editors)
    .input(z.object({ projectId: id }))
    .output(z.object({ publishedAt: time, rooms: count })),
  /** Begins it and answers at once. */
  begin: operation
    .everything(...editors)
    .input(z.object({ projectId: id }))
    .output(publicationWorkSchema),
  /** Stops what is not final yet; also puts away one that stopped by itself. */
  cancel: operation
    .everything(...editors)
    .input(z.object({ projectId: id }))
    .output(z.object({})),
  /** null: none is being made. */
  work: operation
    .everything(...all)
    .input(z.object({ projectId: id }))
    .output(z.object({ work: publicationWorkSchema.nullable() })),
  live: operation
    .everything(...all)
    .input(z.object({ projectId: id }))
    .output(eventIterator(z.object({ work: publicationWorkSchema.nullable() }))),
  list: operation
    .everything(...all)
    .input(z.object({ projectId: id }))
    .output(z.array(publicationRowSchema)),
  /** Of each site: what is published for it, and whether it has it. */
  sites: operation
    .filtered(...all)
    .input(z.object({ projectId: id }))
    .output(z.array(publicationSiteRowSchema)),
  /** Who took what and when, the newest first. */
  downloads: operation
    .filtered(...all)
    .input(
      z.object({
        projectId: id,
        siteCode: code.nullable().default(null),
        offset: z.number().int().min(0).max(10_000_000).default(0),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ total: count, rows: z.array(downloadRowSchema) })),
  /** The site's whole publication as one file, for a stick. */
  exportSite: operation
    .site(...editorsAndSite)
    .input(z.object({ projectId: id, siteCode: code }))
    .output(downloadSchema),
};
