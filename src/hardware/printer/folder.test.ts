import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { expectOk } from '../../base/result.ts';
import { FolderPrinter } from './folder.ts';
import type { PrintOrder } from './port.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-print-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const order = (more: Partial<PrintOrder> = {}): PrintOrder => ({
  id: newId(),
  name: 'Комплекты: ауд. 0001/2 <проба>',
  pdf: new TextEncoder().encode('%PDF-1.7 kit'),
  copies: 1,
  sides: 'two-sided-long-edge',
  ...more,
});

test('each copy is a file under a name that every system takes, and is found again by the id', async () => {
  const printer = new FolderPrinter(folder);
  const asked = order({ copies: 2 });
  expect(expectOk(await printer.print(asked))).toMatchObject({ state: 'completed' });
  const name = `Комплекты ауд. 0001 2 проба ${asked.id}`;
  expect(readdirSync(folder).toSorted()).toEqual([`${name} (2).pdf`, `${name}.pdf`].toSorted());
  expect(readFileSync(join(folder, `${name}.pdf`), 'utf8')).toBe('%PDF-1.7 kit');
  expect(expectOk(await new FolderPrinter(folder).findJob(asked.id))).toMatchObject({ state: 'completed' });
  expect(expectOk(await printer.findJob(newId()))).toBeNull();
});

test('what lies there is never overwritten, also by a job of the same name or the same id', async () => {
  const printer = new FolderPrinter(folder);
  const first = order();
  expectOk(await printer.print(first));
  expectOk(await printer.print(order()));
  expectOk(await printer.print({ ...first, pdf: new TextEncoder().encode('%PDF-1.7 other') }));
  expect(readdirSync(folder)).toHaveLength(2);
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name), 'utf8')).toBe('%PDF-1.7 kit');
});

test('a job that a power cut interrupted is aborted, and is whole when it is printed again', async () => {
  const printer = new FolderPrinter(folder);
  const asked = order({ name: '...' });
  writeFileSync(join(folder, `${asked.id}.part`), '%PD');
  expect(expectOk(await printer.findJob(asked.id))).toMatchObject({ state: 'aborted' });
  expectOk(await printer.print(asked));
  expect(readdirSync(folder)).toEqual([`${asked.id}.pdf`]);
});

test('a folder that is gone, or is none, is said to be', async () => {
  const printer = new FolderPrinter(join(folder, 'stick'));
  expect(await printer.state()).toMatchObject({ refusal: { type: 'printer-gone' } });
  expect(await printer.print(order())).toMatchObject({ refusal: { type: 'printer-gone' } });
  writeFileSync(join(folder, 'stick'), '');
  expect(await printer.state()).toMatchObject({ refusal: { type: 'printer-gone' } });
  rmSync(join(folder, 'stick'));
  mkdirSync(join(folder, 'stick'));
  expect(expectOk(await printer.state())).toMatchObject({ standing: 'ready' });
});
