/** The authorisation station of an exam on paper at its console: from the stations’ files on a stick to the packages that go to the centre. */
import { join } from 'node:path';
import { mkdirSync, readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { utf8 } from '../../src/base/bytes.ts';
import { createKeyFile } from '../../src/hardware/token/key-file.ts';
import { putOnStick } from '../../src/node/stick/put-on-stick.ts';
import { screensFolder } from '../../src/node/running.ts';
import { startWebServer, type WebServer } from '../../src/node/web-server.ts';
import { makeParcel } from '../../src/parcel/parcel.ts';
import { siteOperations } from '../../src/site/operations/operations.ts';
import { paperDayOperations } from '../../src/site/paper-day/operations.ts';
import { openTestDay, type TestDay } from '../../src/site/paper-day/paper-day.fixture.ts';
import { makeReadiness } from '../../src/station/admission/readiness.ts';
import { rootOf, takeAdmission } from '../../src/station/admission/take-admission.ts';
import { makeJournal } from '../../src/station/closing/make-journal.ts';
import { loadKey } from '../../src/station/access-key/access-key.ts';
import { loadMaterials } from '../../src/station/materials/load-materials.ts';
import { saveSettings } from '../../src/station/settings/settings.ts';
import { day, openTestStation, type TestStation } from '../../src/station/station.fixture.ts';
import { fingerprintOf } from '../../src/trust/fingerprint.ts';
import { releaseDigits } from '../../src/trust/release-digits.ts';
import { build } from '../../tools/build.ts';
import { sharedBrowser } from '../../tools/exam-day/browser.ts';
import { Screen } from './browser.ts';
import { accessible, password } from './stages/desk.ts';

let here: TestDay;
let web: WebServer;
let screen: Screen;
let print: TestStation;
let scan: TestStation;

/** Named as sites and exams are where they are long. */
const event = {
  ...day,
  name: 'Единый государственный экзамен, основной период, резервный день по решению комиссии',
};

beforeAll(async () => {
  if (!build()) throw new Error('the screens could not be built');
  here = await openTestDay(event);
  const { site, sticks } = here;
  expectOk(await site.node.accounts.create('admin', 'administrator', password, false));
  web = expectOk(
    await startWebServer({
      host: '127.0.0.1',
      port: 0,
      publicNames: [],
      screens: screensFolder('consoles', 'site'),
      router: {
        ...siteOperations(site, () => ({ port: 0, addresses: [] }), null),
        // Its stick is a folder.
        paperDay: paperDayOperations(site, sticks),
      },
      accounts: site.node.accounts,
      files: site.node.files,
      log: site.node.log,
      health: () => ({ role: 'site', ok: true }),
    }),
  );
  print = await openTestStation('print');
  scan = await openTestStation('scan');
  expectOk(await saveSettings(print.station, { siteCode: '0801', room: '0001', number: '1' }));
  expectOk(await saveSettings(scan.station, { siteCode: '0801', room: null, number: '2' }));
  for (const { station } of [print, scan])
    expectOk(
      await putOnStick(
        sticks,
        here.stick,
        'stations',
        expectOk(await makeReadiness(station, [{ name: 'printer', good: true, words: 'HP LaserJet 400' }])),
      ),
    );
  const window = await (
    await sharedBrowser()
  ).newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB', acceptDownloads: true });
  screen = await Screen.open(window, web.port);
  await screen.type('Account', 'admin');
  await screen.type('Password', password);
  await screen.press('Sign in');
});
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  mkdirSync('test-results', { recursive: true });
  await screen.page.screenshot({ path: join('test-results', `${task.name.slice(0, 60)}.png`) });
});
afterAll(async () => {
  await screen?.page.context().close();
  await web?.close();
  await print?.close();
  await scan?.close();
  await here?.close();
});

/** As somebody sees it who comes to it anew: nothing moves any more. */
async function accessibleAnew(): Promise<void> {
  await screen.page.reload();
  await screen.page.locator('.now-line').waitFor();
  await accessible(screen);
}

test('materials and stations are taken from the stick, and a station is admitted only once its figure is said to be the same', async () => {
  // Nothing tells of an exam on paper until the first file does.
  expect(await screen.page.getByRole('button', { name: 'On paper' }).count()).toBe(0);
  await screen.import('Take a file of an exam on paper …', await here.materials());
  await screen.press('On paper');
  await screen.see('The materials are here. Now take the stations’ readiness files.');
  await screen.see('Readiness');
  await screen.press('Take all');
  await screen.see('Compare the figure of each station that waits, and admit it.');
  await accessibleAnew();
  for (const { station } of [print, scan]) {
    const figure = fingerprintOf(station.node.keys.signing.publicKey);
    await screen.pressIn(figure, 'Admit…');
    await screen.page.getByRole('dialog').filter({ visible: true }).getByText(figure).waitFor();
    await screen.pressDimmed('Admit');
    await screen.page.getByLabel('The figure on the station’s screen is the same').check();
    await screen.press('Admit');
    await screen.dialogClosed();
  }
  await screen.see('Everything is ready. Write the materials to a stick and carry it to the stations.');
  await screen.press('Write to a stick');
  await screen.see(/The stick may be taken out/);
  const folder = join(here.stick, 'INVIGIL', 'stations');
  for (const { station } of [print, scan]) {
    const file = readdirSync(folder).find((name) => name.startsWith(`ADMISSION_${station.kind}`)) ?? '';
    const path = join(folder, file);
    expectOk(await takeAdmission(station, path, (await rootOf(path)) ?? ''));
  }
});

test('the key is opened by digits that are read out, and the console names who has it on no stick', async () => {
  await screen.page.getByRole('tab', { name: 'Access key' }).click();
  await screen.see(/Fetch the access key from the centre/);
  const member = expectOk(await createKeyFile(join(here.folder, 'member.key'), 'pin-1234'));
  await here.key({ members: [{ name: 'Ivanova', serial: member.serial, recipient: member.recipient }] }, [
    member.recipient,
  ]);
  await screen.see('Access key');
  await screen.pressIn(/^Access key /, 'Take');
  await screen.see(/The key is here, locked/);
  await screen.press('Type what is read out…');
  await screen.type('Words or digits', releaseDigits(here.releaseSecret).join(' ').slice(0, -1) + 'x');
  await screen.press('Open');
  await screen.see(/words came, 12 are needed/);
  await screen.type('Words or digits', releaseDigits(here.releaseSecret).join(' '));
  await screen.press('Open');
  await screen.dialogClosed();
  await screen.see('No stick has the newest key for: Print station № 1, Scan station № 2.');
  await screen.press('Write the key to a stick');
  await screen.see('Every station that is admitted has its key on a stick.');
  await accessibleAnew();
  const keys = join(here.stick, 'INVIGIL', 'keys');
  const materials = join(here.stick, 'INVIGIL', 'materials');
  for (const { station } of [print, scan]) {
    expectOk(await loadMaterials(station, join(materials, readdirSync(materials)[0] ?? '')));
    expectOk(await loadKey(station, join(keys, readdirSync(keys)[0] ?? '')));
  }
});

test('statuses are told in their order; what is missing is named, and a reason helps where it may', async () => {
  await screen.page.getByRole('tab', { name: 'Monitoring' }).click();
  for (const status of ['Readiness confirmed', 'Key received', 'Exam started'])
    await screen.press(`Tell «${status}»`);
  await screen.see('Journals that are missing: Print station № 1.');
  await accessibleAnew();
  const made = expectOk(
    await makeJournal(print.station, {
      v: 1,
      kits: [
        { kit: '100001', room: '0001', fate: 'good', copy: 1, replaces: null, reason: null, sheets: [] },
      ],
      additional: [],
    }),
  );
  expectOk(await putOnStick(here.sticks, here.stick, 'journals', made));
  await screen.see(/^END_PRINT_/);
  await screen.press('Take all');
  await screen.see(/good 1 · spoiled 0/);
  await screen.press('Tell «Exams finished»');
  await screen.see(/Next status: «Forms handed to the centre»/);
});

test('packages are written for the centre, and its words are shown beside each', async () => {
  const { station } = scan;
  const admission = station.admission();
  if (!admission) throw new Error('not admitted');
  for (const [part, pages] of [
    [1, 240],
    [2, 36],
  ] as const)
    expectOk(
      await makeParcel(
        join(here.stick, 'INVIGIL', `sheets-${part}.parcel`),
        {
          kind: 'answer-sheets',
          id: `answer-sheets:${part}`,
          to: { role: 'centre', code: 'CENTRE' },
          project: 'project-1',
          session: day.id,
          mode: 'formal',
          createdAt: station.node.clock.now(),
          about: {
            event,
            station: { id: station.node.id, number: '2' },
            room: '0001',
            part,
            parts: 2,
            pages,
            replaces: null,
          },
        },
        [{ name: 'page-1', content: utf8('a page'), recipients: [admission.centreRecipient] }],
        {
          name: { role: 'station', code: station.node.id, id: station.node.id },
          key: station.node.keys.signing,
          chain: admission.chain,
        },
      ),
    );
  await screen.page.getByRole('tab', { name: 'Send forms' }).click();
  await screen.see('Answer sheets');
  await screen.press('Take all');
  await screen.see('Send the packages to the centre.');
  await screen.press('Write to a stick');
  await screen.see(/on a stick/);
  await here.words([
    {
      packageId: 'answer-sheets:1',
      state: 'confirmed',
      quality: 'good',
      rescan: [],
      reason: '',
      at: 1_780_000_000_000,
    },
    {
      packageId: 'answer-sheets:2',
      state: 'confirmed',
      quality: 'rescan',
      rescan: [
        { number: '20411700000000017', side: 2 },
        { number: '20411700000000028', side: 1 },
      ],
      reason: '',
      at: 1_780_000_000_000,
    },
  ]);
  await screen.see('Centre’s answers');
  await screen.pressIn(/^Centre’s answers/, 'Take');
  await screen.see('20411700000000028/1');
  await accessibleAnew();
  expect(screen.complaints).toEqual([]);
});
