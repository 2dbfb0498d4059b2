/** A room at the scan station, from a folder that another program scans into: one page is of nowhere, one sheet is missing, and then it is whole. */
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { ownNumber } from '../../src/exam/form/sheet-number.ts';
import type { SheetKind } from '../../src/exam/form/sheet-code.ts';
import { systemScanners } from '../../src/hardware/scanner/scanners.ts';
import { screensFolder } from '../../src/node/running.ts';
import { startWebServer, type WebServer } from '../../src/node/web-server.ts';
import { openPagePool } from '../../src/recognise/pool.ts';
import { stationOperations } from '../../src/station/operations.ts';
import { workOf } from '../../src/station/work.ts';
import { pictureRoutes } from '../../src/station/scan/picture-routes.ts';
import { printed, scanPlace, type ScanPlace } from '../../src/station/scan/scan.fixture.ts';
import { build } from '../../tools/build.ts';
import { closeWindows, sharedBrowser } from '../../tools/exam-day/browser.ts';
import { jpegOf } from '../../tools/scans/file.ts';
import { makeScan } from '../../tools/scans/scan.ts';
import { Screen } from './browser.ts';

let place: ScanPlace;
let server: WebServer;
let browser: Browser;
let window: BrowserContext;
let screen: Screen;
let folder: string;

beforeAll(async () => {
  if (!build()) throw new Error('the screens could not be built');
  place = await scanPlace({
    scanners: systemScanners,
    pool: () => openPagePool({ threads: 1 }),
  });
  folder = join(place.here.folder, 'scanned');
  mkdirSync(folder);
  const kits = place.kits.filter(({ room }) => room === '0002');
  await place.printJournal('0002', printed(kits, { [kits[1]?.kit ?? '']: 'unused' }));
  const { station } = place.here;
  server = expectOk(
    await startWebServer({
      host: '127.0.0.1',
      port: 0,
      publicNames: [],
      screens: screensFolder('consoles', 'station'),
      router: stationOperations(station, workOf(station, { print: null, voice: null, scan: place.desk })),
      accounts: station.node.accounts,
      files: station.node.files,
      log: pino({ level: 'silent' }),
      health: () => ({ ok: true }),
      extend: pictureRoutes(place.desk),
    }),
  );
  browser = await sharedBrowser();
  window = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' });
  screen = await Screen.open(window, server.port);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await screen.page.screenshot({
      path: join(import.meta.dirname, '..', '..', 'test-results', 'scan-station.png'),
    });
});
afterAll(async () => {
  await closeWindows(browser);
  await server.close();
  await place.close();
});

let pages = 0;

/** As a scanning program does it: whole under its name, or not there. */
async function lay(
  number: string,
  kind: SheetKind,
  side: 1 | 2,
  ink: 'much' | 'none' = 'much',
  turned: 0 | 180 = 0,
): Promise<void> {
  const { raster } = await makeScan({
    code: { number, side, more: { kit: '100004', kind, copy: 1 } },
    seed: ++pages,
    ink,
    degradation: { turned },
  });
  const name = `scan${String(pages).padStart(3, '0')}.jpg`;
  writeFileSync(join(folder, `${name}.part`), await jpegOf(raster));
  renameSync(join(folder, `${name}.part`), join(folder, name));
}

test('a room is scanned from a folder, what does not fit is settled, and its package lies on the stick', async () => {
  const [kit] = place.kits.filter(({ room }) => room === '0002');
  const [registration, first, second] = kit?.sheets.map(({ number }) => number) ?? [];
  if (!kit || !registration || !first || !second) throw new Error('no kit');
  const at = `http://127.0.0.1:${server.port}/#/`;

  await screen.page.goto(`${at}station.scan-journals`);
  await screen.see('No print journal of: 0001, 0002');
  await screen.press('Load');
  await screen.see('Room 0002, station 2');
  await screen.see('1 good, 0 spoiled');
  await screen.page.getByRole('radio', { name: /another program scans/ }).check();
  await screen.type(/^Folder/, folder);
  await screen.press('Try it and use it');
  await screen.see(`In use: ${folder}`);

  await screen.page.goto(`${at}station.scan-rooms`);
  await screen.pressIn('Room 0002', 'Begin');
  for (const [label, count] of [
    ['Kits issued', '1'],
    ['Registration forms', '1'],
    ['Additional sheets', '0'],
    ['Absent', '1'],
    ['Did not finish', '0'],
  ] as const)
    await screen.type(label, count);
  await screen.press('Save the counts');
  await screen.press('Scan');
  await screen.see('Watching the folder: 0 pages');
  await lay(registration, 'registration', 1, 'much', 180);
  await lay(first, 'answers-1', 1);
  await lay(second, 'answers-2', 1);
  await lay(ownNumber('999999', 3), 'answers-1', 1);
  await screen.see('The number is not of this site');
  await screen.see(/Missing of kit 100004: answer form 2, .* side 2/);
  // The scanner goes on meanwhile.
  await screen.page.getByRole('region', { name: 'To be settled' }).getByRole('button').click();
  await screen.see(/Look whose sheet it is/);
  await screen.press('Put it aside');
  await screen.dialogClosed();
  const [other] = place.kits.filter(({ room }) => room === '0001');
  for (const sheet of other?.sheets.slice(0, 2) ?? []) await lay(sheet.number, sheet.kind, 1);
  await screen.press('Put all 2 sheets of other rooms aside');
  await lay(second, 'answers-2', 2, 'none');
  await screen.see('Everything fits.');
  await screen.see('Everything that was scanned fits: when the whole stack is here, close the room.');
  await screen.press('Stop');
  await screen.press('Close the room and make the package');
  await screen.see('closed');

  await screen.page.goto(`${at}station.scan-carry`);
  await screen.see('part 1 of 1, 4 pages');
  await screen.press('Write what is on no stick yet');
  await screen.see('written: 1');
  await screen.press('Write END_SCAN to the stick');
  await screen.see('The journal is on the stick.');
  expect(readdirSync(join(place.here.stick, 'INVIGIL', 'answers'))).toHaveLength(1);
  expect(readdirSync(join(place.here.stick, 'INVIGIL', 'journals'))[0]).toMatch(/^END_SCAN_/);
  expect(readdirSync(folder)).toEqual(['taken']);
  expect(await screen.violations()).toEqual([]);
  expect(screen.complaints).toEqual([]);
});
