/** What goes wrong at a candidate's computer, and what the candidate sees and loses then: nothing. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeWindows, launchBrowser, sharedBrowser } from '../../tools/exam-day/browser.ts';
import { startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { until } from '../../tools/exam-day/process.ts';
import { CandidatePage, needScreens, sayPages, texts } from './candidate-page.ts';

const say = texts.en;
const number = '1000002';
let day: Exam;
let browser: Browser;
let seat: Exam['seats'][number];
let spare: Exam['seats'][number];
let own: CandidatePage;
/** What the essay says so far. */
let essay = '';

beforeAll(async () => {
  needScreens();
  [day, browser] = await Promise.all([
    startExam({
      hosted: ['centre', 'site', 'room', 'seat-2'],
      seats: 2,
      until: 'sign-in',
      policy: { countdownS: 1 },
      cuttable: ['seat-room'],
    }),
    sharedBrowser(),
  ]);
  [seat, spare] = day.seats as [typeof seat, typeof spare];
  own = await CandidatePage.open(browser, seat);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await sayPages();
});
afterAll(async () => {
  await closeWindows(browser);
  await day?.close();
});

async function type(text: string): Promise<void> {
  await own.essay().focus();
  await own.page.keyboard.press('ControlOrMeta+End');
  await own.page.keyboard.insertText(text);
  essay += text;
  await shows(own);
}

/** Compared by hand: a difference in a very long text is shown short. */
async function shows(page: CandidatePage): Promise<void> {
  const value = await page.essay().inputValue();
  if (value !== essay)
    expect({ length: value.length, end: value.slice(-80) }).toEqual({
      length: essay.length,
      end: essay.slice(-80),
    });
}

async function isKept(where: 'kept.seat' | 'kept.room'): Promise<void> {
  await own.kept().filter({ hasText: say[where] }).waitFor();
}

/** A browser that knows nothing: what it shows is what the agent has. */
async function fresh<T>(look: (page: CandidatePage) => Promise<T>): Promise<T> {
  const other = await CandidatePage.open(browser, seat);
  try {
    await other.atWork();
    return await look(other);
  } finally {
    await other.context.close();
  }
}

/** px: where the work begins below what may be said above it. */
function begins(): Promise<number> {
  return own.page.locator('main').evaluate((main) => main.getBoundingClientRect().top + scrollY);
}

test('a seat that was cut off just at the start begins with the eight words, and works without the room', async () => {
  const { page } = own;
  await own.signIn(number);
  await own.heading(say['waiting.title']).waitFor();
  await until('the paper on the seat', async () => (await day.room.call.board.get()).session !== null);
  const waiting = await begins();
  day.wire('seat-room').cut(true);
  await page.getByText(say['room-away.quiet']).waitFor();
  expect(await begins(), 'a notice moves nothing').toBe(waiting);
  const startsAt = await day.allowStart();
  await until('the start', async () => Date.now() > startsAt);
  const { words } = await day.room.call.session.startPhrase({ sessionId: day.sessionId });
  await page.locator('summary').click();
  const phrase = page.locator('details input');
  await phrase.fill(['zzzz', ...words.slice(1)].join(' '));
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'zzzz' }).waitFor();
  await phrase.fill([...words].toReversed().join(' '));
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: say['refusal.wrong-start-phrase'] }).waitFor();
  await phrase.fill(` ${words.join('  ').toUpperCase()} `);
  await page.keyboard.press('Enter');
  await own.atWork();

  await own.goToEssay();
  await page.getByText(say['room-away']).waitFor();
  await type('Written without the room. ');
  expect(await own.kept().textContent()).toBe(say['kept.typed']);
  await isKept('kept.seat');
  expect(await own.barriers(), 'away from the room').toEqual([]);
  const away = await begins();
  day.wire('seat-room').cut(false);
  await page.getByText(say['room-away']).waitFor({ state: 'detached' });
  expect(await begins(), 'nor does its end').toBe(away);
  await isKept('kept.room');
});

test('a browser that is reloaded in the middle of a word comes back where it was, with the word', async () => {
  await type('Half a wo');
  await own.page.reload();
  await own.atWork();
  await until('the text on the page', async () => (await own.essay().inputValue()) === essay);
});

test('while the agent is gone the candidate types on, and all of it is kept when it is back', async () => {
  await type('rd before, ');
  const before = await begins();
  await day.process('seat-1').kill();
  await own.page.getByText(say.reconnecting).waitFor();
  expect(await begins()).toBe(before);
  await type('and one while it was away. ');
  await own.page.getByText(say['kept.trouble']).waitFor();
  await day.again('seat-1');
  await own.page.getByText(say.reconnecting).waitFor({ state: 'detached' });
  await shows(own);
  await isKept('kept.room');
  await fresh(shows);
});

test('a browser that was killed comes back at the same question, with everything that was kept', async () => {
  await type('Kept before the browser died. ');
  await isKept('kept.room');
  const before = await own.heading().textContent();
  const killed = await launchBrowser();
  const doomed = await CandidatePage.open(killed, seat);
  await doomed.atWork();
  await killed.close();
  await fresh(async (page) => {
    expect(await page.heading().textContent()).toBe(before);
    await shows(page);
  });
});

test('a second tab is the same screen: what one answers, the other shows', async () => {
  await isKept('kept.room');
  const second = await own.context.newPage();
  await second.goto(seat.url);
  await second.locator('textarea').waitFor();
  await second.locator('textarea').fill(`${essay}From the second tab. `);
  essay += 'From the second tab. ';
  await until('the text on the page', async () => (await own.essay().inputValue()) === essay);
  await type('And from the first. ');
  await until('the text on the page', async () => (await second.locator('textarea').inputValue()) === essay);
  await second.close();
});

test('text that an input method composes arrives whole, also when it is kept in between', async () => {
  const cdp = await own.context.newCDPSession(own.page);
  await own.essay().focus();
  await own.page.keyboard.press('ControlOrMeta+End');
  for (const composed of ['d', 'da', '大', '大x', '大学'])
    await cdp.send('Input.imeSetComposition', {
      text: composed,
      selectionStart: composed.length,
      selectionEnd: composed.length,
    });
  await isKept('kept.room');
  await cdp.send('Input.insertText', { text: '大学' });
  essay += '大学';
  await shows(own);
  await isKept('kept.room');
  await fresh(shows);
});

test('emoji, combining marks, line ends and a very long essay come back exactly', async () => {
  await type(` 👩‍👩‍👧 e\u0301 \u{1F1F0}\u{1F1FF}\n\n${'Длинное сочинение. 長い作文。'.repeat(4_000)}`);
  await isKept('kept.room');
  await fresh(shows);
});

test('text beyond the limit is refused as a whole: what stood there stays', async () => {
  await own.essay().fill('x'.repeat(500_001));
  await own.page.getByRole('alert').filter({ hasText: say['refusal.answer-too-long'] }).waitFor();
  await shows(own);
  await own.essay().fill('Shorter again. ');
  essay = 'Shorter again. ';
  await own.page.getByRole('alert').waitFor({ state: 'detached' });
  await isKept('kept.room');
});

test('a page whose cookie is gone gets a new one and loses nothing', async () => {
  await own.context.clearCookies();
  await type('With a new cookie. ');
  await isKept('kept.room');
});

test('a locked screen shows the message, and afterwards the text that was typed just before', async () => {
  const sitting = (await day.room.call.board.get()).sittings.find((one) => one.admissionNumber === number);
  const sittingId = sitting?.sittingId ?? '';
  await type('Typed just before the lock. ');
  await day.room.call.sitting.lock({ sittingId, message: 'Phone on the desk, please.' });
  await own.page.getByText('Phone on the desk, please.').waitFor();
  expect(await own.focusedTag()).toBe('h1');
  expect(await own.barriers(), 'locked').toEqual([]);
  await own.button(say['locked.read']).click();
  await own.atWork();
  await shows(own);
  await isKept('kept.room');
  await fresh(shows);
});

test('extra time is said once and shown at once', async () => {
  const sitting = (await day.room.call.board.get()).sittings.find((one) => one.admissionNumber === number);
  const before = await own.page.locator('.time strong').textContent();
  await day.room.call.sitting.extraTime({ sittingIds: [sitting?.sittingId ?? ''], minutes: 7 });
  await own.page.locator('.time-notice').filter({ hasText: 'more time' }).waitFor();
  const minutes = (text: string | null): number => Number.parseInt(text ?? '', 10);
  expect(minutes(await own.page.locator('.time strong').textContent())).toBeGreaterThanOrEqual(
    minutes(before) + 6,
  );
});

test('resumed at another seat, the exam goes on there, and the old screen says so and shows nothing more', async () => {
  await isKept('kept.room');
  const sitting = (await day.room.call.board.get()).sittings.find((one) => one.admissionNumber === number);
  await day.room.call.sitting.resume({ sittingIds: [sitting?.sittingId ?? ''], reason: 'screen is broken' });
  await own.heading(say['moved.title']).waitFor();
  expect(await own.barriers(), 'moved').toEqual([]);
  expect(await own.page.locator('textarea').count()).toBe(0);
  const there = await CandidatePage.open(browser, spare);
  await there.page.locator('form input').fill(number);
  await there.button(say['sign-in.go']).click();
  await there.button(say['confirm.yes']).click();
  await there.atWork();
  await there.goToEssay();
  await shows(there);
  await there.essay().fill(`${essay}Finished elsewhere.`);
  essay += 'Finished elsewhere.';
  await there.button(say['hand-in']).click();
  await there.page.getByText('Without an answer').waitFor();
  await there.button(say['hand-in.next']).click();
  await there.button(say['hand-in.now']).click();
  await there.page.locator('.receipt').waitFor();
  expect([...own.complaints, ...there.complaints]).toEqual([]);
});

test('the centre has exactly what the candidate wrote', async () => {
  const { answers } = await day.collect();
  const written = answers.filter((one) => one.admissionNumber === number && one.item === 'letter');
  expect(written.map((one) => one.responses['RESPONSE'] === essay)).toEqual([true]);
});
