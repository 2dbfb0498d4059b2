/** A site hands in its protocol; the centre sees where it differs from what came, opens the site, and takes away what is missing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { expectOk } from '../../src/base/result.ts';
import type { Centre } from '../../src/centre/centre.ts';
import { keepScans } from '../../src/centre/scans/keep-scans.ts';
import {
  makeEvent,
  makeUpload,
  numbersOf,
  readingOf,
  registerKits,
  scanOf,
} from '../../src/centre/scans/scans.fixture.ts';
import { openCentreDatabase } from '../../src/centre/storage/database.ts';
import { prepareCentre, signIn } from '../../tools/exam-day/exam-day.ts';
import { openConsole } from '../../tools/exam-day/process.ts';
import type { Screen } from './browser.ts';
import { beginDay, type ExamDay } from './exam-day.ts';
import { accessible, password } from './stages/desk.ts';

let day: ExamDay;
let site: Screen;
let centre: Screen;

const roster = [
  'session,site code,site name,region,room code,admission number,name,seat number',
  '1,7701,School in the north,North,7701-R1,1001,Ann,1',
  '1,7702,Other school,North,7702-R1,1002,Bo,1',
].join('\n');

beforeAll(async () => {
  day = await beginDay({ centre: 'centre' });
  const opened = await day.open('centre');
  centre = opened.screen;
  const by = await openConsole('centre', opened.process.port);
  await signIn(by, password);
  const startAt = Date.now() + 86_400_000;
  const project = { code: 'P1', name: 'Trial', startAt, durationMin: 60, roster };
  const { projectId } = await prepareCentre(by, project);
  await by.call.user.add({
    account: 'school',
    name: 'Ann',
    phone: '',
    role: 'site',
    limit: { to: 'site', projectId, siteCode: '7701' },
    password,
  });
  await fill(projectId);
  site = (await day.open('centre')).screen;
  await enter(centre, 'admin');
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await day.picture(task.name);
});
afterAll(() => day?.stop());

/** Into the centre's own database: three kits of a room, of which one came whole and one lacks its answer forms. */
async function fill(projectId: string): Promise<void> {
  const place = { file: join(day.folder, 'centre', 'centre.db') };
  const db = expectOk(await openCentreDatabase(place, { lost: () => undefined, back: () => undefined }));
  try {
    const beside = { db, node: { clock: systemClock } } as unknown as Centre;
    const event = await makeEvent(beside, projectId);
    await registerKits(beside, event, { site: '7701', room: '7701-R1', from: 1, to: 3 });
    await registerKits(beside, event, { site: '7702', room: '7702-R1', from: 4, to: 4 });
    const [form, answers, back] = numbersOf(1);
    const pages = [form, answers, back, numbersOf(2)[0]].map((number) => readingOf(number));
    const scans = [...pages, readingOf(back, { side: 2 })].map((reading, i) => scanOf(i, reading));
    expectOk(await keepScans(beside, await makeUpload(beside, projectId), scans));
  } finally {
    await db.destroy();
  }
}

async function enter(screen: Screen, account: string): Promise<void> {
  await screen.type('Account', account);
  await screen.type('Password', password);
  await screen.press('Sign in');
}

test('the site fills in the protocol of its room, and sees what of it came', async () => {
  await enter(site, 'school');
  await change();
  await site.press('On paper');
  // What it may report of the day stands first.
  await site.see('Materials and stages');
  await site.page.getByRole('tab', { name: 'Protocols' }).click();
  await site.press('Russian language');
  await site.press('Fill in …');
  for (const [label, text] of [
    ['Conducted by', 'Ann'],
    ['Started (hh:mm)', '9:00'],
    ['Ended (hh:mm)', '12:00'],
    ['Kits used', '2'],
    ['Absent', '1'],
    ['Removed or not finished', '0'],
    ['Registration forms handed over', '2'],
    ['Answer forms handed over', '4'],
    ['Additional sheets handed over', '0'],
    ['Signed by', 'Ann'],
  ] as const)
    await site.type(label, text);
  await accessible(site);
  await site.press('Hand in');
  await site.dialogClosed();
  await site.see(/^Version 1 of/);
  await site.see('Answer forms');
  expect(await site.page.getByText('7702').count()).toBe(0);
  await site.page.getByRole('tab', { name: 'Completeness' }).click();
  await site.press('Russian language');
  await site.see(/Missing sides: 7 of 12/);
});

test('the centre sees the difference, opens the site, filters what is missing and takes it away', async () => {
  await centre.press('Projects');
  await centre.page.getByText('Trial').first().click();
  await centre.press('On paper');
  await centre.page.getByRole('tab', { name: 'Protocols' }).click();
  await centre.press('Russian language');
  await centre.press('7701');
  await centre.see('100002');
  await accessible(centre);
  await centre.press('What is missing …');
  await accessible(centre);
  await centre.press('Post to the site');
  await centre.dialogClosed();
  await centre.press('Completeness');
  await centre.see('100001');
  await centre.page.getByText('Missing', { exact: true }).first().click();
  await centre.gone('100001');
  await accessible(centre);
  const grid = centre.page.getByRole('grid');
  await grid.getByRole('button').first().focus();
  await centre.page.keyboard.press('ArrowRight');
  expect(await centre.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toContain(
    'Answer form 1, side 1: missing',
  );
  const file = await centre.export(day.folder, () => centre.press('Missing sheets, XLSX'));
  expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
  for (const one of day.screens()) expect(one.complaints).toEqual([]);
});

/** The first password came from somebody else. */
async function change(): Promise<void> {
  await site.type('Current password', password);
  await site.type(/^New password(?! again)/, `${password}!`);
  await site.type('New password again', `${password}!`);
  await site.press('Change password');
}
