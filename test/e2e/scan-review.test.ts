/** Pages that nothing was read of, typed with the keyboard alone; one lies upside down, one is deleted and taken back. */
import { pino } from 'pino';
import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { join } from 'node:path';
import { expectOk } from '../../src/base/result.ts';
import { grouped } from '../../src/exam/form/sheet-number.ts';
import { readingSchema } from '../../src/exam/scan/reading.ts';
import { makeProject, openTestCentre, type TestCentre } from '../../src/centre/centre.fixture.ts';
import { reachOf } from '../../src/centre/limits/reach.ts';
import { centreOperations } from '../../src/centre/operations/operations.ts';
import { keepScans, type NewScan } from '../../src/centre/scans/keep-scans.ts';
import { pictureRoutes } from '../../src/centre/scans/review/picture-routes.ts';
import { makeEvent, makeUpload, numbersOf, registerKits } from '../../src/centre/scans/scans.fixture.ts';
import { startWebServer, type WebServer } from '../../src/node/web-server.ts';
import { screensFolder } from '../../src/node/running.ts';
import { recognisePage } from '../../src/recognise/recognise-page.ts';
import { build } from '../../tools/build.ts';
import { closeWindows, sharedBrowser } from '../../tools/exam-day/browser.ts';
import { jpegOf, tiffOf } from '../../tools/scans/file.ts';
import { makeScan } from '../../tools/scans/scan.ts';
import { Screen } from './browser.ts';

let here: TestCentre;
let server: WebServer;
let window: BrowserContext;
let screen: Screen;
const [registration, first, second] = numbersOf(1);

beforeAll(async () => {
  if (!build()) throw new Error('the screens could not be built');
  here = await openTestCentre('file');
  const { centre } = here;
  const { projectId } = await makeProject(here);
  const event = await makeEvent(centre, projectId);
  await registerKits(centre, event, { site: 'S1', room: 'S1-R1', from: 1, to: 2 });
  const upload = await makeUpload(centre, projectId);
  const pages = [
    // Its bars and squares are too pale to be read; a person reads the digits.
    await scanned(0, { number: registration, side: 1, kind: 'registration' }, { unreadable: true }),
    await scanned(1, { number: second, side: 2, kind: 'answers-2' }, { unreadable: true, turned: 180 }),
    await scanned(2, { number: first, side: 1, kind: 'answers-1' }, {}),
  ];
  expectOk(await keepScans(centre, upload, pages));
  await centre.node.accounts.create('admin', 'administrator', 'chalk and slate', false);
  server = expectOk(
    await startWebServer({
      host: '127.0.0.1',
      port: 0,
      publicNames: [],
      screens: screensFolder('consoles', 'centre'),
      router: centreOperations(centre, () => ({ port: 0, addresses: [] })),
      accounts: centre.node.accounts,
      reach: reachOf(centre.db),
      files: centre.node.files,
      log: pino({ level: 'silent' }),
      health: () => ({ ok: true }),
      extend: pictureRoutes(centre),
    }),
  );
  window = await (
    await sharedBrowser()
  ).newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'en-GB',
  });
  await window.addCookies([
    {
      name: `invigil-session-${server.port}`,
      value: centre.node.accounts.sessions.begin('admin'),
      url: `http://127.0.0.1:${server.port}`,
    },
  ]);
  screen = await Screen.open(window, server.port);
  await screen.page.goto(`http://127.0.0.1:${server.port}/#/scans/${projectId}/uploads/${upload.id}`);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await screen.page.screenshot({
      path: join(import.meta.dirname, '..', '..', 'test-results', 'scan-review.png'),
    });
});
afterAll(async () => {
  await closeWindows(await sharedBrowser());
  await server?.close();
  await here?.close();
});

/** A form of ours as a scanner writes it and the machine reads it. */
async function scanned(
  position: number,
  { number, side, kind }: { number: string; side: 1 | 2; kind: 'registration' | 'answers-1' | 'answers-2' },
  { unreadable = false, turned = 0 }: { unreadable?: boolean; turned?: 0 | 180 },
): Promise<NewScan> {
  const { raster } = await makeScan({
    code: { number, side, more: { kit: '100001', kind, copy: 1 } },
    seed: position,
    ink: 'much',
    degradation: { turned },
  });
  if (unreadable) wipeCodes(raster);
  const bytes = position === 1 ? await tiffOf(raster) : await jpegOf(raster);
  const { thumbnail, ...read } = await recognisePage(bytes);
  expect(read.class).toBe(unreadable ? 'unrecognised' : 'recognised-filled');
  const kept = async (content: Uint8Array | null): Promise<string | null> =>
    content && (await here.centre.blobs.put(content)).digest;
  return {
    position,
    // A name comes from an archive that anybody made.
    name: position === 0 ? '<img src=x onerror="window.wasRun = 1">.jpg' : `${position}.tif`,
    digest: await kept(bytes),
    thumbnail: await kept(thumbnail),
    reading: readingSchema.parse(read),
  };
}

/** As if a wet thumb had gone over head and foot: stripes of white, whichever way round. */
function wipeCodes({ width, height, grey }: { width: number; height: number; grey: Uint8Array }): void {
  const strip = Math.round(height * 0.105);
  for (let y = 0; y < height; y++)
    if (y < strip || y > height - strip) grey.fill(255, y * width, (y + 1) * width);
}

const field = () => screen.page.getByLabel('Number of the sheet');
const key = (name: string): Promise<void> => screen.page.keyboard.press(name);

test('unrecognised pages come first, and the first one opens with its number to be typed', async () => {
  await screen.see('3 pages: 1 recognised, 2 not recognised');
  await screen.see('More than 10 % of the pages were not recognised: this was scanned badly.');
  await screen.see('#100001');
  expect(await screen.violations()).toEqual([]);
  const begin = screen.button('Type the numbers');
  await begin.focus();
  await key('Enter');
  await screen.page.locator('.scan-picture').waitFor();
  await expect.poll(() => field().evaluate((one) => one === document.activeElement)).toBe(true);
  await screen.see('0 of 17 digits');
  expect(await screen.violations()).toEqual([]);
});

test('a wrong digit is told while it is typed, and Enter on the right number goes on to the next page', async () => {
  const wrong = registration.slice(0, 8) + String((Number(registration[8]) + 1) % 10) + registration.slice(9);
  await screen.page.keyboard.type(wrong);
  await screen.see('The last digit does not fit the others: one of the digits is typed wrong.');
  await key('Control+A');
  await screen.page.keyboard.type(registration);
  expect(await field().inputValue()).toBe(grouped(registration));
  await screen.see('registration form');
  await key('Enter');
  await screen.see('Scanned page 1.tif');
});

test('a page that lies upside down is turned by keys and gets the side that is typed', async () => {
  await screen.page.locator('.scan-picture').waitFor();
  await key('r');
  await key('r');
  await screen.page.locator('.scan-page[style*="rotate(180deg)"]').waitFor();
  await screen.page.keyboard.type(second);
  await screen.see('Side 2');
  await key('s');
  await expect.poll(() => screen.page.getByLabel('Side 2').isChecked()).toBe(true);
  await key('Enter');
  await screen.see('No unrecognised page is left in this upload.');
  await screen.see(`admin typed ${grouped(second)}, side 2`);
  await screen.see('admin turned the page to 180°');
});

test('a page that is deleted comes back with one key, also later from its list', async () => {
  await key('PageUp');
  await screen.see(/^Scanned page (2\.tif|<img)/);
  const name = await screen.page.locator('.ant-modal-title').innerText();
  await screen.page.locator('.scan-picture').waitFor();
  await key('Control+A');
  await key('Backspace');
  await key('Delete');
  await screen.see(`${name.replace('Scanned page ', '')} is deleted.`);
  await key('z');
  await screen.see(`${name.replace('Scanned page ', '')} is back.`);
  await screen.page.keyboard.press('Delete');
  await screen.see(`${name.replace('Scanned page ', '')} is deleted.`);
  await key('Escape');
  await screen.dialogClosed();
  await screen.page.getByRole('button', { name: /^Deleted ?1$/ }).press('Enter');
  await screen.page.getByRole('region', { name: 'Deleted' }).getByRole('button').press('Enter');
  await screen.button('Take back').waitFor();
  await key('z');
  await screen.button('Delete').waitFor();
  await key('Escape');
  await screen.dialogClosed();
  await screen.see('3 pages: 3 recognised, 0 not recognised');
  await screen.see('Every page of this upload has its number.');
});

test('the name of a file is words and nothing that runs, and every decision has its entry in the journal', async () => {
  expect(await screen.page.evaluate(() => Reflect.get(globalThis, 'wasRun'))).toBeUndefined();
  expect(screen.complaints).toEqual([]);
  const rows = await here.centre.db.selectFrom('scan_decision').select('what').execute();
  const what = rows.map((row) => row.what).toSorted();
  expect(what).toEqual(['deleted', 'deleted', 'number', 'number', 'restored', 'restored', 'turned']);
});
