/**
 * The room: the invigilator's computer. It decides about its sittings; a seat only asks.
 *
 * Session: `loaded → authorised → sign-in open → counting down → running → ended → reported`.
 * Sitting: see `exam/sitting`. Buttons of the toolbar are lit only when their gate says yes; a gate that says no says why and when it opens.
 */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { accommodationContract } from './accommodation/contract.ts';
import { answerPackageContract } from './answer-package/contract.ts';
import { boardContract } from './board/contract.ts';
import { codeContract } from './codes/contract.ts';
import { examBrowserContract } from './exam-browser/contract.ts';
import { environmentContract } from './environment/contract.ts';
import { initialiseContract } from './initialise/contract.ts';
import { remoteControlContract } from './remote-control/contract.ts';
import { reportContract } from './report/contract.ts';
import { ownSiteContract, ownSiteViewSchema } from './own-site/contract.ts';
import { seatFolderContract } from './seat-folder/contract.ts';
import { seatContract } from './seats/contract.ts';
import { sessionContract } from './session/contract.ts';
import { sittingContract } from './sitting/contract.ts';
import {
  acceptWarningSchema,
  checkSchema,
  id,
  modeSchema,
  nodeContract,
  operation,
  stepSchema,
  time,
  uploadId,
} from '../node/contract.ts';
import { both } from './roles.ts';

/** What is done before the exam day and what ends it; see `both`. */
const admin = 'administrator' as const;
/** The work of the exam day: who is admitted, starts, is resumed, is written down. */

/** `host:port` */
const siteAddressSchema = z
  .string()
  .trim()
  .max(200)
  .regex(/^(\[[0-9A-Fa-f:.%]+\]|[^\s:/[\]]+)(:\d{1,5})?$/);

export const roomSettingsSchema = z.object({
  roomCode: z.string().trim().max(64),
  siteAddress: z.string().trim().max(200),
  ownAddress: z.string().trim().max(200),
  siteMode: z.boolean(),
});
export type RoomSettings = z.infer<typeof roomSettingsSchema>;

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
    /** Where answers are kept, as `--data` says, and how much is free there. */
    dataFolder: z.string(),
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
    /** Its site has another address; whoever answers there has to prove that it is the site. */
    siteMoved: operation(admin)
      .input(z.object({ siteAddress: siteAddressSchema }))
      .output(roomOverviewSchema),
  },
  seat: seatContract,
  seatFolder: seatFolderContract,
  environment: environmentContract,
  examBrowser: examBrowserContract,
  remoteControl: remoteControlContract,
  initialise: initialiseContract,
  ownSite: ownSiteContract,
  exam: {
    load: operation(admin).output(roomOverviewSchema),
    importFile: operation(admin).input(z.object({ uploadId })).output(roomOverviewSchema),
  },
  sealCheck: {
    run: operation(admin).output(roomOverviewSchema),
    accept: operation(admin).input(acceptWarningSchema).output(roomOverviewSchema),
  },
  session: { ...sessionContract, ...reportContract },
  accommodation: accommodationContract,
  answerPackage: answerPackageContract,
  board: boardContract,
  code: codeContract,
  sitting: sittingContract,
};
