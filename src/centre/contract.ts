/**
 * The centre: who decides what.
 *
 * A project goes `draft → published`; publishing again makes a newer publication. A session's authorisation goes
 * `not prepared → prepared → released`; nothing outside the centre can open a paper before it is released.
 */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { codeCallSchema, codeReadingSchema, deskCodeSchema } from '../exam/code/desk.ts';
import { policySchema } from '../exam/project/policy.ts';
import {
  code,
  downloadSchema,
  id,
  modeSchema,
  nodeContract,
  operation,
  refusalSchema,
  shortText,
  stepSchema,
  time,
} from '../node/contract.ts';
import { apiKeyContract } from './api-keys/contract.ts';
import { newestFetchSchema, releaseContract } from './authorise/contract.ts';
import { boardContract } from './board/contract.ts';
import { completenessContract } from './completeness/contract.ts';
import { distributionContract } from './distribution/contract.ts';
import { mailContract } from './mail/contract.ts';
import { openIdContract } from './openid/contract.ts';
import { dossierContract } from './dossier/contract.ts';
import { dueContract } from './due/contract.ts';
import { codeRegisterContract } from './codes/contract.ts';
import { eventContract } from './events/contract.ts';
import { confirmationContract } from './four-eyes/contract.ts';
import { forgottenPasswordContract } from './forgotten/contract.ts';
import { limitContract } from './limits/contract.ts';
import { lockContract } from './locks/contract.ts';
import { reserveConsoleContract } from './reserve-consoles/contract.ts';
import { paperContract } from './paper/contract.ts';
import { protocolContract } from './protocols/contract.ts';
import { siteArchiveContract } from './paper-day/archives/contract.ts';
import { paperDayContract } from './paper-day/contract.ts';
import { gatewayContract } from './paper-day/gateway/contract.ts';
import { dayPackageContract } from './paper-day/receiving/contract.ts';
import { publicationContract } from './publish/contract.ts';
import { resultContract } from './result/contract.ts';
import { rosterContract } from './roster/contract.ts';
import { all, editors, editorsAndSite } from './roles.ts';
import { markContract } from './scans/marks/contract.ts';
import { scanUploadContract } from './scans/uploads/contract.ts';
import { siteAccountContract } from './site-account/contract.ts';
import { scanContract } from './scans/review/contract.ts';
import { supportContract } from './support/contract.ts';

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

export const siteRowSchema = z.object({
  code: z.string(),
  name: z.string(),
  /** null: the roster says none. */
  region: z.string().nullable(),
  rooms: z.number().int(),
  candidates: z.number().int(),
  /** 16 letters and digits in groups; null once used. */
  registrationCode: z.string().nullable(),
  registeredAt: time.nullable(),
  lockSerial: z.string().nullable(),
  lastContact: time.nullable(),
  loadedAt: time.nullable(),
  /** Version of its program; null: it has not told yet. */
  program: z.string().nullable(),
});
export type SiteRow = z.infer<typeof siteRowSchema>;

export const authorisationRowSchema = z.object({
  sessionId: id,
  sessionNumber: z.number().int(),
  siteCode: z.string(),
  siteName: z.string(),
  startAt: time,
  releaseAt: time,
  /** Why its release is held back; null: it is not. */
  held: z.string().nullable(),
  /** `again`: a lock was revoked since, and what was prepared for it counts no more. */
  state: z.enum(['site-not-registered', 'not-prepared', 'prepared', 'again', 'released']),
  /** What has changed with the site's locks since. */
  problem: refusalSchema.nullable(),
  preparedAt: time.nullable(),
  fetchedAt: time.nullable(),
  /** The newest time that it was taken, by whom and how. */
  fetch: newestFetchSchema.nullable(),
  releasedAt: time.nullable(),
});
export type AuthorisationRow = z.infer<typeof authorisationRowSchema>;

export const centreContract = {
  ...nodeContract,
  project: {
    list: operation.filtered(...all).output(z.array(projectSummarySchema)),
    get: operation
      .filtered(...all)
      .input(z.object({ projectId: id }))
      .output(projectViewSchema),
    live: operation
      .filtered(...all)
      .input(z.object({ projectId: id }))
      .output(eventIterator(projectViewSchema)),
    create: operation
      .everything(...editors)
      .input(
        z.object({
          code,
          name: shortText.min(1),
          mode: modeSchema,
          supportPhone: z.string().max(40).default(''),
        }),
      )
      .output(z.object({ projectId: id })),
    saveSession: operation
      .everything(...editors)
      .input(z.object({ projectId: id, sessionId: id.nullable(), session: sessionInputSchema }))
      .output(z.object({ sessionId: id })),
    removeSession: operation
      .everything(...editors)
      .input(z.object({ projectId: id, sessionId: id }))
      .output(z.object({})),
    timeline: operation
      .own(...all)
      .input(z.object({ session: sessionInputSchema }))
      .output(z.array(z.object({ what: z.string(), at: time }))),
  },
  roster: rosterContract,
  lock: lockContract,
  reserveConsole: reserveConsoleContract,
  paper: paperContract,
  publication: publicationContract,
  site: {
    list: operation
      .filtered(...all)
      .input(z.object({ projectId: id }))
      .output(z.array(siteRowSchema)),
    newRegistrationCode: operation
      .site('administrator')
      .input(z.object({ projectId: id, siteCode: code }))
      .output(z.object({ registrationCode: z.string() })),
  },
  authorisation: {
    list: operation
      .filtered(...all)
      .input(z.object({ projectId: id }))
      .output(z.array(authorisationRowSchema)),
    /** Seals the session key for every registered site's lock; asks for the release token's PIN because only the token opens the paper's key. */
    prepare: operation
      .everything('administrator')
      .input(z.object({ projectId: id, sessionId: id, pin: z.string().min(1).max(128) }))
      .output(z.array(authorisationRowSchema)),
    exportFile: operation
      .site(...editorsAndSite)
      .input(z.object({ sessionId: id, siteCode: code }))
      .output(downloadSchema),
    /** After release time: the release as a file for a stick. */
    exportRelease: operation
      .site(...editorsAndSite)
      .input(z.object({ sessionId: id, siteCode: code }))
      .output(downloadSchema),
    /** After release time: 12 words to read out on the phone. */
    releaseWords: operation
      .site(...editorsAndSite)
      .input(z.object({ sessionId: id, siteCode: code, language: z.enum(['en', 'zh', 'ru']) }))
      .output(z.object({ words: z.array(z.string()) })),
    ...releaseContract,
  },
  confirmation: confirmationContract,
  /** One-time codes (授权码): what rooms may not decide alone. */
  code: {
    list: operation
      .filtered(...all)
      .input(z.object({ projectId: id }))
      .output(z.array(deskCodeSchema)),
    live: operation
      .filtered(...all)
      .input(z.object({ projectId: id }))
      .output(eventIterator(z.array(deskCodeSchema))),
    /** Says in words what is asked, before anybody answers it. */
    read: operation
      .site(...editorsAndSite)
      .input(codeCallSchema.extend({ projectId: id }))
      .output(codeReadingSchema),
    issue: operation
      .site(...editorsAndSite)
      .input(codeCallSchema.extend({ projectId: id, reason: shortText.min(1) }))
      .output(z.object({ answer: z.string() })),
    /** Answers for a code that was used and that nobody is known to have issued. */
    accept: operation
      .site('administrator')
      .input(codeCallSchema.extend({ projectId: id, reason: shortText.min(1) }))
      .output(z.array(deskCodeSchema)),
    ...codeRegisterContract,
  },
  board: boardContract,
  dossier: dossierContract,
  due: dueContract,
  completeness: completenessContract,
  protocol: protocolContract,
  result: resultContract,
  support: supportContract,
  distribution: distributionContract,
  openId: openIdContract,
  mail: mailContract,
  forgottenPassword: forgottenPasswordContract,
  apiKey: apiKeyContract,
  limit: limitContract,
  scan: scanContract,
  mark: markContract,
  siteAccount: siteAccountContract,
  event: eventContract,
  scanUpload: scanUploadContract,
  paperDay: paperDayContract,
  siteArchive: siteArchiveContract,
  dayPackage: dayPackageContract,
  gateway: gatewayContract,
};
