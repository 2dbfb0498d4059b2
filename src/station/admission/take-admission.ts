/** The site has admitted this station: from now on its journal is part of the exam's. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonIn } from '../../base/json.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import {
  admissionAboutSchema,
  admissionPart,
  admissionSchema,
  type Admission,
} from '../../exam/paper-day/parcels.ts';
import { inspectParcel, openParcel } from '../../parcel/parcel.ts';
import { verifyChain } from '../../trust/certificate.ts';
import { fingerprintOf } from '../../trust/fingerprint.ts';
import { settingNames, type Station } from '../station.ts';

/**
 * @param root the centre's key that a person has compared with what the site's console shows; a station that is admitted already trusts
 *             no other
 * @returns refusals `station-not-set`, `admission-of-another-centre`, `admission-of-another-station`, and those of `openParcel`.
 */
export async function takeAdmission(
  station: Station,
  path: string,
  root: string,
): Promise<Result<Admission>> {
  const settings = station.settings();
  if (!settings) return refuse({ type: 'station-not-set' });
  const { node } = station;
  const before = station.admission();
  if (before && before.root !== root) return refuse({ type: 'admission-of-another-centre' });
  const opened = await openParcel(path, {
    trust: { roots: [root], at: null },
    identities: [node.keys.sealing.identity],
    recipient: node.keys.sealing.recipient,
    staging: join(node.staging, newId()),
    expect: { kind: 'station-admission', to: { role: 'station', code: node.id }, project: null, mode: null },
  });
  if (!opened.ok) return opened;
  try {
    const part = opened.value.parts.get(admissionPart);
    const admission = admissionSchema.safeParse(part && jsonIn(new Uint8Array(await readFile(part.file))));
    if (!admission.success) return refuse({ type: 'not-a-parcel' });
    const { data } = admission;
    const chain = verifyChain(data.chain, { roots: [root], at: null });
    if (!chain.ok) return chain;
    const [own] = chain.value;
    if (own?.subject.id !== node.id || own.signingKey !== node.keys.signing.publicKey || data.root !== root)
      return refuse({ type: 'admission-of-another-station' });
    if (data.siteCode !== settings.siteCode)
      return refuse({ type: 'station-admitted-elsewhere', site: data.siteCode });
    node.settings.write(settingNames.admission, data);
    await node.journal.append([
      {
        kind: 'station-admitted',
        subject: `station:${node.id}`,
        data: { site: data.siteCode, project: data.project.id, root },
      },
    ]);
    station.changed.notify();
    return ok(data);
  } finally {
    await opened.value.dispose();
  }
}

/** Refusals: `admission-not-as-compared`, those of `takeAdmission`. */
export async function takeCompared(
  station: Station,
  path: string,
  rootFingerprint: string,
): Promise<Result<Admission>> {
  const root = await rootOf(path);
  return root === null || fingerprintOf(root) !== rootFingerprint
    ? refuse({ type: 'admission-not-as-compared' })
    : takeAdmission(station, path, root);
}

/** The key that a file asks this station to trust, to be compared by a person; null: it is no admission. */
export async function rootOf(path: string): Promise<string | null> {
  const inspected = await inspectParcel(path);
  if (!inspected.ok || inspected.value.manifest.kind !== 'station-admission') return null;
  return admissionAboutSchema.safeParse(inspected.value.manifest.about).data?.root ?? null;
}
