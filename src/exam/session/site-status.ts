import * as z from 'zod';
import { roomStatusSchema } from './room-view.ts';

const time = z.number().int();

/** What a site tells the centre every few seconds. */
export const siteStatusSchema = z.object({
  loadedAt: time.nullable(),
  publication: z.number().int().nullable(),
  sealCheckedAt: time.nullable(),
  sealCheckPassed: z.boolean().nullable(),
  calibratedAt: time.nullable(),
  rooms: z.array(roomStatusSchema.extend({ lastContact: time.nullable() })).max(10_000),
});
export type SiteStatus = z.infer<typeof siteStatusSchema>;

/** What the centre answers: the newest publication, and receipts of results that arrived. */
export const siteNoticesSchema = z.object({
  publication: z.object({ number: z.number().int(), at: time }).nullable(),
  receipts: z.array(z.string()),
});
export type SiteNotices = z.infer<typeof siteNoticesSchema>;
