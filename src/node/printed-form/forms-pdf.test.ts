/** Printed, scanned, read back: what a printer gets is what the recognition reads. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { usualComposition } from '../../exam/form/composition.ts';
import { ownTemplates } from '../../exam/form/own-templates.ts';
import { ownNumber } from '../../exam/form/sheet-number.ts';
import { recognisePage } from '../../recognise/recognise-page.ts';
import { pageTexts } from '../printed-sheet/printed-sheet.fixture.ts';
import { formsPdf, specimenPdf, type SheetToPrint } from './forms-pdf.ts';

const canRender = ((): boolean => {
  try {
    execFileSync('pdftoppm', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

function kitsOf(count: number): SheetToPrint[] {
  let serial = 0;
  const kits = Array.from({ length: count }, (_, i) =>
    usualComposition.map(({ kind }) => ({
      number: ownNumber('204117', ++serial),
      kit: String(100_001 + i),
      kind,
      copy: i + 1,
    })),
  );
  return [...kits.flat(), { number: ownNumber('204117', ++serial), kit: null, kind: 'additional', copy: 1 }];
}

const values = {
  subject: 'Русский язык 俄语 Russian language, in all its variants and with listening comprehension',
  date: '2026-06-01',
  site: '0801',
  room: '0012',
};
const options = { title: 'Forms', language: 'ru', at: Date.UTC(2026, 5, 1) } as const;
const sidesOf = (sheets: readonly SheetToPrint[]) =>
  sheets.flatMap((sheet) =>
    (ownTemplates.find(({ kind }) => kind === sheet.kind)?.sides ?? []).map((_, i) => ({
      sheet,
      side: i + 1,
    })),
  );

test('a room’s forms come in the order in which they are handed out, each with its number and what is printed on it', async () => {
  const sheets = kitsOf(2);
  const { content, pages, missing } = await formsPdf({ ...options, templates: ownTemplates, values, sheets });
  expect(missing).toEqual([]);
  const texts = await pageTexts(content);
  const sides = sidesOf(sheets);
  expect(pages).toBe(sides.length);
  expect(texts).toHaveLength(sides.length);
  for (const [i, { sheet, side }] of sides.entries()) {
    expect(texts[i]).toContain(`${sheet.number}·${side}`);
    if (sheet.kit !== null) expect(texts[i]).toContain(`№${sheet.kit}`);
    for (const value of ['Русскийязык俄语', '2026-06-01', '0801', '0012']) expect(texts[i]).toContain(value);
  }
  const control = texts[sides.findIndex(({ sheet }) => sheet.kind === 'control')];
  for (const { number } of sheets.slice(0, 3)) expect(control).toContain(number);
});

test('a specimen says so, and has no number', async () => {
  const texts = await pageTexts(await specimenPdf(ownTemplates, options));
  for (const text of texts) {
    expect(text).toContain('ОБРАЗЕЦ·SPECIMEN');
    expect(text).not.toContain('204117');
  }
});

test.skipIf(!canRender)(
  'every page that was printed is read back: number, side, kit, kind, copy, upright and empty (needs pdftoppm)',
  async () => {
    const sheets = kitsOf(2);
    const { content } = await formsPdf({ ...options, templates: ownTemplates, values, sheets });
    const folder = mkdtempSync(join(tmpdir(), 'invigil-forms-'));
    try {
      writeFileSync(join(folder, 'forms.pdf'), content);
      execFileSync('pdftoppm', ['-r', '200', '-gray', '-jpeg', 'forms.pdf', 'page'], { cwd: folder });
      const files = readdirSync(folder)
        .filter((name) => name.endsWith('.jpg'))
        .toSorted();
      const sides = sidesOf(sheets);
      expect(files).toHaveLength(sides.length);
      for (const [i, { sheet, side }] of sides.entries()) {
        const { number, kind, copy } = sheet;
        const page = await recognisePage(readFileSync(join(folder, files[i] ?? '')));
        expect(page).toMatchObject({
          sheet: { number, side, more: { kit: sheet.kit ?? '0', kind, copy } },
          rotation: 0,
          class: 'recognised-empty',
          problem: null,
        });
        expect(page.marks.filter(({ state }) => state !== 'empty')).toEqual([]);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
