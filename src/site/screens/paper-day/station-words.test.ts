import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from '../../../ui/strings/en/index.ts';
import { ru } from '../../../ui/strings/ru/index.ts';
import { zh } from '../../../ui/strings/zh/index.ts';
import type { Text } from '../../../ui/text.ts';
import { checkWords, problemWords } from './station-words.tsx';

const station = join(import.meta.dirname, '..', '..', '..', 'station');

test('what stations try is called by its name in every language, and never as it is called on the wire', () => {
  const names = ['print/test-print.ts', 'screens/voice/voice-checks.ts'].flatMap((file) =>
    [...readFileSync(join(station, file), 'utf8').matchAll(/\bname: '([a-z-]+)'/g)].map(([, name]) => name),
  );
  expect(names).toContain('test-print-measured');
  for (const texts of [en, zh, ru])
    expect(names.filter((name) => !Object.hasOwn(texts, `siteDay.check.${name}`))).toEqual([]);
  const said = new Map(Object.entries(ru));
  const t: Text = Object.assign((key: keyof typeof ru) => ru[key], {
    find: (key: string) => said.get(key) ?? null,
    language: 'ru' as const,
  });
  expect(checkWords(t, { name: 'test-print', good: false, words: 'бледно' })).toBe('тестовая печать: бледно');
  expect(checkWords(t, { name: 'printer', good: false, words: '' })).toBe('принтер');
  expect(problemWords(t, { type: 'station-checks-bad', checks: ['microphone', 'of tomorrow'] })).toEqual({
    type: 'station-checks-bad',
    checks: ['микрофон', 'of tomorrow'],
  });
});
