/** At the centre's screen: a OneRoster package is read as somebody says it, photos follow as a folder, and another program gets a key that it loses again. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { oneRosterZip } from '../../src/exam/roster/one-roster/one-roster.fixture.ts';
import { signIn } from '../../tools/exam-day/exam-day.ts';
import { openConsole, type Console, type Contracts } from '../../tools/exam-day/process.ts';
import type { Screen } from './browser.ts';
import { beginDay, type ExamDay } from './exam-day.ts';

const password = 'a-password-of-my-own';
let day: ExamDay;
let centre: Screen;
let at: Console<Contracts['centre']>;
let projectId = '';
let origin = '';

beforeAll(async () => {
  day = await beginDay({ centre: 'centre' });
  const { screen, process } = await day.open('centre');
  centre = screen;
  origin = `http://127.0.0.1:${process.port}`;
  at = await openConsole('centre', process.port);
  await signIn(at, password);
  const made = await at.call.project.create({ code: 'P1', name: 'Trial', mode: 'mock', supportPhone: '' });
  projectId = made.projectId;
  for (const [number, subject] of [
    [1, 'Mathematics'],
    [2, 'Languages'],
  ] as const)
    await at.call.project.saveSession({
      projectId,
      sessionId: null,
      session: {
        number,
        name: subject,
        startAt: Date.now() + number * 9_000_000,
        subjects: [{ number: 1, name: subject, paperId: null, durationMin: 60 }],
        policy: {},
      },
    });
  await screen.type('Account', 'admin');
  await screen.type('Password', password);
  await screen.press('Sign in');
  await screen.page.goto(`${origin}/#/before/${projectId}/roster`);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await day.picture(task.name);
});
afterAll(() => day?.stop());

test('a OneRoster package says nothing of sessions: it is said here, read again and imported', async () => {
  const file = join(day.folder, 'one-roster.zip');
  writeFileSync(file, await oneRosterZip());
  await centre.give(file);
  await centre.see('OneRoster 1.1');
  await centre.pressDimmed('Import');
  await centre.choose('Session 1, Mathematics', /^Mathematics · classes 2/);
  await centre.choose('Session 2, Languages', /^Languages · classes 1/);
  await centre.press('Read so');
  await centre.see('Maths, first group · Hall');
  expect(await centre.violations()).toEqual([]);
  await centre.press('Import');
  await centre.see('Found: 4');
  const { rows } = await at.call.roster.candidates({ projectId });
  expect(
    rows.map((row) => `${row.sessionNumber} ${row.roomCode} ${row.seatNumber} ${row.admissionNumber}`),
  ).toEqual(['2 L-1 1 1001', '1 M-1 1 1001', '1 M-1 2 1002', '1 M-2 1 1003']);
});

test('photos come as a folder: what is right is kept, all else is listed with its reason', async () => {
  const folder = join(day.folder, 'photos');
  mkdirSync(join(folder, 'M-1'), { recursive: true });
  const jpeg = (mark: number): Uint8Array => Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, mark);
  for (const [name, content] of [
    ['M-1/1001.jpg', jpeg(1)],
    ['M-1/1002.jpg', jpeg(2)],
    ['1002.png', jpeg(3)],
    ['7777.jpg', jpeg(4)],
    ['list.txt', new Uint8Array(10)],
    ['1003.jpg', new Uint8Array(300_000)],
  ] as const)
    writeFileSync(join(folder, name), content);
  await centre.press('Photos …');
  const dialog = centre.page.getByRole('dialog');
  await dialog.locator('input[type=file]').first().setInputFiles(folder);
  await centre.see('Kept 1, of these replaced 0; already the same 0; not taken 4');
  for (const reason of [
    /^Two photos have this number/,
    /^No candidate of the project/,
    /^Not a JPEG/,
    /^The photo is larger/,
  ])
    await centre.see(reason);
  expect(await centre.violations()).toEqual([]);
  await centre.closeDialog();
  const photo = await at.call.roster.photo({ projectId, admissionNumber: '1001' });
  expect(photo.url).toBe(`data:image/jpeg;base64,${Buffer.from(jpeg(1)).toString('base64')}`);
});

test('another program gets a key, which is shown once, and loses it', async () => {
  await centre.press('System');
  await centre.press('Make a key …');
  const dialog = centre.page.getByRole('dialog');
  await dialog.getByRole('textbox').first().fill('Wall screen');
  await dialog.getByLabel('read how things stand').check();
  await centre.press('Make it');
  await centre.see(/^Copy it now/);
  const key = /ivk_[\w-]{43}/.exec(await dialog.innerText())?.[0] ?? '';
  const ask = () =>
    fetch(`${origin}/api/v1/projects/${projectId}/sites`, { headers: { authorization: `Bearer ${key}` } });
  const sites = (await (await ask()).json()) as { rows: { code: string }[] };
  expect(sites.rows.map(({ code }) => code)).toEqual(['S1', 'S2']);
  await centre.press('I have it');
  await centre.dialogClosed();
  await centre.page.reload();
  await centre.see('Wall screen');
  await centre.see(/127\.0\.0\.1$/);
  expect(await centre.page.content()).not.toContain(key);
  await centre.press('Revoke');
  await centre.press('Revoke');
  await centre.dialogClosed();
  await centre.see('revoked');
  expect((await ask()).status).toBe(401);
});
