/** What the centre says of packages. The newest of each counts, by whichever way it came. */
import { readFile } from 'node:fs/promises';
import { jsonIn } from '../../../base/json.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { packageWordsPart, packageWordsSchema } from '../../../exam/paper-day/hand-up.ts';
import type { PackageWord } from '../../../exam/paper-day/parcels.ts';
import { openOfExam } from '../../open-parcel.ts';
import type { Site } from '../../site.ts';
import type { Taken } from '../intake/taken.ts';

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
    const { session } = opened.value.manifest;
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

/** Refusals: `site-not-registered-at-centre`, `parent-not-understood`, those of the connection. */
export async function fetchWords(site: Site, eventId: string): Promise<Result<void>> {
  if (!site.link) return refuse({ type: 'site-not-registered-at-centre' });
  const answer = await site.link.client.get<unknown>(`/paper-day/words/${encodeURIComponent(eventId)}`);
  if (!answer.ok) return answer;
  const said = packageWordsSchema.safeParse(answer.value);
  if (!said.success) return refuse({ type: 'parent-not-understood' });
  await keepWords(site, said.data.words);
  return ok();
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
