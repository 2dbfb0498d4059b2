import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { expectOk } from '../../../base/result.ts';
import { certificateFingerprint } from '../../../trust/keys.ts';
import { selfSigned } from '../../../trust/tls-certificate.ts';
import type { ScannedPage, Scanner, ScanRequest, ScanStep } from '../port.ts';
import { openEscl } from './scanner.ts';
import { ServedScanner } from './server.fixture.ts';

const request: ScanRequest = { dpi: 200, source: 'feeder', duplex: false, format: 'jpeg' };
const pages: Uint8Array[] = [];

let served: ServedScanner;
let url: string;
let staging: string;
let scanner: Scanner;

beforeAll(async () => {
  for (let i = 0; i < 3; i++)
    pages.push(
      await sharp({
        create: { width: 165, height: 234, channels: 3, background: { r: 80 * i, g: 80 * i, b: 80 * i } },
      })
        .toColourspace('b-w')
        .withDensity(200)
        .jpeg()
        .toBuffer(),
    );
});
beforeEach(async () => {
  staging = mkdtempSync(join(tmpdir(), 'invigil-escl-'));
  served = new ServedScanner();
  url = await served.start();
  scanner = expectOk(openEscl(url, null, staging));
});
afterEach(async () => {
  await served.end();
  rmSync(staging, { recursive: true, force: true });
});

async function all(keep: boolean, asked: ScanRequest = request) {
  const given: ScannedPage[] = [];
  const others: string[] = [];
  let end: ScanStep | null = null;
  for await (const step of scanner.scan(asked)) {
    if (step.step === 'end') end = step;
    if (step.step === 'passed-over') others.push(step.refusal.type);
    if (step.step !== 'page') continue;
    given.push(step.page);
    if (keep) expectOk(await step.page.kept());
  }
  return { given, others, end };
}

test('says what it has', async () => {
  expect(expectOk(await scanner.abilities())).toEqual({
    sources: ['feeder', 'flatbed'],
    duplex: true,
    dpi: [200, 300],
    grey: true,
  });
});

test('gives a stack byte for byte as the scanner made it, until the feeder is empty, and ends its job', async () => {
  served.stack = [...pages];
  served.notReady = 1;
  served.locationHost = 'printer.local:8080';
  const { given, end } = await all(true, { ...request, duplex: true });
  expect(end).toMatchObject({ end: 'empty', refusal: null });
  expect(given.map(({ position }) => position)).toEqual([1, 2, 3]);
  expect(given.map(({ bytes }) => Buffer.from(bytes))).toEqual(pages.map((one) => Buffer.from(one)));
  expect(served.deleted).toEqual(['/eSCL/ScanJobs/1']);
  for (const part of [
    'Feeder',
    'Grayscale8',
    '<scan:XResolution>200<',
    '<pwg:Width>2400<',
    '<scan:Duplex>true<',
  ])
    expect(served.settings[0]).toContain(part);
  expect(readdirSync(staging)).toEqual([]);
});

test('turns pages into TIFF with LZW where that is wanted', async () => {
  served.stack = [pages[1] as Uint8Array];
  const { given } = await all(true, { ...request, format: 'tiff-lzw', source: 'flatbed' });
  expect(await sharp(given[0]?.bytes).metadata()).toMatchObject({
    format: 'tiff',
    channels: 1,
    density: 200,
  });
});

test.each([
  ['ScannerAdfJam', 'jam'],
  ['ScannerAdfMispick', 'jam'],
  ['ScannerAdfMultipickDetected', 'double-feed'],
  ['ScannerAdfHatchOpen', 'cover-open'],
  ['ScannerAdfInputTrayFailed', 'error'],
])('%s in the middle of a stack ends it as %s; the pages before are kept', async (state, expected) => {
  served.stack = [...pages];
  served.fault = { state, after: 2 };
  const { given, end } = await all(false);
  expect(given).toHaveLength(2);
  expect(end).toMatchObject({ end: expected });
  expect(end?.step === 'end' && end.words).toContain(state);
  served.fault = { state, after: 0 };
  scanner = expectOk(openEscl(url, null, staging));
  expect((await all(true)).given.map(({ id }) => id)).toEqual(given.map(({ id }) => id));
  expect(readdirSync(staging)).toEqual([]);
});

test('a page that is no picture is passed over, the next one comes', async () => {
  served.stack = [pages[0] as Uint8Array, new TextEncoder().encode('oops'), pages[2] as Uint8Array];
  const { given, others, end } = await all(true);
  expect(given.map(({ position }) => position)).toEqual([1, 3]);
  expect(others).toEqual(['scan-page-unreadable']);
  expect(end).toMatchObject({ end: 'empty' });
});

test('a connection that breaks within a page ends the scan; what came before is there', async () => {
  served.stack = [...pages];
  served.next = 'cut-off';
  const { given, end } = await all(false);
  expect(given).toHaveLength(1);
  expect(end).toMatchObject({ end: 'error', refusal: { type: 'device-unreachable' } });
  expect(readdirSync(staging).filter((name) => name.endsWith('.jpg'))).toHaveLength(1);
});

test('a job that a killed station left behind is ended before the next one', async () => {
  served.stack = [...pages];
  // As a kill leaves it: the loop is never finished.
  const steps = scanner.scan(request)[Symbol.asyncIterator]();
  await steps.next();
  expect(readdirSync(staging)).toContain('job');
  scanner = expectOk(openEscl(url, null, staging));
  const { given, end } = await all(true);
  expect(given).toHaveLength(3);
  expect(end).toMatchObject({ end: 'empty' });
  expect(served.deleted).toEqual(['/eSCL/ScanJobs/1', '/eSCL/ScanJobs/2']);
});

test('what it cannot do is refused before a job is made', async () => {
  served.duplex = false;
  expect((await all(true, { ...request, duplex: true })).end).toMatchObject({
    refusal: { type: 'scanner-no-duplex' },
  });
  expect((await all(true, { ...request, dpi: 240 })).end).toMatchObject({
    refusal: { type: 'scanner-no-resolution', takes: '200, 300' },
  });
  expect(served.settings).toEqual([]);
});

test('whatever answers instead of a scanner is refused as what it is', async () => {
  for (const [next, type] of [
    ['garbage', 'scanner-unusable'],
    ['bomb', 'scanner-unusable'],
    [{ http: 401 }, 'scanner-asks-for-password'],
    [{ http: 404 }, 'scanner-unusable'],
    [{ http: 500 }, 'scanner-refuses'],
    [{ http: 503 }, 'scanner-busy'],
  ] as const) {
    served.next = next;
    expect([next, await scanner.abilities()]).toMatchObject([next, { refusal: { type } }]);
  }
  await served.end();
  expect((await all(true)).end).toMatchObject({ end: 'error', refusal: { type: 'device-unreachable' } });
});

test('a cancelled scan ends its job', async () => {
  served.stack = [...pages];
  const controller = new AbortController();
  const seen: string[] = [];
  for await (const step of scanner.scan({ ...request, signal: controller.signal })) {
    seen.push(step.step === 'end' ? step.end : step.step);
    controller.abort();
  }
  expect(seen).toEqual(['page', 'cancelled']);
  expect(served.deleted).toHaveLength(1);
});

test('over TLS only the scanner whose certificate was taken over is asked', async () => {
  const { keyPem, certPem } = await selfSigned('scanner');
  const safe = new ServedScanner();
  const at = await safe.start({ key: keyPem, cert: certPem });
  try {
    const pin = certificateFingerprint(certPem);
    expect(await expectOk(openEscl(at, null, staging)).abilities()).toMatchObject({
      refusal: { type: 'device-certificate-new', pin },
    });
    expect(await expectOk(openEscl(at, 'ab'.repeat(32), staging)).abilities()).toMatchObject({
      refusal: { type: 'device-certificate-changed', pin },
    });
    expect(await expectOk(openEscl(at, pin, staging)).abilities()).toMatchObject({ ok: true });
  } finally {
    await safe.end();
  }
});

test.each(['', 'scanner', 'ftp://scanner/', 'http://u:p@scanner/', 'http://scanner/eSCL?a'])(
  '%s is no address of a scanner',
  (address) => {
    expect(openEscl(address, null, staging)).toMatchObject({ refusal: { type: 'scanner-address-unusable' } });
  },
);
