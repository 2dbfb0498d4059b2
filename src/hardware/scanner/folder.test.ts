import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { ScanFolder } from './folder.ts';
import type { ScannedPage, ScanRequest, ScanStep } from './port.ts';

const request: ScanRequest = { dpi: 200, source: 'feeder', duplex: false, format: 'jpeg' };
const picture = (content: string): Uint8Array =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(content)]);

let folder: string;
let scanner: ScanFolder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-scan-folder-'));
  scanner = new ScanFolder(folder, 20);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lay = (name: string, content: Uint8Array): void => writeFileSync(join(folder, name), content);

async function all(keep: boolean, asked: ScanRequest = request) {
  const pages: ScannedPage[] = [];
  const others: string[] = [];
  let end: ScanStep | null = null;
  for await (const step of scanner.scan(asked)) {
    if (step.step === 'end') end = step;
    if (step.step === 'passed-over') others.push(`${step.refusal.type} ${String(step.refusal['name'])}`);
    if (step.step !== 'page') continue;
    pages.push(step.page);
    if (keep) expectOk(await step.page.kept());
  }
  return { pages, names: pages.map(({ name }) => name), others, end };
}

test('files come in the order of their names, in any script, and are moved when they are kept', async () => {
  const names = ['лист 2.jpg', 'лист 10.jpg', '扫描1.jpg', 'scan.JPG'];
  for (const name of names) lay(name, picture(name));
  lay('.hidden', picture(''));
  lay('Thumbs.db', picture(''));
  const { names: given, pages, end } = await all(true);
  expect(new Set(given)).toEqual(new Set(names));
  expect(given.indexOf('лист 2.jpg')).toBeLessThan(given.indexOf('лист 10.jpg'));
  expect(pages.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
  expect(end).toMatchObject({ end: 'empty' });
  expect(readdirSync(join(folder, 'taken')).toSorted()).toEqual(names.toSorted());
  expect(readdirSync(folder).toSorted()).toEqual(['.hidden', 'Thumbs.db', 'taken']);
});

test('what was not kept is there again after a restart; what the caller has is put away without being given twice', async () => {
  for (const name of ['1.jpg', '2.jpg', '3.jpg']) lay(name, picture(name));
  const { pages } = await all(false);
  const [first] = pages as [ScannedPage];
  scanner = new ScanFolder(folder, 20);
  const again = await all(false, { ...request, isKept: (id) => id === first.id });
  expect(again.pages.map(({ id }) => id)).toEqual(pages.slice(1).map(({ id }) => id));
  expect(readdirSync(join(folder, 'taken'))).toEqual(['1.jpg']);
});

test('a file that grows is taken when it is whole, and later ones wait for it', async () => {
  scanner = new ScanFolder(folder, 60);
  lay('1.jpg', picture('half'));
  lay('2.jpg', picture('second'));
  const growing = (async () => {
    for (let i = 0; i < 8; i++) {
      await wait(15);
      appendFileSync(join(folder, '1.jpg'), '.');
    }
  })();
  const { pages, names } = await all(true);
  await growing;
  expect(names).toEqual(['1.jpg', '2.jpg']);
  expect(Buffer.from(pages[0]?.bytes.subarray(3) ?? []).toString()).toBe('half........');
});

test('a file that took the place of the one that was given is a page of its own', async () => {
  lay('scan.jpg', picture('first'));
  const { pages } = await all(false);
  lay('scan.jpg', picture('second'));
  expectOk(await (pages[0] as ScannedPage).kept());
  expect(readFileSync(join(folder, 'scan.jpg')).subarray(3).toString()).toBe('second');
  expect((await all(true)).names).toEqual(['scan.jpg']);
  lay('scan.jpg', picture('third'));
  await all(true);
  expect(readdirSync(join(folder, 'taken')).toSorted()).toEqual(['scan (2).jpg', 'scan.jpg']);
});

test('two sheets whose pictures are the same to the last bit are two pages', async () => {
  lay('1.jpg', picture('empty'));
  lay('2.jpg', picture('empty'));
  const { pages } = await all(true);
  expect(new Set(pages.map(({ id }) => id)).size).toBe(2);
});

test('what is no page is left where it is and said once', async () => {
  lay('all.pdf', Buffer.from('%PDF-1.7'));
  lay('empty.jpg', new Uint8Array());
  lay('page.tif', Buffer.from([0x49, 0x49, 0x2a, 0, 1]));
  const { names, others, end } = await all(true);
  expect(names).toEqual(['page.tif']);
  expect(others.toSorted()).toEqual(['scan-file-locked empty.jpg', 'scan-file-other-format all.pdf']);
  expect(end).toMatchObject({ end: 'empty' });
  expect(readdirSync(folder).toSorted()).toEqual(['all.pdf', 'empty.jpg', 'taken']);
});

test('a folder that vanishes ends the scan as what it is; a cancelled one ends at once', async () => {
  for (const name of ['1.jpg', '2.jpg']) lay(name, picture(name));
  const seen: unknown[] = [];
  for await (const step of scanner.scan(request)) {
    seen.push(step.step === 'end' ? step.refusal : step.step);
    if (step.step === 'page') renameSync(folder, `${folder}-away`);
  }
  expect(seen).toMatchObject(['page', { type: 'scan-folder-gone', code: 'ENOENT' }]);
  expect(await scanner.abilities()).toMatchObject({ refusal: { type: 'scan-folder-gone' } });
  renameSync(`${folder}-away`, folder);
  expect(await all(true, { ...request, signal: AbortSignal.abort() })).toMatchObject({
    pages: [],
    end: { end: 'cancelled' },
  });
});
