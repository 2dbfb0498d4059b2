import { expect, test } from 'vitest';
import { FakeScanners, type FakeScanner, type ScannerFault } from './fake.ts';
import type { ScannedPage, ScanRequest } from './port.ts';

const request: ScanRequest = { dpi: 200, source: 'feeder', duplex: false, format: 'jpeg' };
const sheet = (text: string): Uint8Array => new TextEncoder().encode(text);

async function all(scanner: FakeScanner, asked = request) {
  const pages: ScannedPage[] = [];
  let end = '';
  for await (const step of scanner.scan(asked)) {
    if (step.step === 'page') pages.push(step.page);
    if (step.step === 'end') end = step.refusal?.type ?? step.end;
  }
  return { pages, end };
}

test.each<[ScannerFault, string]>([
  ['jam', 'jam'],
  ['double-feed', 'double-feed'],
  ['cover-open', 'cover-open'],
  ['error', 'error'],
  ['vanishes', 'device-unreachable'],
])('%s after two pages loses none of them', async (fault, expected) => {
  const scanner = new FakeScanners().create('one');
  scanner.lay([sheet('1'), sheet('2'), sheet('3')]);
  scanner.failNext(fault, 2);
  const { pages, end } = await all(scanner);
  expect([pages.length, end, scanner.waiting]).toEqual([2, expected, 2]);
  scanner.back();
  const [first] = pages as [ScannedPage];
  const again = await all(scanner, { ...request, isKept: (id) => id === first.id });
  expect(again.pages.map(({ bytes }) => new TextDecoder().decode(bytes))).toEqual(['2', '3']);
  for (const page of again.pages) await page.kept();
  expect(scanner.waiting).toBe(0);
});
