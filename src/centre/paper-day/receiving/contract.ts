/**
 * What comes from sites after an exam on paper: how far each is, its stations' journals, its packages, and the books of the day.
 *
 * ```
 * package   received → confirmed | rejected;  checking → good | to be scanned again
 * status    readiness-confirmed → key-received → exam-started → exams-finished → forms-sent
 * ```
 *
 * Browser-safe.
 */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { dayStages } from '../../../exam/paper-day/hand-up.ts';
import { siteStatuses, stationKinds } from '../../../exam/paper-day/site-day.ts';
import {
  code,
  downloadSchema,
  id,
  operation,
  refusalSchema,
  time,
  uploadId,
} from '../../../node/contract.ts';
import { all, editors, editorsAndSite } from '../../roles.ts';

const count = z.number().int().min(0);
const ofEvent = z.object({ projectId: id, eventId: id });
const ofSite = ofEvent.extend({ siteCode: code });
const page = {
  offset: z.number().int().min(0).max(10_000_000).default(0),
  limit: z.number().int().min(1).max(500).default(50),
};
const search = z.string().trim().max(100).default('');
export const dayWays = ['online', 'file', 'gateway'] as const;
const side = z.union([z.literal(1), z.literal(2)]);

export const dayEventRowSchema = z.object({
  id,
  name: z.string(),
  subject: z.string(),
  date: z.string(),
  sites: count,
  packages: count,
  /** To be opened, rejected, or to be scanned again. */
  open: count,
});
export type DayEventRow = z.infer<typeof dayEventRowSchema>;

export const dayShows = ['all', 'late', 'journals', 'packages', 'done'] as const;
const boardFilter = z.object({ search, show: z.enum(dayShows).default('all'), ...page });
export type DayBoardFilter = z.infer<typeof boardFilter>;

export const stageReachedSchema = z.object({
  stage: z.enum(dayStages),
  at: time.nullable(),
  /** Somebody said so; nothing proves it. */
  said: z.boolean(),
});

export const dayBoardRowSchema = z.object({
  siteCode: z.string(),
  /** null: not in the roster. */
  siteName: z.string().nullable(),
  region: z.string().nullable(),
  /** When the site told it. */
  told: z.partialRecord(z.enum(siteStatuses), time),
  /** Each from what lies here, what its console derived, or what somebody says. */
  stages: z.array(stageReachedSchema),
  /** The first status that is due and not told. */
  late: z.object({ status: z.enum(siteStatuses), since: time }).nullable(),
  journals: z.object({ here: count, missing: count }),
  /** Without those that others replaced. */
  packages: z.object({
    all: count,
    received: count,
    confirmed: count,
    rejected: count,
    checking: count,
    good: count,
    rescan: count,
  }),
  reportAt: time.nullable(),
  lastContact: time.nullable(),
});
export type DayBoardRow = z.infer<typeof dayBoardRowSchema>;

export const dayBoardSchema = z.object({
  event: z.object({ id, name: z.string(), date: z.string(), startAt: time.nullable() }),
  /** Of all sites that the user sees, whatever is searched for. */
  counts: z.object({
    sites: count,
    told: z.record(z.enum(siteStatuses), count),
    stages: z.record(z.enum(dayStages), count),
    late: count,
    packages: count,
    confirmed: count,
    rejected: count,
    rescan: count,
    journalsMissing: count,
  }),
  total: count,
  rows: z.array(dayBoardRowSchema),
});
export type DayBoard = z.infer<typeof dayBoardSchema>;

export const dayStationRowSchema = z.object({
  id: z.string(),
  kind: z.enum(stationKinds),
  number: z.string(),
  /** null: a reserve. */
  room: z.string().nullable(),
  replaced: z.boolean(),
  /** Of its newest closing; null: none came. */
  journal: z
    .object({
      closing: count,
      finishedAt: time,
      receivedAt: time,
      way: z.enum(dayWays),
      counts: z.record(z.string(), z.number().int()),
    })
    .nullable(),
});
export type DayStationRow = z.infer<typeof dayStationRowSchema>;

export const dayPackageRowSchema = z.object({
  id: z.string(),
  kind: z.enum(['answer-sheets', 'voice-answers']),
  station: z.string(),
  room: z.string(),
  part: count,
  parts: count,
  pages: count.nullable(),
  size: count,
  way: z.enum(dayWays),
  by: z.string(),
  madeAt: time,
  receivedAt: time,
  replaces: z.string().nullable(),
  replacedBy: z.string().nullable(),
  state: z.enum(['received', 'confirmed', 'rejected']),
  quality: z.enum(['checking', 'good', 'rescan']),
  rescan: z.array(z.object({ number: z.string(), side })),
  reason: refusalSchema.nullable(),
  note: z.string(),
  saidAt: time,
  /** Why it does not go on. */
  problem: refusalSchema.nullable(),
  upload: z.object({ id, number: count, state: z.string(), done: count, files: count.nullable() }).nullable(),
});
export type DayPackageRow = z.infer<typeof dayPackageRowSchema>;

export const daySiteSchema = z.object({
  event: z.object({ id, name: z.string(), date: z.string() }),
  siteCode: z.string(),
  siteName: z.string().nullable(),
  region: z.string().nullable(),
  statuses: z.array(
    z.object({
      status: z.enum(siteStatuses),
      toldAt: time,
      reason: z.string(),
      by: z.string(),
      gaps: z.array(refusalSchema),
    }),
  ),
  stages: z.array(stageReachedSchema),
  stations: z.array(dayStationRowSchema),
  packages: z.array(dayPackageRowSchema),
});
export type DaySite = z.infer<typeof daySiteSchema>;

export const differenceTypes = [
  'kit-not-accounted',
  'kit-told-twice',
  'spoiled-kit-scanned',
  'unprinted-kit-scanned',
  'sheet-not-scanned',
  'sheet-unknown',
  'page-not-at-centre',
  'page-only-at-centre',
  'count-differs',
  'room-not-declared',
] as const;

export const dayDifferenceSchema = z.object({
  type: z.enum(differenceTypes),
  room: z.string(),
  kit: z.string().nullable(),
  number: z.string().nullable(),
  side: side.nullable(),
  what: z.enum(['registrations', 'additional', 'kits']).nullable(),
  declared: count.nullable(),
  found: count.nullable(),
  remedy: z.string(),
});
export type DayDifference = z.infer<typeof dayDifferenceSchema>;

export const bookSumsSchema = z.object({
  printed: count,
  good: count,
  spoiled: count,
  unused: count,
  /** Kits of which something came. */
  used: count,
  declaredKits: count,
  scanned: count,
  confirmed: count,
  differences: count,
});
export type BookSums = z.infer<typeof bookSumsSchema>;

export const dayBooksSchema = z.object({
  event: z.object({ id, name: z.string(), date: z.string() }),
  siteCode: z.string(),
  siteName: z.string().nullable(),
  sums: bookSumsSchema,
  /** What the books rest on. */
  journals: z.object({ print: count, scan: count, protocols: count }),
  preprinted: z.boolean(),
  total: count,
  differences: z.array(dayDifferenceSchema),
});
export type DayBooks = z.infer<typeof dayBooksSchema>;

export const bookRowSchema = bookSumsSchema.extend({
  /** null: a region. */
  siteCode: z.string().nullable(),
  siteName: z.string().nullable(),
  region: z.string().nullable(),
});
export type BookRow = z.infer<typeof bookRowSchema>;

/** Of the site that is signed in here. */
export const ownDaySchema = z.object({
  eventId: id,
  siteCode: z.string(),
  name: z.string(),
  subject: z.string(),
  date: z.string(),
  startAt: time.nullable(),
  releaseAt: time.nullable(),
  /** Why the centre holds the release back; null: it does not. */
  held: z.string().nullable(),
  opens: z.enum(['token', 'password']),
  /** For 7-Zip; null: none is made, or the project opens with tokens. */
  archive: z.object({ fileName: z.string(), size: count, releasedAt: time.nullable() }).nullable(),
  stages: z.array(stageReachedSchema.extend({ sayable: z.boolean() })),
});
export type OwnDay = z.infer<typeof ownDaySchema>;

export const dayPackageContract = {
  events: operation
    .filtered(...all)
    .input(z.object({ projectId: id }))
    .output(z.array(dayEventRowSchema)),
  board: operation
    .filtered(...all)
    .input(ofEvent.extend(boardFilter.shape))
    .output(dayBoardSchema),
  live: operation
    .filtered(...all)
    .input(ofEvent.extend(boardFilter.shape))
    .output(eventIterator(dayBoardSchema)),
  site: operation
    .site(...all)
    .input(ofSite)
    .output(daySiteSchema),
  liveSite: operation
    .site(...all)
    .input(ofSite)
    .output(eventIterator(daySiteSchema)),
  own: operation.filtered('site').output(z.array(ownDaySchema)),
  /** What nothing can tell: by the site's account, or by the desk for a site that calls; false takes it back. */
  sayStage: operation
    .site(...editorsAndSite)
    .input(ofSite.extend({ stage: z.enum(dayStages), done: z.boolean() }))
    .output(z.object({})),
  /** Sheets of a package, to choose what is to be scanned again. */
  sheets: operation
    .site(...all)
    .input(z.object({ projectId: id, siteCode: code, packageId: z.string().min(1).max(300) }))
    .output(
      z.array(
        z.object({
          number: z.string(),
          side,
          kit: z.string().nullable(),
          /** As the collection has it; null: it has not read it yet. */
          class: z.string().nullable(),
        }),
      ),
    ),
  decide: operation
    .site(...editors)
    .input(
      z.object({
        projectId: id,
        siteCode: code,
        packageId: z.string().min(1).max(300),
        quality: z.enum(['good', 'rescan']),
        rescan: z
          .array(z.object({ number: z.string().regex(/^[0-9]{4,24}$/), side }))
          .max(10_000)
          .default([]),
        note: z.string().trim().max(500).default(''),
      }),
    )
    .output(z.object({})),
  /** A file of a site, of whichever kind. */
  take: operation
    .filtered(...editors)
    .input(z.object({ projectId: id, uploadId }))
    .output(z.object({ kind: z.string(), siteCode: z.string(), known: z.boolean() })),
  /** What was said of a site's packages, as a parcel for it. */
  words: operation
    .site(...editors)
    .input(ofSite)
    .output(downloadSchema),
  books: operation
    .site(...all)
    .input(ofSite.extend(page))
    .output(dayBooksSchema),
  /** Sums of every site, or of every region. */
  bookList: operation
    .filtered(...all)
    .input(
      ofEvent.extend({
        by: z.enum(['site', 'region']),
        search,
        onlyDifferences: z.boolean().default(false),
        ...page,
      }),
    )
    .output(z.object({ total: count, sums: bookSumsSchema, rows: z.array(bookRowSchema) })),
  /** Differences by name, of a site or of all that the user sees. */
  exportBooks: operation
    .filtered(...all)
    .input(ofEvent.extend({ format: z.enum(['csv', 'xlsx']) }))
    .output(downloadSchema),
  exportSiteBooks: operation
    .site(...all)
    .input(ofSite.extend({ format: z.enum(['csv', 'xlsx']) }))
    .output(downloadSchema),
};
