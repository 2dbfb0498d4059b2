/** 系统管理 of a site: from the mock exam to the formal one, initialised and set up again, closed. */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeWindows, sharedBrowser } from '../../tools/exam-day/browser.ts';
import { exchangeOf, lockPin, prepareCentre, type PreparedProject } from '../../tools/exam-day/exam-day.ts';
import { password, roomCode, siteCode, startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { refusalIn, until } from '../../tools/exam-day/process.ts';
import { violations } from './accessibility.ts';
import { Screen } from './browser.ts';
import { needScreens, sayPages } from './candidate-page.ts';

let exam: Exam;
let browser: Browser;
let formal: PreparedProject;
let site: Screen;

beforeAll(async () => {
  needScreens();
  [exam, browser] = await Promise.all([
    startExam({ hosted: ['centre', 'site', 'room'], seats: 0, until: 'loaded', mode: 'mock' }),
    sharedBrowser(),
  ]);
  formal = await prepareCentre(exam.centre, {
    code: 'P2',
    name: 'The formal exam',
    startAt: Date.now() + 3_600_000,
    durationMin: 60,
    roster: { sessions: 1, sites: [siteCode], roomsPerSite: 1, candidatesPerRoom: 1 },
  });
  const window = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' });
  site = await Screen.open(window, exam.process('site').port);
  await site.type('Account', 'admin');
  await site.type('Password', password);
  await site.press('Sign in');
  await site.press('System');
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await sayPages();
});
afterAll(async () => {
  await closeWindows(browser);
  await exam?.close();
});

const codeOf = async (projectId: string): Promise<string> => {
  const rows = await exam.centre.call.site.list({ projectId });
  return (
    rows.find(({ code }) => code === siteCode)?.registrationCode ??
    (await exam.centre.call.site.newRegistrationCode({ projectId, siteCode })).registrationCode
  );
};
const refused = (work: Promise<unknown>) => work.then(() => null, refusalIn);
const prove = async (): Promise<void> => {
  await site.type(/^Site code/, siteCode);
  await site.type('Your password', password);
};

test('the System page has its parts in the order of the manual', async () => {
  await site.see('Close the program …');
  // Both come when the site has said how it stands.
  await site.see('From mock exam to formal exam');
  const headings = await site.page.getByRole('heading', { level: 2 }).allInnerTexts();
  const ofManual = [
    'Initialise the site',
    'From mock exam to formal exam',
    'Change password',
    'Backup of this site',
    'Close the program',
  ];
  expect(headings.filter((one) => ofManual.includes(one))).toEqual(ofManual);
  expect(await site.violations()).toEqual([]);
});

test('Help opens the manual of the site in the language of the console, beside the page', async () => {
  const [manual] = await Promise.all([
    site.page.waitForEvent('popup'),
    site.page.getByRole('link', { name: 'Help' }).click(),
  ]);
  await manual.getByRole('heading', { level: 1, name: 'Site: step by step' }).waitFor();
  await manual.getByRole('link', { name: 'If something is wrong' }).click();
  expect(manual.url()).toMatch(/#if-something-is-wrong$/);
  expect(await violations(manual)).toEqual([]);
  await manual.getByRole('link', { name: 'Русский' }).click();
  expect(await manual.locator('html').getAttribute('lang')).toBe('ru');
  await manual.close();
});

test('a code of a mock exam makes no formal site, and is not used up', async () => {
  const mockCode = await codeOf(exam.projectId);
  await site.press('Go to the formal exam …');
  await site.see('Packages and papers of the rooms');
  await site.see(roomCode);
  expect(await site.violations()).toEqual([]);
  await prove();
  await site.type('Registration code', mockCode);
  await site.press('Go to the formal exam');
  await site.see(/The modes differ: there it is mock/);
  expect(await codeOf(exam.projectId)).toBe(mockCode);
  expect(await exam.site.call.frame()).toMatchObject({ mode: 'mock' });
});

test('with the code of the formal exam the site is formal, and the mock exam lies in the archive', async () => {
  await site.type('Registration code', await codeOf(formal.projectId));
  await site.press('Go to the formal exam');
  await site.dialogClosed();
  await site.see('Archived mock exams');
  await site.see(/_mock$/);
  await site.see('FORMAL EXAM');
  expect(await site.violations()).toEqual([]);
  await site.pressDimmed(/^Go to the formal exam …/);
  await site.see(/This site is for a formal exam already/);
});

test('the room says that it still holds the mock exam, cannot mix the two, and follows once it is initialised', async () => {
  const { call } = exam.room;
  const notice = await until('the notice of the room', async () => (await call.frame()).notice);
  expect(notice).toEqual({ type: 'site-is-formal-now' });
  await exam.site.call.exam.load();
  expect(await exam.site.call.room.list()).toMatchObject([{ roomCode, registeredAt: expect.any(Number) }]);
  expect(await refused(call.exam.load())).toEqual({ type: 'wrong-project' });
  expect(await call.frame()).toMatchObject({ mode: 'mock' });
  await call.initialise.run({ roomCode, password, keepSettings: true, keepSeats: true });
  await until('the formal room', async () => (await call.frame()).mode === 'formal');
  await call.exam.load();
  expect(await call.frame()).not.toHaveProperty('notice');
  expect((await call.overview.get()).exam).toMatchObject({ mode: 'formal', projectName: 'The formal exam' });
});

test('the site is initialised by its code and a password, and set up again behind the same sign-in', async () => {
  await site.press('Initialise the site …');
  await site.see('Registrations of rooms');
  expect(await site.violations()).toEqual([]);
  await site.type(/^Site code/, 'S2');
  await site.type('Your password', password);
  await site.press('Initialise the site');
  await site.see('This is not the code of this site.');
  await site.type(/^Site code/, siteCode);
  await site.press('Initialise the site');
  await site.see('Set this site up again');
  expect(await site.violations()).toEqual([]);
  await until(
    'the room’s notice',
    async () => (await exam.room.call.frame()).notice?.['type'] === 'site-was-initialised',
  );
  await site.type(/^Site code/, siteCode);
  await site.type(/^Address of the centre/, exchangeOf(exam.process('centre')));
  await site.type(/^Registration code/, await codeOf(formal.projectId));
  await site.type(/^Key file of the exam lock/, join(exam.folder, 'lock.key'));
  await site.type(/^PIN of the lock/, lockPin);
  await site.press('Set up');
  await site.see('Archived mock exams');
  await site.press('Before');
  await site.press('Load');
  await site.see('The exam is loaded.');
});

test('the program is closed from its console', async () => {
  await site.press('System');
  await site.press('Close the program …');
  expect(await site.violations()).toEqual([]);
  await prove();
  await site.press('Close the program');
  await site.see('The program is ending.');
  await site.see(/program has not answered since/);
  expect(site.complaints).toEqual([]);
});
