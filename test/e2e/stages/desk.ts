/** Who sits where in the journey, and what is done at every screen in the same way. */
import { readFile } from 'node:fs/promises';
import ExcelJS from 'exceljs';
import { expect } from 'vitest';
import type { Screen } from '../browser.ts';
import type { ExamDay } from '../exam-day.ts';

export const password = 'a-password-of-my-own';
export const lockPin = 'lock-pin-1';
export const releasePin = 'invigil-release';
export const anna = '190319999990031001';
export const wang = '190319999990031002';

/** The screens of the day; each stage leaves them as the next one finds them. */
export const desk = {} as {
  day: ExamDay;
  centre: Screen;
  site: Screen;
  room: Screen;
  seat: Screen;
  otherSeat: Screen;
  siteCode: string;
  roomCode: string;
};

export async function accessible(screen: Screen): Promise<void> {
  expect(await screen.violations()).toEqual([]);
}

/** The text of a table cell, found by its column's heading, in the row that says `row`. */
export async function cell(screen: Screen, row: string | RegExp, heading: string): Promise<string> {
  const table = screen.page.getByRole('table').filter({ has: screen.page.getByRole('row', { name: row }) });
  const headings = await table.getByRole('columnheader').allInnerTexts();
  const at = headings.findIndex((one) => one.trim() === heading);
  if (at === -1) throw new Error(`no column ${heading}`);
  return (await table.getByRole('row', { name: row }).first().getByRole('cell').nth(at).innerText()).trim();
}

/** @param seenBefore the pages are those that another console showed: looking once is enough. */
export async function replaceFirstPassword(screen: Screen, { seenBefore = false } = {}): Promise<void> {
  await screen.see('Sign in');
  if (!seenBefore) await accessible(screen);
  await screen.type('Account', 'admin');
  await screen.type('Password', 'invigil-first');
  await screen.press('Sign in');
  await screen.see('Choose your own password');
  if (!seenBefore) await accessible(screen);
  await screen.type('Current password', 'invigil-first');
  await screen.type(/^New password(?! again)/, password);
  await screen.type('New password again', password);
  await screen.press('Change password');
}

export async function ownAddress(screen: Screen, label: string): Promise<string> {
  const said = await screen.page.getByText(label).locator('xpath=..').innerText();
  return /\d+\.\d+\.\d+\.\d+:\d+/.exec(said)?.[0] ?? '';
}

/** Local time as the date field is typed. */
export function typedTime(ms: number): string {
  const d = new Date(ms);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}`;
}

export async function signIn(screen: Screen, number: string): Promise<void> {
  await screen.type('Admission number', number);
  await screen.press('Sign in');
  await screen.press('Yes, this is me');
  // Who goes on has read the rules before.
  const rules = screen.button('I have read this');
  await rules
    .or(screen.page.getByText(/Question 1 of/))
    .first()
    .waitFor();
  if (await rules.isVisible()) await rules.click();
}

export async function answerFirst(screen: Screen, text: string): Promise<void> {
  await screen.see(/Question 1 of/);
  const field = screen.page.getByRole('main').getByRole('textbox').first();
  const radio = screen.page.getByRole('main').getByRole('radio').first();
  await field.or(radio).first().waitFor();
  if ((await field.count()) > 0) await field.fill(text);
  else await radio.check();
  await screen.see('All answers are kept by the room');
}

export async function handIn(screen: Screen): Promise<void> {
  await screen.press('Hand in');
  await screen.press('Go on to hand in');
  await screen.press('Hand in now');
  await screen.see('Receipt code');
}

/** Asked for twice: a receipt is not clicked away in passing. */
export async function nextCandidate(screen: Screen): Promise<void> {
  await screen.press('Next candidate');
  await screen.see(/This page and the receipt code go away/);
  await screen.press('Next candidate');
  await screen.page.getByLabel('Admission number').waitFor();
}

/** By number, then the cell. */
export async function choose(number: string): Promise<void> {
  const cell = desk.room.page.getByRole('button', { name: new RegExp(number) });
  if ((await cell.getAttribute('aria-pressed')) !== 'true') await cell.click();
}

export async function chooseOnly(number: string): Promise<void> {
  const none = desk.room.button('Select none');
  if (await none.isVisible()) await none.click();
  await choose(number);
}

export async function exportedRows(kind: 'csv' | 'xlsx', session: string): Promise<string[][]> {
  const file = await desk.centre.export(desk.day.folder, () =>
    desk.centre.press(kind === 'csv' ? 'Export results.csv' : 'Export XLSX'),
  );
  if (kind === 'csv')
    return (await readFile(file, 'utf8'))
      .replace(/^\uFEFF/, '')
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(','))
      .filter((cells) => cells.includes(session) || cells.some((one) => /admission/i.test(one)));
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(file);
  const rows: string[][] = [];
  workbook.worksheets[0]?.eachRow((row) => {
    rows.push(Array.from({ length: row.cellCount }, (_, i) => row.getCell(i + 1).text));
  });
  return rows;
}
