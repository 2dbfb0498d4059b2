/** The centre watches three sites, one of which has an alarm: filter, map, rooms, acknowledging, and the screen for the wall. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { expectOk } from '../../src/base/result.ts';
import { pairWithParent } from '../../src/courier/https/child.ts';
import { ExchangeClient } from '../../src/courier/https/client.ts';
import { room, status } from '../../src/exam/board/board.fixture.ts';
import { createNodeKeys } from '../../src/trust/keys.ts';
import { exchangeOf, prepareCentre, signIn, type PreparedProject } from '../../tools/exam-day/exam-day.ts';
import { openConsole } from '../../tools/exam-day/process.ts';
import type { Screen } from './browser.ts';
import { beginDay, type ExamDay } from './exam-day.ts';
import { accessible, password } from './stages/desk.ts';

let day: ExamDay;
let centre: Screen;
let project: PreparedProject;
let link: ExchangeClient;

beforeAll(async () => {
  day = await beginDay({ centre: 'centre' });
  const { screen, process } = await day.open('centre');
  centre = screen;
  const by = await openConsole('centre', process.port);
  await signIn(by, password);
  project = await prepareCentre(by, {
    code: 'P1',
    name: 'Trial',
    startAt: Date.now(),
    durationMin: 60,
    roster: { sessions: 1, sites: ['7701', '7702', '7801'], roomsPerSite: 2, candidatesPerRoom: 3 },
  });
  // A site of which only its words are needed.
  const sites = await by.call.site.list({ projectId: project.projectId });
  const keys = await createNodeKeys('site');
  const { sealing } = keys;
  const paired = expectOk(
    await pairWithParent({
      address: exchangeOf(process),
      code: sites[0]?.registrationCode ?? '',
      child: { role: 'site', code: '7701', id: newId() },
      keys,
      details: { lock: { serial: 'L1', recipient: sealing.recipient } },
    }),
  );
  link = new ExchangeClient({ address: exchangeOf(process), certPem: paired.certPem }, keys.tls);
  await centre.type('Account', 'admin');
  await centre.type('Password', password);
  await centre.press('Sign in');
  await centre.see('Trial');
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await day.picture(task.name);
});
afterAll(async () => {
  link?.close();
  await day.stop();
});

/** What the site says; every time it failed its check at another time. */
async function say(sealCheckPassed: boolean, inExam: number): Promise<void> {
  const [sessionId = ''] = project.sessionIds;
  const stages = { startedAt: Date.now(), sealCheckedAt: 1_000 };
  const said = status({
    sealCheckPassed,
    sealCheckedAt: Date.now(),
    rooms: ['7701-R1', '7701-R2'].map((code) => ({
      ...room(code, { stages, counts: { inExam } }),
      sessionId,
    })),
  });
  expectOk(await link.post('/hello', { nonce: '0123456789abcdef', version: '1', heads: [], status: said }));
}

test('what a site says is on the board, with its alarm and what to do', async () => {
  await say(false, 2);
  await centre.page.goto(`${centre.page.url().split('#')[0]}#/during/${project.projectId}`);
  await centre.see('The site’s seal check has failed.');
  await centre.see('3 of 3 sites');
  await say(false, 3);
  const sites = centre.page.getByRole('table', { name: 'Sites' });
  await sites
    .getByRole('row', { name: /7701/ })
    .getByRole('cell', { name: '6', exact: true })
    .first()
    .waitFor();
  await accessible(centre);
});

test('sites are filtered by text, region, alarm and stage, and sorted', async () => {
  const rows = centre.page.getByRole('table', { name: 'Sites' }).locator('tbody').getByRole('row');
  await centre.type('Code begins with', '77');
  await centre.see('2 of 3 sites');
  await centre.page.getByRole('button', { name: 'Site code' }).click();
  await expect.poll(() => rows.first().innerText()).toContain('7702');
  await centre.page.getByRole('button', { name: /^Site code/ }).click();
  await expect.poll(() => rows.first().innerText()).toContain('7701');
  await centre.choose('Stage', 'Started');
  await centre.see('1 of 3 sites');
  await centre.type('Code or name', 'nothing like it');
  await centre.see('No site is like that');
  await centre.choose('Stage', 'Every stage');
  await centre.type('Code or name', '');
  await centre.type('Code begins with', '');
  await centre.see('3 of 3 sites');
});

test('a site of the map opens by the keyboard, and shows its rooms', async () => {
  const map = centre.page.getByRole('listbox', { name: 'Map of the sites' });
  await map.focus();
  await centre.page.keyboard.press('End');
  await expect.poll(() => map.getByRole('option').innerText()).toContain('7801');
  await centre.page.keyboard.press('Home');
  await expect.poll(() => map.getByRole('option').innerText()).toContain('Seal check failed');
  await centre.page.keyboard.press('Enter');
  await centre.see('7701-R2');
  expect(centre.page.url()).toMatch(/#\/during\/[^/]+\/[^/]+\/7701$/);
  await accessible(centre);
});

test('an alarm is acknowledged with a note, stays until it ends, and comes again when it happens again', async () => {
  await centre.press('Acknowledge …');
  await centre.type('Note', 'They change the computer.');
  await accessible(centre);
  await centre.press('Acknowledge');
  await centre.dialogClosed();
  await centre.see(/admin, .*They change the computer\./);
  await centre.press('Back to all sites');
  await centre.see(/admin, .*They change the computer\./);
  await say(true, 3);
  await centre.gone(/They change the computer\./);
  await say(false, 3);
  await centre.see('The site’s seal check has failed.');
  await centre.press('Acknowledge …');
  await centre.closeDialog();
});

test('the screen for the wall has large figures, its own address and no controls; Escape leaves it', async () => {
  await centre.press('Wall screen');
  await centre.see('Open alarms');
  expect(centre.page.url()).toContain(`#/wall/${project.projectId}/`);
  await centre.page.reload();
  await centre.see('Open alarms');
  expect(await centre.page.getByRole('button').count()).toBe(0);
  await accessible(centre);
  await centre.page.keyboard.press('Escape');
  await centre.see('3 of 3 sites');
});

test('no screen complained', () => expect(centre.complaints).toEqual([]));
