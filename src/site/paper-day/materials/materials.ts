/** Question papers and the plan of kits lie here as they came, sealed to a key that this site never has; it carries them to its stations. */
import { createReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { materialsAboutSchema } from '../../../exam/paper-day/parcels.ts';
import { parcelFileName } from '../../../parcel/parcel.ts';
import { sha256Hex } from '../../../trust/digest.ts';
import { openOfExam } from '../../open-parcel.ts';
import type { Site } from '../../site.ts';
import { keepEvent, paperEvent, sameEvent } from '../events.ts';
import type { Taken } from '../intake/taken.ts';
import { putKeptOnStick, type Sticks } from '../sticks.ts';

export interface MaterialsHere {
  readonly about: z.infer<typeof materialsAboutSchema>;
  readonly digest: string;
  readonly bytes: number;
  readonly fileName: string;
  readonly receivedAt: number;
}

export function materialsHere({ node }: Pick<Site, 'node'>, eventId: string): MaterialsHere | null {
  const row = node.db.prepare('SELECT * FROM paper_materials WHERE event_id = ?').get(eventId);
  return row
    ? {
        about: materialsAboutSchema.parse(JSON.parse(String(row['about']))),
        digest: String(row['digest']),
        bytes: Number(row['bytes']),
        fileName: String(row['file_name']),
        receivedAt: Number(row['received_at']),
      }
    : null;
}

/** The region of this site as the newest materials of any event name it: part of every journal's name. null: none came yet. */
export function regionOf({ node }: Pick<Site, 'node'>): string | null {
  const row = node.db.prepare('SELECT about FROM paper_materials ORDER BY received_at DESC LIMIT 1').get();
  return row ? materialsAboutSchema.parse(JSON.parse(String(row['about']))).region : null;
}

/** Two that write one file would spoil it for each other. */
const underWay = new WeakMap<Site['node'], Set<string>>();

/** Goes on where it was cut off. Refusals: `no-materials-offered`, `materials-under-way`, those of the connection and of `takeMaterials`. */
export async function fetchMaterials(site: Site, eventId: string): Promise<Result<Taken>> {
  const { link, node } = site;
  if (!link) return refuse({ type: 'site-not-registered-at-centre' });
  const event = paperEvent(site, eventId);
  if (!event.ok) return event;
  const { revision } = event.value.offered;
  if (revision === null) return refuse({ type: 'no-materials-offered' });
  const fetching = underWay.get(node) ?? new Set();
  underWay.set(node, fetching);
  if (fetching.has(eventId)) return refuse({ type: 'materials-under-way' });
  fetching.add(eventId);
  try {
    // Not in staging, which a start clears.
    const folder = join(node.data, 'paper-day');
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${sha256Hex(`${eventId} ${revision}`).slice(0, 32)}.part`);
    const downloaded = await link.client.download(
      `/paper-day/materials/${encodeURIComponent(eventId)}/${revision}`,
      file,
    );
    const taken = downloaded.ok ? await takeMaterials(site, file) : downloaded;
    // What was cut off stays for the next try, as long as the centre gives out the same.
    const cutOff = !taken.ok && ['parent-unreachable', 'disk-full'].includes(taken.refusal.type);
    if (!cutOff) await rm(file, { force: true });
    return taken;
  } finally {
    fetching.delete(eventId);
  }
}

/** Refusals: `materials-older`, `wrong-event`, those of `openOfExam`. */
export async function takeMaterials(site: Site, file: string): Promise<Result<Taken>> {
  // Verified part by part, and none of them opened: none can be.
  const verified = await openOfExam(site, file, 'paper-materials', { only: () => false });
  if (!verified.ok) return verified;
  await verified.value.dispose();
  const { manifest } = verified.value;
  const about = materialsAboutSchema.safeParse(manifest.about);
  if (!about.success) return refuse({ type: 'not-a-parcel' });
  const { event, revision } = about.data;
  const same = sameEvent(manifest.session, event);
  if (!same.ok) return same;
  const taken = { kind: 'paper-materials' as const, eventId: event.id, name: String(revision) };
  const before = materialsHere(site, event.id);
  if (before && before.about.revision > revision)
    return refuse({ type: 'materials-older', revision, here: before.about.revision });
  if (before?.about.revision === revision) return ok({ ...taken, known: true });
  const { node } = site;
  const { digest } = await node.blobs.put(createReadStream(file, { highWaterMark: 1 << 20 }));
  const { size } = await stat(file);
  keepEvent(site, event);
  node.db
    .prepare(
      'INSERT OR REPLACE INTO paper_materials (event_id, revision, parcel_id, digest, bytes, file_name, about, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    .run(
      event.id,
      revision,
      manifest.id,
      digest,
      size,
      parcelFileName(manifest),
      JSON.stringify(about.data),
      node.clock.now(),
    );
  if (before && before.digest !== digest) await node.blobs.remove(before.digest);
  await node.journal.append([
    {
      kind: 'paper-materials-received',
      subject: `event:${event.id}`,
      data: { revision, parcel: manifest.id },
    },
  ]);
  return ok({ ...taken, known: false });
}

/** For the stations. Refusals: `materials-not-here`, those of `putKeptOnStick`. */
export async function writeMaterials(
  site: Site,
  sticks: Sticks,
  eventId: string,
  drive: string,
): Promise<Result<{ path: string }>> {
  const here = materialsHere(site, eventId);
  if (!here) return refuse({ type: 'materials-not-here' });
  const written = await putKeptOnStick(site, sticks, drive, 'materials', [
    { digest: here.digest, fileName: here.fileName },
  ]);
  return written;
}
