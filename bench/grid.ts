/**
 * The grid of a room in which 1,000 candidates answer, 60 changes a second: how much of one core the console's page uses for its scripts and
 * for everything together, and how long a change of state takes to be seen. Real processes, real browser.
 */
import type { Browser, CDPSession, Page } from 'playwright-core';
import { build } from '../tools/build.ts';
import { launchBrowser } from '../tools/exam-day/browser.ts';
import { password } from '../tools/exam-day/exam.ts';
import { atRate } from './load/at-rate.ts';
import { asBody, seatJournal } from './load/changes.ts';
import { say } from './load/figures.ts';
import { prepareRoomDay, signInAll, startAll, type RoomDay } from './load/room-day.ts';

const seatCount = 1_000;
const updatesPerS = 60;
const watchedMs = 30_000;
/** Of a state that changes on the screen while all the answers come in. */
const lockEveryMs = 2_000;

interface Figures {
  seats: number;
  updatesPerS: number;
  /** Scripts of the page, as a part of one core. */
  scripting: number;
  /** Scripts, styles, layout and painting. */
  wholePage: number;
  /** From the operation being asked for until the cell shows the new state. */
  seenMsMedian: number;
  seenMsMax: number;
}

export async function run(): Promise<Figures> {
  if (!build()) throw new Error('the screens were not built');
  const day = await prepareRoomDay(seatCount, say);
  const browser = await launchBrowser();
  try {
    await signInAll(day);
    await startAll(day);
    return await measure(browser, day);
  } finally {
    await browser.close();
    await day.close();
  }
}

async function measure(browser: Browser, day: RoomDay): Promise<Figures> {
  const page = await openGrid(browser, day);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'timeTicks' });
  const perSeat = Math.ceil((updatesPerS * watchedMs) / 1_000 / seatCount) + 1;
  const bodies = day.seats.map((seat) => {
    const journal = seatJournal(seat);
    return Array.from({ length: perSeat }, () => asBody(journal.next(1)));
  });
  say(`${updatesPerS} changes a second for ${watchedMs / 1_000} s …`);
  const before = await spent(devtools);
  const begun = performance.now();
  const [seen] = await Promise.all([lockSome(page, day), atRate(day, bodies, updatesPerS, watchedMs)]);
  const share = 1 / ((performance.now() - begun) / 1_000);
  const after = await spent(devtools);
  const sorted = seen.toSorted((a, b) => a - b);
  return {
    seats: seatCount,
    updatesPerS,
    scripting: round((after.script - before.script) * share),
    wholePage: round((after.task - before.task) * share),
    seenMsMedian: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0),
    seenMsMax: Math.round(sorted.at(-1) ?? 0),
  };
}

async function openGrid(browser: Browser, { exam }: RoomDay): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' });
  await page.goto(`${exam.room.url}/#/during`);
  await page.getByLabel('Account').fill('admin');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page
    .locator('.seat-cell')
    .nth(seatCount - 1)
    .waitFor({ state: 'attached' });
  return page;
}

/** Seconds since the page came. */
async function spent(devtools: CDPSession): Promise<{ script: number; task: number }> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  const value = (name: string): number => metrics.find((one) => one.name === name)?.value ?? 0;
  return { script: value('ScriptDuration'), task: value('TaskDuration') };
}

/** Locks one candidate after another. @returns how long each took to be seen, ms */
async function lockSome(page: Page, { exam, seats }: RoomDay): Promise<number[]> {
  const seen: number[] = [];
  for (let i = 0; i < watchedMs / lockEveryMs - 1; i++) {
    const asked = performance.now();
    const sittingId = seats[i * 3]?.sittingId ?? '';
    const shown = page.waitForFunction(
      (count) => document.querySelectorAll('.seat-cell.tone-purple').length === count,
      i + 1,
      { polling: 50 },
    );
    await exam.room.call.sitting.lock({ sittingId, message: 'Please wait.' });
    await shown;
    seen.push(performance.now() - asked);
    await new Promise((resolve) =>
      setTimeout(resolve, Math.max(0, lockEveryMs - (performance.now() - asked))),
    );
  }
  return seen;
}

function round(part: number): number {
  return Math.round(part * 1_000) / 1_000;
}
