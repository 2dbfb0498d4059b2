/** Access keys of an event, as they lie here: under the release, and afterwards still sealed to the members' tokens. */
import { readFile, rm } from 'node:fs/promises';
import * as z from 'zod';
import { toBase64 } from '../../../base/bytes.ts';
import { jsonIn } from '../../../base/json.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { grantSchema, type Grant } from '../../../exam/paper-day/grant.ts';
import { accessKeyAboutSchema, accessKeyParts } from '../../../exam/paper-day/parcels.ts';
import { openOfExam } from '../../open-parcel.ts';
import type { Site } from '../../site.ts';
import { keepEvent, paperEvent, sameEvent } from '../events.ts';
import type { Taken } from '../intake/taken.ts';
import { openWithKnownRelease } from './release.ts';

export interface KeptKey {
  readonly number: number;
  readonly grant: Grant;
  /** Base64, under the release. */
  readonly locked: string;
  readonly receivedAt: number;
  /** Base64; null: not released yet. */
  readonly inner: string | null;
  readonly openedAt: number | null;
}

/** The newest first. */
export function keysOf({ node }: Pick<Site, 'node'>, eventId: string): KeptKey[] {
  return node.db
    .prepare('SELECT * FROM paper_key WHERE event_id = ? ORDER BY number DESC')
    .all(eventId)
    .map((row) => ({
      number: Number(row['number']),
      grant: grantSchema.parse(JSON.parse(String(row['grant_json']))),
      locked: String(row['locked']),
      receivedAt: Number(row['received_at']),
      inner: row['inner'] === null ? null : String(row['inner']),
      openedAt: row['opened_at'] === null ? null : Number(row['opened_at']),
    }));
}

/** Every number that the centre offers and that is not here. Refusals: `no-key-offered`, those of the connection and of `takeKey`. */
export async function fetchKeys(site: Site, eventId: string, staging: () => string): Promise<Result<Taken>> {
  if (!site.link) return refuse({ type: 'site-not-registered-at-centre' });
  const event = paperEvent(site, eventId);
  if (!event.ok) return event;
  const { offered, problem } = event.value;
  const newest = Math.max(0, ...offered.keys);
  if (newest === 0) return refuse(problem ?? { type: 'no-key-offered' });
  // A later one contains what the earlier ones allowed.
  const file = staging();
  try {
    const downloaded = await site.link.client.download(
      `/paper-day/keys/${encodeURIComponent(eventId)}/${newest}`,
      file,
    );
    return downloaded.ok ? await takeKey(site, file) : downloaded;
  } finally {
    await rm(file, { force: true });
  }
}

/** Refusals: `wrong-event`, `key-of-another-site`, `wrong-key`, those of `openOfExam`. */
export async function takeKey(site: Site, file: string): Promise<Result<Taken>> {
  const read = await readKey(site, file);
  if (!read.ok) return read;
  const { event, grant, locked, releaseAt } = read.value;
  const taken = { kind: 'access-key' as const, eventId: event.id, name: String(grant.number) };
  const { node } = site;
  keepEvent(site, event);
  const kept = node.db
    .prepare(
      'INSERT INTO paper_key (event_id, number, grant_json, locked, received_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    )
    .run(event.id, grant.number, JSON.stringify(grant), locked, node.clock.now());
  if (kept.changes === 0) return ok({ ...taken, known: true });
  node.db
    .prepare('UPDATE paper_event SET release_at = coalesce(?, release_at) WHERE id = ?')
    .run(releaseAt, event.id);
  await node.journal.append([
    {
      kind: 'access-key-received',
      subject: `event:${event.id}`,
      data: { number: grant.number, stations: grant.stations, reason: grant.reason },
    },
  ]);
  // A reserve key after the release waits for nobody.
  await openWithKnownRelease(site, event.id);
  return ok({ ...taken, known: false });
}

async function readKey(site: Site, file: string) {
  const opened = await openOfExam(site, file, 'access-key');
  if (!opened.ok) return opened;
  try {
    const { manifest, parts } = opened.value;
    const about = accessKeyAboutSchema.safeParse(manifest.about);
    const [grantPart, lockedPart] = [parts.get(accessKeyParts.grant), parts.get(accessKeyParts.locked)];
    if (!about.success || !grantPart || !lockedPart) return refuse({ type: 'not-a-parcel' });
    // Sealed to the keys that this site had before it was set up anew.
    if (grantPart.sealed || lockedPart.sealed) return refuse({ type: 'wrong-key' });
    const { event, number, releaseAt } = about.data;
    const same = sameEvent(manifest.session, event);
    if (!same.ok) return same;
    const grant = grantSchema.safeParse(jsonIn(new Uint8Array(await readFile(grantPart.file))));
    if (!grant.success || grant.data.number !== number || grant.data.eventId !== event.id)
      return refuse({ type: 'not-a-parcel' });
    if (grant.data.siteCode !== site.setup()?.siteCode)
      return refuse({ type: 'key-of-another-site', site: grant.data.siteCode });
    const locked = toBase64(new Uint8Array(await readFile(lockedPart.file)));
    return ok({ event, grant: grant.data, locked, releaseAt });
  } finally {
    await opened.value.dispose();
  }
}

export const stationIds = z.array(z.string());
