/** A site asks the support desk at its screen; the desk answers with the keyboard alone and tells all sites. */
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { exchangeOf, prepareCentre, setUpSite, signIn } from '../../tools/exam-day/exam-day.ts';
import { openConsole } from '../../tools/exam-day/process.ts';
import { Screen } from './browser.ts';
import { beginDay, type ExamDay } from './exam-day.ts';

const password = 'a-password-of-my-own';
let day: ExamDay;
let centre: Screen;
let site: Screen;

beforeAll(async () => {
  day = await beginDay({ centre: 'centre', site: 'site' });
  const [atCentre, atSite] = await Promise.all([day.open('centre'), day.open('site')]);
  [centre, site] = [atCentre.screen, atSite.screen];
  const consoles = {
    centre: await openConsole('centre', atCentre.process.port),
    site: await openConsole('site', atSite.process.port),
  };
  await signIn(consoles.centre, password);
  const { projectId } = await prepareCentre(consoles.centre, {
    code: 'P1',
    name: 'Trial',
    startAt: Date.now() + 3_600_000,
    durationMin: 60,
    roster: { sessions: 1, sites: ['S1', 'S2'], roomsPerSite: 1, candidatesPerRoom: 1 },
  });
  await setUpSite(consoles.centre, consoles.site, {
    projectId,
    siteCode: 'S1',
    centreAddress: exchangeOf(atCentre.process),
    lockPath: join(day.folder, 'lock.key'),
    password,
  });
  await site.page.reload();
  for (const screen of [centre, site]) {
    await screen.type('Account', 'admin');
    await screen.type('Password', password);
    await screen.press('Sign in');
  }
  await centre.page.goto(`${new URL(centre.page.url()).origin}/#/support/${projectId}`);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await day.picture(task.name);
});
afterAll(() => day?.stop());

test('a site sees the desk’s number, asks, and confirms that everything is ready', async () => {
  await site.press(/^Support/);
  await site.see('+7 700 000 00 00');
  await site.press('Ask the support desk …');
  await site.choose('Priority', 'Stops the exam');
  await site.type('What is it about?', 'Room 3 has no power');
  expect(await site.violations()).toEqual([]);
  await site.press('Send');
  await site.dialogClosed();
  await site.press(/^Confirm: Everything is ready/);
  await site.see(/· admin$/);
  expect(await site.violations()).toEqual([]);
});

test('at the desk the question is unread, and is answered with the keyboard alone', async () => {
  await centre.see('Room 3 has no power');
  await centre.see('Stops the exam');
  await centre.page.getByRole('button', { name: /^Support.*1 unread/ }).waitFor();
  expect(await centre.violations()).toEqual([]);
  const { keyboard } = centre.page;
  await centre.button('Room 3 has no power').focus();
  await keyboard.press('Enter');
  await centre.page.getByLabel('Answer').and(centre.page.locator(':focus')).waitFor();
  await keyboard.type('Call the caretaker');
  await keyboard.press('Control+Enter');
  await centre.see('Call the caretaker');
  await centre.see('Being worked on');
  expect(await centre.violations()).toEqual([]);
  await keyboard.press('Escape');
  await centre.see('Questions and incidents');
  await centre.page.getByRole('button', { name: /^Support$/ }).waitFor();
});

test('the site is told of the answer; what all sites are told stands over every page until it is read', async () => {
  await site.page.getByRole('button', { name: /^Support.*1 unread/ }).waitFor();
  await site.press('Room 3 has no power');
  await site.see('Call the caretaker');
  await site.page.getByRole('button', { name: /^Support$/ }).waitFor();
  await site.press('Before');
  await centre.press('Tell the sites …');
  await centre.type('Message', 'Begin at ten');
  await centre.press('Send');
  await centre.dialogClosed();
  await centre.see('Not read at: S1, S2');
  await site.see('Begin at ten');
  await site.press('Read');
  await site.gone('Begin at ten');
  await centre.see('Not read at: S2');
  expect([...centre.complaints, ...site.complaints]).toEqual([]);
});
