import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patternOf } from './pattern.ts';

test.each([
  ['[a-z-[aeiou]]+', 'bcd', true],
  ['[a-z-[aeiou]]+', 'bad', false],
  ['\\d{2,3}', '12', true],
  ['\\d{2,3}', '1234', false],
  ['\\d{2,}', '1', false],
  ['\\d{2,}', '123456', true],
  ['(ab|c)*d', 'abcabd', true],
  ['(ab|c)*d', 'abad', false],
  ['a{0}', '', true],
  ['', '', true],
  ['', 'a', false],
  ['(|a)b', 'b', true],
  ['a^b$', 'a^b$', false],
  ['a^b\\$', 'a^b$', true],
  ['^abc$', 'abc', true],
  ['.', '\n', false],
  ['.', '😀', true],
  ['\\p{IsCyrillic}+', 'Привет', true],
  ['\\P{IsCyrillic}+', 'Привет', false],
  ['\\w+\\s\\w+', 'é 王', true],
  ['(?:ab)+?', 'abab', true],
  ['(a*)*', 'aaaa', true],
  ['(a*)*', 'b', false],
  ['(a?){3}', 'aa', true],
])('%s on %j: %s', (pattern, text, expected) => {
  expect(patternOf(pattern)?.test(text)).toBe(expected);
});

test.each([
  '(',
  ')',
  '[a',
  'a{',
  'a{2',
  'a{3,2}',
  'a{x}',
  '*',
  'a**',
  '\\q',
  '[z-a]',
  '(?=a)',
  '\\p{Nothing}',
  '('.repeat(5_000),
])('%s cannot be read', (pattern) => {
  expect(patternOf(pattern)).toBeNull();
});

test('a pattern that would be too large is not taken, and one that others would look at for years is answered', () => {
  expect(patternOf('((a{1000}){1000}){1000}')).toBeNull();
  const long = 'a'.repeat(20_000);
  for (const pattern of ['(a+)+', '(a|aa)+', '(a*)*', '(.*)*', '(a|a?)+'])
    expect(patternOf(`${pattern}b`)?.test(`${long}c`)).toBe(false);
});

/** Patterns that mean the same to JavaScript, which looks at them in its own way. */
const common = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', 'b', '[ab]', '[^a]', '.', '\\.'),
    fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => one + other),
    fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => `(${one}|${other})`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('?', '*', '+', '{2}', '{1,3}', '{2,}'))
      .map(([one, times]) => `(${one})${times}`),
  ),
})).pattern;

test('it matches what JavaScript matches, where both can say', () => {
  fc.assert(
    fc.property(common, fc.stringMatching(/^[ab.c]{0,6}$/), (pattern, text) => {
      expect(patternOf(pattern)?.test(text)).toBe(new RegExp(`^(?:${pattern})$`, 'v').test(text));
    }),
    { numRuns: 2_000 },
  );
});
