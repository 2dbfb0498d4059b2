import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from './en.ts';

const screens = join(import.meta.dirname, '..');
/** Put together on the way: `practical.${state}`. What is refused is `refusal-text.test.ts`'s. */
const madeKeys = /^(refusal|kept|drawing|practical|exam-browser-(needed|other-settings))\./;

test('no text of the candidate’s screen is left over that nothing shows', () => {
  const code = readdirSync(screens, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|strings/.test(name))
    .map((name) => readFileSync(join(screens, name), 'utf8'))
    .join('\n');
  expect(Object.keys(en).filter((key) => !madeKeys.test(key) && !code.includes(`'${key}'`))).toEqual([]);
});
