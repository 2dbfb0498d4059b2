/** What a room without a site does besides: joins the centre, holds the lock, authorises. See the site's contract for each. */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { supportCallSchema, supportId, supportText } from '../../exam/support/posting.ts';
import { code, modeSchema, operation } from '../../node/contract.ts';
import { siteContract, siteOverviewSchema } from '../../site/contract.ts';
import { confirmStageSchema, siteSupportSchema } from '../../site/support/contract.ts';
import {
  lockChoiceSchema,
  lockTokenSchema,
  lockTokensSchema,
  siteLockKindSchema,
  tokenLibrarySchema,
} from '../../site/setup/contract.ts';

/** The room's own site, as its steps show it. */
export const ownSiteViewSchema = siteOverviewSchema.extend({
  siteCode: z.string().nullable(),
  lockKind: siteLockKindSchema,
  lockPath: z.string(),
});
export type OwnSiteView = z.infer<typeof ownSiteViewSchema>;

const { fetch, importFile, calibrate, importRelease, enterWords, verify } = siteContract.authorisation;

/** The support desk as its own site has it; null: it has a site, where the questions are asked. Whoever works in the room asks. */
const anybody = operation('administrator', 'invigilator');
const ownSupportContract = {
  get: anybody.output(siteSupportSchema.nullable()),
  live: anybody.output(eventIterator(siteSupportSchema.nullable())),
  open: anybody.input(supportCallSchema).output(z.object({ threadId: supportId })),
  write: anybody.input(z.object({ threadId: supportId, text: supportText })).output(siteSupportSchema),
  close: anybody.input(z.object({ threadId: supportId, solved: z.boolean() })).output(siteSupportSchema),
  confirm: anybody.input(confirmStageSchema).output(siteSupportSchema),
  read: anybody.input(z.object({ announcementId: supportId })).output(siteSupportSchema),
  seen: anybody.input(z.object({ threadId: supportId })).output(siteSupportSchema),
};

export const ownSiteContract = {
  /** First start: who this is at the centre, the exam lock, and the registration. Can be said again until the centre has admitted it. */
  setUp: operation('administrator')
    .input(
      z.object({
        siteCode: code,
        mode: modeSchema,
        centreAddress: z.string().trim().min(1).max(200),
        registrationCode: z.string().trim().min(1).max(40),
        lock: lockChoiceSchema,
      }),
    )
    .output(z.object({})),
  /** What reaches tokens on this computer. */
  libraries: operation('administrator').output(z.array(tokenLibrarySchema)),
  /** Until the room is registered: the tokens that a library reaches. */
  tokens: operation('administrator').input(lockTokensSchema).output(z.array(lockTokenSchema)),
  checkPublication: siteContract.exam.checkPublication,
  authorisation: { fetch, importFile, calibrate, importRelease, enterWords, verify },
  support: ownSupportContract,
};
