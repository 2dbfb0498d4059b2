/** Opening what comes to a site as a file: one exam, one centre, and nothing that is meant for somebody else. What the centre says in it of the site's locks counts. */
import { join } from 'node:path';
import { newId } from '../base/ids.ts';
import { refuse, type Result } from '../base/result.ts';
import { openParcel, type Opened, type ParcelKind } from '../parcel/parcel.ts';
import { hearFromParcel } from './locks/known-locks.ts';
import type { Site } from './site.ts';

/** Made by the centre and by nobody whom it has certified: another site's word for one of these would take the place of the right one. */
const centreAlone: ReadonlySet<ParcelKind> = new Set([
  'site-package',
  'authorisation',
  'release',
  'paper-materials',
  'access-key',
  'package-words',
]);

/**
 * @param what.forCentre it only passes through here: the site reads what is sealed for it, too
 * @param what.only parts that are wanted
 * @returns refusals `site-not-registered-at-centre` and those of `openParcel`
 */
export async function openOfExam(
  site: Site,
  file: string,
  kind: ParcelKind,
  what: { readonly forCentre?: boolean; readonly only?: (name: string) => boolean } = {},
): Promise<Result<Opened>> {
  const { node } = site;
  const [membership, setup] = [site.membership(), site.setup()];
  if (!membership || !setup) return refuse({ type: 'site-not-registered-at-centre' });
  const opened = await openParcel(file, {
    trust: { roots: [membership.centreSigningKey], at: node.clock.now() },
    identities: [node.keys.sealing.identity],
    recipient: node.keys.sealing.recipient,
    staging: join(node.staging, newId()),
    expect: {
      kind,
      to: what.forCentre
        ? { role: 'centre', code: membership.centreCode }
        : { role: 'site', code: setup.siteCode },
      project: membership.project.id,
      mode: setup.mode,
    },
    ...(what.only ? { only: what.only } : {}),
  });
  if (!opened.ok) return opened;
  if (centreAlone.has(kind) && opened.value.certificates.length > 0) {
    await opened.value.dispose();
    return refuse({ type: 'untrusted-sender', code: opened.value.manifest.from.code });
  }
  await hearFromParcel(site, opened.value);
  return opened;
}
