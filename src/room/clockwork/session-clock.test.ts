import { expect, test } from 'vitest';
import { sessionClock } from './session-clock.ts';

test("while a session runs, setting the computer's clock changes nothing, and every moment is a whole millisecond", () => {
  let [wall, steady] = [1_000_000, 10.25];
  const clock = sessionClock({ now: () => wall, monotonic: () => steady });
  expect(clock.now()).toBe(1_000_000);
  clock.hold(1_000_000.4);
  wall += 86_400_000;
  steady += 1_500.3;
  expect(clock.now()).toBe(1_001_501);
  expect(clock.wall()).toBe(87_400_000);
  clock.release();
  expect(clock.now()).toBe(87_400_000);
});
