/** What the centre says of this station's packages, from a stick: with it what lies here may go. */
import * as z from 'zod';
import { jsonIn, type JsonObject } from '../../base/json.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { packageWordSchema, type PackageWord } from '../../exam/paper-day/parcels.ts';
import { readWords } from '../package-words/read-words.ts';
import { settingNames } from '../station.ts';
import type { Voice } from './voice.ts';

const keptSchema = z.array(packageWordSchema);

/** The newest on each package. */
export function wordsHere({ station }: Voice): ReadonlyMap<string, PackageWord> {
  const kept = station.node.settings.read(settingNames.packageWords, keptSchema) ?? [];
  return new Map(kept.map((word) => [word.packageId, word]));
}

/** @returns how many say something new of this station's packages. Refusals: `materials-missing`, those of `readWords`. */
export async function takeWords(voice: Voice, path: string): Promise<Result<{ news: number }>> {
  const { station } = voice;
  const event = station.materials()?.event;
  if (!event) return refuse({ type: 'materials-missing' });
  const words = await readWords(station, path, event.id);
  if (!words.ok) return words;
  const own = new Set(voice.run().packed);
  const here = wordsHere(voice);
  const news = words.value.filter(
    ({ packageId, at }) => own.has(packageId) && at > (here.get(packageId)?.at ?? -1),
  );
  if (news.length === 0) return ok({ news: 0 });
  await station.node.journal.append([
    {
      kind: 'package-words-taken',
      subject: `event:${event.id}`,
      data: { words: jsonIn(JSON.stringify(news)) as JsonObject[] },
    },
  ]);
  const all = new Map([...here, ...news.map((word) => [word.packageId, word] as const)]);
  station.node.settings.write(settingNames.packageWords, [...all.values()]);
  station.changed.notify();
  return ok({ news: news.length });
}
