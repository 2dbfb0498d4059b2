/** A whole exam at the candidate's screen without touching the mouse; every page on the way is checked for barriers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeWindows, sharedBrowser } from '../../tools/exam-day/browser.ts';
import { startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { everyInteraction } from '../../tools/exam-day/exam-day.ts';
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
      durationMin: 30,
      packageFile: everyInteraction,
      roster: { roomsPerSite: 2, candidatesPerRoom: 4 },
      policy: { countdownS: 5, earliestHandInMin: 1 },
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

test('a candidate works through every kind of question by the keyboard alone and gets a receipt', async () => {
  const [first, second] = day.seats;
  if (!first || !second) throw new Error('two seats');
  const own = await CandidatePage.open(browser, first);
  const { page } = own;
  page.on('filechooser', (chooser) => {
    void chooser.setFiles({
      name: 'drawing.png',
      mimeType: 'image/png',
      buffer: readFileSync(
        join(import.meta.dirname, '..', '..', 'docs', 'pictures', 'seat-question-1-en.png'),
      ),
    });
  });

  // Sign-in: the field has the focus; a wrong number and one of another room are refused with what to do.
  expect(await own.focusedTag()).toBe('input');
  for (const wrong of ['999', '1000005']) {
    await page.keyboard.type(wrong);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: say['refusal.no-such-number'] }).waitFor();
    await page.keyboard.press('ControlOrMeta+a');
  }
  expect(await own.barriers(), 'sign-in').toEqual([]);
  await page.keyboard.type('1000002');
  await page.keyboard.press('Enter');

  // Confirmation: the heading has the focus, so that it is read first; "not me" leads back.
  await own.heading(say['confirm.title']).waitFor();
  expect(await own.focusedTag()).toBe('h1');
  expect(await own.barriers(), 'confirm').toEqual([]);
  await own.tabTo(say['confirm.no']);
  await page.keyboard.press('Enter');
  await own.heading(say['sign-in.title']).waitFor();
  await page.keyboard.type('1000002');
  await page.keyboard.press('Enter');
  await own.heading(say['confirm.title']).waitFor();
  await own.tabTo(say['confirm.yes']);
  await page.keyboard.press('Enter');
  await own.heading(say['rules.title']).waitFor();
  expect(await own.barriers(), 'rules').toEqual([]);
  await own.tabTo(say['rules.read']);
  await page.keyboard.press('Enter');
  await own.heading(say['waiting.title']).waitFor();
  expect(await own.barriers(), 'waiting').toEqual([]);

  // The same number at another seat.
  const other = await CandidatePage.open(browser, second);
  await other.page.locator('form input').fill('1000002');
  await other.page.keyboard.press('Enter');
  await other.button(say['confirm.yes']).click();
  await other.page.getByRole('alert').filter({ hasText: say['refusal.seated-elsewhere'] }).waitFor();
  await other.context.close();

  await day.allowStart();
  await own.heading(say['countdown.title']).waitFor();
  expect(await own.barriers(), 'countdown').toEqual([]);
  await own.atWork();
  expect(await own.focusedTag()).toBe('h1');

  const count = Number(/\d+$/.exec((await own.heading().textContent()) ?? '')?.[0]);
  expect(count).toBeGreaterThan(10);
  let drawing = 0;
  for (let number = 1; number <= count; number++) {
    await own.heading(`Question ${number} of`).waitFor();
    await answerByKeyboard(page);
    if ((await page.locator('.drawing').count()) > 0) drawing = number;
    expect(await own.barriers(), `question ${number}`).toEqual([]);
    if (number === 3) {
      await own.tabTo(say.flag);
      await page.keyboard.press('Space');
      await page.getByRole('button', { name: say.flagged, pressed: true }).waitFor();
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Enter');
    } else if (number < count) {
      await own.tabTo(say.next);
      await page.keyboard.press('Enter');
    }
  }

  // Overview: states in words, Escape leads back to its button, a question leads to its heading.
  await own.tabTo(say.overview);
  await page.keyboard.press('Enter');
  expect(await own.focusedTag()).toBe('h2');
  expect(await own.barriers(), 'overview').toEqual([]);
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain(say.overview);
  await page.keyboard.press('Enter');
  const unanswered = page
    .locator('.overview ol button')
    .and(page.getByRole('button', { name: say['state.empty'] }));
  expect(await unanswered.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))).toEqual([]);

  // What was drawn comes back from the seat.
  await own.tabTo(`Question ${drawing}: ${say['state.answered']}`);
  await page.keyboard.press('Enter');
  await until('the drawing is shown again', () =>
    page.evaluate(() => {
      const canvas = document.querySelector('canvas');
      const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
      return pixels?.some((one) => one > 0) ?? false;
    }),
  );
  await own.tabTo(say.overview);
  await page.keyboard.press('Enter');
  await own.tabTo(`Question 3: ${say['state.answered']}, ${say['state.flagged']}`);
  await page.keyboard.press('Enter');
  await own.heading('Question 3 of').waitFor();
  expect(await own.focusedTag()).toBe('h1');
  await own.kept().filter({ hasText: say['kept.room'] }).waitFor();

  // Hand-in: not before its time, which is said; then in two steps.
  await own.tabTo(say['hand-in']);
  await page.keyboard.press('Enter');
  await own.heading(say['hand-in.title']).waitFor();
  expect(await own.focusedTag()).toBe('h1');
  expect(await own.barriers(), 'hand-in').toEqual([]);
  await page.getByText(say['hand-in.flagged'].replace('{count}', '1')).waitFor();
  const goOn = own.button(say['hand-in.next']);
  await until('the time from which one may hand in', () => goOn.isEnabled());
  await own.tabTo(say['hand-in.next']);
  await page.keyboard.press('Enter');
  await own.heading(say['hand-in.sure']).waitFor();
  expect(await own.barriers(), 'hand-in, second step').toEqual([]);
  await own.tabTo(say['hand-in.now']);
  await page.keyboard.press('Enter');
  await own.heading(say['handed-in.title']).waitFor();
  expect(await own.barriers(), 'handed in').toEqual([]);
  expect(await page.locator('.receipt strong').textContent()).toMatch(
    /^[0-9A-F]{4} [0-9A-F]{4} [0-9A-F]{4}$/,
  );
  const board = await day.room.call.board.get();
  expect(board.sittings.find((one) => one.admissionNumber === '1000002')?.state).toBe('handed-in');

  // The next candidate finds an empty seat, and nothing of the one before.
  await own.tabTo(say['handed-in.next']);
  await page.keyboard.press('Enter');
  await own.tabTo(say['handed-in.next']);
  await page.keyboard.press('Enter');
  await own.heading(say['sign-in.title']).waitFor();
  expect(await page.content()).not.toContain('1000002');
  expect(own.complaints).toEqual([]);
});

/** Gives some answer in every control of the question, from the heading on, with Tab, Space, Enter, arrows and letters. */
async function answerByKeyboard(page: Page): Promise<void> {
  const pressed: Record<string, number> = {};
  for (let tabs = 0; tabs < 80; tabs++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const { activeElement } = document;
      if (!activeElement?.closest('.answer-place')) return null;
      // These take an answer away again.
      const given = activeElement.matches('.given *, button.quiet');
      const { tagName } = activeElement;
      const attribute = (name: string): string => activeElement.getAttribute(name) ?? '';
      return {
        tag: given ? '' : attribute('role') || tagName.toLowerCase(),
        type: attribute('type'),
        // A pair takes two; what goes into a gap takes the piece and the gap.
        presses: activeElement.matches('.associate .piece, .graphic-associate .spot') ? 2 : 1,
        kind: activeElement.matches('.gap, .placing .spot') ? 'gap' : 'button',
        dimmed: attribute('aria-disabled') === 'true',
      };
    });
    if (!at) return;
    if (at.tag === 'select') await page.keyboard.press('ArrowDown');
    else if (at.tag === 'textarea') await page.keyboard.type('Ответ 答案 answer.');
    else if (at.type === 'range') await page.keyboard.press('ArrowRight');
    else if (['radio', 'checkbox', 'file'].includes(at.type)) await page.keyboard.press('Space');
    else if (at.tag === 'input') await page.keyboard.type('42');
    else if (at.tag === 'application')
      for (const key of ['Enter', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    else if (at.tag === 'button' && !at.dimmed && (pressed[at.kind] ?? 0) < at.presses) {
      pressed[at.kind] = (pressed[at.kind] ?? 0) + 1;
      await page.keyboard.press('Enter');
    }
  }
  throw new Error('the keyboard does not leave this question');
}
