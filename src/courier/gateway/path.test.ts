import { expect, test } from 'vitest';
import { en } from '../../ui/strings/en/index.ts';
import { readPath, showPath } from './path.ts';
import { refusalLine, toAscii } from './words.ts';

const from = ['inbox'];
const read = (said: string, base: readonly string[] = from): string => {
  const path = readPath(said, base);
  return path.ok ? showPath(path.value) : path.refusal.type;
};

test('a path is found from the folder in which the client is, or from the root', () => {
  expect(read('a.zip')).toBe('/inbox/a.zip');
  expect(read('/matem_20261127/801')).toBe('/matem_20261127/801');
  expect(read('../matem/./801//x.zip')).toBe('/matem/801/x.zip');
  expect(read('')).toBe('/inbox');
  expect(read('/')).toBe('/');
  expect(read('.')).toBe('/inbox');
});

test('names of people’s files are possible, in one normal form', () => {
  expect(read('801 математика (1).zip')).toBe('/inbox/801 математика (1).zip');
  expect(read('数学_20261127.zip')).toBe('/inbox/数学_20261127.zip');
  expect(read('801_\u0438\u0306.zip')).toBe('/inbox/801_\u0439.zip');
  // Nothing is decoded: this is a name like any other.
  expect(read('%2e%2e%2fetc')).toBe('/inbox/%2e%2e%2fetc');
});

test.each(['../..', '/..', '../../etc/passwd', '/inbox/../../x', 'a/../../../x', './/.././..'])(
  'no path leads out of the tree: %s',
  (said) => expect(read(said)).toBe('gateway-path-outside'),
);

test.each([
  '..\\..\\x',
  'C:\\x',
  'C:x',
  '\\\\server\\share',
  'a\0b',
  'a\0/../..',
  'a\nb',
  'a\tb',
  '. .',
  '.. ',
  '...',
  'x.',
  ' x',
  'x ',
  'a*',
  'a?',
  '"a"',
  '<a',
  'a|b',
  'CON',
  'nul.zip',
  'Com1.txt',
  'LPT9',
  'a\u202Egpj',
  '\uFFFD',
  'a\uD800',
  'x:stream',
  '\uFF0E\uFF0E\uFF0Fx',
  '..\u2215x',
  'a\u2044b',
  '\u2025/x',
  'я'.repeat(128),
  '/a'.repeat(17),
  'a/'.repeat(1_001),
])('what some system reads as something else than a name is refused: %j', (said) =>
  expect(read(said)).toBe('gateway-path-impossible'),
);

test('every refusal is one line of ASCII with its type, whatever stands in it', () => {
  const words = { words: () => 'Not “here” –\r\n230 Signed in. имя' };
  expect(refusalLine(words, { type: 'no-such-file' })).toBe('Not "here" - 230 Signed in. ??? [no-such-file]');
  const ours = Object.entries(en).filter(([key]) => key.startsWith('refusal.gateway-'));
  expect(ours.length).toBeGreaterThan(20);
  for (const [key, text] of ours)
    expect([key, toAscii(text)]).not.toEqual([key, expect.stringContaining('?')]);
});
