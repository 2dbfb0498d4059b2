/** Materials of sites for 7-Zip, where a project opens with a password. Browser-safe. */
import * as z from 'zod';
import { code, downloadSchema, id, operation } from '../../../node/contract.ts';

const ofEvent = z.object({ projectId: id, eventId: id });
const ofSite = ofEvent.extend({ siteCode: code });
const someSites = z.array(code).min(1).max(5_000).nullable().default(null);

export const siteArchiveContract = {
  /** Once the release is due, and with the PIN of the release token: from then on passwords can be told, and are posted where the project says so. */
  release: operation
    .everything('administrator')
    .input(ofEvent.extend({ siteCodes: someSites, pin: z.string().min(1).max(128) }))
    .output(z.object({ released: z.number().int() })),
  /** For reading out, and for the site itself. */
  password: operation
    .site('administrator', 'operator', 'site')
    .input(ofSite)
    .output(z.object({ fileName: z.string(), password: z.string() })),
  /** Of all that are released, a line each. */
  exportPasswords: operation
    .everything('administrator', 'operator')
    .input(ofEvent.extend({ siteCodes: someSites }))
    .output(downloadSchema),
  download: operation.site('administrator', 'operator', 'site').input(ofSite).output(downloadSchema),
};
