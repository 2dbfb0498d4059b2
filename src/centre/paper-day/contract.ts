/**
 * The day of an exam on paper, as the centre's console sees to it: question papers → members → materials of sites → access keys → release.
 * Materials may lie anywhere from their preparing on; keys may be fetched ahead; what is released opens both with a member's token.
 */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { planSchema } from '../../exam/paper-day/parcels.ts';
import {
  code,
  downloadSchema,
  id,
  operation,
  refusalSchema,
  shortText,
  stepSchema,
  time,
  uploadId,
} from '../../node/contract.ts';
import { all } from '../roles.ts';
import { workSchema } from '../work/contract.ts';

/** Who prepares a day. Keys are the administrator's, as authorisations are. */
const keepers = ['administrator', 'operator'] as const;
const count = z.number().int().min(0);
const variant = z.number().int().min(1).max(999);
const ofEvent = z.object({ projectId: id, eventId: id });
const ofSite = ofEvent.extend({ siteCode: code });
const pin = z.string().min(1).max(128);

export const daySettingsSchema = z.object({
  startAt: time.nullable(),
  speaking: z.boolean(),
  /** Forms come printed: stations print question papers only. */
  preprinted: z.boolean(),
  /** How many of the last kits of each room replace others. */
  roomReserve: z.number().int().min(0).max(1_000),
  /** Question papers stay openable at print stations after the end; otherwise they are removed there. */
  keptAfterwards: z.boolean(),
  tasks: planSchema.shape.tasks,
});

export const dayPolicySchema = z.object({
  opens: z.enum(['token', 'password']),
  releaseBeforeMin: z.number().int().min(0).max(1_440),
  /** Where it opens with a password: passwords of archives are written into the sites' threads at the release. */
  postsPassword: z.boolean(),
});

export const questionPaperSchema = z.object({
  variant,
  revision: count,
  fileName: z.string(),
  pages: count,
  size: count,
  /** SHA-256 of the file as it came. */
  digest: z.string(),
  at: time,
  by: z.string(),
});

export const preparingSchema = workSchema.extend({
  /** Sites for which nothing has changed. */
  unchanged: count,
});
export type Preparing = z.infer<typeof preparingSchema>;

export const dayRowSchema = z.object({
  eventId: id,
  code: z.string(),
  name: z.string(),
  subject: z.string(),
  date: z.string(),
  startAt: time.nullable(),
  sites: count,
  kits: count,
});
export type DayRow = z.infer<typeof dayRowSchema>;

export const dayViewSchema = dayRowSchema.extend({
  settings: daySettingsSchema,
  policy: dayPolicySchema,
  papers: z.array(questionPaperSchema),
  steps: z.array(stepSchema),
  /** What is missing before materials can be prepared. */
  missing: z.array(refusalSchema),
  preparing: preparingSchema.nullable(),
  /** Archives for 7-Zip. */
  archiving: workSchema.nullable(),
  /** Sites by how far they are. */
  counts: z.object({
    registered: count,
    /** Some member may open there. */
    withMembers: count,
    prepared: count,
    /** Of those that are prepared: taken in the present revision. */
    fetched: count,
    keys: count,
    /** Keys that open nothing any more. */
    again: count,
    keysFetched: count,
    /** For 7-Zip, of their present materials; and those of which the password is released. */
    archives: count,
    passwords: count,
    /** Nothing is left to be made for them. */
    ready: count,
    released: count,
    used: count,
  }),
  members: z.object({ active: count, revoked: count }),
  release: z
    .object({
      /** The earliest, by the policy; and when it really is. */
      policyAt: time,
      releaseAt: time,
      setAt: time.nullable(),
      held: z.object({ reason: z.string(), by: z.string(), at: time }).nullable(),
    })
    .nullable(),
});
export type DayView = z.infer<typeof dayViewSchema>;

export const siteDayStates = [
  'not-registered',
  'not-prepared',
  'prepared',
  'key-made',
  'key-again',
  'released',
  'used',
] as const;

const takenSchema = z.object({ at: time, way: z.string(), by: z.string().nullable() });

export const siteDayRowSchema = z.object({
  siteCode: z.string(),
  siteName: z.string(),
  region: z.string().nullable(),
  state: z.enum(siteDayStates),
  problem: refusalSchema.nullable(),
  rooms: count,
  kits: count,
  reserves: count,
  /** Members who may open there. */
  members: count,
  materials: z
    .object({ revision: count, madeAt: time, size: count, taken: takenSchema.nullable() })
    .nullable(),
  /** The newest. */
  key: z
    .object({
      number: count,
      madeAt: time,
      by: z.string(),
      kits: count,
      members: count,
      reason: z.string(),
      notBefore: time,
      notAfter: time,
      taken: takenSchema.nullable(),
    })
    .nullable(),
  /** For 7-Zip, of the materials' present revision. */
  archive: z
    .object({
      revision: count,
      size: count,
      madeAt: time,
      taken: takenSchema.nullable(),
      /** When its password was released. */
      releasedAt: time.nullable(),
      posted: z.enum(['not-wanted', 'waiting', 'posted']),
    })
    .nullable(),
  releasedAt: time.nullable(),
  used: z.object({ at: time, stations: count }).nullable(),
});
export type SiteDayRow = z.infer<typeof siteDayRowSchema>;

export const siteDayFilterSchema = z.object({
  /** In codes and names. */
  search: z.string().trim().max(100).default(''),
  state: z.enum(siteDayStates).nullable().default(null),
});
export type SiteDayFilter = z.infer<typeof siteDayFilterSchema>;

export const memberInputSchema = z.object({
  name: shortText.min(1).max(200),
  serial: z.string().trim().min(1).max(64),
  recipient: z.string().trim().min(1).max(200),
  sites: z.array(code).min(1).max(5_000).nullable(),
});

export const memberViewSchema = memberInputSchema.extend({
  id,
  addedAt: time,
  addedBy: z.string(),
  revoked: z.object({ at: time, by: z.string(), reason: z.string() }).nullable(),
});
export type MemberView = z.infer<typeof memberViewSchema>;

/** `archive`, `password`: for 7-Zip. */
export const dayFetched = ['materials', 'access-key', 'release', 'archive', 'password'] as const;

export const dayFetchFilterSchema = z.object({
  /** Beginning of the site's code; empty: all. */
  siteCode: z.string().trim().max(64).default(''),
  what: z.enum(dayFetched).nullable().default(null),
});
export type DayFetchFilter = z.infer<typeof dayFetchFilterSchema>;

export const dayFetchRowSchema = z.object({
  id,
  siteCode: z.string(),
  at: time,
  what: z.enum(dayFetched),
  number: count.nullable(),
  /** `words`, `digits`: read out. */
  way: z.enum(['online', 'file', 'words', 'digits']),
  /** Who took it to hand it on; null: the site itself. */
  by: z.string().nullable(),
  address: z.string().nullable(),
});
export type DayFetchRow = z.infer<typeof dayFetchRowSchema>;

const grantsMadeSchema = z.object({
  made: count,
  /** For 7-Zip, of sites: they are being made from now on. */
  archives: count,
  problems: z.array(z.object({ siteCode: z.string(), reason: refusalSchema })),
});

const filesWanted = ofEvent.extend({
  /** null: every site that has them. */
  siteCodes: z.array(code).min(1).max(5_000).nullable(),
  what: z
    .array(z.enum(['materials', 'archive', 'access-key']))
    .min(1)
    .max(3),
});

export const paperDayContract = {
  list: operation
    .everything(...all)
    .input(z.object({ projectId: id }))
    .output(z.array(dayRowSchema)),
  get: operation
    .everything(...all)
    .input(ofEvent)
    .output(dayViewSchema),
  live: operation
    .everything(...all)
    .input(ofEvent)
    .output(eventIterator(dayViewSchema)),
  saveSettings: operation
    .everything(...keepers)
    .input(ofEvent.extend({ settings: daySettingsSchema }))
    .output(dayViewSchema),
  savePolicy: operation
    .everything('administrator')
    .input(z.object({ projectId: id, policy: dayPolicySchema }))
    .output(z.object({})),
  /** A PDF, one for each variant; takes the place of the one before. */
  keepPaper: operation
    .everything(...keepers)
    .input(ofEvent.extend({ variant, uploadId }))
    .output(dayViewSchema),
  removePaper: operation
    .everything(...keepers)
    .input(ofEvent.extend({ variant }))
    .output(dayViewSchema),
  /** Begins it and answers at once. */
  prepare: operation
    .everything(...keepers)
    .input(ofEvent)
    .output(dayViewSchema),
  cancelPreparing: operation
    .everything(...keepers)
    .input(ofEvent)
    .output(dayViewSchema),
  sites: operation
    .everything(...all)
    .input(
      ofEvent.extend({
        ...siteDayFilterSchema.shape,
        offset: z.number().int().min(0).max(10_000_000).default(0),
        limit: z.number().int().min(1).max(500).default(50),
      }),
    )
    .output(z.object({ total: count, rows: z.array(siteDayRowSchema) })),
  exportSites: operation
    .everything(...all)
    .input(ofEvent.extend({ ...siteDayFilterSchema.shape, format: z.enum(['csv', 'xlsx']) }))
    .output(downloadSchema),
  /** Folders `<subject>_<date>/<site>/` in one ZIP. */
  exportFiles: operation
    .everything(...keepers)
    .input(filesWanted)
    .output(downloadSchema),
  /** The same into a folder, of a drive as a rule. */
  exportToFolder: operation
    .everything(...keepers)
    .input(filesWanted.extend({ folder: z.string().min(1).max(1_000) }))
    .output(z.object({ files: count, bytes: count })),
  members: operation
    .everything(...all)
    .input(z.object({ projectId: id }))
    .output(z.array(memberViewSchema)),
  /** Adds one, or changes name and sites of the token that is there. */
  saveMember: operation
    .everything('administrator')
    .input(z.object({ projectId: id, member: memberInputSchema }))
    .output(z.array(memberViewSchema)),
  importMembers: operation
    .everything('administrator')
    .input(z.object({ projectId: id, uploadId }))
    .output(z.object({ members: count })),
  /** @returns at how many sites keys have to be made again, and at how many they were released and cannot be called back */
  revokeMember: operation
    .everything('administrator')
    .input(z.object({ projectId: id, memberId: id, reason: shortText.min(1) }))
    .output(z.object({ again: count, released: count })),
  /** For every site of those that are named whose key, or archive, would be another one; asks for the release token's PIN. */
  makeKeys: operation
    .everything('administrator')
    .input(
      ofEvent.extend({
        siteCodes: z.array(code).min(1).max(5_000).nullable(),
        validity: z.object({ notBefore: time, notAfter: time }).nullable().default(null),
        /** Numbers; none: every station of the site. */
        stations: z.array(z.string().trim().min(1).max(16)).max(1_000).default([]),
        /** Of forms and lists in the sites' archives, where the project opens with a password. */
        language: z.enum(['en', 'zh', 'ru']).default('ru'),
        pin,
      }),
    )
    .output(grantsMadeSchema),
  /** Those that are made stay. Also puts away why they could not be made. */
  cancelArchives: operation.everything('administrator').input(ofEvent).output(dayViewSchema),
  /** One more key for one site, with everything that it has already and something more. */
  makeReserveKey: operation
    .everything('administrator')
    .input(
      ofSite.extend({
        rooms: z.array(z.object({ room: code, kits: z.number().int().min(1).max(10_000) })).max(1_000),
        stations: z.array(z.string().trim().min(1).max(16)).max(1_000).default([]),
        reason: shortText.min(1),
        pin,
      }),
    )
    .output(grantsMadeSchema),
  exportKey: operation
    .everything(...keepers)
    .input(ofSite)
    .output(downloadSchema),
  /** Not earlier than the policy; null: as the policy says. Earlier than it is needs two people, where two are needed. */
  setRelease: operation
    .everything('administrator')
    .input(ofEvent.extend({ at: time.nullable() }))
    .output(dayViewSchema),
  hold: operation
    .everything('administrator')
    .input(ofEvent.extend({ reason: shortText.min(1) }))
    .output(dayViewSchema),
  letGo: operation.everything('administrator').input(ofEvent).output(dayViewSchema),
  exportRelease: operation
    .everything(...keepers)
    .input(ofSite)
    .output(downloadSchema),
  /** Twelve words, to be read out. */
  releaseWords: operation
    .everything(...keepers)
    .input(ofSite.extend({ language: z.enum(['en', 'zh', 'ru']) }))
    .output(z.object({ words: z.array(z.string()) })),
  /** Ten groups of four digits, where words would be misheard. */
  releaseDigits: operation
    .everything(...keepers)
    .input(ofSite)
    .output(z.object({ digits: z.array(z.string()) })),
  fetches: operation
    .everything(...all)
    .input(
      ofEvent.extend({
        ...dayFetchFilterSchema.shape,
        offset: z.number().int().min(0).max(10_000_000).default(0),
        limit: z.number().int().min(1).max(500).default(50),
      }),
    )
    .output(z.object({ total: count, rows: z.array(dayFetchRowSchema) })),
  exportFetches: operation
    .everything(...all)
    .input(ofEvent.extend(dayFetchFilterSchema.shape))
    .output(downloadSchema),
};
