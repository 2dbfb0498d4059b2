import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { languages, sayIn, isStringKey, type Language } from './language.tsx';
import { refusalText } from './refusal-text.ts';

const src = join(import.meta.dirname, '..', '..');

/** Where refusals that a candidate can meet are said. */
const sources = [
  ...readdirSync(join(src, 'seat', 'agent'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join('seat', 'agent', name)),
  join('courier', 'https', 'client.ts'),
];

/** What a seat's requests meet in the room, apart from what only a faulty agent could ask. */
const fromTheRoom = [
  'no-such-number',
  'sign-in-not-open',
  'seat-not-approved',
  'seated-elsewhere',
  'registered-absent',
  'already-handed-in',
  'already-ended',
  'too-late',
  'too-early',
  'moved-elsewhere',
  'not-in-exam',
  'answers-still-on-their-way',
  'journal-failed',
  'not-registered',
  'wrong-registration-code',
  'registration-code-not-open',
  'too-many-tries',
  'environment-check-over',
];

const said = sources.flatMap((file) =>
  [...readFileSync(join(src, file), 'utf8').matchAll(/refuse\(\{\s*type: '([a-z-]+)'/g)].map(
    (found) => found[1] ?? '',
  ),
);

test.each([...new Set([...said, ...fromTheRoom])])('"%s" has a text with a remedy', (type) => {
  expect(isStringKey(`refusal.${type}`)).toBe(true);
});

test.each(Object.keys(languages) as Language[])('texts in %s name what was refused', (language) => {
  const text = refusalText(sayIn(language), { type: 'word-unknown', position: 3, word: 'abondon' });
  expect(text).toContain('3');
  expect(text).toContain('abondon');
});
