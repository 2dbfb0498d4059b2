/** The test page, printed and scanned back, and a kit as the recognition reads it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { pageTexts } from '../../node/printed-sheet/printed-sheet.fixture.ts';
import { recognisePage } from '../../recognise/recognise-page.ts';
import { measureTest, scansOnSticks } from './measure-test.ts';
import { openPrintDay, type PrintDay } from './print.fixture.ts';
import { choosePrinter, judgeTest, printTest, readinessChecks } from './test-print.ts';

const canRender = ((): boolean => {
  try {
    execFileSync('pdftoppm', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

let day: PrintDay;
afterEach(() => day?.close());

/** As a scanner at 200 dpi has them. @param dpi another: the page comes out larger or smaller than it should */
async function scanned(pdf: Uint8Array, dpi = 200): Promise<Buffer[]> {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-print-'));
  try {
    writeFileSync(join(folder, 'file.pdf'), pdf);
    execFileSync('pdftoppm', ['-r', String(dpi), '-gray', '-jpeg', 'file.pdf', 'page'], { cwd: folder });
    const files = readdirSync(folder).filter((name) => name.endsWith('.jpg'));
    const { default: sharp } = await import('sharp');
    return await Promise.all(
      files.toSorted().map((name) =>
        sharp(readFileSync(join(folder, name)))
          .toColourspace('b-w')
          .withMetadata({ density: 200 })
          .jpeg({ quality: 85 })
          .toBuffer(),
      ),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test.skipIf(!canRender)(
  'a test page that was scanned is measured; what the organiser says is kept beside it, and the site gets both (needs pdftoppm)',
  async () => {
    day = await openPrintDay();
    const { station } = day.test;
    expect(readinessChecks(station)).toMatchObject([{ name: 'printer', good: true }, { good: false }]);
    expect(await judgeTest(station, day.desk, true, '')).toMatchObject({
      refusal: { type: 'test-not-printed' },
    });
    expectOk(await printTest(station, day.desk, 'ru'));
    const pdf = day.orders[0]?.pdf ?? new Uint8Array();
    const put = async (name: string, dpi: number): Promise<string> => {
      const [page = Buffer.alloc(0)] = await scanned(pdf, dpi);
      writeFileSync(join(day.test.stick, name), page);
      return join(day.test.stick, name);
    };
    const good = await put('good.jpg', 200);
    expect((await scansOnSticks(station)).map(({ name }) => name)).toContain('good.jpg');
    expect(expectOk(await measureTest(station, good))).toMatchObject({
      codes: 4,
      squares: 4,
      good: true,
      problem: null,
    });
    const small = expectOk(await measureTest(station, await put('small.jpg', 193)));
    expect(small).toMatchObject({ good: false });
    expect(Math.abs((small.across ?? 0) - 96.5)).toBeLessThan(0.4);
    writeFileSync(join(day.test.stick, 'other.jpg'), 'no picture');
    expect(expectOk(await measureTest(station, join(day.test.stick, 'other.jpg')))).toMatchObject({
      good: false,
      problem: { type: 'image-unknown-format' },
    });
    expect(await measureTest(station, join(day.test.folder, 'elsewhere.jpg'))).toMatchObject({
      refusal: { type: 'file-not-on-stick' },
    });
    expectOk(await measureTest(station, good));
    expectOk(await judgeTest(station, day.desk, true, 'sharp'));
    expect(readinessChecks(station)).toEqual([
      { name: 'printer', good: true, words: 'Laser' },
      { name: 'test-print', good: true, words: 'sharp' },
      { name: 'test-print-measured', good: true, words: expect.stringMatching(/^(99|100)/) as string },
    ]);
    expect(station.stepsDone.has('printer')).toBe(true);
    // Another printer was not tested.
    const other = day.test.printers.create('other');
    expectOk(await choosePrinter(station, day.desk, other.address, 'Other'));
    expect(station.stepsDone.has('printer')).toBe(false);
  },
);

test.skipIf(!canRender)(
  'a kit is read back from paper: forms with number, side, kit and copy, each on a sheet of its own; papers stamped (needs pdftoppm)',
  async () => {
    day = await openPrintDay();
    await day.open();
    expectOk(day.desk.start(1, null, 'en'));
    await day.until(() => day.orders.length === 1);
    await day.until(() => day.desk.book.run().kits.get('100001')?.fate === 'out');
    expectOk(await day.desk.book.do({ do: 'judge', kit: '100001', verdict: 'spoiled', reason: 'torn' }));
    expectOk(day.desk.replace('100001', 'en'));
    await day.until(() => day.orders.length === 2);
    const pdf = day.orders[1]?.pdf ?? new Uint8Array();
    const pages = await scanned(pdf);
    const kit = day.above.plan.kits[3];
    const numbers = kit?.sheets.map(({ number }) => number) ?? [];
    // Registration form, empty back; answers 1, empty back; answers 2 on both sides; the paper; the control sheet.
    const sides = [
      [0, numbers[0], 'registration', 1],
      [2, numbers[1], 'answers-1', 1],
      [4, numbers[2], 'answers-2', 1],
      [5, numbers[2], 'answers-2', 2],
    ] as const;
    for (const [at, number, kind, side] of sides)
      expect(await recognisePage(pages[at] ?? new Uint8Array())).toMatchObject({
        sheet: { number, side, more: { kit: '100004', kind, copy: 2 } },
        rotation: 0,
        class: 'recognised-empty',
      });
    const texts = await pageTexts(pdf);
    expect(texts).toHaveLength(12);
    expect(texts[1]).toBe('');
    for (const page of [1, 2, 3]) {
      expect(texts[5 + page]).toContain(`variant2question${page}`);
      expect(texts[5 + page]).toContain(`№100004·copy2·page${page}of3`);
    }
    for (const number of numbers) expect(texts[10]).toContain(number);
  },
);

test('preprinted forms are not printed: the paper and the control sheet alone', async () => {
  day = await openPrintDay({ plan: { preprinted: true } });
  await day.open();
  expectOk(day.desk.start(1, null, 'zh'));
  await day.until(() => day.orders.length === 1);
  const texts = await pageTexts(day.orders[0]?.pdf ?? new Uint8Array());
  expect(texts).toHaveLength(6);
  expect(texts[0]).toContain('第1页，共3页');
  expect(texts[4]).toContain('核对单');
  expect(texts[4]).toContain(day.above.plan.kits[0]?.sheets[0]?.number);
});
