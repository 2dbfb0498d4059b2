import { expect, test } from 'vitest';
import { database, twoClocks } from './console.fixture.ts';
import { codeGoodMs, PasswordCodes } from './password-codes.ts';

function codesOfLin() {
  const clock = twoClocks();
  const db = database();
  const codes = new PasswordCodes(db, clock);
  const made = (): string => {
    const code = codes.make('lin', codes.next('lin'));
    if (code === null) throw new Error('no code was made');
    return code;
  };
  return { clock, db, codes, made };
}

test('a clock that is set back makes no code last longer', () => {
  const { clock, codes, made } = codesOfLin();
  const code = made();
  clock.wall -= 1;
  expect(codes.use('lin', code)).toBe(false);
  clock.wall += codeGoodMs;
  expect(codes.use('lin', code)).toBe(true);
});

test('a code is good once, for its own account, and the newest alone', () => {
  const { codes, made } = codesOfLin();
  const first = made();
  const second = made();
  expect(codes.make('ann', codes.next('ann'))).not.toBeNull();
  expect([codes.use('ann', second), codes.use('lin', first), codes.use('lin', second)]).toEqual([
    false,
    false,
    true,
  ]);
  expect(codes.use('lin', second)).toBe(false);
});

test('nothing is made of a round that is over, and nothing ever opens what has no code', () => {
  const { codes } = codesOfLin();
  const round = codes.next('lin');
  codes.next('lin');
  expect([codes.isOpen('lin', round), codes.make('lin', round)]).toEqual([false, null]);
  expect(codes.make('', codes.next(null))).toBeNull();
  for (const account of ['lin', null])
    for (const typed of ['', '0', 'null', '0000-0000-0000']) expect(codes.use(account, typed)).toBe(false);
});

test('whoever has no code leaves one row behind, whatever was typed and how often', () => {
  const { db, codes } = codesOfLin();
  for (let i = 0; i < 20; i++) {
    codes.next(null);
    codes.use(null, 'AAAA');
  }
  expect(db.prepare('SELECT account FROM password_code').all()).toEqual([{ account: '' }]);
});
