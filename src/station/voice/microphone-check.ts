/** The microphone is tried: five seconds are recorded as answers are, judged, and played back to the organiser, who says whether they are heard. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { concatBytes } from '../../base/bytes.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { flacHead, FlacFrames, type FlacRate } from '../../exam/recording/flac/flac.ts';
import { judgeSound, type SoundCheck } from '../../exam/recording/sound-check.ts';
import type { Station } from '../station.ts';
import { samplesIn } from './recordings.ts';

const verdicts = ['nothing', 'quiet', 'loud', 'noisy', 'good'] as const;
export const microphoneCheckSchema = z.object({
  device: z.string(),
  verdict: z.enum(verdicts),
  peakDb: z.number(),
  voiceDb: z.number(),
  noiseDb: z.number(),
  /** The organiser heard it well; null: was not asked. */
  heard: z.boolean().nullable(),
  /** It is good, and was heard. */
  good: z.boolean(),
  at: z.number().int(),
});
export type MicrophoneCheck = z.infer<typeof microphoneCheckSchema>;

const setting = 'voice-microphone';
const leastS = 3;

export function lastCheck({ node }: Station): MicrophoneCheck | null {
  return node.settings.read(setting, microphoneCheckSchema);
}

/** What was recorded for it, as a take is. In memory only. */
const lastSounds = new WeakMap<Station, Uint8Array>();

export function lastSound(station: Station): Result<Uint8Array> {
  const sound = lastSounds.get(station);
  return sound ? ok(sound) : refuse({ type: 'microphone-not-tried' });
}

/** Refusal: `check-too-short`. Whoever tries another microphone has tried the one before for nothing. */
export function judgeCheck(
  station: Station,
  { device, rate, content }: { device: string; rate: FlacRate; content: Uint8Array },
): Result<MicrophoneCheck> {
  const samples = samplesIn(content);
  if (samples.length < leastS * rate) return refuse({ type: 'check-too-short', seconds: leastS });
  const judged: SoundCheck = judgeSound(samples, rate);
  const frames = new FlacFrames(rate);
  const md5 = createHash('md5').update(content).digest();
  lastSounds.set(
    station,
    concatBytes(flacHead({ rate, samples: samples.length, md5 }), ...frames.add(samples), ...frames.end()),
  );
  const { node } = station;
  const check: MicrophoneCheck = { device, ...judged, heard: null, good: false, at: node.clock.now() };
  node.settings.write(setting, check);
  return ok(check);
}

/** The organiser's word about what was played back. Refusal: `microphone-not-tried`. */
export async function hearCheck(station: Station, heard: boolean): Promise<Result<MicrophoneCheck>> {
  const check = lastCheck(station);
  if (!check) return refuse({ type: 'microphone-not-tried' });
  const said: MicrophoneCheck = { ...check, heard, good: heard && check.verdict === 'good' };
  const { node } = station;
  const { device, verdict, voiceDb, noiseDb, good } = said;
  await node.journal.append([
    {
      kind: 'voice-tested',
      subject: `station:${node.id}`,
      data: { device, verdict, voiceDb, noiseDb, heard, good },
    },
  ]);
  node.settings.write(setting, said);
  return ok(said);
}
