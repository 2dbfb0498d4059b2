import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dealKits, type KitToDeal } from './deal-kits.ts';

const stack = (room: string, from: number, to: number): KitToDeal[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    kit: String(from + i),
    room,
    variant: null,
    reserve: null,
  }));

test('neighbours in a room have different variants, rooms begin with different ones, the last kits are reserves', () => {
  const dealt = dealKits(
    [...stack('0002', 99, 103), ...stack('0001', 1, 4), ...stack('', 900, 901)],
    [1, 2, 4],
    1,
  );
  const of = (room: string) =>
    dealt
      .filter((one) => one.room === room)
      .map(({ kit, variant, reserve }) => `${kit} ${variant}${reserve ? ' R' : ''}`);
  expect(of('')).toEqual(['900 1 R', '901 2 R']);
  expect(of('0001')).toEqual(['1 2', '2 4', '3 1', '4 2 R']);
  expect(of('0002')).toEqual(['99 4', '100 1', '101 2', '102 4', '103 1 R']);
});

test('what was dealt stays when kits are added, and only kits of a variant that is gone get another one', () => {
  const first = dealKits(stack('0001', 1, 6), [1, 2], 2);
  const more = dealKits([...first, ...stack('0001', 7, 9)], [1, 2], 2);
  expect(more.slice(0, 6)).toEqual(first);
  expect(more.slice(6).map(({ variant, reserve }) => [variant, reserve])).toEqual([
    [1, false],
    [2, false],
    [1, false],
  ]);
  const without = dealKits(first, [2, 3], 2);
  expect(without.filter((_, i) => first[i]?.variant === 2).every(({ variant }) => variant === 2)).toBe(true);
  expect(without.some(({ variant }) => variant === 1)).toBe(false);
  expect(dealKits(first, [], 2).every(({ variant }) => variant === null)).toBe(true);
});

test('whatever the rooms are like, no two neighbours have the same paper where there are two', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 2, max: 9 }),
      (rooms, n) => {
        let from = 1;
        const kits = rooms.flatMap((size, i) => stack(String(i), from, (from += size) - 1));
        const dealt = dealKits(
          kits,
          Array.from({ length: n }, (_, i) => i + 1),
          0,
        );
        expect(dealt).toHaveLength(kits.length);
        for (const [i, one] of dealt.entries()) {
          const next = dealt[i + 1];
          if (next?.room === one.room) expect(next.variant).not.toBe(one.variant);
        }
      },
    ),
  );
});
