/**
 * A room of 15 kits of 8 sheets comes through a scanner of 30 pages a minute. Does the scanner ever wait for the reading of pages, and how
 * long is it from the last page's arrival until the room is closed and its package lies there, sealed?
 */
import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { expectOk } from '../src/base/result.ts';
import type { SheetKind } from '../src/exam/form/sheet-code.ts';
import { ownNumber } from '../src/exam/form/sheet-number.ts';
import type { PlannedKit } from '../src/exam/paper-day/parcels.ts';
import { FakeScanner } from '../src/hardware/scanner/fake.ts';
import type { ScanRequest, Scanners, ScanStep } from '../src/hardware/scanner/port.ts';
import { ok } from '../src/base/result.ts';
import { openPagePool } from '../src/recognise/pool.ts';
import { closeRoom, packagePath } from '../src/station/scan/packages.ts';
import { allRead, begun, scanPlace } from '../src/station/scan/scan.fixture.ts';
import { chooseScanner } from '../src/station/scan/scanner-choice.ts';
import { jpegOf } from '../tools/scans/file.ts';
import { makeScan } from '../tools/scans/scan.ts';

const kitCount = 15;
const kinds: readonly SheetKind[] = ['registration', 'answers-1', 'answers-2'];
/** Sides of a kit: registration, answers 1, and as many sheets of answers 2 as make eight pages. */
const pagesOfKit = 8;
const pagesPerMinute = 30;
const everyMs = 60_000 / pagesPerMinute;

export async function run(): Promise<object> {
  // One kit's pages at the scanner's own pace tell whether it waits; the whole room at once how long it takes afterwards.
  const paced = Number(
    process.argv.find((one) => one.startsWith('--paced='))?.slice('--paced='.length) ?? 12,
  );
  const kits = Array.from({ length: kitCount }, (_, n): PlannedKit => ({
    kit: String(100_001 + n),
    room: '0001',
    reserve: false,
    variant: 1,
    sheets: Array.from({ length: pagesOfKit }, (__, i) => ({
      number: ownNumber('204117', n * pagesOfKit + i + 1),
      kind: kinds[Math.min(i, 2)] ?? 'answers-2',
      place: i + 1,
      sides: 1,
    })),
  }));
  console.error(`making ${kitCount * pagesOfKit} pages`);
  const pages: Uint8Array[] = [];
  for (const { kit, sheets } of kits)
    for (const { number, kind } of sheets) {
      const { raster } = await makeScan({
        code: { number, side: 1, more: { kit, kind, copy: 1 } },
        seed: pages.length,
        ink: 'much',
        degradation: { skewDegrees: 0.6, noise: 4 },
      });
      pages.push(await jpegOf(raster));
    }
  const scanner = new PacedScanner('bench');
  const scanners: Scanners = {
    list: () => Promise.resolve(ok([])),
    search: () => Promise.resolve([]),
    open: () => ok(scanner),
  };
  const place = await scanPlace({
    kits,
    plan: { preprinted: true },
    scanners,
    pool: () => openPagePool(),
  });
  try {
    expectOk(
      await chooseScanner(place.desk, { address: scanner.address as never, source: 'feeder', duplex: true }),
    );
    await begun(place, '0001', { kitsIssued: kitCount, registrations: kitCount });
    console.error(`${paced} pages at ${pagesPerMinute} a minute, the others as fast as they are taken`);
    scanner.pace(paced);
    scanner.lay(pages);
    expectOk(await place.desk.scanning.start('0001'));
    await place.desk.scanning.ended();
    const lastPage = performance.now();
    await allRead(place.desk);
    const read = performance.now();
    const [made] = expectOk(await closeRoom(place.desk, '0001', ''));
    const closed = performance.now();
    const { size } = await stat(packagePath(place.desk, made?.id ?? ''));
    return {
      pages: pages.length,
      bytesOfPage: Math.round(pages.reduce((sum, one) => sum + one.length, 0) / pages.length),
      /** The longest that the scanner had to wait until the station took the next page. */
      scannerWaitedMs: Math.round(scanner.longestWaitMs),
      mayWaitMs: everyMs,
      /** After the last page, the whole room but the paced pages being unread: more than ever happens at this pace. */
      unreadAfterLastPageMs: Math.round(read - lastPage),
      closedMs: Math.round(closed - read),
      lastPageToPackageMs: Math.round(closed - lastPage),
      packageBytes: size,
    };
  } finally {
    await place.close();
  }
}

/** Gives pages at a scanner's pace, and measures how long each is in its way until the next is asked for. */
class PacedScanner extends FakeScanner {
  longestWaitMs = 0;
  #paced = 0;

  pace(pages: number): void {
    this.#paced = pages;
  }

  override async *scan(request: ScanRequest): AsyncGenerator<ScanStep, void, undefined> {
    for await (const step of super.scan(request)) {
      if (this.#paced-- > 0) await wait(everyMs);
      const given = performance.now();
      yield step;
      this.longestWaitMs = Math.max(this.longestWaitMs, performance.now() - given);
    }
  }
}
