/** The print station, from an empty computer to END_PRINT: what goes wrong with paper on the way, and what somebody sees of it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { expectOk } from '../../../src/base/result.ts';
import { ownNumber } from '../../../src/exam/form/sheet-number.ts';
import { printedListTyp, type PrintedList } from '../../../src/exam/paper-day/printed-list.ts';
import type { FakePrinter } from '../../../src/hardware/printer/fake.ts';
import { stickFolder } from '../../../src/node/stick/stick.ts';
import { activate, loadKey } from '../../../src/station/access-key/access-key.ts';
import { takeAdmission } from '../../../src/station/admission/take-admission.ts';
import { loadMaterials } from '../../../src/station/materials/load-materials.ts';
import { questionPaper } from '../../../src/station/print/print.fixture.ts';
import { saveSettings } from '../../../src/station/settings/settings.ts';
import { day, plannedKits } from '../../../src/station/station.fixture.ts';
import { signJws } from '../../../src/trust/jws.ts';
import type { Pictures } from '../screen.ts';
import * as first from './first-steps.ts';
import { openPlace, type PlaceWants, type StationPlace } from './place.ts';

const printerName = 'HP LaserJet Enterprise M611';

async function wants(): Promise<PlaceWants> {
  return {
    kits: [...plannedKits('0001', 1, 9, 2), ...plannedKits('0002', 10, 2, 0)],
    papers: [await questionPaper(1, 2), await questionPaper(2, 2)],
    plan: {
      additional: Array.from({ length: 6 }, (_, i) => ({
        number: ownNumber('204118', i + 1),
        kind: 'additional' as const,
        place: 4,
        sides: 2 as const,
        room: '0001',
      })),
    },
  };
}

export async function printStation(browser: Browser, pictures: Pictures): Promise<void> {
  const place = await openPlace('print', browser, pictures, await wants());
  const { shown } = place;
  try {
    await shown.visit('station.settings');
    await shown.take('settings-empty');
    await first.settings(place, '0001');
    const printer = await chooses(place);
    await first.admission(place, true);
    await shown.visit('station.print');
    await shown.take('print-closed');
    await first.materials(place, true);
    await first.key(place, [{ room: '0001', kits: 9 }], true);
    await prints(place, printer);
    await finishes(place);
  } finally {
    await place.close();
  }
}

async function chooses({ here, shown, field }: StationPlace): Promise<FakePrinter> {
  const { page, t } = shown;
  await shown.visit('station.printer');
  await page.getByText(t('stationPrint.noPrinters')).waitFor();
  await shown.take('printer-none');
  await field('stationPrint.address').fill('ipp://127.0.0.1:9/ipp/print');
  await shown.press('stationPrint.choose');
  await page.getByRole('alert').first().waitFor();
  await shown.take('printer-not-there');
  const printer = here.printers.create(printerName, 6, 'Кабинет 1');
  here.printers.inNetwork = [
    {
      address: { way: 'ipp', url: 'ipps://192.168.1.20:631/ipp/print', pin: null },
      name: 'Kyocera ECOSYS P3155dn',
      about: 'Учительская, 2-й этаж · 192.168.1.20',
    },
  ];
  const sent: Uint8Array[] = [];
  const print = printer.print.bind(printer);
  printer.print = (order) => {
    sent.push(order.pdf);
    return print(order);
  };
  await shown.visit('station.printer');
  await page.getByRole('radio', { name: printerName }).waitFor();
  await page.getByText(t('station.nearFound', { count: 1 })).waitFor();
  await shown.take('printer-found');
  await page.getByRole('radio', { name: t('stationPrint.byFolder') }).check();
  await shown.take('printer-folder');
  await page.getByRole('radio', { name: printerName }).check();
  await shown.press('stationPrint.choose');
  await page.getByText(t('stationPrint.testNow')).waitFor();
  await shown.take('printer-chosen');
  printer.failNext('out-of-paper');
  await shown.press('stationPrint.printTest');
  await page.getByText(t('stationPrint.condition.out-of-paper')).waitFor();
  await shown.take('printer-out-of-paper');
  printer.seenTo();
  await page.getByText(t('stationPrint.said.completed')).waitFor();
  await shown.take('printer-test');
  await shown.press('stationPrint.testBad');
  await page.getByText(t('stationPrint.testBadNow')).waitFor();
  await shown.take('printer-test-bad');
  if (await scannedBack(sent[0] ?? new Uint8Array(), join(here.stick, 'test page.jpg'))) {
    await shown.visit('station.printer');
    await page.getByText('test page.jpg').first().waitFor();
    await shown.press('stationPrint.measureThis');
    await page.getByText(t('stationPrint.scale')).waitFor();
  }
  await shown.press('stationPrint.testGood');
  await page.getByText(t('stationPrint.testedNow')).waitFor();
  await shown.take('printer-tested');
  return printer;
}

/** The test page as a scanner makes it of paper. @returns whether that can be done here */
async function scannedBack(pdf: Uint8Array, to: string): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-test-page-'));
  try {
    writeFileSync(join(folder, 'file.pdf'), pdf);
    try {
      execFileSync('pdftoppm', ['-r', '200', '-gray', '-jpeg', 'file.pdf', 'page'], { cwd: folder });
    } catch {
      console.warn('Without pdftoppm no test page is measured.');
      return false;
    }
    const [page = ''] = readdirSync(folder).filter((name) => name.endsWith('.jpg'));
    await sharp(readFileSync(join(folder, page)))
      .toColourspace('b-w')
      .withMetadata({ density: 200 })
      .toFile(to);
    return true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prints({ shown, field, button }: StationPlace, printer: FakePrinter): Promise<void> {
  const { page, t } = shown;
  const row = (kit: number) => page.getByRole('row', { name: new RegExp(`^${100_000 + kit}`) });
  const good = (kit: number) =>
    row(kit).getByRole('button', { name: t('stationPrint.judgeGood'), exact: true });
  const spoiled = async (kit: number, name: string | null): Promise<void> => {
    await row(kit)
      .getByRole('button', { name: t('stationPrint.judgeSpoiled') })
      .click();
    await page.getByRole('dialog').waitFor();
    if (name !== null) await shown.take(name);
    await shown.press('stationPrint.why.askew');
    await shown.press('stationPrint.markSpoiled');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  };
  await shown.visit('station.print');
  await page.getByText(t('stationPrint.printNow')).waitFor();
  await shown.take('print');
  await field('stationPrint.howMany').fill('4');
  printer.failNext('out-of-paper');
  await button('stationPrint.start').click();
  await page.getByText(t('stationPrint.printingNow')).waitFor();
  await page.getByText(t('stationPrint.condition.out-of-paper')).waitFor();
  await shown.take('print-out-of-paper');
  printer.seenTo();
  for (const kit of [1, 2, 3, 4]) await good(kit).waitFor();
  await shown.take('print-look');
  await spoiled(1, 'print-spoiled-dialog');
  await good(2).click();
  await row(1)
    .getByRole('button', { name: t('stationPrint.replace') })
    .waitFor();
  await shown.take('print-spoiled');
  await row(1)
    .getByRole('button', { name: t('stationPrint.replace') })
    .click();
  await good(8).click();
  await spoiled(3, null);
  await good(4).click();
  await row(3)
    .getByRole('button', { name: t('stationPrint.replace') })
    .click();
  await good(9).waitFor();
  await spoiled(9, null);
  await page.getByText(t('stationPrint.reserveOut')).waitFor();
  await shown.take('print-reserve-out');
  printer.failNext('refuses-format');
  await button('stationPrint.start').click();
  await page.getByText(t('stationPrint.haltedNow')).waitFor();
  await shown.take('print-halted');
  printer.failNext('vanishes');
  await shown.press('stationPrint.tryAgain');
  await page
    .getByRole('button', { name: t('stationPrint.askNoMore') })
    .first()
    .waitFor();
  await shown.take('print-printer-away');
  printer.back();
  // A printer that was away is asked again less and less often.
  for (const kit of [5, 6, 7]) await good(kit).click({ timeout: 60_000 });
  await page.getByText(t('stationPrint.allGoodNow')).waitFor();
  await shown.press('stationPrint.printAdditional');
  await page.getByText(t('stationPrint.additionalLeft', { left: 5, printed: 1 }), { exact: false }).waitFor();
  await shown.take('print-all-good');
}

async function finishes({ shown, field }: StationPlace): Promise<void> {
  const { page, t } = shown;
  await shown.visit('station.finishPrint');
  await page.getByText(t('stationPrint.finishNow')).waitFor();
  await shown.take('finish-short');
  await field('stationPrint.shortBecause').fill('Двое не пришли');
  await page.getByRole('checkbox').check();
  await shown.press('stationPrint.finish');
  await page.getByText(t('stationPrint.writeNow')).waitFor();
  await page.getByText(/^stick/).waitFor();
  await shown.take('finish-write');
  await shown.press('stationPrint.write');
  await page.getByText(t('stationPrint.writtenNow')).waitFor();
  await shown.take('finish-written');
  await shown.visit('station.print');
  await page.getByText(t('stationPrint.finishedNow')).waitFor();
  await shown.take('print-finished');
  await shown.visit('station.key');
  await shown.take('key-over');
  await shown.visit('station.materials');
  await shown.take('materials-over');
}

/** Its stick knows of kits that this disk has forgotten. */
function remembersMore({ station: { node }, stick }: StationPlace['here']): void {
  const kits = [1, 2, 3].map((n) => ({ kit: String(100_000 + n), room: '0001', copy: 1, replaces: null }));
  const list: PrintedList = {
    v: 1,
    station: node.id,
    eventId: day.id,
    at: node.clock.now(),
    kits,
    additional: [],
  };
  const name = `PRINTED_${node.id.slice(0, 12)}.jws`;
  writeFileSync(join(stick, stickFolder, name), signJws(printedListTyp, list, node.keys.signing));
}

/** A reserve station, in a project that opens with the key alone, with everything done up to its own work. */
export async function reserveStation(browser: Browser, pictures: Pictures): Promise<void> {
  const place = await openPlace('print', browser, pictures, await wants());
  const { here, above, shown } = place;
  const { page, t } = shown;
  const { station } = here;
  try {
    expectOk(await saveSettings(station, { siteCode: '0801', room: null, number: '12' }));
    expectOk(await takeAdmission(station, await place.admitted(), above.root));
    expectOk(await loadMaterials(station, await above.materials()));
    const rooms = [{ room: '0001', kits: 9 }];
    expectOk(await loadKey(station, await above.key(station, { rooms, opens: 'password' })));
    await shown.visit('station.key');
    await page.getByRole('button', { name: t('station.openMaterials') }).waitFor();
    await shown.take('reserve-key-alone');
    expectOk(await activate(station, null, ''));
    await shown.visit('station.print');
    await page.getByText(t('stationPrint.chooseRoomNow')).waitFor();
    await shown.take('reserve-print');
    remembersMore(here);
    await page.getByRole('button', { name: t('stationPrint.takeOver') }).waitFor();
    await shown.take('print-disk-older');
  } finally {
    await place.close();
  }
}
