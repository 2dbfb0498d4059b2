/** A person has compared the figure: the site certifies the station's key. What it signs from then on is this site's. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { utf8 } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { admissionPart, type Admission } from '../../../exam/paper-day/parcels.ts';
import { putOnStick, type MadeFile } from '../../../node/stick/put-on-stick.ts';
import { makeParcel } from '../../../parcel/parcel.ts';
import { transaction } from '../../../store/sqlite.ts';
import { issueCertificate } from '../../../trust/certificate.ts';
import { fingerprintOf } from '../../../trust/fingerprint.ts';
import { siteName } from '../../register-room/serve-rooms.ts';
import { isCertified, type Site } from '../../site.ts';
import { otherConsoles } from '../events.ts';
import { regionOf } from '../materials/materials.ts';
import type { Sticks } from '../sticks.ts';
import { knownStation, knownStations, type KnownStation } from './stations.ts';

const validMs = 400 * 24 * 60 * 60 * 1000;
const daysBefore = 30 * 24 * 60 * 60 * 1000;

export interface ToAdmit {
  readonly stationId: string;
  /** Of the key that was compared. */
  readonly fingerprint: string;
  /** The station whose computer it replaces; null: none. */
  readonly replaces: string | null;
  readonly drive: string;
  readonly by: string;
}

/**
 * The station is admitted before its admission is written: a stick that fails changes nothing of that, and it is written again.
 * @returns refusals `no-such-station`, `station-changed-meanwhile`, `station-number-taken`, `station-not-replaceable`,
 *          `site-not-registered-at-centre`, those of `putOnStick`
 */
export async function admitStation(
  site: Site,
  { drives, sticks }: Sticks,
  { stationId, fingerprint, replaces, drive, by }: ToAdmit,
): Promise<Result<{ path: string }>> {
  const asked = { stationId, fingerprint, replaces };
  const found = admissible(site, asked);
  if (!found.ok) return found;
  const station = found.value;
  const made = await makeAdmission(site, station);
  if (!made.ok) return made;
  const { node } = site;
  // Two windows: another one of this number may have been admitted while this one's was made.
  const still = admissible(site, asked);
  if (!still.ok) {
    await rm(made.value.file, { force: true });
    return still;
  }
  const now = node.clock.now();
  transaction(node.db, () => {
    node.db
      .prepare('UPDATE paper_station SET admitted_at = coalesce(admitted_at, ?), region = ? WHERE id = ?')
      .run(now, regionOf(site) ?? '', stationId);
    if (replaces !== null)
      node.db
        .prepare('UPDATE paper_station SET replaced_by = ?, replaced_at = ? WHERE id = ?')
        .run(stationId, now, replaces);
  });
  await node.journal.append([
    {
      kind: 'station-certified',
      subject: `station:${stationId}`,
      data: {
        kind: station.kind,
        number: station.number,
        room: station.room,
        key: fingerprint,
        replaces,
        by,
      },
    },
  ]);
  site.changed.notify();
  return putOnStick({ drives, sticks }, drive, 'stations', made.value);
}

function admissible(
  site: Site,
  { stationId, fingerprint, replaces }: Pick<ToAdmit, 'stationId' | 'fingerprint' | 'replaces'>,
): Result<KnownStation> {
  const station = knownStation(site, stationId);
  if (!station) return refuse({ type: 'no-such-station' });
  if (fingerprintOf(station.readiness.signingKey) !== fingerprint)
    return refuse({ type: 'station-changed-meanwhile' });
  const replaced = replaces === null ? null : knownStation(site, replaces);
  if (replaces !== null && !isReplaceable(replaced, station))
    return refuse({ type: 'station-not-replaceable' });
  const taken = sameNumber(site, station).find(({ id }) => id !== replaces);
  return taken
    ? refuse({ type: 'station-number-taken', kind: station.kind, number: station.number })
    : ok(station);
}

/** Stations of the same kind and number that are at work: their journals could not be told apart. */
export function sameNumber(site: Site, { id, kind, number }: KnownStation): KnownStation[] {
  return knownStations(site).filter(
    (one) =>
      one.id !== id &&
      one.kind === kind &&
      one.number === number &&
      one.admittedAt !== null &&
      one.replacedBy === null,
  );
}

export function isReplaceable(
  replaced: KnownStation | null,
  by: KnownStation,
): replaced is KnownStation & { admittedAt: number } {
  return (
    replaced !== null &&
    replaced.id !== by.id &&
    replaced.kind === by.kind &&
    replaced.admittedAt !== null &&
    replaced.replacedBy === null &&
    // Nobody replaces the one by whom he was replaced.
    by.replacedBy === null
  );
}

async function makeAdmission(
  site: Site,
  { id, kind, number, readiness }: KnownStation,
): Promise<Result<MadeFile>> {
  const { node } = site;
  const membership = site.membership();
  if (!membership || !isCertified(site, membership)) return refuse({ type: 'site-not-registered-at-centre' });
  const now = node.clock.now();
  const from = siteName(site);
  const certificate = issueCertificate(
    {
      name: { role: 'station', code: id, id },
      signingKey: readiness.signingKey,
      sealingKey: readiness.sealingKey,
    },
    { name: from, key: node.keys.signing },
    { notBefore: now - daysBefore, notAfter: now + validMs },
  );
  const { project } = membership;
  const admission: Admission = {
    v: 1,
    stationId: id,
    siteCode: from.code,
    siteName: membership.siteName,
    region: regionOf(site) ?? '',
    project: { id: project.id, code: project.id, name: project.name, mode: project.mode },
    chain: [certificate, ...membership.chain],
    centreCode: membership.centreCode,
    root: membership.centreSigningKey,
    centreRecipient: membership.centreSealingKey,
    siteRecipient: node.keys.sealing.recipient,
    consoles: otherConsoles(site),
  };
  const file = join(node.staging, newId());
  const made = await makeParcel(
    file,
    {
      kind: 'station-admission',
      id: `station-admission:${id}:${now}`,
      to: { role: 'station', code: id },
      project: project.id,
      session: null,
      mode: project.mode,
      createdAt: now,
      about: { number, root: membership.centreSigningKey },
    },
    [{ name: admissionPart, content: utf8(JSON.stringify(admission)), recipients: [readiness.sealingKey] }],
    { name: from, key: node.keys.signing, chain: membership.chain },
  );
  return made.ok
    ? ok({ file, fileName: `ADMISSION_${kind}_${legal(number)}_${legal(id.slice(0, 6))}.parcel` })
    : made;
}

/** The station has named itself: what no file system takes is an underscore. */
function legal(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}-]/gu, '_');
}
