/** What a real printer here cannot be brought to say; against a server whose messages another library makes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../base/ids.ts';
import { expectOk } from '../../../base/result.ts';
import { certificateFingerprint } from '../../../trust/keys.ts';
import { selfSigned } from '../../../trust/tls-certificate.ts';
import { cupsPrinters, openCups } from '../cups.ts';
import { followJob } from '../follow.ts';
import type { Printer, PrintOrder } from '../port.ts';
import { openIpp } from './open-ipp.ts';
import { ServedPrinter, tags, type ServedJob } from './server.fixture.ts';

const printJob = 2;
const order = (more: Partial<PrintOrder> = {}): PrintOrder => ({
  id: newId(),
  name: '考场 0001',
  pdf: new TextEncoder().encode('%PDF-1.7 of a kit'),
  copies: 1,
  sides: 'one-sided',
  ...more,
});

let served: ServedPrinter;
let url: string;
let printer: Printer;

beforeEach(async () => {
  served = new ServedPrinter();
  url = await served.start();
  printer = expectOk(openIpp(url, null));
});
afterEach(() => served.end());

const theJob = (): ServedJob => [...served.jobs.values()].at(-1) as ServedJob;

test('what a printer cannot do is refused with what it can, and nothing is sent to it', async () => {
  served.attributes['document-format-supported'] = [tags.mime, ['image/urf', 'image/pwg-raster']];
  expect(await printer.print(order())).toEqual({
    ok: false,
    refusal: { type: 'printer-no-pdf', takes: 'image/urf, image/pwg-raster' },
  });
  served.attributes['document-format-supported'] = [tags.mime, 'application/pdf'];
  expect(await printer.print(order({ sides: 'two-sided-short-edge' }))).toMatchObject({
    refusal: { type: 'printer-no-duplex' },
  });
  expect(await printer.print(order({ copies: 51 }))).toMatchObject({
    refusal: { type: 'printer-too-many-copies', most: 50 },
  });
  expect(await printer.print(order({ pdf: new TextEncoder().encode('%!PS') }))).toMatchObject({
    refusal: { type: 'print-no-pdf' },
  });
  served.attributes['printer-is-accepting-jobs'] = [tags.boolean, false];
  expect(await printer.print(order())).toMatchObject({ refusal: { type: 'printer-not-accepting' } });
  expect(served.asked).not.toContain(printJob);
});

test('the document arrives byte for byte', async () => {
  const pdf = new Uint8Array(3_000_000).map((_, i) => i * 7);
  pdf.set(new TextEncoder().encode('%PDF-'));
  expectOk(await printer.print(order({ pdf })));
  expect(Buffer.compare(served.documents[0] as Buffer, Buffer.from(pdf))).toBe(0);
});

test('a job whose acceptance nobody heard is uncertain, is found by its id, and is not sent again', async () => {
  served.next = 'lose-answer';
  const asked = order();
  expect(await printer.print(asked)).toMatchObject({ refusal: { type: 'print-uncertain', id: asked.id } });
  expect(expectOk(await printer.findJob(asked.id))).toMatchObject({ state: 'accepted' });
  expect(expectOk(await printer.print(asked))).toMatchObject({ id: asked.id, state: 'accepted' });
  expect(served.documents).toHaveLength(1);
});

test('a job is followed through what holds it up to its end, with the sheets that the printer counts', async () => {
  const asked = order();
  expectOk(await printer.print(asked));
  const steps: readonly Partial<ServedJob>[] = [
    { state: 4 },
    { state: 5, sheets: 0 },
    { state: 5, reasons: ['printer-stopped-partly'], sheets: 7 },
    { state: 6, reasons: ['printer-stopped'], sheets: 7 },
    { state: 5, reasons: ['none'], sheets: 8 },
    { state: 9, reasons: ['job-completed-with-errors'], sheets: 12 },
  ];
  const seen: unknown[] = [];
  let step = 0;
  for await (const now of followJob(printer, asked.id, { everyMs: 1 })) {
    const job = expectOk(now);
    seen.push([job.state, job.sheets, ...job.words]);
    Object.assign(theJob(), steps[step++]);
  }
  expect(seen).toEqual([
    ['accepted', null],
    ['held', null],
    ['printing', 0],
    ['held', 7, 'printer-stopped-partly'],
    ['held', 7, 'printer-stopped'],
    ['printing', 8],
    ['completed', 12, 'job-completed-with-errors'],
  ]);
});

test('a job that the printer forgot is unknown, also when its number is another job’s now', async () => {
  const asked = order();
  expectOk(await printer.print(asked));
  served.jobs.clear();
  served.nextNumber = 1;
  const others = order();
  expectOk(await expectOk(openIpp(url, null)).print(others));
  theJob().state = 9;
  const said = [];
  for await (const now of followJob(printer, asked.id, { everyMs: 1 })) said.push(now);
  expect(said).toEqual([{ ok: false, refusal: { type: 'print-job-unknown', id: asked.id } }]);
});

test('a printer that cuts names finds the job all the same', async () => {
  served.mostNameLength = 24;
  const asked = order({ name: 'Комплекты '.repeat(40) });
  expectOk(await printer.print(asked));
  expect(expectOk(await expectOk(openIpp(url, null)).findJob(asked.id))).toMatchObject({ id: asked.id });
});

test('states have names, with the printer’s own words beside them', async () => {
  const said: readonly (readonly [number, string[], object])[] = [
    [5, ['media-jam-error', 'door-open-error'], { standing: 'stopped', conditions: ['jam', 'cover-open'] }],
    [5, ['media-empty-error'], { standing: 'stopped', conditions: ['out-of-paper'] }],
    [3, ['toner-low-warning'], { standing: 'ready', conditions: ['toner-low'] }],
    [4, ['none'], { standing: 'busy', conditions: [], words: [] }],
    [5, ['paused'], { standing: 'stopped', conditions: ['paused'] }],
    [3, ['offline-report'], { standing: 'offline', conditions: [] }],
    [5, ['fuser-over-temp-error'], { standing: 'stopped', conditions: ['other'] }],
  ];
  for (const [state, reasons, expected] of said) {
    served.attributes['printer-state'] = [tags.enum, state];
    served.attributes['printer-state-reasons'] = [tags.keyword, reasons];
    expect(expectOk(await printer.state())).toMatchObject(expected);
  }
});

test('whatever answers instead of a printer is refused as what it is', async () => {
  const faults: readonly (readonly [ServedPrinter['next'], string])[] = [
    ['garbage', 'printer-unusable'],
    ['endless', 'device-answer-too-large'],
    [{ http: 401 }, 'printer-asks-for-password'],
    [{ http: 426 }, 'printer-wants-tls'],
    [{ http: 404 }, 'printer-gone'],
    [{ status: 0x507 }, 'printer-busy'],
    [{ status: 0x500 }, 'printer-refuses'],
  ];
  for (const [fault, type] of faults) {
    served.next = fault;
    expect(await printer.state()).toMatchObject({ refusal: { type } });
  }
  await served.end();
  expect(await printer.state()).toMatchObject({ refusal: { type: 'device-unreachable' } });
});

test('over TLS nothing is sent to a printer whose certificate is not the one that was taken over', async () => {
  const { keyPem, certPem } = await selfSigned('printer');
  const safe = new ServedPrinter();
  const at = await safe.start({ tls: { key: keyPem, cert: certPem } });
  try {
    const unknown = await expectOk(openIpp(at, null)).print(order());
    expect(unknown).toMatchObject({
      refusal: { type: 'device-certificate-new', pin: certificateFingerprint(certPem) },
    });
    expect(await expectOk(openIpp(at, 'ab'.repeat(32))).print(order())).toMatchObject({
      refusal: { type: 'device-certificate-changed', pin: certificateFingerprint(certPem) },
    });
    expect(safe.asked).toEqual([]);
    expectOk(await expectOk(openIpp(at, certificateFingerprint(certPem))).print(order()));
    expect(safe.documents).toHaveLength(1);
  } finally {
    await safe.end();
  }
});

test.each([
  '',
  'printer',
  'ftp://printer/',
  'ipp://',
  'ipp://user:secret@printer/ipp/print',
  'ipp://printer:99999999/',
  'ipp://printer/ipp?x',
])('%s is no address of a printer', (address) => {
  expect(openIpp(address, null)).toMatchObject({ refusal: { type: 'printer-address-unusable' } });
});

test('queues of CUPS are listed under the names that people gave them, and print through its socket', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-cups-'));
  const socket = join(folder, 'cups.sock');
  const cups = new ServedPrinter();
  await cups.start({ socket });
  try {
    const here = { url: 'http://localhost:631/', pin: null, socket };
    const found = expectOk(await cupsPrinters(here));
    expect(found).toEqual([
      { address: { way: 'cups', queue: 'kabinet-1' }, name: 'Кабинет 1', about: 'Test Laser 1' },
    ]);
    const asked = order({ copies: 2, sides: 'two-sided-long-edge' });
    const queue = expectOk(openCups(here, 'kabinet-1'));
    expectOk(await queue.print(asked));
    expect(expectOk(await queue.cancel(asked.id))).toMatchObject({ state: 'cancelled' });
    cups.next = { status: 0x406 };
    expect(expectOk(await cupsPrinters(here))).toEqual([]);
    expect(openCups(here, '../admin')).toMatchObject({ refusal: { type: 'printer-address-unusable' } });
  } finally {
    await cups.end();
    rmSync(folder, { recursive: true });
  }
});
