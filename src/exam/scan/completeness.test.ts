import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  came,
  isKitFound,
  isSiteFound,
  kitColumns,
  kitFilters,
  kitRank,
  noSums,
  sideStates,
  siteFilters,
  type KeptSideState,
} from './completeness.ts';

test('a kit is correctly filled when every expected side is here once and written on', () => {
  expect(isKitFound(['filled', 'filled', 'not-expected'], 'filled')).toBe(true);
  expect(isKitFound(['filled', 'empty'], 'filled')).toBe(false);
  expect(isKitFound(['filled', 'missing'], 'filled')).toBe(false);
  expect(isKitFound(['not-expected'], 'filled')).toBe(false);
});

test('every kit of which something is expected is found by a filter other than “all”', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...sideStates), { minLength: 1 }), (sides) => {
      const found = kitFilters.filter((one) => one !== 'all' && isKitFound(sides, one));
      expect(found.length > 0).toBe(sides.some((one) => one !== 'not-expected'));
      // Correctly filled is never found together with something that is wrong.
      if (found.includes('filled')) expect(found).toEqual(['filled']);
    }),
  );
});

test('kits that somebody has to look at come first', () => {
  const kits: KeptSideState[][] = [
    ['duplicate', 'missing'],
    ['filled', 'missing'],
    ['missing', 'missing'],
    ['filled', 'empty'],
    ['filled', 'filled'],
  ];
  expect(kits.map(kitRank)).toEqual([0, 1, 2, 3, 4]);
  expect(came(['missing', 'not-expected'])).toBe(false);
  expect(came(['missing', 'empty'])).toBe(true);
});

test('a site is incomplete or complete or has duplicates; one of which nothing came is incomplete', () => {
  const shown = (sums: Partial<typeof noSums>): string[] =>
    siteFilters.filter((one) => isSiteFound({ ...noSums, ...sums }, one));
  expect(shown({ sides: 4, came: 4, filled: 4 })).toEqual(['all', 'complete']);
  expect(shown({ sides: 4, came: 3, filled: 3 })).toEqual(['all', 'incomplete']);
  expect(shown({ sides: 4, came: 4, filled: 3, duplicate: 2 })).toEqual(['all', 'duplicates']);
  expect(shown({ sides: 4 })).toEqual(['all', 'incomplete', 'nothing']);
});

test('sheets of kits stand in columns by kind and place, and several of a kind are counted', () => {
  expect(
    kitColumns([
      { kind: 'registration', place: 1, sides: 1 },
      { kind: 'answers-2', place: 2, sides: 1 },
      { kind: 'answers-2', place: 2, sides: 2 },
      { kind: 'answers-2', place: 3, sides: 2 },
    ]),
  ).toEqual([
    { kind: 'registration', place: 1, sides: 1, ofKind: null },
    { kind: 'answers-2', place: 2, sides: 2, ofKind: 1 },
    { kind: 'answers-2', place: 3, sides: 2, ofKind: 2 },
  ]);
});
