/** Opening what comes to a site as a file: one exam, one centre, and nothing that is meant for somebody else. */
import { join } from 'node:path';
import { newId } from '../base/ids.ts';
import { refuse, type Result } from '../base/result.ts';
import { openParcel, type Opened, type ParcelKind } from '../parcel/parcel.ts';
import type { Site } from './site.ts';

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
  return openParcel(file, {
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
}
