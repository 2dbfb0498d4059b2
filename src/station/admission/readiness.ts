/** Who this station is, for its site to admit it: signed with its own new key, which nobody vouches for yet. */
import { join } from 'node:path';
import * as z from 'zod';
import { utf8 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { programVersion } from '../../node/indicators.ts';
import { readinessPart, type Readiness } from '../../exam/paper-day/parcels.ts';
import { makeParcel } from '../../parcel/parcel.ts';
import { settingNames, type Station } from '../station.ts';

const readinessMadeSchema = z.object({ at: z.number().int() });

/** @returns a file in staging and the name that it has on a stick. Refusal: `station-not-set`. */
export async function makeReadiness(
  station: Station,
  checks: Readiness['checks'],
): Promise<Result<{ file: string; fileName: string }>> {
  const settings = station.settings();
  if (!settings) return refuse({ type: 'station-not-set' });
  const { node, kind } = station;
  const admission = station.admission();
  const { siteCode, room, number } = settings;
  // The newest counts at the site: a clock that was ahead and was set right makes no older ones.
  const before = node.settings.read(settingNames.readiness, readinessMadeSchema)?.at ?? 0;
  const at = Math.max(node.clock.now(), before + 1);
  const readiness: Readiness = {
    v: 1,
    stationId: node.id,
    kind,
    siteCode,
    room,
    number,
    program: programVersion,
    signingKey: node.keys.signing.publicKey,
    sealingKey: node.keys.sealing.recipient,
    checks,
    at,
    ...(admission ? { admitted: { project: admission.project.id, chain: [...admission.chain] } } : {}),
  };
  const file = join(node.staging, newId());
  const made = await makeParcel(
    file,
    {
      kind: 'station-readiness',
      id: `station-readiness:${node.id}:${readiness.at}`,
      to: { role: 'site', code: siteCode },
      project: '',
      session: null,
      mode: 'formal',
      createdAt: readiness.at,
      about: { kind, number, room },
    },
    [{ name: readinessPart, content: utf8(JSON.stringify(readiness)), recipients: [] }],
    { name: { role: 'station', code: node.id, id: node.id }, key: node.keys.signing, chain: [] },
  );
  if (!made.ok) return made;
  node.settings.write(settingNames.readiness, { at });
  await node.journal.append([
    {
      kind: 'station-ready',
      subject: `station:${node.id}`,
      data: { checks: checks.map(({ name, good }) => ({ name, good })) },
    },
  ]);
  return ok({ file, fileName: `READY_${kind}_${number}_${node.id.slice(0, 6)}.parcel` });
}
