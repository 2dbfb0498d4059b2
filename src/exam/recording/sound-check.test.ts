import { expect, test } from 'vitest';
import { judgeSound } from './sound-check.ts';

const rate = 16_000;
/** Five seconds: half a second of speech, half a second of a breath, over a hum. */
function spoken(loud: number, hum: number): Int16Array {
  return Int16Array.from({ length: 5 * rate }, (_, i) => {
    const speaks = Math.floor(i / (rate / 2)) % 2 === 0;
    const value = (speaks ? loud * Math.sin(i / 11) : 0) + hum * Math.sin(i / 3.7);
    return Math.max(-32_768, Math.min(32_767, Math.round(value * 32_768)));
  });
}

test('a microphone that hears well is good, in a room that is not silent', () => {
  expect(judgeSound(spoken(0.3, 0.003), rate)).toMatchObject({ verdict: 'good', noiseDb: -53.5 });
});

test('what is wrong is named', () => {
  expect(judgeSound(new Int16Array(5 * rate), rate)).toEqual({
    verdict: 'nothing',
    peakDb: -96,
    voiceDb: -96,
    noiseDb: -96,
  });
  expect(judgeSound(spoken(0.001, 0.0005), rate).verdict).toBe('nothing');
  expect(judgeSound(spoken(0.008, 0.0005), rate).verdict).toBe('quiet');
  expect(judgeSound(spoken(1.5, 0.003), rate).verdict).toBe('loud');
  expect(judgeSound(spoken(0.1, 0.08), rate).verdict).toBe('noisy');
  expect(judgeSound(new Int16Array(0), rate).verdict).toBe('nothing');
});
