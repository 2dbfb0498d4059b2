import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const written =
  /kind: '([a-z-]+)',\s*subject|\b(?:emit|event)\((?:context, )?'([a-z-]+)'|#keep\('([a-z-]+)'/g;

test('every kind of entry that a node writes has its row on the page', () => {
  const src = join(import.meta.dirname, '../../src');
  const kinds = globSync('**/*.ts', { cwd: src, exclude: ['**/*.test.ts', '**/screens/**'] }).flatMap(
    (file) =>
      [...readFileSync(join(src, file), 'utf8').matchAll(written)].map(
        (found) => found[1] ?? found[2] ?? found[3],
      ),
  );
  const page = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  const rows = new Set([...page.matchAll(/^\| `([a-z-]+)` \| [a-z, ]+ \| `/gm)].map(([, kind]) => kind));
  expect(new Set(kinds).size).toBeGreaterThan(40);
  expect([...new Set(kinds)].filter((kind) => !rows.has(kind))).toEqual([]);
});
