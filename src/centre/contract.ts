/**
 * The centre: who decides what.
 *
 * A project goes `draft → published`; publishing again makes a newer publication. A session's authorisation goes
 * `not prepared → prepared → released`; nothing outside the centre can open a paper before it is released.
 */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { accommodationsSchema } from '../exam/accommodation/accommodations.ts';
import { codeCallSchema, codeReadingSchema, deskCodeSchema } from '../exam/code/desk.ts';
import { policySchema } from '../exam/project/policy.ts';
import { roomCountsSchema, roomStagesSchema } from '../exam/session/room-view.ts';
import {
  code,
  downloadSchema,
  modeSchema,
  nodeContract,
  operation,
  refusalSchema,
  shortText,
  stepSchema,
  time,
  uploadId,
} from '../node/contract.ts';

const id = z.string().min(1).max(64);
const all = ['administrator', 'operator', 'observer'] as const;
const editors = ['administrator', 'operator'] as const;

export const subjectInputSchema = z.object({
  number: z.union([z.literal(1), z.literal(2)]),
  name: shortText.min(1),
  paperId: id.nullable(),
  durationMin: z.number().int().min(1).max(1440),
});

export const sessionInputSchema = z.object({
  number: z.number().int().min(1).max(99),
  name: shortText.min(1),
  startAt: time,
  subjects: z.array(subjectInputSchema).min(1).max(2),
  policy: policySchema,
});
export const sessionViewSchema = sessionInputSchema.extend({ id });
export type SessionView = z.infer<typeof sessionViewSchema>;

export const projectSummarySchema = z.object({
  id,
  code,
  name: z.string(),
  mode: modeSchema,
  sessions: z.number().int(),
  sites: z.number().int(),
  rooms: z.number().int(),
  candidates: z.number().int(),
  publishedAt: time.nullable(),
});
export const projectViewSchema = projectSummarySchema.extend({
  sessions: z.array(sessionViewSchema),
  supportPhone: z.string(),
  steps: z.array(stepSchema),
  /** What is missing before it can be published, each with a reason. */
  missing: z.array(refusalSchema),
  /** Something changed after the newest publication. */
  changedSince: z.boolean(),
});
export type ProjectView = z.infer<typeof projectViewSchema>;

export const rosterErrorSchema = z.object({
  /** 0: not of the table, but the file that `value` names. */
  line: z.number().int(),
  column: z.string(),
  value: z.string(),
  reason: refusalSchema,
});
export const rosterPreviewSchema = z.object({
  fileName: z.string(),
  encoding: z.string().nullable(),
  columns: z.array(z.object({ header: z.string(), field: z.string().nullable() })),
  rows: z.number().int(),
  sites: z.number().int(),
  rooms: z.number().int(),
  candidates: z.number().int(),
  photos: z.number().int(),
  /** Candidates who have accommodations, and those for whom a PNP file was read. */
  accommodated: z.number().int(),
  pnps: z.number().int(),
  /** What people have to see to, because the candidate's screen does not do it; the first of them. */
  byPeople: z.array(z.object({ admissionNumber: z.string(), need: z.string() })),
  byPeopleInAll: z.number().int(),
  /** The first of them; `wrong` says how many there are. */
  errors: z.array(rosterErrorSchema),
  wrong: z.number().int(),
});
export type RosterPreview = z.infer<typeof rosterPreviewSchema>;

export const candidateRowSchema = z.object({
  id,
  admissionNumber: z.string(),
  name: z.string(),
  sessionNumber: z.number().int(),
  siteCode: z.string(),
  roomCode: z.string(),
  seatNumber: z.number().int().nullable(),
  photo: z.boolean(),
  accommodations: accommodationsSchema.nullable(),
});

export const paperItemReportSchema = z.object({
  identifier: z.string(),
  title: z.string(),
  interactions: z.array(z.string()),
  verdict: z.enum(['supported', 'shown-not-scored', 'refused']),
  reasons: z.array(refusalSchema),
});
export const paperViewSchema = z.object({
  id,
  title: z.string(),
  fileName: z.string(),
  language: z.string(),
  importedAt: time,
  items: z.number().int(),
  files: z.number().int(),
  bytes: z.number().int(),
  report: z.object({ notes: z.array(refusalSchema), items: z.array(paperItemReportSchema) }),
});
export type PaperView = z.infer<typeof paperViewSchema>;

export const siteRowSchema = z.object({
  code: z.string(),
  name: z.string(),
  rooms: z.number().int(),
  candidates: z.number().int(),
  /** 16 letters and digits in groups; null once used. */
  registrationCode: z.string().nullable(),
  registeredAt: time.nullable(),
  lockSerial: z.string().nullable(),
  lastContact: time.nullable(),
  loadedAt: time.nullable(),
});
export type SiteRow = z.infer<typeof siteRowSchema>;

export const authorisationRowSchema = z.object({
  sessionId: id,
  sessionNumber: z.number().int(),
  siteCode: z.string(),
  siteName: z.string(),
  startAt: time,
  releaseAt: time,
  state: z.enum(['site-not-registered', 'not-prepared', 'prepared', 'released']),
  preparedAt: time.nullable(),
  fetchedAt: time.nullable(),
  releasedAt: time.nullable(),
});
export type AuthorisationRow = z.infer<typeof authorisationRowSchema>;

export const boardRoomSchema = z.object({
  siteCode: z.string(),
  roomCode: z.string(),
  sessionId: id,
  stages: roomStagesSchema,
  counts: roomCountsSchema,
  lastContact: time.nullable(),
});
export const boardSchema = z.object({
  at: time,
  sites: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      registeredAt: time.nullable(),
      lastContact: time.nullable(),
      loadedAt: time.nullable(),
      sealCheckedAt: time.nullable(),
      sealCheckPassed: z.boolean().nullable(),
      calibratedAt: time.nullable(),
      rooms: z.array(boardRoomSchema),
    }),
  ),
});
export type Board = z.infer<typeof boardSchema>;

export const resultRowSchema = z.object({
  siteCode: z.string(),
  roomCode: z.string(),
  sessionId: id,
  sessionNumber: z.number().int(),
  expected: z.number().int(),
  sat: z.number().int().nullable(),
  absent: z.number().int().nullable(),
  receivedAt: time.nullable(),
  /** Chain verified, complete, opened; the receipt went out. */
  receiptAt: time.nullable(),
  entries: z.number().int().nullable(),
  /** Files that the answers name: kept here, and those that the room could not give. */
  files: z.number().int().nullable(),
  filesMissing: z.number().int().nullable(),
  /** Changes from a seat that did not hold the sitting: they count for nobody. */
  foreignChanges: z.number().int().nullable(),
  /** Candidates in it that sit at another site: what it says of them does not count. */
  foreignSittings: z.number().int().nullable(),
  problem: refusalSchema.nullable(),
});
export type ResultRow = z.infer<typeof resultRowSchema>;

export const answerFileRowSchema = z.object({
  sessionId: id,
  sessionNumber: z.number().int(),
  admissionNumber: z.string(),
  item: z.string(),
  response: z.string(),
  /** As the candidate's computer called it. */
  name: z.string(),
  /** As the candidate's computer said; nothing checked it. */
  mediaType: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  /** false: the room could not give it. */
  kept: z.boolean(),
});
export type AnswerFileRow = z.infer<typeof answerFileRowSchema>;

export const scoreRowSchema = z.object({
  admissionNumber: z.string(),
  name: z.string(),
  siteCode: z.string(),
  roomCode: z.string(),
  sessionNumber: z.number().int(),
  subject: z.number().int(),
  state: z.string(),
  score: z.number().nullable(),
  maxScore: z.number().nullable(),
  needsMarking: z.number().int(),
});
export type ScoreRow = z.infer<typeof scoreRowSchema>;

export const centreContract = {
  ...nodeContract,
  project: {
    list: operation(...all).output(z.array(projectSummarySchema)),
    get: operation(...all)
      .input(z.object({ projectId: id }))
      .output(projectViewSchema),
    live: operation(...all)
      .input(z.object({ projectId: id }))
      .output(eventIterator(projectViewSchema)),
    create: operation(...editors)
      .input(
        z.object({
          code,
          name: shortText.min(1),
          mode: modeSchema,
          supportPhone: z.string().max(40).default(''),
        }),
      )
      .output(z.object({ projectId: id })),
    saveSession: operation(...editors)
      .input(z.object({ projectId: id, sessionId: id.nullable(), session: sessionInputSchema }))
      .output(z.object({ sessionId: id })),
    removeSession: operation(...editors)
      .input(z.object({ projectId: id, sessionId: id }))
      .output(z.object({})),
    timeline: operation(...all)
      .input(z.object({ session: sessionInputSchema }))
      .output(z.array(z.object({ what: z.string(), at: time }))),
  },
  roster: {
    /** Reads the file and says what it would import; imports nothing. CSV, XLSX, or a ZIP of one of these with photos. */
    preview: operation(...editors)
      .input(z.object({ projectId: id, uploadId }))
      .output(rosterPreviewSchema),
    /** Imports all rows or none. */
    import: operation(...editors)
      .input(z.object({ projectId: id, uploadId }))
      .output(rosterPreviewSchema),
    candidates: operation(...all)
      .input(
        z.object({
          projectId: id,
          search: z.string().max(100).default(''),
          offset: z.number().int().min(0).default(0),
          limit: z.number().int().min(1).max(500).default(100),
        }),
      )
      .output(z.object({ total: z.number().int(), rows: z.array(candidateRowSchema) })),
    /** A candidate's photo as a data URL; null: there is none. */
    photo: operation(...all)
      .input(z.object({ projectId: id, admissionNumber: z.string().max(40) }))
      .output(z.object({ url: z.string().nullable() })),
  },
  paper: {
    list: operation(...all)
      .input(z.object({ projectId: id }))
      .output(z.array(paperViewSchema)),
    /** Reports on a QTI package without keeping it. */
    check: operation(...editors)
      .input(z.object({ projectId: id, uploadId }))
      .output(paperViewSchema.omit({ id: true, importedAt: true })),
    import: operation(...editors)
      .input(z.object({ projectId: id, uploadId, leaveOut: z.array(z.string()).default([]) }))
      .output(paperViewSchema),
  },
  publication: {
    publish: operation(...editors)
      .input(z.object({ projectId: id }))
      .output(z.object({ publishedAt: time, rooms: z.number().int() })),
    list: operation(...all)
      .input(z.object({ projectId: id }))
      .output(
        z.array(
          z.object({
            publishedAt: time,
            number: z.number().int(),
            rooms: z.number().int(),
            bytes: z.number().int(),
            by: z.string(),
          }),
        ),
      ),
    /** The site's whole publication as one file, for a stick. */
    exportSite: operation(...editors)
      .input(z.object({ projectId: id, siteCode: code }))
      .output(downloadSchema),
  },
  site: {
    list: operation(...all)
      .input(z.object({ projectId: id }))
      .output(z.array(siteRowSchema)),
    newRegistrationCode: operation('administrator')
      .input(z.object({ projectId: id, siteCode: code }))
      .output(z.object({ registrationCode: z.string() })),
  },
  authorisation: {
    list: operation(...all)
      .input(z.object({ projectId: id }))
      .output(z.array(authorisationRowSchema)),
    /** Seals the session key for every registered site's lock; asks for the release token's PIN because only the token opens the paper's key. */
    prepare: operation('administrator')
      .input(z.object({ projectId: id, sessionId: id, pin: z.string().min(1).max(128) }))
      .output(z.array(authorisationRowSchema)),
    exportFile: operation(...editors)
      .input(z.object({ sessionId: id, siteCode: code }))
      .output(downloadSchema),
    /** After release time: the release as a file for a stick. */
    exportRelease: operation(...editors)
      .input(z.object({ sessionId: id, siteCode: code }))
      .output(downloadSchema),
    /** After release time: 12 words to read out on the phone. */
    releaseWords: operation(...editors)
      .input(z.object({ sessionId: id, siteCode: code, language: z.enum(['en', 'zh', 'ru']) }))
      .output(z.object({ words: z.array(z.string()) })),
  },
  /** One-time codes (授权码): what rooms may not decide alone. */
  code: {
    list: operation(...all)
      .input(z.object({ projectId: id }))
      .output(z.array(deskCodeSchema)),
    live: operation(...all)
      .input(z.object({ projectId: id }))
      .output(eventIterator(z.array(deskCodeSchema))),
    /** Says in words what is asked, before anybody answers it. */
    read: operation(...editors)
      .input(codeCallSchema.extend({ projectId: id }))
      .output(codeReadingSchema),
    issue: operation(...editors)
      .input(codeCallSchema.extend({ projectId: id, reason: shortText.min(1) }))
      .output(z.object({ answer: z.string() })),
    /** Answers for a code that was used and that nobody is known to have issued. */
    accept: operation('administrator')
      .input(codeCallSchema.extend({ projectId: id, reason: shortText.min(1) }))
      .output(z.array(deskCodeSchema)),
  },
  board: {
    get: operation(...all)
      .input(z.object({ projectId: id }))
      .output(boardSchema),
    live: operation(...all)
      .input(z.object({ projectId: id }))
      .output(eventIterator(boardSchema)),
  },
  result: {
    list: operation(...all)
      .input(z.object({ projectId: id }))
      .output(z.array(resultRowSchema)),
    /** A results parcel (of a room, or a site's collection of them) that came on a stick. */
    importFile: operation(...editors)
      .input(z.object({ projectId: id, uploadId }))
      .output(z.array(resultRowSchema)),
    exportReceipts: operation(...editors)
      .input(z.object({ projectId: id, siteCode: code }))
      .output(downloadSchema),
    score: operation(...editors)
      .input(z.object({ projectId: id }))
      .output(z.object({ candidates: z.number().int(), needsMarking: z.number().int() })),
    scores: operation(...all)
      .input(
        z.object({
          projectId: id,
          offset: z.number().int().min(0).default(0),
          limit: z.number().int().min(1).max(500).default(100),
        }),
      )
      .output(
        z.object({
          total: z.number().int(),
          /** Candidates whose result is here without a score. */
          unscored: z.number().int(),
          rows: z.array(scoreRowSchema),
        }),
      ),
    /** Files that candidates gave as answers. */
    files: operation(...all)
      .input(
        z.object({
          projectId: id,
          offset: z.number().int().min(0).default(0),
          limit: z.number().int().min(1).max(500).default(100),
        }),
      )
      .output(z.object({ total: z.number().int(), rows: z.array(answerFileRowSchema) })),
    /** One of them, as an attachment with a safe name. */
    downloadFile: operation(...editors)
      .input(
        z.object({
          projectId: id,
          sessionId: id,
          admissionNumber: z.string().min(1).max(64),
          item: z.string().min(1).max(256),
          response: z.string().min(1).max(256),
        }),
      )
      .output(downloadSchema),
    exportCsv: operation(...editors)
      .input(z.object({ projectId: id }))
      .output(downloadSchema),
    exportXlsx: operation(...editors)
      .input(z.object({ projectId: id }))
      .output(downloadSchema),
    /** Every answer as it arrived, one JSON line per candidate, item and response: for marking and for disputes. */
    exportAnswers: operation(...editors)
      .input(z.object({ projectId: id }))
      .output(downloadSchema),
  },
};
