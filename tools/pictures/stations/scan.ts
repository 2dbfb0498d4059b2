/** The scan station: a room in which nearly everything is wrong that can be, its package, and what the centre says of it. */
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import type { SheetKind } from '../../../src/exam/form/sheet-code.ts';
import { ownNumber } from '../../../src/exam/form/sheet-number.ts';
import type { PackageWord } from '../../../src/exam/paper-day/parcels.ts';
import { FakeScanners, type FakeScanner } from '../../../src/hardware/scanner/fake.ts';
import type { Scanners } from '../../../src/hardware/scanner/port.ts';
import { systemScanners } from '../../../src/hardware/scanner/scanners.ts';
import { openPagePool } from '../../../src/recognise/pool.ts';
import { ScanDesk } from '../../../src/station/scan/desk.ts';
import {
  allRead,
  journalOfPrintStation,
  printed,
  wordsFile,
} from '../../../src/station/scan/scan.fixture.ts';
import { roomView, scanView } from '../../../src/station/scan/view.ts';
import { openTestStation, plannedKits } from '../../../src/station/station.fixture.ts';
import { jpegOf } from '../../scans/file.ts';
import { makeScan, type ScanRequest } from '../../scans/scan.ts';
import type { Pictures } from '../screen.ts';
import * as first from './first-steps.ts';
import { openPlace, type StationPlace } from './place.ts';

const kits = [...plannedKits('0001', 1, 4, 1), ...plannedKits('0002', 5, 2, 0)];
const additional = ownNumber('204118', 1);
const spoiled = '100003';
const unused = '100004';
const roomAddress = 'http://192.168.1.30/eSCL';

interface AtWork extends StationPlace {
  readonly desk: ScanDesk;
  readonly scanner: FakeScanner;
}

export async function scanStation(browser: Browser, pictures: Pictures): Promise<void> {
  const fakes = new FakeScanners();
  const scanner = fakes.create('192.168.1.30');
  fakes.inNetwork = [
    {
      address: { way: 'escl', url: roomAddress, pin: null },
      name: 'Canon imageFORMULA DR-S250N',
      about: 'Штаб ППЭ · 192.168.1.30',
    },
  ];
  const scanners: Scanners = {
    list: () => fakes.list(),
    search: () => fakes.search(),
    // What is typed by hand is asked in truth, and is not there.
    open: (address, staging) => {
      const found = fakes.open(address);
      return found.ok ? found : systemScanners.open(address, staging);
    },
  };
  let desk: ScanDesk | null = null;
  const place = await openPlace('scan', browser, pictures, {
    kits,
    papers: [new Uint8Array(10), new Uint8Array(10)],
    plan: { additional: [{ number: additional, kind: 'additional', place: 4, sides: 2, room: '0001' }] },
    scan: (station) => (desk = new ScanDesk(station, { scanners, pool: openPagePool({ threads: 1 }) })),
  });
  if (desk === null) throw new Error('no desk');
  const at: AtWork = { ...place, desk, scanner };
  try {
    await first.settings(at, null);
    await first.admission(at, false);
    await first.materials(at, false);
    await at.shown.visit('station.scan-journals');
    await at.shown.page.getByText(at.shown.t('stationScan.closedNow')).waitFor();
    await at.shown.take('journals-closed');
    const rooms = ['0001', '0002'].map((room) => ({ room, kits: 9 }));
    await first.key(at, rooms, false);
    await prepares(at);
    await room(at);
    await siteForms(at);
    await packages(at);
  } finally {
    await place.close();
  }
}

async function prepares({ here, above, shown, field }: AtWork): Promise<void> {
  const { page, t } = shown;
  await shown.visit('station.scan-journals');
  await page.getByText(t('stationScan.noJournals')).waitFor();
  await shown.take('journals-none');
  for (const way of ['sane', 'folder'] as const) {
    await page.getByRole('radio', { name: t(`stationScan.way.${way}`) }).check();
    await page.waitForTimeout(300);
    await shown.take(`scanner-${way}`);
  }
  await page.getByRole('radio', { name: t('stationScan.way.escl') }).check();
  await field('stationScan.url').fill('http://127.0.0.1:9/eSCL');
  await shown.press('stationScan.useScanner');
  await page.getByRole('alert').first().waitFor();
  await shown.take('scanner-not-there');
  await page.getByRole('radio', { name: /Canon/ }).check();
  await shown.press('stationScan.useScanner');
  await page.getByText(t('stationScan.scannerNow', { name: roomAddress })).waitFor();
  const print = await openTestStation('print');
  const own = kits.filter(({ room: of }) => of === '0001');
  const fates = printed(own, { [spoiled]: 'spoiled', [unused]: 'unused' });
  await journalOfPrintStation(print, above, here.stick, { room: '0001', number: '2' }, fates);
  await print.close();
  await shown.visit('station.scan-journals');
  await page.getByRole('button', { name: t('stationScan.loadJournal') }).waitFor();
  await shown.take('journals-found');
  await shown.press('stationScan.loadJournal');
  await page.getByText(t('stationScan.journalRoom', { room: '0001', number: '2' })).waitFor();
  await shown.take('journals');
}

let seed = 0;

async function paper(
  kit: string,
  number: string,
  kind: SheetKind,
  side: 1 | 2 = 1,
  more: Partial<ScanRequest> = {},
): Promise<Uint8Array> {
  const code = { number, side, more: { kit, kind, copy: 1 } };
  const { raster } = await makeScan({ code, seed: ++seed, ink: 'much', ...more } as ScanRequest);
  return jpegOf(raster);
}

/** One kit is whole; of the others each page shows something that does not fit. */
async function stack(): Promise<Uint8Array[]> {
  const numberOf = (kit: number, at: number): string => kits[kit - 1]?.sheets[at]?.number ?? '';
  const white = await sharp({ create: { width: 1654, height: 2339, channels: 3, background: '#fff' } })
    .jpeg()
    .toBuffer();
  const blurred = { degradation: { blur: 3.2, contrast: 0.3 } };
  return Promise.all([
    paper('100001', numberOf(1, 0), 'registration'),
    paper('100001', numberOf(1, 1), 'answers-1'),
    paper('100001', numberOf(1, 2), 'answers-2'),
    paper('100001', numberOf(1, 2), 'answers-2', 2, { ink: 'none' }),
    paper('100002', numberOf(2, 0), 'registration', 1, { degradation: { turned: 180 } }),
    paper('100002', numberOf(2, 1), 'answers-1', 1, { ink: 'none' }),
    paper('100002', numberOf(2, 2), 'answers-2'),
    paper(spoiled, numberOf(3, 0), 'registration'),
    paper(unused, numberOf(4, 0), 'registration'),
    paper('100005', numberOf(5, 1), 'answers-1'),
    paper('100001', numberOf(1, 0), 'registration', 1, { degradation: { skewDegrees: 2 } }),
    paper('100009', ownNumber('999999', 3), 'answers-1'),
    paper('100002', numberOf(2, 1), 'answers-1', 1, blurred),
    paper('100001', additional, 'additional'),
    Promise.resolve(white),
  ]);
}

async function room({ desk, scanner, shown, field, button }: AtWork): Promise<void> {
  const { page, t } = shown;
  await shown.visit('station.scan-rooms');
  await page.getByText(t('stationScan.roomsNow')).waitFor();
  await shown.take('rooms');
  await page
    .getByRole('row', { name: /0001/ })
    .getByRole('button', { name: t('stationScan.begin') })
    .click();
  await field('stationScan.count.kitsIssued').waitFor();
  await shown.take('room-empty');
  for (const [key, count] of [
    ['kitsIssued', '2'],
    ['registrations', '2'],
    ['additional', '0'],
    ['absent', '1'],
    ['unfinished', '0'],
  ] as const)
    await field(`stationScan.count.${key}`).fill(count);
  await shown.press('stationScan.saveCounts');
  const pages = await stack();
  scanner.lay(pages);
  scanner.failNext('jam', 3);
  await button('stationScan.scan').click();
  await page.getByText(t('stationScan.end.jam', { pages: 3 })).waitFor();
  await allRead(desk);
  await page.waitForTimeout(500);
  await shown.take('room-jam');
  await button('stationScan.scan').click();
  await page.getByText(t('stationScan.end.empty', { pages: pages.length - 3 })).waitFor({ timeout: 60_000 });
  await allRead(desk);
  await page.waitForTimeout(1_000);
  await shown.take('room');
  const shownPages = roomView(desk, '0001')?.pages.toReversed() ?? [];
  const seen = new Set<string>();
  for (const [i, one] of shownPages.entries()) {
    const what = one.problem ?? one.state;
    if (seen.has(what)) continue;
    seen.add(what);
    await page.locator('.station-scan-page').nth(i).click();
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(300);
    await shown.take(`page-${what}`);
    if (what === 'fits') {
      await shown.press('stationScan.larger');
      await shown.take('page-larger');
    }
    await shown.closeDialog();
  }
  await page.locator('textarea').first().fill('Лист бланка ответов № 2 не найден, составлен акт');
  await shown.take('room-with-reason');
  await shown.press('stationScan.close');
  await page.getByText(t('stationScan.roomsNow')).waitFor();
  await shown.take('rooms-closed');
  await shown.visit('station.scan-rooms/0001');
  await page.getByText(t('stationScan.isClosed')).waitFor();
  await shown.take('room-closed');
  await shown.dialog('stationScan.reopen', 'room-reopen-dialog');
}

async function siteForms({ desk, scanner, shown, button }: AtWork): Promise<void> {
  const { page, t } = shown;
  await shown.visit('station.scan-rooms');
  const begin = page.getByRole('button', { name: t('stationScan.begin') });
  await begin.last().click();
  await page.getByText(t('stationScan.noPages')).waitFor();
  scanner.lay([
    await paper('100001', additional, 'additional', 1, { degradation: { blur: 4, contrast: 0.3 } }),
  ]);
  await button('stationScan.scan').click();
  await page.locator('.station-scan-page').waitFor();
  await allRead(desk);
  await page.waitForTimeout(500);
  await page.locator('.station-scan-page').click();
  await shown.take('form-dialog');
  await shown.press('stationScan.saveForm');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await shown.take('room-of-forms');
  await shown.press('stationScan.close');
  await page.getByText(t('stationScan.roomsNow')).waitFor();
}

async function packages(at: AtWork): Promise<void> {
  const { desk, shown } = at;
  const { page, t } = shown;
  await shown.visit('station.scan-carry');
  await page.getByText(t('stationScan.notWritten')).first().waitFor();
  await page.getByText(/^stick/).waitFor();
  await shown.take('packages');
  await shown.press('stationScan.writeNew');
  await page
    .getByText(t('stationScan.writtenTimes', { written: 1 }))
    .first()
    .waitFor();
  await shown.take('packages-written');
  const made = scanView(desk).rooms.flatMap(({ packages: own }) => own);
  const sheet = kits[0]?.sheets[1]?.number ?? '';
  const word = (i: number, more: Partial<PackageWord>): PackageWord => ({
    packageId: made[i]?.id ?? '',
    state: 'confirmed',
    quality: 'good',
    rescan: [],
    reason: '',
    at: 10,
    ...more,
  });
  const rescan: Partial<PackageWord> = {
    quality: 'rescan',
    rescan: [{ number: sheet, side: 1 }],
    reason: 'бледная копия',
  };
  await wordsFile(at, [word(0, rescan), word(1, {})]);
  await shown.visit('station.scan-carry');
  await page.getByRole('button', { name: t('stationScan.takeWords') }).waitFor();
  await shown.take('words');
  await shown.press('stationScan.takeWords');
  await page.getByText(t('stationScan.quality.good'), { exact: false }).first().waitFor();
  await shown.take('words-taken');
  await shown.visit('station.scan-rooms');
  await shown.take('rooms-again');
  await shown.visit('station.scan-rooms/0001');
  await page.getByText(t('stationScan.rescanHelp')).first().waitFor();
  await shown.take('room-again');
  await page.locator('textarea').first().fill('Лист уже отправлен');
  await shown.press('stationScan.close');
  await page.getByText(t('stationScan.roomsNow')).waitFor();
  await shown.visit('station.scan-carry');
  await page.getByText(/^stick/).waitFor();
  await shown.press('stationScan.writeNew');
  await page.getByText(t('stationScan.replaces'), { exact: false }).first().waitFor();
  // One writes to a stick at a time.
  await page.getByText(t('stationScan.wrote', { written: 1 })).waitFor();
  await shown.press('stationScan.writeJournal');
  await page.getByText(t('stationScan.journalWritten')).waitFor();
  await shown.take('end');
  await shown.visit('station.remains');
  await shown.take('remains');
  await shown.dialogs('remains');
}
