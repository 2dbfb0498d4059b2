import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSheetCode } from '../exam/form/sheet-code.ts';
import { recognisePage } from './recognise-page.ts';
import { writeTestSet, type TruthOfPage } from '../../tools/scans/write-test-set.ts';

test('whoever measures a reader with the set finds on each page what the set says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-pages-'));
  try {
    const made = await writeTestSet(folder, 1);
    const said = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as TruthOfPage[];
    expect(said).toEqual(JSON.parse(JSON.stringify(made)));
    for (const one of said) {
      expect(readSheetCode(one.square)).toMatchObject({ number: one.number, side: one.side });
      const page = await recognisePage(readFileSync(join(folder, one.file)));
      expect(page).toMatchObject({ sheet: { number: one.number }, rotation: one.rotation });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
