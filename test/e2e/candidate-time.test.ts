/** The end of the time at the candidate's screen. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeWindows, sharedBrowser } from '../../tools/exam-day/browser.ts';
import { startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { until } from '../../tools/exam-day/process.ts';
import { CandidatePage, needScreens, sayPages, texts } from './candidate-page.ts';

const say = texts.en;
let day: Exam;
let browser: Browser;

beforeAll(async () => {
  needScreens();
  [day, browser] = await Promise.all([
    startExam({
      hosted: ['centre', 'site', 'room', 'seat-1', 'seat-2'],
      seats: 2,
      until: 'sign-in',
      durationMin: 1,
      policy: { countdownS: 1 },
    }),
    sharedBrowser(),
  ]);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await sayPages();
});
afterAll(async () => {
  await closeWindows(browser);
  await day?.close();
});

test('what is typed until the last moment is kept, and another candidate’s extra time goes on', async () => {
  const [first, second] = day.seats as [Exam['seats'][number], Exam['seats'][number]];
  const own = await CandidatePage.open(browser, first);
  const other = await CandidatePage.open(browser, second);
  await own.signIn('1000001');
  await other.signIn('1000002');
  await Promise.all([own, other].map((page) => page.heading(say['waiting.title']).waitFor()));
  await day.allowStart();
  await own.atWork();
  await other.atWork();
  const sitting = (await day.room.call.board.get()).sittings.find((one) => one.admissionNumber === '1000002');
  await day.room.call.sitting.extraTime({ sittingIds: [sitting?.sittingId ?? ''], minutes: 1 });
  await other.page.locator('.time-notice').filter({ hasText: 'more time' }).waitFor();
  await own.goToEssay();
  await own.essay().focus();
  // Types on until the page takes no more, as somebody does who has not finished.
  let typed = 0;
  while ((await own.page.locator('textarea:enabled').count()) > 0) {
    // A writer's pace.
    await own.page.keyboard.type(`${++typed} `, { delay: 200 });
  }
  const seen = await own.page.evaluate(() => document.querySelector('textarea')?.value ?? null);
  await own.heading(say['ended.title']).waitFor();
  expect(await own.barriers(), 'ended').toEqual([]);
  expect(await own.page.getByText(say['ended.unsent']).count()).toBe(0);
  expect(await other.page.locator('.question').count()).toBe(1);

  await other.button(say['hand-in']).click();
  await other.button(say['hand-in.next']).click();
  await other.button(say['hand-in.now']).click();
  await other.page.locator('.receipt').waitFor();
  expect([...own.complaints, ...other.complaints]).toEqual([]);

  await until('the last word in the room', async () =>
    (await day.room.call.board.get()).sittings.every((one) => one.state !== 'closed' || one.collected),
  );
  const { answers } = await day.collect();
  const written = answers.find((one) => one.admissionNumber === '1000001' && one.item === 'letter');
  const text = String(written?.responses['RESPONSE']);
  if (seen !== null) expect(text).toBe(seen);
  // Nothing is missing in between, and the last word that went in is there.
  const said = text.trim().split(' ');
  // The end may have come between the digits of the last one.
  if (!text.endsWith(' ') && String(said.length).startsWith(said.at(-1) ?? '')) said.pop();
  const words = said.map(Number);
  expect(words).toEqual(words.map((_, i) => i + 1));
  expect(words.length).toBeGreaterThanOrEqual(typed - 2);
});
