/** The access key as the stations get it: for all of them on each stick, and entered before the stick gets it. */
import { join } from 'node:path';
import { fromBase64, utf8 } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { stationKeyParts } from '../../../exam/paper-day/parcels.ts';
import { putOnStick, type MadeFile } from '../../../node/stick/put-on-stick.ts';
import { makeParcel, parcelFileName } from '../../../parcel/parcel.ts';
import { openBytes } from '../../../trust/seal.ts';
import { siteName } from '../../register-room/serve-rooms.ts';
import type { Site } from '../../site.ts';
import { otherConsoles, paperEvent } from '../events.ts';
import { stationsAtWork, type KnownStation } from '../stations/stations.ts';
import type { Sticks } from '../sticks.ts';
import { keysOf, stationIds, type KeptKey } from './keys.ts';

export interface KeyCopy {
  readonly id: string;
  readonly number: number;
  readonly stick: string;
  readonly stations: readonly string[];
  readonly begunAt: number;
  /** null: it was begun, and nobody knows whether the stick has it. */
  readonly writtenAt: number | null;
  readonly by: string;
}

/** The newest first. */
export function keyCopies({ node }: Pick<Site, 'node'>, eventId: string): KeyCopy[] {
  return node.db
    .prepare('SELECT * FROM paper_key_copy WHERE event_id = ? ORDER BY begun_at DESC')
    .all(eventId)
    .map((row) => ({
      id: String(row['id']),
      number: Number(row['number']),
      stick: String(row['stick']),
      stations: stationIds.parse(JSON.parse(String(row['stations']))),
      begunAt: Number(row['begun_at']),
      writtenAt: row['written_at'] === null ? null : Number(row['written_at']),
      by: String(row['by']),
    }));
}

/** Stations that are at work and for which no stick has the newest key. */
export function withoutKey(site: Site, eventId: string): KnownStation[] {
  const newest = keysOf(site, eventId).find(({ inner }) => inner !== null);
  const have = new Set(
    keyCopies(site, eventId)
      .filter(({ number, writtenAt }) => number === newest?.number && writtenAt !== null)
      .flatMap(({ stations }) => stations),
  );
  return stationsAtWork(site).filter(({ id }) => !have.has(id));
}

/**
 * Writes the newest key that is open to a stick. Refusals: `key-missing`, `key-not-released`, `no-station-admitted`, those of unsealing and of
 * `putOnStick`.
 */
export async function writeStationKey(
  site: Site,
  { drives, sticks }: Sticks,
  eventId: string,
  drive: string,
  by: string,
): Promise<Result<{ path: string }>> {
  const { node } = site;
  const [newest] = keysOf(site, eventId);
  if (!newest) return refuse({ type: 'key-missing' });
  if (newest.inner === null) return refuse({ type: 'key-not-released', number: newest.number });
  const stations = stationsAtWork(site);
  if (stations.length === 0) return refuse({ type: 'no-station-admitted' });
  const stick = (await drives.list()).find(({ path }) => path === drive);
  if (!stick) return refuse({ type: 'no-such-drive' });
  const copy = newId();
  const made = await makeStationKey(site, { eventId, key: newest, inner: newest.inner, stations, copy });
  if (!made.ok) return made;
  const ids = stations.map(({ id }) => id);
  node.db
    .prepare(
      'INSERT INTO paper_key_copy (id, event_id, number, stick, stations, begun_at, by) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .run(copy, eventId, newest.number, stick.name, JSON.stringify(ids), node.clock.now(), by);
  await node.journal.append([
    {
      kind: 'station-key-given',
      subject: `event:${eventId}`,
      data: { number: newest.number, stick: stick.name, stations: ids, by },
    },
  ]);
  const written = await putOnStick({ drives, sticks }, drive, 'keys', made.value);
  if (written.ok)
    node.db.prepare('UPDATE paper_key_copy SET written_at = ? WHERE id = ?').run(node.clock.now(), copy);
  site.changed.notify();
  return written;
}

interface ForStations {
  readonly eventId: string;
  readonly key: KeptKey;
  readonly inner: string;
  readonly stations: readonly KnownStation[];
  readonly copy: string;
}

async function makeStationKey(
  site: Site,
  { eventId, key, inner, stations, copy }: ForStations,
): Promise<Result<MadeFile>> {
  const { node } = site;
  const [membership, event] = [site.membership(), paperEvent(site, eventId)];
  if (!membership) return refuse({ type: 'site-not-registered-at-centre' });
  if (!event.ok) return event;
  const content = await innerFor(site, key, inner);
  if (!content.ok) return content;
  const recipients = stations.map(({ readiness }) => readiness.sealingKey);
  const from = siteName(site);
  const file = join(node.staging, newId());
  const made = await makeParcel(
    file,
    {
      kind: 'station-key',
      id: `station-key:${eventId}:${from.code}:${key.number}:${copy}`,
      to: { role: 'station', code: from.code },
      project: membership.project.id,
      session: eventId,
      mode: membership.project.mode,
      createdAt: node.clock.now(),
      about: {
        event: event.value.event,
        number: key.number,
        consoles: [node.keys.sealing.recipient, ...otherConsoles(site)],
      },
    },
    [
      { name: stationKeyParts.grant, content: utf8(JSON.stringify(key.grant)), recipients },
      { name: stationKeyParts.inner, content: content.value, recipients },
    ],
    { name: from, key: node.keys.signing, chain: membership.chain },
  );
  return made.ok ? ok({ file, fileName: parcelFileName(made.value) }) : made;
}

/** Sealed to the members' tokens as it is; in a project without tokens sealed to this site, which seals it to its stations. In memory only. */
async function innerFor({ node }: Site, { grant }: KeptKey, inner: string): Promise<Result<Uint8Array>> {
  const sealed = fromBase64(inner);
  return grant.opens === 'token'
    ? ok(sealed)
    : openBytes(sealed, { identities: [node.keys.sealing.identity] });
}
