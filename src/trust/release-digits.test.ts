import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { newReleaseSecret } from './release.ts';
import { parseReleaseDigits, releaseDigits } from './release-digits.ts';

const secrets = fc.uint8Array({ minLength: 16, maxLength: 16 });

test('what is read out is what was meant, and forty digits are enough for any secret', () => {
  fc.assert(
    fc.property(secrets, (secret) => {
      const groups = releaseDigits(secret);
      expect(groups.map((group) => group.length)).toEqual(Array.from({ length: 10 }, () => 4));
      expect(parseReleaseDigits(groups.join(' '))).toEqual({ ok: true, value: secret });
      expect(parseReleaseDigits(groups.join('-'))).toEqual({ ok: true, value: secret });
    }),
  );
  expect(releaseDigits(new Uint8Array(16).fill(255)).join('')).toHaveLength(40);
});

test('one wrong digit is told, wherever it is', () => {
  const digits = [...releaseDigits(newReleaseSecret()).join('')];
  for (const [at, digit] of digits.entries()) {
    const wrong = digits.with(at, String((Number(digit) + 1) % 10)).join('');
    expect(parseReleaseDigits(wrong)).toEqual({ ok: false, refusal: { type: 'digits-checksum' } });
  }
});

test('too few, too many, letters, and a number that is larger than any secret', () => {
  expect(parseReleaseDigits('1234')).toMatchObject({ refusal: { type: 'digits-count', found: 4 } });
  expect(parseReleaseDigits('9'.repeat(41))).toMatchObject({ refusal: { type: 'digits-count' } });
  expect(parseReleaseDigits(`O${'0'.repeat(39)}`)).toMatchObject({ refusal: { type: 'digits-count' } });
  expect(parseReleaseDigits('9'.repeat(40)).ok).toBe(false);
});
