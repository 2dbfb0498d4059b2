/** A print station, from an empty computer to END_PRINT on the stick, with one kit that a jam spoiled. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import type { FakePrinter } from '../../src/hardware/printer/fake.ts';
import { screensFolder } from '../../src/node/running.ts';
import { startWebServer, type WebServer } from '../../src/node/web-server.ts';
import { stationOperations } from '../../src/station/operations.ts';
import { PrintDesk } from '../../src/station/print/desk.ts';
import { workOf } from '../../src/station/work.ts';
import { questionPaper } from '../../src/station/print/print.fixture.ts';
import {
  makeAuthorities,
  memberPin,
  openTestStation,
  plannedKits,
  type Authorities,
  type TestStation,
} from '../../src/station/station.fixture.ts';
import { build } from '../../tools/build.ts';
import { closeWindows, sharedBrowser } from '../../tools/exam-day/browser.ts';
import { Screen } from './browser.ts';

let here: TestStation;
let above: Authorities;
let printer: FakePrinter;
let web: WebServer;
let screen: Screen;
let chromium: Browser;

beforeAll(async () => {
  if (!build()) throw new Error('the screens could not be built');
  here = await openTestStation();
  const papers = [await questionPaper(1, 2), await questionPaper(2, 2)];
  above = await makeAuthorities(here.folder, plannedKits('0001', 1, 3, 1), papers);
  printer = here.printers.create('laser', 2);
  const { station } = here;
  web = expectOk(
    await startWebServer({
      host: '127.0.0.1',
      port: 0,
      publicNames: [],
      screens: screensFolder('consoles', 'station'),
      router: stationOperations(
        station,
        workOf(station, { print: new PrintDesk(station), voice: null, scan: null }),
      ),
      accounts: station.node.accounts,
      files: station.node.files,
      log: station.node.log,
      health: () => ({ ok: true }),
    }),
  );
  chromium = await sharedBrowser();
  const window = await chromium.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' });
  screen = await Screen.open(window, web.port);
});
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  mkdirSync('test-results', { recursive: true });
  await screen.page.screenshot({ path: join('test-results', 'print-station.png'), fullPage: true });
});
afterAll(async () => {
  if (chromium) await closeWindows(chromium);
  here?.station.end();
  await web?.close();
  await here?.close();
});

const row = (kit: string) => screen.page.getByRole('row', { name: new RegExp(`^${kit}`) });

test('a room’s kits are printed, one spoiled and replaced, and the journal goes to the site', async () => {
  const { page } = screen;
  await screen.type('Code of the site', '0801');
  await screen.type(/^Room$/, '0001');
  await screen.type('Number of the station', '3');
  await screen.press('Save and go on');

  await page.getByText('laser', { exact: false }).first().waitFor();
  await screen.press('Take this printer');
  await screen.see('Print the test page and look at it.');
  await screen.press('Print the test page');
  await screen.see('completed, says the printer');
  await screen.press('The page is good');
  await screen.see(/The printer is chosen and its test page is good/);
  expect(await screen.violations()).toEqual([]);

  await screen.press('Next: Admission');
  await screen.press('Write to the stick');
  await screen.see('The readiness file is on the stick.');
  await above.admission(here.station);
  await page.reload();
  await screen.press('It is the same: take it');
  await above.materials();
  await screen.see('Load the materials from the stick of the site’s console.');
  await page.reload();
  await screen.press('Load');
  await above.key(here.station);
  await screen.see('Load the access key from the stick of the site’s console.');
  // The page sees by itself what somebody has put on the stick.
  await screen.press('Load');
  await screen.type('PIN of the token', memberPin);
  await screen.press('Open the materials');

  await screen.see('Print the kits of the room.');
  printer.failNext('jam-called-completed');
  await screen.press('Print');
  await screen.see('Look at each kit that has come out and say whether it is good.');
  await row('100001').getByRole('button', { name: 'Spoiled …' }).click();
  await screen.press('sheets are missing');
  await screen.press('Mark as spoiled');
  await screen.dialogClosed();
  await row('100002').getByRole('button', { name: 'Good', exact: true }).waitFor();
  // With the keyboard.
  await row('100002').focus();
  await page.keyboard.press('1');
  await row('100001').getByRole('button', { name: 'Print a reserve kit' }).click();
  await row('100003').getByRole('button', { name: 'Good', exact: true }).click();
  await screen.see(
    'Every kit has its verdict. Replace here what turns out to be flawed during the exam, and finish after it.',
  );
  await screen.see('copy 2, instead of 100001');
  expect(await screen.violations()).toEqual([]);

  await page
    .getByRole('button', { name: /^\d* *Finish$|Finish/ })
    .first()
    .click();
  await page.getByRole('checkbox', { name: 'The exam in this room is over' }).check();
  await screen.press('Finish printing');
  await screen.see('Write END_PRINT to the stick and carry it to the site’s headquarters.');
  expect(await screen.violations()).toEqual([]);
  await screen.press('Write to the stick');
  await screen.see('END_PRINT is on the stick. This station is done.');
  const name = 'END_PRINT_07_0801_010626_01_Русский_язык_0001_3';
  expect(readdirSync(join(here.stick, 'INVIGIL', 'stations'))).toEqual(
    expect.arrayContaining([`${name}.dat`, `${name}.pdf`]),
  );
  expect(screen.complaints).toEqual([]);
});
