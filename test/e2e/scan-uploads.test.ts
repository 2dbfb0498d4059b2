/** A regional coordinator uploads scans: with passwords, over a line that breaks, and past a page that was loaded anew. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { makeEvent, registerKits } from '../../src/centre/scans/scans.fixture.ts';
import { pageOfKit, pagesOfKit, roomOf, zipOf } from '../../src/centre/scans/uploads/uploads.fixture.ts';
import { openCentreDatabase } from '../../src/centre/storage/database.ts';
import { prepareCentre, signIn } from '../../tools/exam-day/exam-day.ts';
import { openConsole } from '../../tools/exam-day/process.ts';
import type { Screen } from './browser.ts';
import { beginDay, type ExamDay } from './exam-day.ts';
import { password } from './stages/desk.ts';

const coordinator = 'spo_coord_77';
let day: ExamDay;
let screen: Screen;
let projectId: string;
let files: Record<'aes' | 'wrong' | 'large', string>;

const roster = [
  'session,site code,site name,region,room code,admission number,name,seat number',
  '1,S1,School one,77,S1-R1,1001,Ann,1',
].join('\n');

beforeAll(async () => {
  day = await beginDay({ centre: 'centre' });
  const opened = await day.open('centre');
  screen = opened.screen;
  const { port, data } = opened.process;
  const admin = await openConsole('centre', port);
  await signIn(admin, password);
  ({ projectId } = await prepareCentre(admin, {
    code: 'P1',
    name: 'Trial',
    startAt: Date.now() + 86_400_000,
    durationMin: 60,
    roster,
  }));
  await admin.call.user.add({
    account: coordinator,
    name: 'Ж',
    phone: '',
    role: 'coordinator',
    password: 'window seat 4',
    limit: { to: 'regions', regions: ['77'] },
  });
  const theirs = await openConsole('centre', port);
  await theirs.call.account.signIn({ account: coordinator, password: 'window seat 4' });
  await theirs.call.account.changePassword({ current: 'window seat 4', next: password });
  const watcher = { lost: () => undefined, back: () => undefined };
  const db = expectOk(await openCentreDatabase({ file: join(data, 'centre.db') }, watcher));
  const event = await makeEvent({ db }, projectId);
  const clock = { now: () => 1, monotonic: () => 1 };
  const part = { db, node: { clock } } as unknown as Parameters<typeof registerKits>[0];
  await registerKits(part, event, { site: 'S1', room: 'S1-R1', from: 1, to: 2 });
  await db.destroy();
  const keep = (name: string, content: Uint8Array): string => {
    const path = join(day.folder, name);
    writeFileSync(path, content);
    return path;
  };
  files = {
    // By the programs that people use, where they are here.
    aes:
      (await byProgram('7z', '0801', 1, ['a', '-tzip', '-mem=AES256', '-pclip seven'])) ??
      keep('0801.zip', await roomOf([1], { password: 'clip seven', encryptionStrength: 3 })),
    wrong:
      (await byProgram('zip', '0802', 2, ['-q', '-r', '-P', 'paper clip'])) ??
      keep('0802.zip', await roomOf([2], { password: 'paper clip', zipCrypto: true })),
    // More than goes in one piece; what is in it is no page.
    large: keep(
      '0803.zip',
      await zipOf([
        ['0803/1.jpg', await pageOfKit(1, 0)],
        ['0803/notes.doc', randomBytes(20 * 1_048_576)],
      ]),
    ),
  };
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await day.picture(task.name);
});
afterAll(() => day?.stop());

/** A folder with the pages of a kit, packed by a program of this computer. null: it is not here */
async function byProgram(
  program: '7z' | 'zip',
  site: string,
  kit: number,
  parameters: readonly string[],
): Promise<string | null> {
  const folder = join(day.folder, site);
  mkdirSync(folder);
  for (let place = 0; place < pagesOfKit; place++)
    writeFileSync(join(folder, `${place}.jpg`), await pageOfKit(kit, place));
  const archive = join(day.folder, `${site}.zip`);
  try {
    execFileSync(program, [...parameters, archive, site], { cwd: day.folder, stdio: 'ignore' });
    return archive;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

const choose = (...paths: string[]): Promise<void> =>
  screen.page.locator('input[type=file]').setInputFiles(paths);
const row = (name: string) => screen.page.getByRole('row', { name });

test('two archives at once, each with its password beside it; the wrong one is asked for again', async () => {
  await screen.type('Account', coordinator);
  await screen.type('Password', password);
  await screen.press('Sign in');
  await screen.page.getByText('Trial').first().waitFor();
  await screen.page.goto(`${screen.page.url().split('#')[0]}#/scans/${projectId}/uploads`);
  await screen.see('No uploads yet');
  await choose(files.aes, files.wrong);
  await screen.type('Archive password, if any: 0801.zip', 'clip seven');
  await screen.type('Archive password, if any: 0802.zip', 'paper chip');
  expect(await screen.violations()).toEqual([]);
  await screen.press('Upload 2');
  await row('0801.zip').getByText('New scans added: 4').waitFor();
  await row('0802.zip').getByText('The password is not right.').waitFor();
  await screen.pressIn('0802.zip', 'Type password …');
  await screen.type('Archive password, if any', 'paper clip');
  await screen.press('Go on');
  await screen.dialogClosed();
  await row('0802.zip').getByText('New scans added: 4').waitFor();
  expect(await screen.violations()).toEqual([]);
});

test('a page that is loaded anew in the middle of an upload goes on with the same file where it was', async () => {
  const { page } = screen;
  let pieces = 0;
  let broken = true;
  await page.route('**/scan-uploads/*', (route) => {
    if (route.request().method() === 'PATCH') pieces++;
    return broken && pieces > 1 ? route.abort() : route.continue();
  });
  await choose(files.large);
  await screen.press('Upload');
  await screen.see(/Connection lost at/);
  await row('0803.zip').getByText('coming, 39 %').waitFor();
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await row('0803.zip').getByText('Choose the same file again').waitFor();
  broken = false;
  pieces = 0;
  await choose(files.large);
  await screen.press('Upload');
  await row('0803.zip').getByText('New scans added: 1').waitFor();
  // Behind the first of three: that one is not sent again.
  expect(pieces).toBe(2);
  await row('0803.zip').getByText('More than 10 % are unrecognised', { exact: false }).waitFor();
  expect(screen.complaints).toEqual([]);
});
