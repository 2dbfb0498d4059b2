/**
 * The site: registers its rooms, holds the exam lock, passes packages down and results up. It cannot read answers.
 */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import {
  acceptWarningSchema,
  checkSchema,
  code,
  downloadSchema,
  gateSchema,
  id,
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
import { supportContract } from './support/contract.ts';
import { backupContract, restoreContract } from './backup/contract.ts';
import { closeContract } from './close/contract.ts';
import { distributionContract } from './distribution/contract.ts';
import { siteLockContract } from './locks/contract.ts';
import { paperDayContract } from './paper-day/contract.ts';
import { initialiseContract } from './initialise/contract.ts';
import { toFormalContract } from './to-formal/contract.ts';
import { codeCallSchema, codeReadingSchema, deskCodeSchema } from '../exam/code/desk.ts';
import { roomRecordSchema } from '../exam/package/room-result.ts';
import { roomCountsSchema, roomStagesSchema } from '../exam/session/room-view.ts';
import { printedSheetsContract } from './printed-sheets/contract.ts';
import {
  siteLockChoiceSchema,
  siteLockKindSchema,
  lockTokenSchema,
  lockTokensSchema,
  tokenLibrarySchema,
} from './setup/contract.ts';

const admin = 'administrator' as const;

export const siteRoomSchema = z.object({
  roomCode: z.string(),
  name: z.string(),
  sessions: z.array(
    z.object({
      sessionId: id,
      number: z.number().int(),
      candidates: z.number().int(),
      firstNumber: z.string(),
      lastNumber: z.string(),
    }),
  ),
  /** 16 letters and digits in groups; single use, null once the room is registered. */
  registrationCode: z.string().nullable(),
  registeredAt: time.nullable(),
  address: z.string().nullable(),
  lastContact: time.nullable(),
  sealCheckedAt: time.nullable(),
  sealCheckPassed: z.boolean().nullable(),
  /** As the room reported them, with who accepted what. */
  sealChecks: z.array(checkSchema),
  note: z.string(),
});
export type SiteRoom = z.infer<typeof siteRoomSchema>;

const sealCheckViewSchema = z.object({
  at: time,
  checks: z.array(checkSchema),
  passed: z.boolean(),
  reportedAt: time.nullable(),
});

export const siteSessionSchema = z.object({
  sessionId: id,
  number: z.number().int(),
  name: z.string(),
  startAt: time,
  durationMin: z.number().int(),
  authorisedAt: time.nullable(),
  /** The release secret is here and the lock has opened the session key. */
  calibratedAt: time.nullable(),
  verifiedAt: time.nullable(),
  /** The lock has brought the release; when the centre gave it, by its clock. */
  carriedAt: time.nullable(),
  releaseAt: time,
  calibrate: gateSchema,
});
export type SiteSession = z.infer<typeof siteSessionSchema>;

export const siteExamSchema = z.object({
  projectName: z.string(),
  mode: modeSchema,
  publishedAt: time,
  importedAt: time,
  /** Whether a newer publication exists at the centre; null while the centre has not been asked. */
  checkedAt: time.nullable(),
  newest: z.boolean().nullable(),
  rooms: z.array(
    z.object({
      roomCode: z.string(),
      sessions: z.number().int(),
      loadedAt: time.nullable(),
      candidates: z.number().int(),
    }),
  ),
});

export const collectionRowSchema = z.object({
  roomCode: z.string(),
  sessionId: id,
  sessionNumber: z.number().int(),
  expected: z.number().int(),
  sat: z.number().int().nullable(),
  absent: z.number().int().nullable(),
  collected: z.number().int().nullable(),
  missing: z.number().int().nullable(),
  collectedAt: time.nullable(),
  bytes: z.number().int().nullable(),
  backedUpAt: time.nullable(),
  reportedAt: time.nullable(),
  receiptAt: time.nullable(),
  problem: refusalSchema.nullable(),
});
export type CollectionRow = z.infer<typeof collectionRowSchema>;

export const siteMonitorSchema = z.object({
  at: time,
  sessions: z.array(z.object({ sessionId: id, number: z.number().int(), name: z.string(), startAt: time })),
  rooms: z.array(
    z.object({
      roomCode: z.string(),
      sessionId: id,
      address: z.string().nullable(),
      connected: z.boolean(),
      lastContact: time.nullable(),
      stages: roomStagesSchema,
      counts: roomCountsSchema,
    }),
  ),
});
export type SiteMonitor = z.infer<typeof siteMonitorSchema>;

export const siteOverviewSchema = z.object({
  /** Joined its centre; false: by `setup.register`. */
  registered: z.boolean(),
  centreAddress: z.string().nullable(),
  steps: z.array(stepSchema),
  exam: siteExamSchema.nullable(),
  sessions: z.array(siteSessionSchema),
});
export type SiteOverview = z.infer<typeof siteOverviewSchema>;

/** Who the site is, which lock it has, and how it joins the centre; `registrationCode` null: it registers later. */
const siteNameSchema = z.object({
  siteCode: code,
  mode: modeSchema,
  centreAddress: z.string().max(200).nullable(),
  registrationCode: z.string().max(40).nullable(),
  lock: siteLockChoiceSchema,
});

export const siteContract = {
  ...nodeContract,
  initialise: initialiseContract,
  toFormal: toFormalContract,
  close: closeContract,
  setup: {
    /** First start: replaces the default account and joins the centre. `registrationCode` null: registration by file comes later. */
    complete: operation('everyone')
      .input(
        siteNameSchema.extend({
          account: z.string().trim().min(1).max(64),
          password: z.string().min(8).max(256),
        }),
      )
      .output(z.object({ registered: z.boolean() })),
    /** The same after it was initialised: the accounts are there. */
    again: operation(admin)
      .input(siteNameSchema)
      .output(z.object({ registered: z.boolean() })),
    state: operation('everyone').output(
      z.object({
        done: z.boolean(),
        /** There are accounts: whoever sets the site up signs in with one of them first. */
        accounts: z.boolean(),
        registered: z.boolean(),
        siteCode: z.string().nullable(),
        lockKind: siteLockKindSchema,
        /** Of the key file, or of the library that reaches the token. */
        lockPath: z.string(),
        lockSerial: z.string().nullable(),
        /** What reaches tokens on this computer, until the site is set up. */
        lockLibraries: z.array(tokenLibrarySchema),
      }),
    ),
    /** Until the site is set up: the tokens that a library reaches. */
    tokens: operation('everyone').input(lockTokensSchema).output(z.array(lockTokenSchema)),
    register: operation(admin)
      .input(z.object({ centreAddress: z.string().max(200), registrationCode: z.string().max(40) }))
      .output(z.object({})),
  },
  lock: siteLockContract,
  backup: backupContract,
  restore: restoreContract,
  support: supportContract,
  distribution: distributionContract,
  paperDay: paperDayContract,
  overview: {
    get: operation(admin, 'observer').output(siteOverviewSchema),
    live: operation(admin, 'observer').output(eventIterator(siteOverviewSchema)),
  },
  exam: {
    load: operation(admin).output(siteExamSchema),
    importFile: operation(admin).input(z.object({ uploadId })).output(siteExamSchema),
    checkPublication: operation(admin).output(siteExamSchema),
  },
  room: {
    list: operation(admin, 'observer').output(z.array(siteRoomSchema)),
    saveNote: operation(admin)
      .input(z.object({ roomCode: code, note: shortText }))
      .output(z.object({})),
    withdraw: operation(admin)
      .input(z.object({ roomCode: code }))
      .output(z.object({})),
    /** HTML sheet with addresses, codes, counts and number ranges. */
    exportSheet: operation(admin)
      .input(z.object({ language: z.enum(['en', 'zh', 'ru']) }))
      .output(downloadSchema),
    registrations: operation(admin, 'observer').output(
      z.object({
        exportedAt: time.nullable(),
        /** Registered rooms that the newest file does not have as they are now. */
        since: z.number().int(),
      }),
    ),
    /** The KDINFO file, with which a reinstalled site gets its rooms back. */
    exportRegistrations: operation(admin).output(downloadSchema),
    restoreRegistrations: operation(admin)
      .input(z.object({ uploadId, pin: z.string().min(1).max(128) }))
      .output(z.object({ restored: z.number().int(), left: z.array(z.string()) })),
    /** The room's package as a file for a stick. */
    exportPackage: operation(admin)
      .input(z.object({ roomCode: code }))
      .output(downloadSchema),
  },
  sheet: printedSheetsContract,
  authorisation: {
    fetch: operation(admin).output(z.array(siteSessionSchema)),
    importFile: operation(admin).input(z.object({ uploadId })).output(z.array(siteSessionSchema)),
    /** Asks the centre for the release and opens the session key with the lock. */
    calibrate: operation(admin)
      .input(z.object({ sessionId: id, pin: z.string().min(1).max(128) }))
      .output(siteSessionSchema),
    importRelease: operation(admin)
      .input(z.object({ uploadId, pin: z.string().min(1).max(128) }))
      .output(siteSessionSchema),
    enterWords: operation(admin)
      .input(z.object({ sessionId: id, words: z.string().max(400), pin: z.string().min(1).max(128) }))
      .output(siteSessionSchema),
    /** Step 5: proves that the session's paper can be opened, without opening it. */
    verify: operation(admin)
      .input(z.object({ sessionId: id }))
      .output(siteSessionSchema),
    /** A room's authorisation as a file for a stick. */
    exportForRoom: operation(admin)
      .input(z.object({ sessionId: id, roomCode: code }))
      .output(downloadSchema),
  },
  sealCheck: {
    run: operation(admin).output(sealCheckViewSchema),
    accept: operation(admin).input(acceptWarningSchema).output(sealCheckViewSchema),
    last: operation(admin, 'observer').output(sealCheckViewSchema.nullable()),
  },
  /** One-time codes (授权码), where the policy lets the site issue them. */
  code: {
    list: operation(admin, 'observer').output(z.array(deskCodeSchema)),
    live: operation(admin, 'observer').output(eventIterator(z.array(deskCodeSchema))),
    read: operation(admin).input(codeCallSchema).output(codeReadingSchema),
    issue: operation(admin)
      .input(codeCallSchema.extend({ reason: shortText.min(1) }))
      .output(z.object({ answer: z.string() })),
  },
  monitor: {
    get: operation(admin, 'observer').output(siteMonitorSchema),
    live: operation(admin, 'observer').output(eventIterator(siteMonitorSchema)),
  },
  collection: {
    list: operation(admin, 'observer').output(z.array(collectionRowSchema)),
    live: operation(admin, 'observer').output(eventIterator(z.array(collectionRowSchema))),
    importFile: operation(admin).input(z.object({ uploadId })).output(z.array(collectionRowSchema)),
    /** Copies what is collected to external storage first; reporting asks for it. */
    backup: operation(admin)
      .input(z.object({ directory: z.string().min(1).max(500), sessionId: id, note: longText.default('') }))
      .output(z.object({ file: z.string(), bytes: z.number().int() })),
    report: operation(admin)
      .input(z.object({ sessionId: id }))
      .output(z.array(collectionRowSchema)),
    /** All collected results of a session as one file for the centre. */
    exportForCentre: operation(admin)
      .input(z.object({ sessionId: id }))
      .output(downloadSchema),
    importReceipts: operation(admin).input(z.object({ uploadId })).output(z.array(collectionRowSchema)),
    exportReceiptForRoom: operation(admin)
      .input(z.object({ sessionId: id, roomCode: code }))
      .output(downloadSchema),
    record: operation(admin, 'observer')
      .input(z.object({ roomCode: code, sessionId: id }))
      .output(roomRecordSchema),
  },
};
