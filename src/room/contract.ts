/**
 * The room: the invigilator's computer. It decides about its sittings; a seat only asks.
 *
 * Session: `loaded → authorised → sign-in open → counting down → running → ended → reported`.
 * Sitting: see `exam/sitting`. Buttons of the toolbar are lit only when their gate says yes; a gate that says no says why and when it opens.
 */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { screenBrowserSchema } from '../exam/exam-browser/proof.ts';
import { incidentLists } from '../exam/incident/incidents.ts';
import { roomRecordSchema } from '../exam/package/room-result.ts';
import { roomCountsSchema } from '../exam/session/room-view.ts';
import { accommodationContract, accommodationsViewSchema } from './accommodation/contract.ts';
import { answerPackageContract } from './answer-package/contract.ts';
import { examBrowserContract } from './exam-browser/contract.ts';
import { environmentContract } from './environment/contract.ts';
import { ownSiteContract, ownSiteViewSchema } from './own-site/contract.ts';
import { seatFolderContract } from './seat-folder/contract.ts';
import {
  acceptWarningSchema,
  checkSchema,
  downloadSchema,
  gateSchema,
  longText,
  modeSchema,
  nodeContract,
  operation,
  refusalSchema,
  shortText,
  stepSchema,
  time,
  uploadId,
} from '../node/contract.ts';

/** What is done before the exam day and what ends it; see `both`. */
const admin = 'administrator' as const;
/** The work of the exam day: who is admitted, starts, is resumed, is written down. */
const both = ['administrator', 'invigilator'] as const;
const id = z.string().min(1).max(64);
const sitting = z.object({ sittingId: id });

export const roomSettingsSchema = z.object({
  roomCode: z.string().trim().max(64),
  siteAddress: z.string().trim().max(200),
  ownAddress: z.string().trim().max(200),
  storagePath: z.string().trim().max(500),
  siteMode: z.boolean(),
});
export type RoomSettings = z.infer<typeof roomSettingsSchema>;

export const seatViewSchema = z.object({
  seatId: id,
  number: z.number().int().nullable(),
  address: z.string(),
  computer: z.string(),
  note: z.string(),
  /** `announced`: asks to be admitted; the invigilator approves it once. */
  state: z.enum(['announced', 'approved']),
  /** When it asked to be admitted. */
  announcedAt: time,
  online: z.boolean(),
  lastContact: time.nullable(),
  sittingId: id.nullable(),
  screenIn: screenBrowserSchema,
});
export type SeatView = z.infer<typeof seatViewSchema>;

/** A seat that is planned: what is known of it before its computer is there. */
export const plannedSeatSchema = z.object({
  number: z.number().int().min(1).max(9999),
  address: z.string().trim().max(200),
  computer: z.string().trim().max(200),
  note: shortText,
});

export const sittingStateSchema = z.enum([
  'not-signed-in',
  'signed-in',
  'in-exam',
  'away',
  'locked',
  'resumable',
  'handed-in',
  'closed',
  'absent',
]);
export const sittingViewSchema = z.object({
  sittingId: id,
  subject: z.number().int(),
  index: z.number().int(),
  admissionNumber: z.string(),
  name: z.string(),
  state: sittingStateSchema,
  awaySince: time.nullable(),
  seatId: id.nullable(),
  seatNumber: z.number().int().nullable(),
  address: z.string().nullable(),
  answered: z.number().int(),
  items: z.number().int(),
  /** Changes of answers kept by the room. */
  kept: z.number().int(),
  /** The seat says that it holds changes which the room has not got yet. */
  pending: z.number().int(),
  lastChangeAt: time.nullable(),
  /** Room time at which the candidate's time ends; null: not at work. */
  endsAt: time.nullable(),
  /** null: none. */
  accommodations: accommodationsViewSchema.nullable(),
  extraTimeMin: z.number().int(),
  extraTimes: z.array(z.object({ at: time, minutes: z.number().int(), byCode: z.boolean() })),
  resumes: z.array(z.object({ at: time, reason: z.string(), creditMs: z.number() })),
  /** Why the sitting is closed or absent, as an invigilator wrote it. */
  closeReason: z.string().nullable(),
  violations: z.array(z.object({ id, code: z.string(), description: z.string(), at: time })),
  collected: z.boolean(),
});
export type SittingView = z.infer<typeof sittingViewSchema>;

/** What seats do by themselves in a mock exam. */
export const automaticsSchema = z.object({ signIn: z.boolean(), answer: z.boolean(), handIn: z.boolean() });

export const toolbarActions = [
  'authorise',
  'allowSignIn',
  'allowStart',
  'absence',
  'violation',
  'exceptions',
  'singleCollection',
  'answerPackage',
  'end',
  'report',
] as const;
export const roomBoardSchema = z.object({
  at: time,
  session: z
    .object({
      sessionId: id,
      number: z.number().int(),
      name: z.string(),
      mode: modeSchema,
      startAt: time,
      state: z.enum([
        'loaded',
        'authorised',
        'sign-in-open',
        'counting-down',
        'running',
        'ended',
        'reported',
      ]),
      startsAt: time.nullable(),
      endsAt: time.nullable(),
      subjects: z.array(
        z.object({ number: z.number().int(), name: z.string(), durationMin: z.number().int() }),
      ),
      administrator: z.string(),
      invigilators: z.array(z.string()),
      /** Minutes of extra time that need no code, in all. */
      freeExtraTimeMin: z.number().int(),
      /** Who permits what needs a code; `nobody-asked`: a mock exam. */
      codesIssuedBy: z.enum(['centre', 'site', 'nobody', 'nobody-asked']),
      automatics: automaticsSchema,
    })
    .nullable(),
  toolbar: z.record(z.enum(toolbarActions), gateSchema),
  /** What to do now: the key of a text, with values. */
  next: refusalSchema,
  counts: roomCountsSchema,
  sittings: z.array(sittingViewSchema),
});
export type RoomBoard = z.infer<typeof roomBoardSchema>;

export const roomSessionSchema = z.object({
  sessionId: id,
  number: z.number().int(),
  name: z.string(),
  startAt: time,
  candidates: z.number().int(),
  state: z.string(),
});

export const roomOverviewSchema = z.object({
  steps: z.array(stepSchema),
  settings: roomSettingsSchema.extend({
    registered: z.boolean(),
    registeredAt: time.nullable(),
    freeBytes: z.number().nullable(),
  }),
  /** Where the room works without a site. */
  ownSite: ownSiteViewSchema.nullable(),
  /** Agents show this code's use: typed once at a seat, then approved here. */
  pairingCode: z.string(),
  /** Typed at a seat whose answers leave as a file. */
  seatCode: z.string(),
  exam: z
    .object({
      projectName: z.string(),
      mode: modeSchema,
      publishedAt: time,
      loadedAt: time,
      sessions: z.array(roomSessionSchema),
    })
    .nullable(),
  sealCheck: z
    .object({ at: time, checks: z.array(checkSchema), passed: z.boolean(), reportedAt: time.nullable() })
    .nullable(),
});
export type RoomOverview = z.infer<typeof roomOverviewSchema>;

export const wantedSchema = z.object({
  action: z.enum(['late-start', 'late-candidate', 'extra-time', 'reinitialise']),
  /** null: the whole room. */
  sittingId: id.nullable(),
  /** Of extra time, else 0. */
  minutes: z.number().int().min(0).max(255),
});
/** A request for a one-time code, to be read out. */
export const openRequestSchema = wantedSchema.extend({
  /** 11 letters and digits in two groups. */
  challenge: z.string(),
  sessionId: id,
  reason: z.string(),
  askedAt: time,
  validUntil: time,
});
export type OpenRequestView = z.infer<typeof openRequestSchema>;

export const resultCheckSchema = z.object({
  rows: z.array(
    z.object({
      index: z.number().int(),
      admissionNumber: z.string(),
      name: z.string(),
      state: sittingStateSchema,
      progressPercent: z.number(),
      packageState: z.enum(['valid', 'incomplete', 'none']),
      collected: z.boolean(),
      violations: z.number().int(),
      problems: z.array(refusalSchema),
    }),
  ),
  total: z.number().int(),
  sat: z.number().int(),
  absent: z.number().int(),
  collected: z.number().int(),
  notCollected: z.number().int(),
  extraTime: z.number().int(),
  violations: z.number().int(),
  /** Files that the answers name, and how many of them the room does not have. */
  files: z.number().int(),
  filesMissing: z.number().int(),
  report: gateSchema,
  /** The newest result lies on external storage. */
  backedUpAt: time.nullable(),
  reportedAt: time.nullable(),
  receiptAt: time.nullable(),
});
export type ResultCheck = z.infer<typeof resultCheckSchema>;

export const logLineSchema = z.object({
  at: time,
  origin: z.string(),
  seq: z.number().int(),
  kind: z.string(),
  data: z.record(z.string(), z.unknown()),
});

export const roomContract = {
  ...nodeContract,
  overview: {
    get: operation(...both).output(roomOverviewSchema),
    live: operation(...both).output(eventIterator(roomOverviewSchema)),
  },
  settings: {
    save: operation(admin).input(roomSettingsSchema).output(roomOverviewSchema),
    register: operation(admin)
      .input(z.object({ registrationCode: z.string().max(40) }))
      .output(roomOverviewSchema),
  },
  seat: {
    list: operation(...both).output(z.array(seatViewSchema)),
    live: operation(...both).output(eventIterator(z.array(seatViewSchema))),
    approve: operation(...both)
      .input(z.object({ seatIds: z.array(id).max(2000) }))
      .output(z.array(seatViewSchema)),
    edit: operation(admin)
      .input(z.object({ seatId: id, number: z.number().int().min(1).max(9999), note: shortText }))
      .output(z.array(seatViewSchema)),
    order: operation(admin)
      .input(z.object({ seatIds: z.array(id).max(2000) }))
      .output(z.array(seatViewSchema)),
    remove: operation(admin)
      .input(z.object({ seatId: id }))
      .output(z.array(seatViewSchema)),
    /** Seats of the plan whose computer has not asked yet. */
    awaited: operation(...both).output(z.array(plannedSeatSchema)),
    addPlanned: operation(admin).input(plannedSeatSchema).output(z.array(plannedSeatSchema)),
    removePlanned: operation(admin)
      .input(z.object({ number: z.number().int() }))
      .output(z.array(plannedSeatSchema)),
    /** A table with a heading line; all rows or none. Replaces the plan before. */
    importPlan: operation(admin).input(z.object({ uploadId })).output(z.array(plannedSeatSchema)),
    /** XLSX of every seat with its number. */
    export: operation(...both)
      .input(z.object({ language: z.enum(['en', 'zh', 'ru']) }))
      .output(downloadSchema),
    showNumbers: operation(...both)
      .input(z.object({ show: z.boolean() }))
      .output(z.object({})),
  },
  seatFolder: seatFolderContract,
  environment: environmentContract,
  examBrowser: examBrowserContract,
  ownSite: ownSiteContract,
  exam: {
    load: operation(admin).output(roomOverviewSchema),
    importFile: operation(admin).input(z.object({ uploadId })).output(roomOverviewSchema),
  },
  sealCheck: {
    run: operation(admin).output(roomOverviewSchema),
    accept: operation(admin).input(acceptWarningSchema).output(roomOverviewSchema),
  },
  session: {
    choose: operation(...both)
      .input(
        z.object({
          sessionId: id,
          administrator: shortText,
          administratorPhone: z.string().trim().max(40).default(''),
          invigilators: z.array(z.object({ name: shortText, phone: z.string().max(40) })).max(10),
        }),
      )
      .output(roomBoardSchema),
    authorise: operation(...both)
      .input(z.object({ sessionId: id }))
      .output(roomBoardSchema),
    importAuthorisation: operation(...both)
      .input(z.object({ uploadId }))
      .output(roomBoardSchema),
    /** Only in a mock exam. */
    setAutomatics: operation(...both)
      .input(z.object({ sessionId: id, automatics: automaticsSchema }))
      .output(roomBoardSchema),
    allowSignIn: operation(...both)
      .input(z.object({ sessionId: id }))
      .output(roomBoardSchema),
    allowStart: operation(...both)
      .input(z.object({ sessionId: id }))
      .output(roomBoardSchema),
    /** 8 words that open the paper on a seat that was cut off at the start. */
    startPhrase: operation(...both)
      .input(z.object({ sessionId: id }))
      .output(z.object({ words: z.array(z.string()) })),
    end: operation(admin)
      .input(
        z.object({
          sessionId: id,
          password: z.string().max(256),
          reasons: z.array(z.object({ sittingId: id, reason: shortText.min(1) })).max(2000),
        }),
      )
      .output(roomBoardSchema),
    results: operation(...both)
      .input(z.object({ sessionId: id }))
      .output(resultCheckSchema),
    backup: operation(admin)
      .input(z.object({ sessionId: id, directory: z.string().min(1).max(500) }))
      .output(z.object({ file: z.string(), bytes: z.number().int() })),
    report: operation(admin)
      .input(z.object({ sessionId: id }))
      .output(resultCheckSchema),
    exportResult: operation(admin)
      .input(z.object({ sessionId: id }))
      .output(downloadSchema),
    /** XLSX of a list behind the figures of the board. */
    exportList: operation(...both)
      .input(
        z.object({
          sessionId: id,
          list: z.enum(incidentLists),
          language: z.enum(['en', 'zh', 'ru']),
        }),
      )
      .output(downloadSchema),
    importReceipt: operation(admin).input(z.object({ uploadId })).output(resultCheckSchema),
    /** Exam record, for the printable page. */
    record: operation(...both)
      .input(z.object({ sessionId: id }))
      .output(roomRecordSchema),
  },
  accommodation: accommodationContract,
  answerPackage: answerPackageContract,
  board: {
    get: operation(...both).output(roomBoardSchema),
    live: operation(...both).output(eventIterator(roomBoardSchema)),
  },
  /** What the invigilator may not decide alone: centre or site answer a request that is read out to them. */
  code: {
    /** Requests that are open: they wait for an hour, over a restart too. */
    list: operation(...both).output(z.array(openRequestSchema)),
    /** `request` null: it was done at once, because a mock exam asks nobody. */
    ask: operation(...both)
      .input(wantedSchema.extend({ sessionId: id, reason: shortText.min(1) }))
      .output(z.object({ request: openRequestSchema.nullable(), board: roomBoardSchema })),
    /** Does what was asked for. */
    answer: operation(...both)
      .input(z.object({ challenge: z.string().max(40), answer: z.string().max(40) }))
      .output(roomBoardSchema),
  },
  sitting: {
    extraTime: operation(...both)
      .input(
        z.object({
          sittingIds: z.array(id).min(1).max(2000),
          minutes: z.number().int().min(1).max(600),
        }),
      )
      .output(roomBoardSchema),
    resume: operation(...both)
      .input(z.object({ sittingIds: z.array(id).min(1).max(2000), reason: shortText }))
      .output(roomBoardSchema),
    lock: operation(...both)
      .input(sitting.extend({ message: shortText }))
      .output(roomBoardSchema),
    unlock: operation(...both)
      .input(sitting)
      .output(roomBoardSchema),
    absent: operation(...both)
      .input(z.object({ sittingIds: z.array(id).min(1).max(2000) }))
      .output(roomBoardSchema),
    cancelAbsent: operation(...both)
      .input(sitting)
      .output(roomBoardSchema),
    violation: operation(...both)
      .input(sitting.extend({ code: z.string().max(16), description: longText }))
      .output(roomBoardSchema),
    cancelViolation: operation(...both)
      .input(sitting.extend({ violationId: id }))
      .output(roomBoardSchema),
    collect: operation(...both)
      .input(sitting)
      .output(roomBoardSchema),
    /** The candidate's photo as a data URL; null: there is none. */
    photo: operation(...both)
      .input(sitting)
      .output(z.object({ url: z.string().nullable() })),
    log: operation(...both)
      .input(sitting)
      .output(z.array(logLineSchema)),
    violationTypes: operation(...both).output(
      z.array(
        z.object({
          code: z.string(),
          group: z.string(),
          text: z.object({ en: z.string(), zh: z.string(), ru: z.string() }),
        }),
      ),
    ),
  },
};
