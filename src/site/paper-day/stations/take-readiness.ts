/** A station says who it is, signed with a key for which nobody vouches yet: believed is only that it has that key. A person compares the rest. */
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonIn } from '../../../base/json.ts';
import { newId } from '../../../base/ids.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { readinessPart, readinessSchema, type Readiness } from '../../../exam/paper-day/parcels.ts';
import { inspectParcel, openParcel, type Inspected } from '../../../parcel/parcel.ts';
import { verifyChain } from '../../../trust/certificate.ts';
import { fingerprintOf } from '../../../trust/fingerprint.ts';
import type { Site } from '../../site.ts';
import type { Taken } from '../intake/taken.ts';
import { keepCertified } from './of-other-console.ts';
import { knownStation, type KnownStation } from './stations.ts';

const readinessLimit = 256 * 1024;

/** Refusals: `setup-missing`, `station-of-another-site`, `station-has-another-key`, `readiness-older`, those of `openParcel`. */
export async function takeReadiness(site: Site, file: string): Promise<Result<Taken>> {
  const setup = site.setup();
  if (!setup) return refuse({ type: 'setup-missing' });
  const named = await keyNamedIn(file);
  if (!named.ok) return named;
  if (named.value.siteCode !== setup.siteCode)
    return refuse({ type: 'station-of-another-site', site: named.value.siteCode });
  const read = await provenReadiness(site, file, setup.siteCode, named.value.signingKey);
  if (!read.ok) return read;
  const readiness = read.value;
  const certifiedBy = otherConsoleOf(site, readiness, setup.siteCode);
  const { stationId, kind, number, room } = readiness;
  const before = knownStation(site, stationId);
  const taken = { kind: 'station-readiness' as const, eventId: null, name: number };
  const fits = before === null ? ok() : sameStation(before, readiness);
  if (!fits.ok) return fits;
  const vouched = certifiedBy !== null && before?.admittedAt == null;
  if (before?.readiness.at === readiness.at && !vouched) return ok({ ...taken, known: true });
  const { node } = site;
  node.db
    .prepare(
      `INSERT INTO paper_station (id, kind, number, room, readiness, taken_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET number = excluded.number, room = excluded.room, readiness = excluded.readiness, taken_at = excluded.taken_at`,
    )
    .run(stationId, kind, number, room, JSON.stringify(readiness), node.clock.now());
  await node.journal.append([
    {
      kind: 'station-readiness-taken',
      subject: `station:${stationId}`,
      data: { kind, number, room, key: fingerprintOf(readiness.signingKey) },
    },
  ]);
  if (vouched) await keepCertified(site, readiness, certifiedBy);
  return ok({ ...taken, known: false });
}

/** Id of the other console of this site, in this exam, that has admitted the station; null: none has. */
function otherConsoleOf(site: Site, { admitted, ...readiness }: Readiness, siteCode: string): string | null {
  const membership = site.membership();
  if (!admitted || admitted.project !== membership?.project.id) return null;
  const chain = verifyChain(admitted.chain, {
    roots: [membership.centreSigningKey],
    at: site.node.clock.now(),
  });
  if (!chain.ok) return null;
  const [own, above] = chain.value;
  const isOwn =
    own?.subject.role === 'station' &&
    own.subject.id === readiness.stationId &&
    own.signingKey === readiness.signingKey &&
    own.sealingKey === readiness.sealingKey;
  return isOwn &&
    above?.subject.role === 'site' &&
    above.subject.code === siteCode &&
    above.subject.id !== site.node.id
    ? above.subject.id
    : null;
}

function sameStation(before: KnownStation, now: Readiness): Result<void> {
  const { readiness } = before;
  // Its certificate, and everything that it will sign, stands on the first one.
  if (readiness.signingKey !== now.signingKey || readiness.sealingKey !== now.sealingKey)
    return refuse({ type: 'station-has-another-key', kind: before.kind, number: before.number });
  if (before.kind !== now.kind)
    return refuse({ type: 'station-of-another-kind', found: now.kind, expected: before.kind });
  if (before.admittedAt !== null && before.number !== now.number)
    return refuse({ type: 'station-number-changed', before: before.number, number: now.number });
  return readiness.at > now.at ? refuse({ type: 'readiness-older' }) : ok();
}

/** What it says before anything of it is believed: which key to try. */
async function keyNamedIn(path: string): Promise<Result<Readiness>> {
  const inspected = await inspectParcel(path);
  if (!inspected.ok) return inspected;
  const readiness = readinessSchema.safeParse(jsonIn(await clearPart(path, inspected.value)));
  return readiness.success ? ok(readiness.data) : refuse({ type: 'not-a-parcel' });
}

async function clearPart(path: string, { manifest, entries }: Inspected): Promise<Uint8Array> {
  const entry = entries[manifest.parts.findIndex(({ name }) => name === readinessPart)];
  if (!entry || entry.size > readinessLimit) return new Uint8Array();
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(entry.size);
    await file.read(bytes, 0, entry.size, entry.offset);
    return bytes;
  } finally {
    await file.close();
  }
}

async function provenReadiness(
  { node }: Site,
  path: string,
  siteCode: string,
  key: string,
): Promise<Result<Readiness>> {
  const opened = await openParcel(path, {
    trust: { roots: [key], at: null },
    identities: [],
    recipient: '',
    staging: join(node.staging, newId()),
    // A station knows of no project before it is admitted.
    expect: { kind: 'station-readiness', to: { role: 'site', code: siteCode }, project: null, mode: null },
  });
  if (!opened.ok) return opened;
  try {
    const { manifest, certificates, parts } = opened.value;
    const part = parts.get(readinessPart);
    const readiness = readinessSchema.safeParse(part && jsonIn(new Uint8Array(await readFile(part.file))));
    if (!readiness.success) return refuse({ type: 'not-a-parcel' });
    const { stationId, signingKey } = readiness.data;
    if (
      certificates.length > 0 ||
      signingKey !== key ||
      manifest.from.role !== 'station' ||
      manifest.from.id !== stationId
    )
      return refuse({ type: 'untrusted-sender', code: manifest.from.code });
    return ok(readiness.data);
  } finally {
    await opened.value.dispose();
  }
}
