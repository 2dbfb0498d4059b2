import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { readTableFile } from '../../exam/roster/table-file.ts';
import { readTable } from './read-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'invigil-table-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rows = 30_000;
const large = join(folder, 'large.csv');
writeFileSync(
  large,
  `site,kit,number\n${Array.from({ length: rows }, (_, i) => `Школа № ${i % 100},${i},${17_000_000 + i}`).join('\n')}\n`,
);

test('while a large table is read, everybody else goes on, and its rows are the same', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const read = expectOk(await readTable(large));
  clearInterval(timer);
  // Parsed here, it would be one turn; the rows come in thirty pieces.
  expect(turns).toBeGreaterThan(5);
  expect(read).toEqual(expectOk(await readTableFile(new Uint8Array(await readFile(large)))));
  expect(read.rows).toHaveLength(rows + 1);
});

test('what is no table is refused, and so is one that takes more memory than there is', async () => {
  const empty = join(folder, 'empty.csv');
  writeFileSync(empty, '');
  expect(await readTable(empty)).toMatchObject({ refusal: { type: 'roster-empty' } });
  expect(await readTable(large, 12)).toEqual({ ok: false, refusal: { type: 'table-too-large' } });
});

test('a file that is gone is an error and not an endless wait', async () => {
  await expect(readTable(join(folder, 'nowhere.csv'))).rejects.toThrow('ENOENT');
});
