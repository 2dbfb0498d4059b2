/** What is written is read again, sample by sample: by our own reader, and by a program of others. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { flacOf, readFlac, readWav } from './flac.fixture.ts';

const sox = spawnSync('sox', ['--version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'invigil-flac-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const voice = (length: number): Int16Array =>
  Int16Array.from({ length }, (_, i) => {
    const loud = 0.5 + 0.5 * Math.sin(i / 9_000);
    return Math.round(
      loud * (9_000 * Math.sin(i / 21) + 4_000 * Math.sin(i / 7.3) + 900 * Math.sin(i * i * 0.01)),
    );
  });
const noise = (length: number): Int16Array => {
  let seed = 7;
  return Int16Array.from({ length }, () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return (seed >>> 16) - 32_768;
  });
};
const samples: Readonly<Record<string, Int16Array>> = {
  voice: voice(100_000),
  silence: new Int16Array(10_000),
  // No code is shorter than the samples themselves.
  noise: noise(20_000),
  extremes: Int16Array.from({ length: 9_000 }, (_, i) => (i % 2 === 0 ? 32_767 : -32_768)),
  'one sample': Int16Array.of(-5),
  'a block and one': voice(4_097),
  'a block and four': voice(4_100),
  'quiet, then loud': Int16Array.from([...new Int16Array(3_000), ...noise(1_096), ...voice(500)]),
  // Frames are counted in two bytes of their head from the 128th on.
  long: voice(4_096 * 130),
};

const same = (a: Int16Array, b: Int16Array): boolean => Buffer.from(a.buffer).equals(Buffer.from(b.buffer));

test('what is written is read again, sample by sample', () => {
  for (const [name, one] of Object.entries(samples))
    for (const rate of [16_000, 48_000] as const) {
      const read = readFlac(flacOf(one, rate));
      expect(read.rate).toBe(rate);
      expect([name, same(read.samples, one)]).toEqual([name, true]);
    }
});

test('any samples, in any number', () => {
  const any = fc.array(fc.integer({ min: -32_768, max: 32_767 }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(any, fc.integer({ min: 1, max: 40 }), (few, times) => {
      const one = Int16Array.from({ length: few.length * times }, (_, i) => few[i % few.length] ?? 0);
      return [...readFlac(flacOf(one, 48_000)).samples].join() === [...one].join();
    }),
    { numRuns: 60 },
  );
});

test('speech takes less room than as it came', () => {
  expect(flacOf(samples['voice'] as Int16Array, 48_000).length).toBeLessThan(200_000 * 0.7);
});

test.skipIf(!sox)('sox reads it without a complaint, and finds the same samples', () => {
  for (const [name, one] of Object.entries(samples)) {
    const [file, wav] = [join(folder, 'one.flac'), join(folder, 'one.wav')];
    writeFileSync(file, flacOf(one, 48_000));
    const done = spawnSync('sox', ['-V2', file, wav], { encoding: 'utf8' });
    expect([name, done.status, done.stderr]).toEqual([name, 0, '']);
    const read = readWav(readFileSync(wav));
    expect(read.rate).toBe(48_000);
    expect([name, same(read.samples, one)]).toEqual([name, true]);
  }
});
