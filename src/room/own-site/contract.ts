/** What a room without a site does besides: joins the centre, holds the lock, authorises. See the site's contract for each. */
import * as z from 'zod';
import { code, modeSchema, operation } from '../../node/contract.ts';
import { siteContract, siteOverviewSchema } from '../../site/contract.ts';
import {
  lockChoiceSchema,
  lockKindSchema,
  lockTokenSchema,
  lockTokensSchema,
  tokenLibrarySchema,
} from '../../site/setup/contract.ts';

/** The room's own site, as its steps show it. */
export const ownSiteViewSchema = siteOverviewSchema.extend({
  siteCode: z.string().nullable(),
  lockKind: lockKindSchema,
  lockPath: z.string(),
});
export type OwnSiteView = z.infer<typeof ownSiteViewSchema>;

const { fetch, importFile, calibrate, importRelease, enterWords, verify } = siteContract.authorisation;

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
};
