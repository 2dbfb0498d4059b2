/** What happens at any console on any day: the program restarts, the sign-in ends, two tabs, a page that is loaded again. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openConsole, startRole, type RoleProcess } from '../../tools/exam-day/process.ts';
import { signIn } from '../../tools/exam-day/exam-day.ts';
import { Screen } from './browser.ts';
import { beginDay, type ExamDay } from './exam-day.ts';

const password = 'a-password-of-my-own';
let day: ExamDay;
let centre: Screen;
let running: RoleProcess;

beforeAll(async () => {
  day = await beginDay({ centre: 'centre' }, { killable: true });
  ({ screen: centre, process: running } = await day.open('centre'));
  await signIn(await openConsole('centre', running.port), password);
  await centre.type('Account', 'admin');
  await centre.type('Password', password);
  await centre.press('Sign in');
  await centre.see('No projects yet');
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await day.picture(task.name);
});
afterAll(async () => {
  await running.stop();
  await day.stop();
});

test('a program that dies and comes back costs a calm line; what was typed stays and is taken', async () => {
  await centre.press('New project');
  await centre.type('Code', 'RESTART-1');
  await centre.type('Name of the exam', 'Typed before the restart');
  await running.kill();
  await centre.see(/has not answered since .* what you typed stays/);
  await centre.press('Create');
  await centre.see('The program on this computer does not answer.');
  running = await startRole('centre', { data: running.data, port: running.port, 'log-level': 'error' });
  await centre.gone(/has not answered since/);
  expect(await centre.page.getByLabel('Name of the exam').inputValue()).toBe('Typed before the restart');
  await centre.press('Create');
  await centre.see('No sessions yet');
});

test('a sign-in that ended is asked for over the page, and what was typed there stays', async () => {
  await centre.press('Add session');
  await centre.type('Session name', 'Typed before the sign-in ended');
  await centre.page.context().clearCookies();
  await centre.see('Please sign in again');
  expect(await centre.violations()).toEqual([]);
  await centre.type('Password', password);
  await centre.press('Sign in');
  await centre.gone('Please sign in again');
  expect(await centre.page.getByLabel('Session name').inputValue()).toBe('Typed before the sign-in ended');
  await centre.typeDate('Start', '2030-05-20 09:00');
  await centre.type('Subject', 'Mathematics');
  await centre.page.getByRole('dialog').getByRole('button', { name: 'Add session' }).click();
  await centre.dialogClosed();
  await centre.see('Typed before the sign-in ended');
});

test('two tabs of one console show the same, and four of them still work', async () => {
  const tabs = [];
  for (let i = 0; i < 3; i++) {
    const tab = await Screen.open(centre.page.context(), running.port);
    await tab.page.goto(centre.page.url());
    await tab.see('Typed before the sign-in ended');
    tabs.push(tab);
  }
  await centre.press('Remove');
  await centre.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  for (const tab of tabs) {
    await tab.see('No sessions yet');
    await tab.page.close();
  }
});

test('a page that is loaded again shows the same place', async () => {
  await centre.press(/^4 Publish/);
  await centre.see('Not published yet');
  await centre.page.reload();
  await centre.see('Not published yet');
});

test('the keyboard alone reaches the page, a step and its button', async () => {
  await centre.page.reload();
  await centre.see('Not published yet');
  await centre.page.keyboard.press('Tab');
  expect(await centre.page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the page');
  await centre.page.keyboard.press('Enter');
  await centre.page.keyboard.press('Tab');
  expect(await centre.page.evaluate(() => document.activeElement?.textContent)).toMatch(/^1 Sessions/);
  await centre.page.keyboard.press('Enter');
  await centre.see('Add every session of this exam.');
});

test('the texts change with the language, and stay so', async () => {
  await centre.choose('Language', '中文');
  await centre.see('请添加本次考试的所有场次。');
  await centre.page.reload();
  await centre.see('请添加本次考试的所有场次。');
  await centre.choose('语言', 'Русский');
  await centre.see('Добавьте все экзамены проекта.');
  expect(await centre.page.evaluate(() => document.documentElement.lang)).toBe('ru');
  await centre.choose('Язык', 'English');
});
