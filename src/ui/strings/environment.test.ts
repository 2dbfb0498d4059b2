import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environmentChecks } from '../../exam/environment/measured.ts';
import { environment } from './en/environment.ts';

const rules = readFileSync(join(import.meta.dirname, '..', '..', 'exam', 'environment', 'judge.ts'), 'utf8');

test('every reason and remedy of the environment check has its text, for the report, too', () => {
  const types = [
    ...rules.matchAll(/\{\s*type: '([a-z-]+)'/g),
    // A remedy stands alone behind its reason.
    ...rules.matchAll(/\},\s*'([a-z-]+)',?\s*\)/g),
    // Problems that are known, each with its remedy.
    ...rules.matchAll(/\['([a-z]+(?:-[a-z]+)+)', '[a-z-]+'\],/g),
    ...rules.matchAll(/\['[a-z]+(?:-[a-z]+)+', '([a-z-]+)'\],/g),
  ].map((found) => `refusal.${found[1]}`);
  expect(new Set(types).size).toBeGreaterThan(40);
  expect(types.filter((key) => !Object.hasOwn(environment, key))).toEqual([]);
});

test('every check has a name, a requirement and a way to show what was measured', () => {
  for (const id of environmentChecks)
    for (const kind of ['check', 'need', 'value'])
      expect(Object.keys(environment)).toContain(`environment.${kind}.${id}`);
});
