/**
 * The whole exam day, driven only by looking, pressing and typing: the first session online, the second with every parcel carried as
 * a file. The tests are the day's stages and follow each other; each leaves the screens as the next one finds them.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { samplePackage } from '../../tools/exam-day/exam-day.ts';
import type { Screen } from './browser.ts';
import { beginDay, type ExamDay } from './exam-day.ts';

const firstPassword = 'invigil-first';
const password = 'a-password-of-my-own';
const lockPin = 'lock-pin-1';
const releasePin = 'invigil-release';
const anna = '190319999990031001';
const wang = '190319999990031002';

let day: ExamDay;
let centre: Screen;
let site: Screen;
let room: Screen;
let seat: Screen;
let otherSeat: Screen;
let siteCode: string;
let roomCode: string;

beforeAll(async () => {
  day = await beginDay();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await day.picture(task.name);
});
afterAll(async () => {
  await day.stop();
});

async function accessible(screen: Screen): Promise<void> {
  expect(await screen.violations()).toEqual([]);
}

/** The text of a table cell, found by its column's heading, in the row that says `row`. */
async function cell(screen: Screen, row: string | RegExp, heading: string): Promise<string> {
  const table = screen.page.getByRole('table').filter({ has: screen.page.getByRole('row', { name: row }) });
  const headings = await table.getByRole('columnheader').allInnerTexts();
  const at = headings.findIndex((one) => one.trim() === heading);
  if (at === -1) throw new Error(`no column ${heading}`);
  return (await table.getByRole('row', { name: row }).first().getByRole('cell').nth(at).innerText()).trim();
}

async function replaceFirstPassword(screen: Screen): Promise<void> {
  await screen.see('Sign in');
  await accessible(screen);
  await screen.type('Account', 'admin');
  await screen.type('Password', firstPassword);
  await screen.press('Sign in');
  await screen.see('Choose your own password');
  await accessible(screen);
  await screen.type('Current password', firstPassword);
  await screen.type(/^New password(?! again)/, password);
  await screen.type('New password again', password);
  await screen.press('Change password');
}

/** Local time as the date field is typed. */
function typedTime(ms: number): string {
  const d = new Date(ms);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}`;
}

const rosterHead = [
  'session',
  'site code',
  'site name',
  'room code',
  'room name',
  'admission number',
  'name',
  'seat',
];
const rosterRows = [1, 2].flatMap((session) => [
  [
    session,
    '1999999',
    'Secondary school 7',
    '1999999001',
    'Room 1',
    anna,
    'Ахметова-Константинопольская Айгуль',
    1,
  ],
  [session, '1999999', 'Secondary school 7', '1999999001', 'Room 1', wang, '王小明', 2],
  [session, '1999999', 'Secondary school 7', '1999999001', 'Room 1', '190319999990031003', 'Ann Smith', 3],
]);

async function rosterXlsx(file: string): Promise<void> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Roster');
  sheet.addRow(rosterHead);
  for (const row of rosterRows) sheet.addRow(row.map(String));
  await workbook.xlsx.writeFile(file);
}

test('centre: the first password is replaced, a project gets two sessions with their policy', async () => {
  ({ screen: centre } = await day.start('centre'));
  await replaceFirstPassword(centre);
  await centre.see('No projects yet');
  await accessible(centre);
  await centre.press('New project');
  await centre.type('Code', 'STATE-2026');
  await centre.type('Name of the exam', 'State examination 2026');
  await centre.type('Support phone', '+7 700 000 00 00');
  await accessible(centre);
  await centre.press('Create');
  await centre.see('No sessions yet');
  await accessible(centre);
  for (const name of ['First session', 'Second session']) {
    await centre.press('Add session');
    await centre.type('Session name', name);
    await centre.typeDate('Start', typedTime(Date.now() + 60_000));
    await centre.type('Subject', 'General knowledge');
    await centre.type('Minutes', '60');
    await centre.page.getByRole('tab', { name: 'Policy' }).click();
    await centre.type(/^Countdown/, '5');
    await centre.type(/^Late limit/, '0');
    await centre.type(/^Hand-in possible/, '0');
    await accessible(centre);
    await centre.page.getByRole('dialog').getByRole('button', { name: 'Add session' }).click();
    await centre.see(name);
    await centre.dialogClosed();
  }
  await accessible(centre);
});

test('centre: a roster with wrong rows is refused by line, a good one is imported whole', async () => {
  await centre.press('Next: Roster');
  const wrong = join(day.folder, 'wrong.csv');
  await writeFile(
    wrong,
    [
      rosterHead.join(','),
      '1,1999999,School,1999999001,Room 1,,Ann,1',
      '7,1999999,School,1999999001,Room 1,5,Bob,x',
    ].join('\n'),
  );
  await centre.give(wrong);
  await centre.see(/Wrong places: 3. Nothing is imported/);
  expect(await cell(centre, /The cell is empty/, 'Line')).toBe('2');
  expect(await cell(centre, /There is no such session/, 'Line')).toBe('3');
  expect(await cell(centre, /Not a seat number/, 'Line')).toBe('3');
  await accessible(centre);
  await centre.pressDimmed(/^Import/);
  await centre.see(/Correct the listed rows/);
  await centre.press('Another file');
  const good = join(day.folder, 'roster.xlsx');
  await rosterXlsx(good);
  await centre.give(good);
  await centre.see('The table is right: candidates 3, rooms 1, sites 1.');
  await centre.press('Import');
  await centre.see('王小明');
  expect(await cell(centre, new RegExp(`1 .*${wang}`), 'Seat')).toBe('2');
  await accessible(centre);
});

test('centre: a paper is imported with its report and chosen for each subject, then everything is published', async () => {
  await centre.press('Next: Papers');
  await centre.see('No papers yet');
  await accessible(centre);
  await centre.give(samplePackage);
  await centre.see(/items, all can be shown/);
  await centre.see('Shown and scored');
  await accessible(centre);
  await centre.press('Import paper');
  await centre.see('Choose the paper of every subject.');
  for (const name of ['First session', 'Second session'])
    await centre.choose(`Paper of ${name}, General knowledge`, /·/);
  await centre.see('Every subject has its paper.');
  await accessible(centre);
  await centre.press('Next: Publish');
  await centre.see(/Ready to publish: rooms 1/);
  await accessible(centre);
  await centre.press('Publish');
  await centre.see(/Give the sites their registration codes/);
  await centre.press('Next: Sites');
  await centre.see('Secondary school 7');
  await accessible(centre);
  siteCode = await cell(centre, /Secondary school 7/, 'Registration code');
  expect(siteCode).toMatch(/^([A-Z0-9]{4} ){3}[A-Z0-9]{4}$/);
});

async function ownAddress(screen: Screen, label: string): Promise<string> {
  const said = await screen.page.getByText(label).locator('xpath=..').innerText();
  return /\d+\.\d+\.\d+\.\d+:\d+/.exec(said)?.[0] ?? '';
}

test('site: a mistyped code does not lose the first start; the exam is loaded', async () => {
  const address = await ownAddress(centre, 'Address of this centre for the sites:');
  ({ screen: site } = await day.start('site'));
  await site.see('First start of this site');
  await accessible(site);
  await site.type(/^Site code/, '1999999');
  await site.type('Address of the centre', address);
  await site.type('Registration code', `${siteCode.slice(0, -4)}AAAA`);
  await site.type(/^New password(?! again)/, password);
  await site.type('New password again', password);
  await site.type('Key file of the exam lock', join(day.folder, 'lock.key'));
  await site.type('PIN of the lock', lockPin);
  await site.press('Set up');
  await site.see('The registration code is not right.');
  await site.gone('First start of this site');
  await site.type('Account', 'admin');
  await site.type('Password', password);
  await site.press('Sign in');
  await site.see('Join the centre with its address and this site’s registration code.');
  await accessible(site);
  await site.type('Address of the centre', address);
  await site.type('Registration code', siteCode);
  await site.press('Register at the centre');
  await site.see('Nothing loaded yet');
  await accessible(site);
  await site.press('Load');
  await site.see('The exam is loaded. Give every room its registration code.');
  await accessible(site);
  await site.press('Next: Room registration');
  await site.see(/0 registered, 1 not yet/);
  await accessible(site);
  roomCode = await cell(site, /1999999001/, 'Registration code');
  const sheet = await site.export(day.folder, () => site.press('Export sheet for the rooms'));
  expect(await readFile(sheet, 'utf8')).toContain(anna);
});

test('room: settings and registration by code, load, seal check', async () => {
  const address = await ownAddress(site, 'Address of this site for the rooms:');
  ({ screen: room } = await day.start('room'));
  await replaceFirstPassword(room);
  await room.see(/Type the room code/);
  await accessible(room);
  await room.type('Room code', '1999999001');
  await room.type('Address of the site', address);
  await room.type('Registration code', roomCode.toLowerCase());
  await room.press('Save and register');
  await room.see('The room is registered at its site.');
  await accessible(room);
  await site.see(/All rooms are registered: 1/);
  await room.press(/^3 Load exam/);
  await room.see('No exam loaded yet');
  await room.press('Load from the site');
  await room.see('First session');
  await accessible(room);
});

test('seats announce themselves with address and pairing code and are admitted', async () => {
  await room.press(/^2 Seats/);
  await room.see('No seats yet');
  await accessible(room);
  const address = await ownAddress(room, 'Address of this room for the seats');
  const code = await room.page.getByRole('button', { name: /copy$/ }).innerText();
  seat = (await day.start('seat', 'seat-1')).screen;
  otherSeat = (await day.start('seat', 'seat-2')).screen;
  for (const one of [seat, otherSeat]) {
    await one.type('Address of the room', address);
    await one.type('Pairing code', code);
    await one.press('Join');
    await one.see('Waiting for the invigilator');
  }
  await room.see('Computers that ask to be admitted: 2.');
  await accessible(room);
  await room.press('Admit all (2)');
  await room.see(/Seats admitted: 2/);
  await accessible(room);
  await room.pressIn(/^\s*2/, 'Edit');
  await room.type('Note', 'by the window');
  await room.press('Save');
  await room.dialogClosed();
  await room.see('by the window');
  await room.press(/^4 Seal check/);
  await room.see('No seal check yet');
  await room.press('Run the seal check');
  await room.see(/Checked 20/);
  await accessible(room);
});

test('the key goes from the centre to the site’s lock and on to the room', async () => {
  await centre.press('Next: Authorisation');
  await centre.press('Prepare First session');
  await centre.type('PIN of the release token', 'wrong');
  await centre.press('Prepare');
  await centre.see('The PIN is not right.');
  await centre.type('PIN of the release token', releasePin);
  await accessible(centre);
  await centre.press('Prepare');
  await centre.dialogClosed();
  await centre.see('Prepare the authorisation of Second session for the registered sites.');
  await accessible(centre);
  await site.press(/^3 Authorisation/);
  await accessible(site);
  await site.press('Fetch authorisations');
  await site.see('The authorisations are here.');
  await site.press(/^4 Seal check/);
  await site.press('Run the seal check');
  await site.see(/Checked 20/);
  await accessible(site);
  await site.press(/^5 Authorisation check/);
  await site.see('First session: open the key with the exam lock now.');
  await site.press('Open the key with the lock');
  await site.type('PIN of the lock', lockPin);
  await accessible(site);
  await site.page.getByRole('dialog').getByRole('button', { name: 'Open the key with the lock' }).click();
  await site.dialogClosed();
  await site.see('First session: the key is open. Verify it.');
  await site.press('Verify');
  await site.see(/Second session: the key can|Second session: open/);
  await accessible(site);
});

test('room: session and names are chosen, the paper is opened, sign-in opens by itself', async () => {
  await room.press('During');
  await room.see('Choose the session and enter who runs it.');
  await accessible(room);
  await room.page.getByRole('radio', { name: /First session/ }).check();
  await room.type('System administrator', 'Гульнара Садыкова');
  await room.type('Invigilator 1', 'Li Wei');
  await room.type('Phone', '+7 701 111 22 33');
  await room.press('Choose session');
  // Authorising and allowing the sign-in happen by themselves inside their windows.
  await room.see('When everybody is signed in: allow the start.');
  await accessible(room);
  await room.see('Ахметова-Константинопольская Айгуль');
});

async function signIn(screen: Screen, number: string): Promise<void> {
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

test('candidates sign in; the start is confirmed and counted down', async () => {
  await signIn(seat, anna);
  await signIn(otherSeat, wang);
  for (const one of [seat, otherSeat]) await one.see('Ready');
  await room.press('Allow start');
  await room.see(/2 of 3 are signed in/);
  await accessible(room);
  await room.press('Start the countdown');
  await room.dialogClosed();
  await room.see('The exam starts in');
  await room.see(/The exam is running; 3 are still working/);
  await seat.see(/Question 1 of/);
  await accessible(room);
});

async function answerFirst(screen: Screen, text: string): Promise<void> {
  await screen.see(/Question 1 of/);
  const field = screen.page.getByRole('main').getByRole('textbox').first();
  const radio = screen.page.getByRole('main').getByRole('radio').first();
  await field.or(radio).first().waitFor();
  if ((await field.count()) > 0) await field.fill(text);
  else await radio.check();
  await screen.see('All answers are kept by the room');
}

/** By number in the search field, then the cell. */
async function choose(number: string): Promise<void> {
  const cell = room.page.getByRole('button', { name: new RegExp(number) });
  if ((await cell.getAttribute('aria-pressed')) !== 'true') await cell.click();
}

async function chooseOnly(number: string): Promise<void> {
  const none = room.button('Select none');
  if (await none.isVisible()) await none.click();
  await choose(number);
}

test('room: extra time, a violation, a locked screen and the log of one candidate', async () => {
  await answerFirst(seat, 'ответ 答');
  await chooseOnly(anna);
  await room.press('Extra time …');
  await room.type('Minutes', '5');
  await accessible(room);
  await room.press('Give 5 min');
  await room.dialogClosed();
  await room.see('+5');
  await room.press('Violation …');
  await room.choose('Kind of violation', /A101/);
  await room.type('What happened', 'a phone on the desk');
  await accessible(room);
  await room.press('Register the violation');
  await room.dialogClosed();
  await room.see('The violation is registered.');
  await room.press('Lock screen …');
  await room.type('Message for the candidate', 'Please put the phone away');
  await room.press('Lock screen …');
  await room.dialogClosed();
  await seat.see('Please put the phone away');
  await seat.press('I have read this');
  await seat.see(/Question 1 of/);
  await room.press('Log …');
  await room.see('Extra time given');
  await room.see('Screen locked');
  await accessible(room);
  await room.closeDialog();
  await room.page.getByText('List', { exact: true }).click();
  await room.see('A101');
  await accessible(room);
  await room.page.getByText('Cells', { exact: true }).click();
});

test('a candidate goes on at another seat with every answer', async () => {
  await otherSeat.press('Hand in');
  await otherSeat.press('Go on to hand in');
  await otherSeat.press('Hand in now');
  await otherSeat.see('Receipt code');
  await otherSeat.press('Next candidate');
  await chooseOnly(anna);
  await room.press('Resume …');
  await room.type('Reason', 'keyboard broken');
  await accessible(room);
  await room.press('Resume …');
  await room.dialogClosed();
  await room.see('May sign in at any seat: 1.');
  await seat.see('Continued on another seat');
  await signIn(otherSeat, anna);
  await otherSeat.see(/Question 1 of/);
  const kept = otherSeat.page.getByRole('main');
  expect(
    (await kept.getByRole('radio', { checked: true }).count()) > 0 ||
      (await kept.getByRole('textbox').first().inputValue()) === 'ответ 答',
  ).toBe(true);
  await otherSeat.press('Hand in');
  await otherSeat.press('Go on to hand in');
  await otherSeat.press('Hand in now');
  await otherSeat.see('Receipt code');
});

test('the site and the centre watch it live', async () => {
  await site.press('During');
  await site.see(/Rooms connected: 1, started 1, ended 0/);
  await accessible(site);
  await centre.press('During');
  await centre.see(/Rooms: 1, started 1, ended 0/);
  await accessible(centre);
});

test('room: an absence is registered, the exam is ended with the password', async () => {
  await room.press('Absence …');
  await room.see('Ann Smith');
  await accessible(room);
  await room.press('Register 1 as absent');
  await room.dialogClosed();
  await room.see('Everybody is finished. End the exam.');
  await room.press('End exam');
  await room.type('Your password', 'not this one');
  await room.page.getByRole('dialog').getByRole('button', { name: 'End exam' }).click();
  await room.see('Account or password is not right.');
  await room.type('Your password', password);
  await accessible(room);
  await room.page.getByRole('dialog').getByRole('button', { name: 'End exam' }).click();
  await room.see('The exam has ended. Back up the result, then report it.');
  await room.press('Back up and report');
  await room.see('Back the result up to external storage.');
  await accessible(room);
});

test('room: back up, report, and the exam record to print', async () => {
  await room.press('Back up');
  await room.type('Folder on the external storage', join(day.folder, 'stick'));
  await accessible(room);
  await room.page.getByRole('dialog').getByRole('button', { name: 'Back up' }).click();
  await room.dialogClosed();
  await room.see('The backup is done. Report the result to the site.');
  await room.press('Report');
  await room.see(/Reported\. The centre’s receipt comes by itself/);
  await room.press('Exam record');
  await room.see('Гульнара Садыкова');
  await room.see(/a phone on the desk/);
  await room.see('Expected 3, sat 2, absent 1, violations 1, extra time 1');
  await accessible(room);
  await room.press('Back');
});

test('site: the result came by itself; back it up and report it', async () => {
  await site.press('After');
  await site.see(/Results waiting: 1/);
  await accessible(site);
  await site.pressDimmed(/^2 Report to the centre/);
  await site.see('Back up the result first.');
  await site.press('1 Back up');
  await site.type('Folder on the external storage', join(day.folder, 'stick'));
  await site.page.getByRole('dialog').getByRole('button', { name: 'Back up' }).click();
  await site.dialogClosed();
  await site.press('2 Report to the centre');
  await site.see('Reported; the centre has given its receipts.');
  await site.press('Exam record');
  await site.see(/a phone on the desk/);
  await site.press('Back');
  await room.see('All done: the centre has confirmed the result.');
  await accessible(room);
});

async function exportedRows(kind: 'csv' | 'xlsx', session: string): Promise<string[][]> {
  const file = await centre.export(day.folder, () =>
    centre.press(kind === 'csv' ? 'Export results.csv' : 'Export XLSX'),
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

test('centre: received, proved whole, scored; results.csv and XLSX read back with one row per candidate', async () => {
  await centre.press('After');
  await centre.see(/1 of 2 results are here and proved whole/);
  await accessible(centre);
  await centre.press('Score');
  await centre.see('Scored.');
  await centre.see(anna);
  await accessible(centre);
  const csv = await exportedRows('csv', '1');
  const xlsx = await exportedRows('xlsx', '1');
  for (const number of [anna, wang]) {
    expect(csv.filter((row) => row.includes(number))).toHaveLength(1);
    expect(xlsx.filter((row) => row.includes(number))).toHaveLength(1);
  }
});

test('the second session by file: package, authorisation, release and room’s authorisation on a stick', async () => {
  await centre.press('Before');
  await centre.press(/^5 Sites/);
  await centre.see('Secondary school 7');
  const forSite = await centre.export(day.folder, () => centre.press('Export package'));
  await site.press('Before');
  await site.press(/^1 Load exam/);
  await site.import('Import from file …', forSite);
  await site.press(/^2 Room registration/);
  const forRoom = await site.export(day.folder, () => site.press('Export package'));
  await room.press('Before');
  await room.press(/^3 Load exam/);
  await room.import('Import from file …', forRoom);
  await centre.press(/^6 Authorisation/);
  await centre.press('Prepare Second session');
  await centre.type('PIN of the release token', releasePin);
  await centre.press('Prepare');
  await centre.dialogClosed();
  await centre.see(/All authorisations are prepared/);
  const second = centre.page.locator('section', { hasText: 'Second session' });
  const authorisation = await centre.export(day.folder, () =>
    second.getByRole('button', { name: 'Export .PTQ' }).click(),
  );
  const release = await centre.export(day.folder, () =>
    second.getByRole('button', { name: 'Export release' }).click(),
  );
  await second.getByRole('button', { name: 'Read words …' }).click();
  await centre.page.getByRole('dialog').getByRole('listitem').nth(11).waitFor();
  await accessible(centre);
  await centre.closeDialog();
  await site.press(/^3 Authorisation/);
  await site.import('Import .PTQ …', authorisation);
  await site.see('Every session has its authorisation.');
  await site.press(/^5 Authorisation check/);
  await site.pressIn(/Second session/, 'Release from file …');
  await site.type('PIN of the lock', lockPin);
  await accessible(site);
  await site.give(release);
  await site.dialogClosed();
  await site.see('Second session: the key is open. Verify it.');
  await site.pressIn(/Second session/, 'For a room …');
  const keys = await site.export(day.folder, () => site.press('Export for 1999999001'));
  await site.closeDialog();
  await room.press('During');
  await room.press('Session and names …');
  await room.page.getByRole('radio', { name: /Second session/ }).check();
  await room.press('Choose session');
  // The room may have fetched it online already; the file says the same and changes nothing.
  const byFile = room.button('Authorisation from file …');
  await byFile.or(room.page.getByText('allow the start')).first().waitFor();
  if (await byFile.isVisible()) await room.import('Authorisation from file …', keys);
  await room.see('When everybody is signed in: allow the start.');
});

test('the second session is written and its result goes up by file, the receipt down by file', async () => {
  for (const one of [seat, otherSeat]) await one.press('Next candidate');
  await signIn(seat, wang);
  await room.press('Allow start');
  await room.press('Start the countdown');
  await room.dialogClosed();
  await answerFirst(seat, 'по файлу');
  await seat.press('Hand in');
  await seat.press('Go on to hand in');
  await seat.press('Hand in now');
  await seat.see('Receipt code');
  await room.press('End exam');
  await room.type('Reason for the 2 who have not handed in', 'did not come');
  await room.type('Your password', password);
  await accessible(room);
  await room.page.getByRole('dialog').getByRole('button', { name: 'End exam' }).click();
  await room.dialogClosed();
  await room.press('Back up and report');
  const result = await room.export(day.folder, () => room.press('Export result'));
  await site.press('After');
  await site.import('Collect from file …', result);
  await site.see(/Results waiting: 1/);
  const second = site.page.locator('section', { hasText: 'Session 2' });
  const collected = await site.export(day.folder, () =>
    second.getByRole('button', { name: 'Export for the centre' }).click(),
  );
  await centre.press('After');
  await centre.import('Import results …', collected);
  await centre.see(/2 of 2 results are here and proved whole/);
  const receipts = await centre.export(day.folder, () => centre.press('Receipts for 1999999'));
  await site.import('Import receipts …', receipts);
  await site.see('All done: the centre has confirmed every result.');
  const receipt = await site.export(day.folder, () =>
    second.getByRole('button', { name: 'Export receipt' }).click(),
  );
  await room.import('Import receipt …', receipt);
  await room.see('All done: the centre has confirmed the result.');
  await centre.press('Score');
  await centre.see('Scored.');
  expect(
    (await exportedRows('csv', '2')).filter((row) => row.includes(wang) && row.includes('2')),
  ).toHaveLength(1);
});

test('no screen complained in the whole day', () => {
  expect(day.screens().flatMap((screen) => screen.complaints)).toEqual([]);
});
