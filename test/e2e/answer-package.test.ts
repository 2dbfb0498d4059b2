/** Answers that leave a seat as a file: the invigilator at the candidate's screen, then at the room's console. */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeWindows, sharedBrowser } from '../../tools/exam-day/browser.ts';
import { password, startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { until } from '../../tools/exam-day/process.ts';
import { Screen } from './browser.ts';
import { CandidatePage, needScreens, sayPages, texts } from './candidate-page.ts';

const say = texts.en;
const number = '1000001';
const essay = 'Written while the room was there. Написано без связи. 断网后继续作答。';
let day: Exam;
let browser: Browser;
let own: CandidatePage;
let room: Screen;
/** The exported package, as it lies on the stick. */
let file: string;

beforeAll(async () => {
  needScreens();
  [day, browser] = await Promise.all([
    startExam({
      hosted: ['centre', 'site', 'room', 'seat-1'],
      seats: 1,
      until: 'sign-in',
      cuttable: ['seat-room'],
    }),
    sharedBrowser(),
  ]);
  const [seat] = day.seats;
  if (!seat) throw new Error('one seat');
  own = await CandidatePage.open(browser, seat);
  const window = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' });
  room = await Screen.open(window, day.process('room').port);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await sayPages();
});
afterAll(async () => {
  await closeWindows(browser);
  await day?.close();
});

const accessible = async (screen: Screen): Promise<void> => expect(await screen.violations()).toEqual([]);

test('before somebody has signed in there is nothing for the invigilator at a seat', async () => {
  expect(await own.button(say['menu.invigilator']).count()).toBe(0);
  await own.signIn(number);
  await own.button(say['menu.invigilator']).waitFor();
});

test('with the room away the invigilator exports the answers with the seat code, by the keyboard alone', async () => {
  await day.allowStart();
  await own.atWork();
  await own.goToEssay();
  await own.essay().fill(essay.slice(0, 30));
  await own.kept().filter({ hasText: say['kept.room'] }).waitFor();
  day.wire('seat-room').cut(true);
  await own.page.getByText(say['room-away']).waitFor();
  await own.essay().fill(essay);
  await own.kept().filter({ hasText: say['kept.seat'] }).waitFor();

  const { seatCode } = await day.room.call.answerPackage.seatCode();
  await own.tabTo(say['menu.invigilator']);
  await own.page.keyboard.press('Enter');
  await own.page.getByRole('dialog', { name: say['package.title'] }).waitFor();
  expect(await own.focusedTag()).toBe('input');
  expect(await own.barriers(), 'export').toEqual([]);
  await own.page.keyboard.type(seatCode === '000000' ? '000001' : '000000');
  await own.page.keyboard.press('Enter');
  await own.page.getByRole('alert').filter({ hasText: say['refusal.wrong-seat-code'] }).waitFor();
  await own.page.keyboard.type(seatCode);
  const [download] = await Promise.all([own.page.waitForEvent('download'), own.page.keyboard.press('Enter')]);
  file = join(day.folder, download.suggestedFilename());
  await download.saveAs(file);
  // Where a browser that does not work any more leaves it.
  await own.page
    .getByText(join(day.data('seat-1'), 'answer-packages', download.suggestedFilename()))
    .waitFor();
  expect(await own.barriers(), 'exported').toEqual([]);
  await own.page.keyboard.press('Escape');
  await own.page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await own.essay().inputValue()).toBe(essay);
});

test('room: the seat code stands where seats are admitted', async () => {
  const { seatCode } = await day.room.call.answerPackage.seatCode();
  await room.type('Account', 'admin');
  await room.type('Password', password);
  await room.press('Sign in');
  await room.press('Before');
  await room.press(/^2 Seats/);
  await room.see(seatCode);
  await accessible(room);
});

test('room: the resume of a seat that is away offers the package first, and says what came with it', async () => {
  await room.press('During');
  await until('a seat that is away', async () => {
    const [one] = (await day.room.call.board.get()).sittings;
    return one?.state === 'away';
  });
  await room.press('Select all shown');
  await room.press('Resume …');
  await room.press(/^Import the answer package of .* first …/);
  await room.see(/For the invigilator/);
  await accessible(room);
  await room.give(file);
  await room.see(number);
  await room.see(/of these new here/);
  await accessible(room);
  await room.press('Import');
  await room.see(/answer changes were new and are kept here now/);
  await accessible(room);
  await room.press('Close');
  await room.press('Cancel');
  await room.dialogClosed();
});

test('room: the same package again brings nothing new', async () => {
  await room.press('Import answer package …');
  await room.give(file);
  await room.press('Import');
  await room.see(/everything was here already/);
  await room.press('Close');
  await room.dialogClosed();
});

test('room: a single collection hands in; log and exam record say so', async () => {
  await room.press('Single collection …');
  await room.give(file);
  await room.see(/ends with these answers/);
  await accessible(room);
  await room.press(/^Hand in for/);
  await room.see(/has handed in. Receipt code/);
  await room.press('Close');
  await room.dialogClosed();
  await room.see('Everybody is finished. End the exam.');
  // Why it is not possible stands in the dialog, not only behind the dimmed button.
  await room.press('Single collection …');
  await room.give(file);
  await room.see(/has handed in; that is final/);
  await accessible(room);
  await room.press('Cancel');
  await room.dialogClosed();
  await room.press('Log …');
  await room.see('Answer package imported');
  await room.see('single collection');
  await accessible(room);
  await room.closeDialog();
  await room.press('Exam record');
  await room.see('Single collection (1)');
  await accessible(room);
  expect([...own.complaints, ...room.complaints]).toEqual([]);
});

test('the centre has exactly what the candidate wrote at the seat that never came back', async () => {
  const { answers } = await day.collect();
  const written = answers.filter((one) => one.admissionNumber === number && one.item === 'letter');
  expect(written.map((one) => one.responses['RESPONSE'])).toEqual([essay]);
});
