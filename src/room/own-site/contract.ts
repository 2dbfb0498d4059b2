/** What a room without a site does besides: joins the centre, holds the lock, authorises. See the site's contract for each. */
import * as z from 'zod';
import { code, modeSchema, operation } from '../../node/contract.ts';
import { siteContract, siteOverviewSchema } from '../../site/contract.ts';

/** The room's own site, as its steps show it. */
export const ownSiteViewSchema = siteOverviewSchema.extend({
  siteCode: z.string().nullable(),
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
        lock: z.object({ path: z.string().min(1).max(500), pin: z.string().min(1).max(128) }),
      }),
    )
    .output(z.object({})),
  checkPublication: siteContract.exam.checkPublication,
  authorisation: { fetch, importFile, calibrate, importRelease, enterWords, verify },
};
