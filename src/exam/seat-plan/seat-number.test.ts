import { expect, test } from 'vitest';
import { mayNumberAtSeat, numberAtSeatSchema } from './seat-number.ts';

const free = { approved: true, numbersShown: true, inUse: false };

test.each([
  [free, null],
  [{ ...free, numbersShown: false }, 'numbers-not-shown'],
  [{ ...free, inUse: true }, 'seat-in-use'],
  [{ ...free, approved: false }, 'seat-not-approved'],
])('the number is changed at the seat only while it is shown and nobody works there: %o', (room, refused) => {
  const said = mayNumberAtSeat(room);
  expect(said.ok ? null : said.refusal.type).toBe(refused);
});

test.each([0, 1.5, -1, 10_000, '7', null])('%o is no number of a seat', (number) => {
  expect(numberAtSeatSchema.safeParse({ number }).success).toBe(false);
});
