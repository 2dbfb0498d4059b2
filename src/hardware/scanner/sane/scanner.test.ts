/** Against the real `scanimage`, with the device that SANE has for tests. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectOk } from '../../../base/result.ts';
import { formatOf } from '../page-image.ts';
import type { ScannedPage, ScanRequest, ScanStep } from '../port.ts';
import { SaneScanner } from './scanner.ts';

const without = spawnSync('scanimage', ['--version']).status !== 0;
if (without) process.stderr.write('the tests with scanimage are left out: it is not installed\n');

const request: ScanRequest = { dpi: 200, source: 'feeder', duplex: false, format: 'jpeg' };
// Small pages: the test is about what happens, not about pixels.
const small = ['--test-picture=Grid', '-x', '60', '-y', '80'];

let staging: string;
beforeEach(() => {
  staging = mkdtempSync(join(tmpdir(), 'invigil-sane-'));
});
afterEach(() => rmSync(staging, { recursive: true, force: true }));

async function all(scanner: SaneScanner, asked: ScanRequest, keep: boolean) {
  const pages: ScannedPage[] = [];
  let end: ScanStep | null = null;
  for await (const step of scanner.scan(asked)) {
    expect(end).toBeNull();
    if (step.step === 'end') end = step;
    if (step.step !== 'page') continue;
    pages.push(step.page);
    if (keep) expectOk(await step.page.kept());
  }
  return { pages, end };
}

describe.skipIf(without)('a scanner of this computer', () => {
  test('says what it has', async () => {
    expect(expectOk(await new SaneScanner('test', staging).abilities())).toEqual({
      sources: ['feeder', 'flatbed'],
      duplex: false,
      dpi: { from: 1, to: 1200 },
      grey: true,
    });
    expect(await new SaneScanner('nosuch:0', staging).abilities()).toMatchObject({
      refusal: { type: 'scanner-gone' },
    });
  });

  test('gives a stack page by page, grey and at 200 dpi, until the feeder is empty', async () => {
    const { pages, end } = await all(new SaneScanner('test', staging, small), request, true);
    expect(end).toMatchObject({ end: 'empty', refusal: null });
    expect(pages.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const picture = await sharp((pages[0] as ScannedPage).bytes).metadata();
    expect(picture).toMatchObject({ format: 'jpeg', channels: 1, density: 200, width: 472, height: 629 });
    expect(readdirSync(staging)).toEqual(['unfinished']);
    expect(readdirSync(join(staging, 'unfinished'))).toEqual([]);
  });

  test('gives one page of the glass, as TIFF with LZW where that is wanted', async () => {
    const asked = { ...request, source: 'flatbed', format: 'tiff-lzw' } as const;
    const { pages, end } = await all(new SaneScanner('test', staging, small), asked, true);
    expect(end).toMatchObject({ end: 'empty' });
    const [{ bytes, format } = { bytes: new Uint8Array(), format: '' }] = pages;
    expect([pages.length, format, formatOf(bytes)]).toEqual([1, 'tiff', 'tiff']);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'tiff', channels: 1, density: 200 });
  });

  test.each([
    ['SANE_STATUS_JAMMED', { end: 'jam', words: ['Document feeder jammed'] }],
    ['SANE_STATUS_COVER_OPEN', { end: 'cover-open' }],
    ['SANE_STATUS_IO_ERROR', { end: 'error', words: ['Error during device I/O'] }],
    ['SANE_STATUS_DEVICE_BUSY', { end: 'error', refusal: { type: 'scanner-busy' } }],
  ])('%s ends a stack as what it is', async (status, expected) => {
    const scanner = new SaneScanner('test', staging, [...small, `--read-return-value=${status}`]);
    const { pages, end } = await all(scanner, request, true);
    expect(pages).toEqual([]);
    expect(end).toMatchObject(expected);
  });

  test('what it cannot do is refused before anything is scanned', async () => {
    const scanner = new SaneScanner('test', staging, small);
    for (const [asked, type] of [
      [{ ...request, duplex: true }, 'scanner-no-duplex'],
      [{ ...request, dpi: 2400 }, 'scanner-no-resolution'],
    ] as const)
      expect(await all(scanner, asked, true)).toMatchObject({ pages: [], end: { refusal: { type } } });
  });

  test('what nobody kept is there again after a restart, and a page that the caller has is put away', async () => {
    const { pages } = await all(new SaneScanner('test', staging, small), request, false);
    const [first, second] = pages as [ScannedPage, ScannedPage];
    expectOk(await first.kept());
    const has = new Set([second.id]);
    const again: string[] = [];
    const asked = { ...request, source: 'flatbed', isKept: (id: string) => has.has(id) } as const;
    for await (const step of new SaneScanner('test', staging, small).scan(asked))
      if (step.step === 'page') again.push(step.page.id);
    expect(again.slice(0, 8)).toEqual(pages.slice(2).map(({ id }) => id));
    expect(again).toHaveLength(9);
  });

  test('a page that had gone through the scanner when the station was killed is not lost', async () => {
    const scanner = new SaneScanner('test', staging, small);
    const before: ScannedPage[] = [];
    // Leaving the loop is what a kill leaves behind: pages that were given, whole ones that were not, and a process that ends.
    for await (const step of scanner.scan(request)) {
      if (step.step === 'page') before.push(step.page);
      if (before.length === 2) break;
    }
    // As if the second had been killed between two steps: its raw page is still there beside the finished one.
    const [run = ''] = readdirSync(staging).flatMap((name) => /^(.*)-0002\.jpg$/.exec(name)?.[1] ?? []);
    mkdirSync(join(staging, 'unfinished', run), { recursive: true });
    const raw = join(staging, 'raw');
    spawnSync('scanimage', ['-d', 'test', '--format=tiff', '-o', raw]);
    for (const name of ['p2.tiff', 'p3.tiff', 'p4.tiff.part'])
      cpSync(raw, join(staging, 'unfinished', run, name));
    const again: ScannedPage[] = [];
    for await (const step of new SaneScanner('test', staging, small).scan({ ...request, source: 'flatbed' }))
      if (step.step === 'page') again.push(step.page);
    const [one, two, three] = again;
    expect([one?.id, two?.id]).toEqual(before.map(({ id }) => id));
    expect(three?.position).toBe(3);
    expect(readdirSync(join(staging, 'unfinished'))).toEqual([]);
  });

  test('a cancelled stack ends as cancelled, with what was given', async () => {
    const controller = new AbortController();
    const scanner = new SaneScanner('test', staging, [
      ...small,
      '--read-delay=yes',
      '--read-delay-duration=20000',
    ]);
    const seen: string[] = [];
    for await (const step of scanner.scan({ ...request, signal: controller.signal })) {
      seen.push(step.step === 'end' ? step.end : step.step);
      controller.abort();
    }
    expect(seen[0]).toBe('page');
    expect(seen.at(-1)).toBe('cancelled');
    expect(seen.length).toBeLessThan(10);
  });

  test('a folder in which no page can be kept ends the scan before a sheet is drawn in', async () => {
    writeFileSync(join(staging, 'file'), '');
    const scanner = new SaneScanner('test', join(staging, 'file', 'folder'), small);
    expect(await all(scanner, request, true)).toMatchObject({
      pages: [],
      end: { refusal: { type: 'scan-page-not-written' } },
    });
  });
});
