/** An administrator makes a coordinator, who makes an account for a site of the own region; each sees what is theirs. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { prepareCentre, signIn, type PreparedProject } from '../../tools/exam-day/exam-day.ts';
import { openConsole } from '../../tools/exam-day/process.ts';
import type { Screen } from './browser.ts';
import { beginDay, type ExamDay } from './exam-day.ts';
import { accessible, password } from './stages/desk.ts';

let day: ExamDay;
let screen: Screen;
let project: PreparedProject;
let port: number;

const roster = [
  'session,site code,site name,region,room code,admission number,name,seat number',
  '1,7701,School in the north,North,7701-R1,1001,Ann,1',
  '1,7801,School in the south,South,7801-R1,1002,Bo,1',
  '1,7802,Other school in the south,South,7802-R1,1003,王小明,1',
].join('\n');

beforeAll(async () => {
  day = await beginDay({ centre: 'centre' });
  const opened = await day.open('centre');
  screen = opened.screen;
  port = opened.process.port;
  const by = await openConsole('centre', port);
  await signIn(by, password);
  project = await prepareCentre(by, {
    code: 'P1',
    name: 'Trial',
    startAt: Date.now() + 86_400_000,
    durationMin: 60,
    roster,
  });
  await enter('admin', password);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await day.picture(task.name);
});
afterAll(() => day?.stop());

async function enter(account: string, secret: string): Promise<void> {
  await screen.type('Account', account);
  await screen.type('Password', secret);
  await screen.press('Sign in');
}

async function change(from: string, to: string): Promise<void> {
  await screen.press(from);
  await screen.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await enter(to, 'window seat 4');
  await screen.type('Current password', 'window seat 4');
  await screen.type(/^New password(?! again)/, password);
  await screen.type('New password again', password);
  await screen.press('Change password');
}

test('an administrator limits a coordinator to a region that the roster names', async () => {
  await screen.press('System');
  await screen.press('Add a user …');
  await screen.type('Account', 'south');
  await screen.choose(/^Role$/, 'Coordinator');
  await screen.choose(/^Regions$/, 'South (2)');
  await screen.type('First password', 'window seat 4');
  await accessible(screen);
  await screen.press('Add');
  await screen.dialogClosed();
  await screen.see('South');
});

test('the coordinator sees the own region alone, and what is not possible says why', async () => {
  await change('admin', 'south');
  await screen.press('Projects');
  await screen.see('Trial');
  await screen.pressDimmed(/^New project/);
  await screen.see(/outside of what your account is limited to/);
  await screen.page.goto(`http://127.0.0.1:${port}/#/before/${project.projectId}/sites`);
  await screen.see('School in the south');
  await screen.see('Other school in the south');
  expect(await screen.page.getByText('School in the north').count()).toBe(0);
  await accessible(screen);
  await screen.page.goto(`http://127.0.0.1:${port}/#/during/${project.projectId}`);
  await screen.see('The day’s course counts every site of the session.');
  expect(await screen.page.getByText('7701').count()).toBe(0);
});

test('the coordinator makes an account for a site, found by its name', async () => {
  await screen.press('System');
  await screen.press('Add a user …');
  await screen.type('Account', 'school');
  await screen.choose(/^Project$/, 'P1');
  const sites = screen.page.getByRole('combobox', { name: 'One site', exact: true });
  await sites.fill('other');
  await screen.page.getByTitle('7802 · Other school in the south').click();
  await screen.type('First password', 'window seat 4');
  await accessible(screen);
  await screen.press('Add');
  await screen.dialogClosed();
  await screen.see('P1 · site 7802');
});

test('the site sees its own page, asks the support desk, and nothing of another site', async () => {
  await change('south', 'school');
  await screen.press('My site');
  await screen.see('Type the registration code at the site’s computer.');
  await screen.see('Session 1 · Session 1');
  await screen.see('7802-R1');
  await accessible(screen);
  expect(await screen.page.getByText(/7701|7801/).count()).toBe(0);
  await screen.press('Codes');
  await screen.see(/The policy lets the centre alone permit exceptions/);
  await screen.press('Support');
  await screen.press('Ask the support desk …');
  await screen.type('What is it about?', 'Where do we find the seal check?');
  await screen.press('Send');
  await screen.dialogClosed();
  await screen.see('Where do we find the seal check?');
  await accessible(screen);
  for (const one of day.screens()) expect(one.complaints).toEqual([]);
});
