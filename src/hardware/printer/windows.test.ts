/** What is asked of PowerShell and SumatraPDF, and how their answers are read, as their makers describe them. No Windows is asked here. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { expectOk, ok } from '../../base/result.ts';
import type { RunProgram } from '../run-program.ts';
import type { PrintOrder } from './port.ts';
import { removeLeftOver, removePapers } from './windows-papers.ts';
import { WindowsPrinter, windowsPrinters } from './windows.ts';

const sumatra = String.raw`C:\Program Files\SumatraPDF\SumatraPDF.exe`;
const order: PrintOrder = {
  id: newId(),
  name: 'kits',
  pdf: new TextEncoder().encode('%PDF-1.7'),
  copies: 3,
  sides: 'two-sided-long-edge',
};

class Windows {
  status = 'Normal';
  duplex = true;
  queue: { number: number; document: string; status: string; pages: number | null }[] = [];
  gone = false;
  readonly printed: (readonly string[])[] = [];
  lastFile = '';
  lastContent = '';
  readonly scripts: string[] = [];
  cancelledWith: unknown = null;

  readonly run: RunProgram = async (program, parameters, options) => {
    if (program === sumatra) {
      this.lastFile = parameters.at(-1) ?? '';
      this.lastContent = readFileSync(this.lastFile, 'utf8');
      this.printed.push(parameters.slice(0, -1));
      this.queue.push({ number: 4, document: this.lastFile, status: 'Spooling', pages: 0 });
      return ok({ status: 0, out: '', err: '' });
    }
    const script = parameters.at(-1) ?? '';
    this.scripts.push(script);
    if (this.gone) return ok({ status: 3, out: '', err: '' });
    if (script.includes('Remove-PrintJob')) {
      this.cancelledWith = options?.env;
      this.queue = [];
      return ok({ status: 0, out: 'true\r\n', err: '' });
    }
    const said = script.includes('Get-PrintJob')
      ? this.queue
      : script.includes('PrinterStatus')
        ? { status: this.status, duplex: this.duplex }
        : [{ name: 'HP "1"; exit', about: 'HP Universal Printing PCL 6' }];
    return ok({ status: 0, out: `${JSON.stringify(said)}\r\n`, err: '' });
  };
}

test('a job is given to SumatraPDF, and found in the queue by its id', async () => {
  const windows = new Windows();
  const here = { run: windows.run, sumatra: () => sumatra };
  const [found] = expectOk(await windowsPrinters(here));
  expect(found).toMatchObject({ address: { way: 'windows', name: 'HP "1"; exit' } });
  const printer = new WindowsPrinter('HP "1"; exit', here);
  expect(expectOk(await printer.print(order))).toMatchObject({ id: order.id, state: 'accepted' });
  expect(windows.printed).toEqual([
    ['-print-to', 'HP "1"; exit', '-print-settings', '3x,duplexlong,noscale', '-silent', '-exit-on-print'],
  ]);
  expect(windows.lastContent).toBe('%PDF-1.7');
  expect(basename(windows.lastFile)).toBe(`${order.id}.pdf`);
  expect(existsSync(windows.lastFile)).toBe(false);
  expectOk(await printer.print(order));
  expect(windows.printed).toHaveLength(1);
  for (const [status, state] of [
    ['Printing', 'printing'],
    ['Error, Printing, PaperOut', 'held'],
    ['Printed', 'completed'],
    ['Deleting', 'cancelled'],
  ]) {
    windows.queue = windows.queue.map((one) => ({ ...one, status: status ?? '', pages: 5 }));
    expect(expectOk(await printer.findJob(order.id))).toMatchObject({ state, impressions: 5, sheets: null });
  }
  expect(expectOk(await printer.cancel(order.id))).toMatchObject({ state: 'cancelled' });
  expect(windows.cancelledWith).toMatchObject({ INVIGIL_PRINTER: 'HP "1"; exit', INVIGIL_JOB: '4' });
  expect(expectOk(await printer.findJob(order.id))).toBeNull();
  // What was typed is no part of what is interpreted.
  expect(windows.scripts.join('\n')).not.toContain('HP "1"');
});

test('papers that a killed program left are gone, and those of one that runs are not', async () => {
  const dead = mkdtempSync(join(tmpdir(), 'invigil-print-2147483647-'));
  const alive = mkdtempSync(join(tmpdir(), `invigil-print-${process.pid}-`));
  for (const folder of [dead, alive]) writeFileSync(join(folder, 'a.pdf'), '%PDF-1.7');
  await removeLeftOver();
  expect([existsSync(dead), existsSync(alive)]).toEqual([false, true]);
  await removePapers(alive);
  expect(existsSync(alive)).toBe(false);
});

test('papers that cannot be removed are told with the printer’s state, and tried again each time', async () => {
  const printer = new WindowsPrinter('HP', { run: new Windows().run, sumatra: () => sumatra });
  const stays = join(tmpdir(), 'invigil-print-2147483646-held');
  // What is no folder cannot be looked through: as good as one that a program holds.
  writeFileSync(stays, '');
  try {
    expectOk(await printer.print(order));
    for (let again = 0; again < 2; again++) {
      const { conditions, words } = expectOk(await printer.state());
      expect([conditions[0], words[0]]).toEqual(['papers-left', stays]);
    }
  } finally {
    rmSync(stays);
  }
  expect(expectOk(await printer.state()).conditions).toEqual([]);
});

test('without SumatraPDF, without duplex, or without the printer nothing is printed', async () => {
  const windows = new Windows();
  const without = new WindowsPrinter('HP', { run: windows.run, sumatra: () => null });
  expect(await without.print(order)).toMatchObject({ refusal: { type: 'printer-needs-sumatra' } });
  const printer = new WindowsPrinter('HP', { run: windows.run, sumatra: () => sumatra });
  windows.duplex = false;
  expect(await printer.print(order)).toMatchObject({ refusal: { type: 'printer-no-duplex' } });
  windows.gone = true;
  expect(await printer.state()).toMatchObject({ refusal: { type: 'printer-gone', name: 'HP' } });
  expect(windows.printed).toEqual([]);
});

test.each([
  ['Normal', 'ready', []],
  ['PaperOut, Error', 'stopped', ['out-of-paper', 'other']],
  ['PaperJam', 'stopped', ['jam']],
  ['Offline', 'offline', []],
  ['Printing, TonerLow', 'busy', ['toner-low']],
])('the status %s is %s', async (status, standing, conditions) => {
  const windows = new Windows();
  windows.status = status;
  const printer = new WindowsPrinter('HP', { run: windows.run, sumatra: () => sumatra });
  expect(expectOk(await printer.state())).toMatchObject({ standing, conditions });
});
