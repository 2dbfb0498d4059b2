import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readableAlphabet } from '../../base/bytes.ts';
import {
  codeActions,
  decodeRequest,
  encodeRequest,
  nonceLimit,
  plainChallenge,
  type CodeAction,
  type CodeRequest,
} from './request.ts';

const anyRequest: fc.Arbitrary<CodeRequest> = fc.record({
  action: fc.constantFrom(...(Object.keys(codeActions) as CodeAction[])),
  subject: fc.constantFrom(1, 2),
  candidate: fc.nat({ max: 1023 }),
  amount: fc.nat({ max: 255 }),
  nonce: fc.nat({ max: nonceLimit - 1 }),
});

test('a request is read back from its challenge, however people type it', () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const shown = encodeRequest(request);
      expect(shown).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{6}$/);
      const lookAlikes = shown.replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('-', ' ').toLowerCase();
      const fullWidth = [...shown]
        .map((c) => String.fromCodePoint((c.codePointAt(0) as number) + 0xfee0))
        .join('');
      for (const typed of [shown, lookAlikes, fullWidth, ` ${shown.replace('-', '')} `])
        expect(decodeRequest(typed)).toEqual({ ok: true, value: request });
    }),
  );
});

test('every single wrong letter and every exchange of two letters is noticed', () => {
  const unnoticed: string[] = [];
  const tryOne = (right: string, wrong: string): void => {
    if (wrong !== right && plainChallenge(wrong).ok) unnoticed.push(`${right} read as ${wrong}`);
  };
  fc.assert(
    fc.property(anyRequest, (request) => {
      const right = encodeRequest(request).replace('-', '');
      for (let at = 0; at < right.length; at++) {
        for (const letter of readableAlphabet)
          tryOne(right, right.slice(0, at) + letter + right.slice(at + 1));
        for (let other = at + 1; other < right.length; other++) {
          const swapped = [...right];
          [swapped[at], swapped[other]] = [swapped[other] as string, swapped[at] as string];
          tryOne(right, swapped.join(''));
        }
      }
    }),
    { numRuns: 200 },
  );
  expect(unnoticed).toEqual([]);
});

test('at each place, no two letters count alike, and no two neighbours can be exchanged, whatever stands around them', () => {
  // The check is a sum over the places: what one place or one pair adds decides alone, so trying all of these is trying everything.
  for (let at = 0; at < 9; at++)
    for (const a of readableAlphabet)
      for (const b of readableAlphabet) {
        if (a === b) continue;
        const one = completed('0'.repeat(at) + a + b + '0'.repeat(8 - at));
        const other = completed('0'.repeat(at) + b + a + '0'.repeat(8 - at));
        expect(one.at(-1)).not.toBe(other.at(-1));
      }
  for (let at = 0; at < 10; at++)
    expect(
      new Set([...readableAlphabet].map((a) => completed('0'.repeat(at) + a + '0'.repeat(9 - at)).at(-1)))
        .size,
    ).toBe(32);
  // The last letter and the check letter itself.
  for (const start of ['0'.repeat(9), '2G04FK3V9', 'ZZZZZZZZZ'])
    for (const last of readableAlphabet) {
      const right = completed(start + last);
      const swapped = right.slice(0, 9) + right[10] + right[9];
      if (swapped !== right) expect(plainChallenge(swapped).ok).toBe(false);
    }
});

/** With the one check letter that is accepted. */
function completed(ten: string): string {
  const accepted = [...readableAlphabet]
    .map((letter) => ten + letter)
    .filter((text) => plainChallenge(text).ok);
  expect(accepted).toHaveLength(1);
  return accepted[0] as string;
}

test('what cannot be a challenge is refused with what to look at', () => {
  const shown = encodeRequest({ action: 'extra-time', subject: 1, candidate: 7, amount: 15, nonce: 12345 });
  expect(decodeRequest(shown.slice(0, -1))).toEqual({
    ok: false,
    refusal: { type: 'challenge-length', found: 10, expected: 11 },
  });
  expect(decodeRequest(`U${shown.slice(1)}`)).toEqual({
    ok: false,
    refusal: { type: 'challenge-letter', position: 1, letter: 'U' },
  });
  expect(decodeRequest(completed('0000000000'))).toEqual({
    ok: false,
    refusal: { type: 'challenge-action-unknown', number: 0 },
  });
  expect(() =>
    encodeRequest({ action: 'extra-time', subject: 1, candidate: 1024, amount: 1, nonce: 1 }),
  ).toThrow(RangeError);
});
