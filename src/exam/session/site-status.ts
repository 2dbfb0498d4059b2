import * as z from 'zod';
import { newestProgramsSchema } from '../distribution/listed.ts';
import { siteLocksSchema } from '../lock/site-locks.ts';
import { roomStatusSchema } from './room-view.ts';

const time = z.number().int();

/** What a site tells the centre every few seconds. */
export const siteStatusSchema = z.object({
  loadedAt: time.nullable(),
  publication: z.number().int().nullable(),
  sealCheckedAt: time.nullable(),
  sealCheckPassed: z.boolean().nullable(),
  calibratedAt: time.nullable(),
  /** How many of its rooms have registered; null: a version that does not tell. */
  registeredRooms: z.number().int().min(0).nullable().default(null),
  /** Version of its program; null: one that does not tell. */
  program: z.string().max(40).nullable().default(null),
  /** Serial number of the exam lock that is plugged in; null: none is, or a version that does not tell. */
  lock: z.string().max(64).nullable().default(null),
  /** What the site itself did for each session; a version that does not tell has none. */
  sessions: z
    .array(
      z.object({
        sessionId: z.string().max(64),
        authorisedAt: time.nullable(),
        calibratedAt: time.nullable(),
        verifiedAt: time.nullable(),
      }),
    )
    .max(99)
    .default([]),
  rooms: z
    .array(
      roomStatusSchema.extend({
        lastContact: time.nullable(),
        /** The site has the room's result. */
        collectedAt: time.nullable().default(null),
        /** The site has handed it up to the centre. */
        handedUpAt: time.nullable().default(null),
      }),
    )
    .max(10_000),
});
export type SiteStatus = z.infer<typeof siteStatusSchema>;

/** What the centre answers: the newest publication, receipts of results that arrived, how far the support desk has come, which programs it gives out, and the site's locks. */
export const siteNoticesSchema = z.object({
  publication: z.object({ number: z.number().int(), at: time }).nullable(),
  receipts: z.array(z.string()),
  /** The newest number that the support desk gave for this site; absent: a centre that has no desk yet. */
  support: z.number().int().min(0).optional(),
  /** Absent: it gives none out. */
  programs: newestProgramsSchema.optional(),
  /** The site's exam locks; absent: a centre that knows one of each. */
  locks: siteLocksSchema.optional(),
});
export type SiteNotices = z.infer<typeof siteNoticesSchema>;
