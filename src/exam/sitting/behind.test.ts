import { expect, test } from 'vitest';
import { isBehind } from './behind.ts';

const hour = { startsAt: 1_000, endsAt: 3_601_000 };
const at = (minutes: number) => ({ ...hour, now: 1_000 + minutes * 60_000 });

test('less than half of an even pace is behind', () => {
  expect(isBehind({ answered: 0, items: 40 }, at(0))).toBe(false);
  expect(isBehind({ answered: 0, items: 40 }, at(3))).toBe(true);
  expect(isBehind({ answered: 10, items: 40 }, at(30))).toBe(false);
  expect(isBehind({ answered: 9, items: 40 }, at(30))).toBe(true);
  expect(isBehind({ answered: 20, items: 40 }, at(60))).toBe(false);
});

test('a paper without questions leaves nobody behind', () => {
  expect(isBehind({ answered: 0, items: 0 }, at(59))).toBe(false);
});
