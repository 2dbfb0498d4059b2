/** 系统备份 and 系统恢复 as a person does them: a backup on a stick, the computer is lost, another one takes its place from the stick. */
import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeWindows, sharedBrowser } from '../../tools/exam-day/browser.ts';
import { lockPin } from '../../tools/exam-day/exam-day.ts';
import { password, roomCode, siteCode, startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { until } from '../../tools/exam-day/process.ts';
import { Screen } from './browser.ts';
import { needScreens, sayPages } from './candidate-page.ts';

let exam: Exam;
let browser: Browser;
let site: Screen;
let stick: string;

beforeAll(async () => {
  needScreens();
  [exam, browser] = await Promise.all([
    startExam({ hosted: ['centre', 'room'], seats: 0, until: 'loaded' }),
    sharedBrowser(),
  ]);
  stick = join(exam.folder, 'stick');
  const window = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' });
  site = await Screen.open(window, exam.process('site').port);
  await signIn();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await sayPages();
});
afterAll(async () => {
  await closeWindows(browser);
  await exam?.close();
});

async function signIn(): Promise<void> {
  await site.type('Account', 'admin');
  await site.type('Password', password);
  await site.press('Sign in');
}

test('a backup with a note is made on the page System, and stands there afterwards', async () => {
  await site.press('System');
  await site.see('None was made yet.');
  await site.press('Back up …');
  await site.type('Folder on the external storage', stick);
  await site.type('Note', 'The evening before · 考前备份');
  await site.press('Back up');
  await site.dialogClosed();
  await site.see('The evening before · 考前备份');
  expect(readdirSync(stick)).toEqual([expect.stringMatching(/^site-backup_S1_.*\.parcel$/)]);
  expect(await site.violations()).toEqual([]);
});

test('on a new computer the first page restores it: what the file is, the lock with its PIN, and nothing with a wrong one', async () => {
  await exam.process('site').kill();
  renameSync(exam.data('site'), `${exam.data('site')}.lost`);
  await exam.again('site');
  await site.page.reload();
  await site.press('Restore from a backup');
  await site.type('File of the backup', join(stick, readdirSync(stick)[0] ?? ''));
  await site.press('Look at it');
  await site.see('The evening before · 考前备份');
  await site.see(new RegExp(`^${siteCode} ·`));
  expect(await site.violations()).toEqual([]);
  await site.type(/^Key file of the exam lock/, join(exam.folder, 'lock.key'));
  await site.type(/^PIN of the lock/, '0000');
  await site.press('Restore this site');
  await site.see(/The PIN is not right/);
  await site.type(/^PIN of the lock/, lockPin);
  await site.press('Restore this site');
  await site.page.getByLabel('Account').waitFor();
});

test('the password of before signs in, and the rooms are there again', async () => {
  await signIn();
  await site.press('During');
  await site.see(roomCode);
  await site.see('connected');
  const room = async () => (await exam.room.call.frame()).indicators.find(({ id }) => id === 'parent');
  await until('the room at its site', async () => (await room())?.state === 'passed');
  expect(site.complaints).toEqual([]);
});
