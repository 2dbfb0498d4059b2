/**
 * A site may have a reserve authorisation station: then each of the two meets stations that the other one has admitted. They carry their certificate,
 * which names this site and leads up to the centre: nobody compares their figure again.
 */
import { ok, refuse, type Result } from '../../../base/result.ts';
import type { Readiness } from '../../../exam/paper-day/parcels.ts';
import type { StationKind } from '../../../exam/paper-day/site-day.ts';
import type { Certificate } from '../../../trust/certificate.ts';
import { fingerprintOf } from '../../../trust/fingerprint.ts';
import type { Site } from '../../site.ts';
import { knownStation, type KnownStation } from './stations.ts';

export interface NamedStation {
  readonly id: string;
  readonly kind: StationKind;
  readonly number: string;
  readonly room: string | null;
}

/**
 * Who made a parcel of this site, known from before or by its certificate.
 *
 * @param certificates of the parcel, proved up to the centre
 * @param said what the station says of itself under its signature
 * @returns refusals `station-of-another-site`, `untrusted-sender`, `station-not-known`
 */
export async function stationOfParcel(
  site: Site,
  certificates: readonly Certificate[],
  said: NamedStation & { readonly program: string; readonly at: number },
): Promise<Result<KnownStation>> {
  const [own, above] = certificates;
  const siteCode = site.setup()?.siteCode ?? '';
  if (above?.subject.role !== 'site' || above.subject.code !== siteCode)
    return refuse({ type: 'station-of-another-site', site: above?.subject.code ?? said.number });
  // A station speaks for itself, whoever carries the file.
  if (own?.subject.role !== 'station' || own.subject.id !== said.id)
    return refuse({ type: 'untrusted-sender', code: own?.subject.code ?? '' });
  const unknown = refuse({ type: 'station-not-known', kind: said.kind, number: said.number } as const);
  const before = knownStation(site, said.id);
  if (before && before.kind !== said.kind) return unknown;
  if (before && before.admittedAt !== null) return ok(before);
  // What this console certified it knows, unless somebody has taken it back.
  if (above.subject.id === site.node.id) return unknown;
  const { id, kind, number, room, program, at } = said;
  const { signingKey, sealingKey } = own;
  if (before && before.readiness.signingKey !== signingKey) return unknown;
  const readiness = {
    v: 1,
    stationId: id,
    kind,
    siteCode,
    room,
    number,
    program,
    signingKey,
    sealingKey,
    at,
  } as const;
  return ok(await keepCertified(site, before?.readiness ?? { ...readiness, checks: [] }, above.subject.id));
}

/** @param by id of the console whose certificate it carries */
export async function keepCertified({ node }: Site, readiness: Readiness, by: string): Promise<KnownStation> {
  const { stationId, kind, number, room, signingKey } = readiness;
  const now = node.clock.now();
  node.db
    .prepare(
      `INSERT INTO paper_station (id, kind, number, room, readiness, taken_at, admitted_at, admitted_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET admitted_at = excluded.admitted_at, admitted_by = excluded.admitted_by`,
    )
    .run(stationId, kind, number, room, JSON.stringify(readiness), now, now, by);
  await node.journal.append([
    {
      kind: 'station-known-by-certificate',
      subject: `station:${stationId}`,
      data: { kind, number, room, key: fingerprintOf(signingKey), by },
    },
  ]);
  const kept = knownStation({ node }, stationId);
  if (!kept) throw new Error('a station that was just kept is gone');
  return kept;
}
