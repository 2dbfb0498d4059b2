/** Site, room and seats join, each with its code; the key goes down to the room. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { keysToType } from '../../../src/exam/environment/keys-to-type.ts';
import { pageTexts } from '../../../src/node/printed-sheet/printed-sheet.fixture.ts';
import {
  accessible,
  anna,
  cell,
  desk,
  lockPin,
  ownAddress,
  password,
  releasePin,
  replaceFirstPassword,
  wang,
} from './desk.ts';

export function setUp(): void {
  test('site: a mistyped code does not lose the first start; the exam is loaded', async () => {
    const address = await desk.day.lineTo(
      await ownAddress(desk.centre, 'Address of this centre for the sites:'),
    );
    ({ screen: desk.site } = await desk.day.open('site'));
    await desk.site.see('First start of this site');
    await accessible(desk.site);
    await desk.site.type(/^Site code/, '1999999');
    await desk.site.type('Address of the centre', address);
    await desk.site.type('Registration code', `${desk.siteCode.slice(0, -4)}AAAA`);
    await desk.site.type(/^New password(?! again)/, password);
    await desk.site.type('New password again', password);
    await desk.site.page.getByRole('radio', { name: 'on a token (PKCS#11)' }).check();
    await desk.site.type(/^Library of the token/, join(desk.day.folder, 'token.so'));
    await desk.site.press('Look for tokens');
    await desk.site.see(/There is no file .*token\.so/);
    await accessible(desk.site);
    await desk.site.page.getByRole('radio', { name: 'in a file, on a stick' }).check();
    await desk.site.type('Key file of the exam lock', join(desk.day.folder, 'lock.key'));
    await desk.site.type('PIN of the lock', lockPin);
    await desk.site.press('Set up');
    await desk.site.see('The registration code is not right.');
    await desk.site.gone('First start of this site');
    await desk.site.type('Account', 'admin');
    await desk.site.type('Password', password);
    await desk.site.press('Sign in');
    await desk.site.see('Join the centre with its address and this site’s registration code.');
    await accessible(desk.site);
    await desk.site.type('Address of the centre', address);
    await desk.site.type('Registration code', desk.siteCode);
    await desk.site.press('Register at the centre');
    await desk.site.see('Nothing loaded yet');
    await accessible(desk.site);
    await desk.site.press('Load');
    await desk.site.see('The exam is loaded. Give every room its registration code.');
    await accessible(desk.site);
    for (const button of ['Open (PDF)', 'Door sheets and seat tables of all rooms']) {
      const sheets = await desk.site.export(desk.day.folder, () => desk.site.press(button));
      const pages = await pageTexts(await readFile(sheets));
      expect(pages.map((page) => [page.includes(wang), page.includes('王小明')])).toEqual([
        [false, false],
        [true, true],
        [true, true],
      ]);
    }
    await desk.site.press('Next: Room registration');
    await desk.site.see(/0 registered, 1 not yet/);
    await accessible(desk.site);
    desk.roomCode = await cell(desk.site, /1999999001/, 'Registration code');
    const sheet = await desk.site.export(desk.day.folder, () =>
      desk.site.press('Export sheet for the rooms'),
    );
    expect(await readFile(sheet, 'utf8')).toContain(anna);
  });

  test('room: settings and registration by code, load, seal check', async () => {
    const address = await desk.day.lineTo(await ownAddress(desk.site, 'Address of this site for the rooms:'));
    ({ screen: desk.room } = await desk.day.open('room'));
    await replaceFirstPassword(desk.room, { seenBefore: true });
    await desk.room.see(/Type the room code/);
    await accessible(desk.room);
    await desk.room.type('Room code', '1999999001');
    await desk.room.type('Address of the site', address);
    await desk.room.type('Registration code', desk.roomCode.toLowerCase());
    await desk.room.press('Save and register');
    await desk.room.see('The room is registered at its site.');
    await accessible(desk.room);
    await desk.site.see(/All rooms are registered: 1/);
    await desk.room.press(/^4 Load exam/);
    await desk.room.see('No exam loaded yet');
    await desk.room.press('Load from the site');
    await desk.room.see('First session');
    await accessible(desk.room);
  });

  test('seats announce themselves with address and pairing code and are admitted', async () => {
    await desk.room.press(/^2 Seats/);
    await desk.room.see('No seats yet');
    await accessible(desk.room);
    const address = await ownAddress(desk.room, 'Address of this room for the seats');
    const code = await desk.room.page.getByRole('button', { name: /^\w{4} \w{4} .*copy$/ }).innerText();
    ({ screen: desk.seat } = await desk.day.open('seat-1'));
    ({ screen: desk.otherSeat } = await desk.day.open('seat-2'));
    for (const one of [desk.seat, desk.otherSeat]) {
      await one.type('Address of the room', address);
      await one.type('Pairing code', code);
      await one.press('Join');
      await one.see('Waiting for the invigilator');
    }
    await desk.room.see('Computers that ask to be admitted: 2.');
    await accessible(desk.room);
    await desk.room.press('Admit all (2)');
    await desk.room.see(/Seats admitted: 2/);
    await accessible(desk.room);
    await desk.room.pressIn(/^\s*2/, 'Edit');
    await desk.room.type('Note', 'by the window');
    await desk.room.press('Save');
    await desk.room.dialogClosed();
    await desk.room.see('by the window');
  });

  test('room: the environment check of both seats, keys typed at each; the report; the seal check', async () => {
    await desk.room.press('Next: Environment check');
    await desk.room.see(/then start the environment check/);
    await desk.room.see('a few keys are typed at the seat');
    await accessible(desk.room);
    await desk.room.press('Start the environment check');
    await desk.room.see('All seats have passed the environment check.');
    // What a person has to do at a seat is a warning until it is done.
    await desk.room.pressIn(/Keyboard: Warning/, /^Details of seat/);
    await desk.room.see('Nobody has done this at the seat yet.');
    await desk.room.see('1366 × 768');
    await accessible(desk.room);
    for (const one of [desk.seat, desk.otherSeat]) {
      await one.see('Before the exam: please type exactly what stands here.');
      await accessible(one);
      await one.type('Type it here', keysToType);
      await one.press('Continue');
      await one.gone('Environment check');
    }
    await desk.room.gone('Nobody has done this at the seat yet.');
    await desk.room.closeDialog();
    await desk.room.page
      .getByRole('row', { name: /Keyboard: Passed/ })
      .nth(1)
      .waitFor();
    const report = await desk.room.export(desk.day.folder, () => desk.room.press('Export report'));
    const html = await readFile(report, 'utf8');
    expect(html).toContain('Report of the environment check');
    expect(html).toContain(keysToType);
    await accessible(desk.room);
    await desk.room.press('Next: Load exam');
    await desk.room.press('Next: Seal check');
    await desk.room.see('No seal check yet');
    await desk.room.press('Run the seal check');
    await desk.room.see(/Checked 20/);
    await desk.room.see('Environment check of the seats');
    await accessible(desk.room);
  });

  test('seats are planned by hand and from a table, and taken away as one', async () => {
    const plan = join(desk.day.folder, 'seats.csv');
    await writeFile(plan, '机位号,计算机名,备注\n40,PC40,\n41,,\n');
    await desk.room.press(/^2 Seats/);
    await desk.room.press('Import seats …');
    await desk.room.give(plan);
    await desk.room.see(/1 rows are wrong, lines: 3/);
    await accessible(desk.room);
    await desk.room.closeDialog();
    await writeFile(plan, '机位号,计算机名,备注\n40,PC40,spare\n41,PC41,\n');
    await desk.room.import('Import seats …', plan);
    await desk.room.see('Planned, not here yet: 2');
    await desk.room.press('Add a seat …');
    await desk.room.type('Computer', 'PC42');
    await accessible(desk.room);
    await desk.room.press('Save');
    await desk.room.dialogClosed();
    await desk.room.see('Planned, not here yet: 3');
    await desk.room.pressIn(/^\s*41/, 'Remove');
    await desk.room.see('Planned, not here yet: 2');
    const file = await desk.room.export(desk.day.folder, () => desk.room.press('Export seats'));
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(file);
    const rows = workbook.worksheets[0];
    expect([2, 3, 4, 5].map((i) => rows?.getRow(i).getCell(1).text)).toEqual(['1', '2', '40', '42']);
    for (const number of ['40', '42']) await desk.room.pressIn(new RegExp(`^\\s*${number}`), 'Remove');
    await desk.room.gone('Planned, not here yet');
  });

  test('the key goes from the centre to the site’s lock and on to the room', async () => {
    await desk.centre.press('Next: Authorisation');
    await desk.centre.press('Prepare First session');
    await desk.centre.type('PIN of the release token', 'wrong');
    await desk.centre.press('Prepare');
    await desk.centre.see('The PIN is not right.');
    await desk.centre.type('PIN of the release token', releasePin);
    await accessible(desk.centre);
    await desk.centre.press('Prepare');
    await desk.centre.dialogClosed();
    await desk.centre.see('Prepare the authorisation of Second session for the registered sites.');
    await accessible(desk.centre);
    await desk.site.press(/^3 Authorisation/);
    await accessible(desk.site);
    await desk.site.press('Fetch authorisations');
    await desk.site.see('The authorisations are here.');
    await desk.site.press(/^4 Seal check/);
    await desk.site.press('Run the seal check');
    await desk.site.see(/Checked 20/);
    await accessible(desk.site);
    await desk.site.press(/^5 Authorisation check/);
    await desk.site.see('First session: open the key with the exam lock now.');
    await desk.site.press('Open the key with the lock');
    await desk.site.type('PIN of the lock', lockPin);
    await accessible(desk.site);
    await desk.site.page
      .getByRole('dialog')
      .getByRole('button', { name: 'Open the key with the lock' })
      .click();
    await desk.site.dialogClosed();
    await desk.site.see('First session: the key is open. Verify it.');
    await desk.site.press('Verify');
    await desk.site.see('Second session: its authorisation is not here yet. Fetch it first.');
    await accessible(desk.site);
  });

  test('room: session and names are chosen, the paper is opened, sign-in opens by itself', async () => {
    await desk.room.press('During');
    await desk.room.see('Choose the session and enter who runs it.');
    await accessible(desk.room);
    await desk.room.page.getByRole('radio', { name: /First session/ }).check();
    await desk.room.type('System administrator', 'Гульнара Садыкова');
    await desk.room.type('Invigilator 1', 'Li Wei');
    await desk.room.type(/^Phone/, '+7 701 111 22 33');
    await desk.room.press('Choose session');
    // Authorising and allowing the sign-in happen by themselves inside their windows.
    await desk.room.see('When everybody is signed in: allow the start.');
    await accessible(desk.room);
    await desk.room.see('Ахметова-Константинопольская Айгуль');
  });
}
