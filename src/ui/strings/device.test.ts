import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from './en/index.ts';
import { refusalDevice } from './en/refusal-device.ts';

const hardware = join(import.meta.dirname, '..', '..', 'hardware');

test('everything that a printer or scanner can be refused with has its text, and no text is for nothing', () => {
  const said = new Set<string>();
  for (const path of readdirSync(hardware, { recursive: true, encoding: 'utf8' })) {
    if (!/^(printer|scanner|network-device|run-program)/.test(path)) continue;
    if (!path.endsWith('.ts') || /\.(test|fixture|d)\.ts$/.test(path)) continue;
    const code = readFileSync(join(hardware, path), 'utf8');
    for (const [, type] of code.matchAll(/'((?:device|printer|print|scanner|scan)-[a-z-]+)'/g))
      if (Object.hasOwn(en, `refusal.${type}`)) said.add(`${type}`);
    for (const [, type] of code.matchAll(/\btype: '([a-z-]+)'/g)) said.add(`${type}`);
  }
  const texts = Object.keys(refusalDevice).map((key) => key.replace('refusal.', ''));
  expect([...said].toSorted((a, b) => a.localeCompare(b))).toEqual(
    texts.toSorted((a, b) => a.localeCompare(b)),
  );
});
