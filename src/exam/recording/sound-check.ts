/**
 * What a few seconds of speech into a microphone say of it, in words: nothing heard, too quiet, too loud, too noisy, or good. Levels in dB
 * below the loudest that can be recorded (dBFS). Browser-safe.
 */
export type SoundVerdict = 'nothing' | 'quiet' | 'loud' | 'noisy' | 'good';

export interface SoundCheck {
  readonly verdict: SoundVerdict;
  /** The loudest moment. */
  readonly peakDb: number;
  /** While somebody spoke. */
  readonly voiceDb: number;
  /** While nobody did. */
  readonly noiseDb: number;
}

/** Parts of a second that are loud or not: a syllable is longer. */
const windowS = 0.05;
const lowestDb = -96;
/** A microphone that is switched off hums less loudly than this. */
const nothingDb = -50;
const quietDb = -38;
/** So many samples at the very end of the scale are distortion, and no chance. */
const mostClipped = 0.0005;
/** Speech stands out of its background by this much, or is hard to follow. */
const leastAboveNoise = 12;

const inDb = (ratio: number): number =>
  ratio <= 0 ? lowestDb : Math.max(lowestDb, Math.round(200 * Math.log10(ratio)) / 10);

/** @param samples of 16 bits, some seconds of speech with a breath in between */
export function judgeSound(samples: Int16Array, rate: number): SoundCheck {
  const length = Math.max(1, Math.round(windowS * rate));
  const levels: number[] = [];
  let peak = 0;
  let clipped = 0;
  for (let from = 0; from + length <= samples.length; from += length) {
    let power = 0;
    for (let i = from; i < from + length; i++) {
      const sample = samples[i] as number;
      const size = Math.abs(sample);
      power += sample * sample;
      peak = Math.max(peak, size);
      if (size >= 32_700) clipped++;
    }
    levels.push(Math.sqrt(power / length) / 32_768);
  }
  levels.sort((a, b) => a - b);
  const at = (share: number): number => levels[Math.floor((levels.length - 1) * share)] ?? 0;
  const [peakDb, voiceDb, noiseDb] = [inDb(peak / 32_768), inDb(at(0.9)), inDb(at(0.1))];
  const verdict =
    peakDb < nothingDb
      ? 'nothing'
      : clipped > samples.length * mostClipped
        ? 'loud'
        : voiceDb < quietDb
          ? 'quiet'
          : voiceDb - noiseDb < leastAboveNoise
            ? 'noisy'
            : 'good';
  return { verdict, peakDb, voiceDb, noiseDb };
}
