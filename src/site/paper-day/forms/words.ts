/** What the centre says of packages. The newest of each counts, by whichever way it came; as it came it goes on to scan stations. */
import { createReadStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { newId } from '../../../base/ids.ts';
import { jsonIn } from '../../../base/json.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { packageWordsPart, packageWordsSchema } from '../../../exam/paper-day/hand-up.ts';
import type { PackageWord } from '../../../exam/paper-day/parcels.ts';
import { parcelFileName } from '../../../parcel/parcel.ts';
import { openOfExam } from '../../open-parcel.ts';
import type { Site } from '../../site.ts';
import { paperEvent } from '../events.ts';
import type { Taken } from '../intake/taken.ts';
import { putKeptOnStick, type Sticks } from '../sticks.ts';

/** The newest parcel of words by event. */
const keptWordsSchema = z.record(
  z.string(),
  z.object({ digest: z.string(), fileName: z.string(), saidAt: z.number() }),
);

function keptWords({ node }: Pick<Site, 'node'>): z.infer<typeof keptWordsSchema> {
  return node.settings.read('paper-words', keptWordsSchema) ?? {};
}

export function hasWords(site: Pick<Site, 'node'>, eventId: string): boolean {
  return keptWords(site)[eventId] !== undefined;
}

/** Refusals: those of `openOfExam`, `wrong-key`. */
export async function takeWords(site: Site, file: string): Promise<Result<Taken>> {
  const opened = await openOfExam(site, file, 'package-words');
  if (!opened.ok) return opened;
  try {
    const part = opened.value.parts.get(packageWordsPart);
    if (!part) return refuse({ type: 'not-a-parcel' });
    if (part.sealed) return refuse({ type: 'wrong-key' });
    const said = packageWordsSchema.safeParse(jsonIn(new Uint8Array(await readFile(part.file))));
    if (!said.success) return refuse({ type: 'not-a-parcel' });
    const changed = await keepWords(site, said.data.words);
    const { manifest } = opened.value;
    const { session } = manifest;
    const before = session === null ? undefined : keptWords(site)[session];
    if (session !== null && (before?.saidAt ?? -1) <= manifest.createdAt) {
      const { digest } = await site.node.blobs.put(createReadStream(file, { highWaterMark: 1 << 20 }));
      const kept = { digest, fileName: parcelFileName(manifest), saidAt: manifest.createdAt };
      site.node.settings.write('paper-words', { ...keptWords(site), [session]: kept });
      if (before && before.digest !== digest) await site.node.blobs.remove(before.digest);
    }
    return ok({
      kind: 'package-words',
      eventId: session,
      name: String(said.data.words.length),
      known: changed === 0,
    });
  } finally {
    await opened.value.dispose();
  }
}

/** Refusals: `site-not-registered-at-centre`, `no-packages-yet`, those of the connection and of `takeWords`. */
export async function fetchWords(site: Site, eventId: string): Promise<Result<Taken>> {
  const { link, node } = site;
  if (!link) return refuse({ type: 'site-not-registered-at-centre' });
  const file = join(node.staging, newId());
  try {
    const downloaded = await link.client.download(`/paper-day/words/${encodeURIComponent(eventId)}`, file);
    return downloaded.ok ? await takeWords(site, file) : downloaded;
  } finally {
    await rm(file, { force: true });
  }
}

/** For the scan station, which opens a room again where sheets are to be scanned again. Refusals: `no-such-event-here`, `no-words-here`, those of `putKeptOnStick`. */
export async function writeWords(
  site: Site,
  sticks: Sticks,
  eventId: string,
  drive: string,
): Promise<Result<{ path: string }>> {
  const event = paperEvent(site, eventId);
  if (!event.ok) return event;
  const kept = keptWords(site)[eventId];
  return kept ? putKeptOnStick(site, sticks, drive, 'words', [kept]) : refuse({ type: 'no-words-here' });
}

/** Words about packages that are not here are nobody's. @returns how many said something new */
export async function keepWords(site: Site, words: readonly PackageWord[]): Promise<number> {
  const { node } = site;
  const write = node.db.prepare(
    'UPDATE paper_package SET state = ?, quality = ?, rescan = ?, reason = ?, said_at = ? WHERE id = ? AND (said_at IS NULL OR said_at < ?)',
  );
  let changed = 0;
  for (const { packageId, state, quality, rescan, reason, at } of words) {
    if (write.run(state, quality, JSON.stringify(rescan), reason, at, packageId, at).changes === 0) continue;
    changed++;
    const row = node.db.prepare('SELECT event_id FROM paper_package WHERE id = ?').get(packageId);
    await node.journal.append([
      {
        kind: 'package-word-received',
        subject: `event:${String(row?.['event_id'])}`,
        data: { package: packageId, state, quality, rescan: rescan.length, saidAt: at },
      },
    ]);
  }
  if (changed > 0) site.changed.notify();
  return changed;
}
