import { expect, test } from 'vitest';
import { Progress } from './progress.ts';

test('speed and time left count what is made now, not what lay there before a restart', () => {
  let now = 5_000;
  let told = 0;
  const progress = new Progress({ monotonic: () => now }, () => told++);
  expect(progress.view()).toEqual({ done: 0, of: 0, perSecond: null, secondsLeft: null });
  progress.begin(100, 60);
  expect(progress.view()).toEqual({ done: 60, of: 100, perSecond: null, secondsLeft: null });
  now += 2_000;
  progress.add(8);
  expect(progress.view()).toEqual({ done: 68, of: 100, perSecond: 4, secondsLeft: 8 });
  // Begun again after a wait: the wait is not the work's own slowness.
  now += 60_000;
  progress.begin(100, 68);
  now += 1_000;
  progress.add(3);
  expect(progress.view()).toEqual({ done: 71, of: 100, perSecond: 3, secondsLeft: 10 });
  expect(told).toBe(2);
});
