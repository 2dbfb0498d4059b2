import { expect, test } from 'vitest';
import { ownNumber } from '../form/sheet-number.ts';
import { findForm } from './find-form.ts';
import type { PlannedKit } from './parcels.ts';

const sheetOf = (serial: number) => ownNumber('204117', serial);
const kit = (n: number, room: string, more: Partial<PlannedKit> = {}): PlannedKit => ({
  kit: `k${n}`,
  room,
  reserve: false,
  variant: null,
  sheets: [
    { number: sheetOf(n * 2), kind: 'registration', place: 1, sides: 1 },
    { number: sheetOf(n * 2 + 1), kind: 'control', place: 2, sides: 1 },
  ],
  ...more,
});
const plan = {
  kits: [kit(1, '0001'), kit(2, '0001'), kit(3, '0001'), kit(4, '0002', { variant: 7 }), kit(5, '')],
  additional: [{ number: sheetOf(99), kind: 'additional' as const, place: 1, sides: 2 as const, room: '' }],
  variants: [2, 1].map((variant) => ({ variant, pages: 1, size: 1 })),
};
const found = (typed: string, room: string | null = '0001') => {
  const done = findForm(plan, typed, room);
  return done.ok ? done.value : done.refusal;
};

test('a form is found as it is read out, and neighbours of a room get different variants', () => {
  const typed = sheetOf(2).replaceAll(/(.{4})/g, '$1 ');
  expect(found(typed)).toEqual({ form: sheetOf(2), kit: 'k1', variant: 1 });
  expect(found(sheetOf(4))).toMatchObject({ kit: 'k2', variant: 2 });
  expect(found(sheetOf(6))).toMatchObject({ kit: 'k3', variant: 1 });
});

test('reserves of the site are for every room, and a reserve station for forms of every room', () => {
  expect(found(sheetOf(10))).toMatchObject({ kit: 'k5', variant: 1 });
  expect(found(sheetOf(8), null)).toMatchObject({ kit: 'k4', variant: 7 });
  expect(found(sheetOf(8))).toMatchObject({ type: 'form-of-another-room', room: '0002', here: '0001' });
});

test('a number that is none, none of this exam, or of another sheet, is said to be so', () => {
  const good = sheetOf(2);
  expect(found(`${good.slice(0, -1)}${(Number(good.at(-1)) + 1) % 10}`)).toMatchObject({
    type: 'number-wrong-check-digit',
  });
  expect(found('12345')).toMatchObject({ type: 'number-wrong-length' });
  expect(found('12x')).toMatchObject({ type: 'number-not-digits' });
  expect(found(sheetOf(50))).toMatchObject({ type: 'form-unknown' });
  expect(found(sheetOf(3))).toMatchObject({ type: 'form-not-registration', sheet: 'control' });
  expect(found(sheetOf(99))).toMatchObject({ type: 'form-not-registration', sheet: 'additional' });
});
