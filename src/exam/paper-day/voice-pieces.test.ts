import { expect, test } from 'vitest';
import { coverage, judgePiece, type PiecePlace } from './voice-pieces.ts';

const take = { limit: 100_000, rate: 16_000 };
const piece = (number: number, start: number, samples = 1_000): PiecePlace => ({ number, start, samples });
const judged = (kept: PiecePlace[], one: PiecePlace): string => {
  const done = judgePiece(kept, one, take);
  return done.ok ? done.value : done.refusal.type;
};

test('a piece is kept once, in any order, where it belongs', () => {
  expect(judged([], piece(1, 0))).toBe('new');
  expect(judged([piece(1, 0)], piece(1, 0))).toBe('again');
  // The second comes after the third.
  expect(judged([piece(1, 0), piece(3, 2_000)], piece(2, 1_000))).toBe('new');
  for (const wrong of [piece(1, 0, 500), piece(1, 10), piece(2, 500), piece(2, 1_500), piece(4, 2_500)])
    expect(judged([piece(1, 0), piece(3, 2_000)], wrong)).toBe('piece-out-of-place');
});

test('no piece is longer than five seconds, and none comes after the time', () => {
  expect(judged([], piece(1, 0, 80_000))).toBe('new');
  expect(judged([], piece(1, 0, 80_001))).toBe('piece-too-long');
  expect(judged([], piece(9, 131_000, 1_000))).toBe('new');
  expect(judged([], piece(9, 131_001, 1_000))).toBe('recording-too-long');
});

test('what is missing is named by its place', () => {
  expect(coverage([], null)).toEqual({ samples: 0, gaps: [] });
  expect(coverage([piece(2, 1_000), piece(1, 0)], null)).toEqual({ samples: 2_000, gaps: [] });
  expect(coverage([piece(4, 5_000), piece(2, 1_000)], 7_000)).toEqual({
    samples: 7_000,
    gaps: [
      { from: 0, to: 1_000 },
      { from: 2_000, to: 5_000 },
      { from: 6_000, to: 7_000 },
    ],
  });
});
