/** What somebody sees who signs in at the centre for one site (考点账号): this site, and nothing of another. */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { deskCodeSchema } from '../../exam/code/desk.ts';
import { policySchema } from '../../exam/project/policy.ts';
import { siteFactsSchema } from '../../exam/board/site-facts.ts';
import { announcementSchema, threadSchema } from '../../exam/support/thread.ts';
import { id, modeSchema, operation, refusalSchema, time } from '../../node/contract.ts';
import { boardRoomSchema } from '../board/contract.ts';
import { publicationSiteRowSchema } from '../publish/contract.ts';

/** Each field is named: what comes into the centre's own lists later is not the site's by itself. */
const siteSchema = z.object({
  code: z.string(),
  name: z.string(),
  region: z.string().nullable(),
  /** null once used. */
  registrationCode: z.string().nullable(),
  registeredAt: time.nullable(),
  lockSerial: z.string().nullable(),
  lastContact: time.nullable(),
});
const authorisationSchema = z.object({
  state: z.enum(['site-not-registered', 'not-prepared', 'prepared', 'again', 'released']),
  /** What has changed with the site's locks since. */
  problem: refusalSchema.nullable(),
  releaseAt: time,
  /** Why the centre holds the release back; null: it does not. */
  held: z.string().nullable(),
  preparedAt: time.nullable(),
  fetchedAt: time.nullable(),
  releasedAt: time.nullable(),
});

export const siteAccountSchema = z.object({
  project: z.object({ id, code: z.string(), name: z.string(), mode: modeSchema, supportPhone: z.string() }),
  site: siteSchema,
  /** null: nothing is published for it. */
  publication: publicationSiteRowSchema.nullable(),
  /** Those in which the site has candidates. */
  sessions: z.array(
    z.object({
      id,
      number: z.number().int(),
      name: z.string(),
      startAt: time,
      codesIssuedBy: policySchema.shape.codesIssuedBy,
      facts: siteFactsSchema,
      rooms: z.array(boardRoomSchema),
      authorisation: authorisationSchema,
    }),
  ),
  codes: z.array(deskCodeSchema),
  /** What is open first, there the most urgent, there the oldest. */
  threads: z.array(threadSchema),
  /** The newest first. */
  announcements: z.array(announcementSchema),
});
export type SiteAccountView = z.infer<typeof siteAccountSchema>;

export const siteAccountContract = {
  get: operation.filtered('site').output(siteAccountSchema),
  live: operation.filtered('site').output(eventIterator(siteAccountSchema)),
};
