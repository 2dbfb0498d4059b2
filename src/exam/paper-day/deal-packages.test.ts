import { expect, test } from 'vitest';
import { dealToPackages } from './deal-packages.ts';

const one = (what: string, gib: number, files = 1) => ({ what, bytes: gib * 1024 ** 3, files });

test('packages stay small enough for every stick, and nobody is divided', () => {
  expect(dealToPackages([])).toEqual([]);
  expect(dealToPackages([one('a', 0.4), one('b', 0.6), one('c', 0.1), one('d', 3), one('e', 0.1)])).toEqual([
    ['a', 'b'],
    ['c'],
    ['d'],
    ['e'],
  ]);
  expect(dealToPackages([one('a', 0, 4_000), one('b', 0, 1_000), one('c', 0, 1)])).toEqual([
    ['a', 'b'],
    ['c'],
  ]);
});
