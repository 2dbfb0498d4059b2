/**
 * The release of sessions, and who took what. Browser-safe. A session's release comes by itself at its time, which somebody may set later, and
 * never earlier than the policy; held back, it comes when it is let go.
 */
import * as z from 'zod';
import { downloadSchema, id, operation, shortText, time } from '../../node/contract.ts';
import { all, editors } from '../roles.ts';

const count = z.number().int();

export const releaseRowSchema = z.object({
  sessionId: id,
  number: count,
  name: z.string(),
  startAt: time,
  /** The earliest, by the policy. */
  policyAt: time,
  /** When it really is. */
  releaseAt: time,
  /** Somebody set it later; null: nobody. */
  setAt: time.nullable(),
  held: z.object({ reason: z.string(), by: z.string(), at: time }).nullable(),
  sites: count,
  registered: count,
  prepared: count,
  fetched: count,
  released: count,
});
export type ReleaseRow = z.infer<typeof releaseRowSchema>;

const fetchFilterSchema = z.object({
  sessionId: id.nullable().default(null),
  /** Beginning of the site's code; empty: all. */
  siteCode: z.string().trim().max(64).default(''),
  what: z.enum(['authorisation', 'release']).nullable().default(null),
  way: z.enum(['online', 'file', 'words']).nullable().default(null),
});
export type FetchFilter = z.infer<typeof fetchFilterSchema>;

export const fetchRowSchema = z.object({
  id,
  sessionNumber: count,
  siteCode: z.string(),
  at: time,
  what: z.enum(['authorisation', 'release']),
  /** `words`: read out. */
  way: z.enum(['online', 'file', 'words']),
  /** Who took it to hand it on; null: the site itself. */
  by: z.string().nullable(),
  lock: z.string().nullable(),
  address: z.string().nullable(),
});
export type FetchRow = z.infer<typeof fetchRowSchema>;

const ofProject = z.object({ projectId: id });
const ofSession = z.object({ projectId: id, sessionId: id });
const schedule = z.array(releaseRowSchema);

export const releaseContract = {
  schedule: operation
    .everything(...all)
    .input(ofProject)
    .output(schedule),
  /** Not earlier than the policy; null: as the policy says. Earlier than it is needs two people, where two are needed. */
  setRelease: operation
    .everything('administrator')
    .input(ofSession.extend({ at: time.nullable() }))
    .output(schedule),
  /** Sites are told the reason. */
  hold: operation
    .everything('administrator')
    .input(ofSession.extend({ reason: shortText.min(1) }))
    .output(schedule),
  letGo: operation.everything('administrator').input(ofSession).output(schedule),
  /** Every site's authorisation of a session that is prepared, in one ZIP. */
  exportAll: operation
    .everything(...editors)
    .input(ofSession)
    .output(downloadSchema),
  fetches: operation
    .everything(...all)
    .input(
      ofProject.extend({
        ...fetchFilterSchema.shape,
        offset: z.number().int().min(0).max(10_000_000).default(0),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ total: count, rows: z.array(fetchRowSchema) })),
  exportFetches: operation
    .everything(...all)
    .input(ofProject.extend(fetchFilterSchema.shape))
    .output(downloadSchema),
};

/** Of one session and one site: what a console's list adds. */
export const newestFetchSchema = fetchRowSchema.pick({
  at: true,
  way: true,
  by: true,
  lock: true,
  address: true,
});
