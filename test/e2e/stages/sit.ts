/** The candidates sit, and what happens to them. */
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import {
  accessible,
  anna,
  answerFirst,
  chooseOnly,
  desk,
  handIn,
  nextCandidate,
  password,
  signIn,
  wang,
} from './desk.ts';

export function sit(): void {
  test('candidates sign in; the start is confirmed and counted down', async () => {
    await signIn(desk.seat, anna);
    await signIn(desk.otherSeat, wang);
    for (const one of [desk.seat, desk.otherSeat]) await one.see('Ready');
    await desk.room.press('Allow start');
    await desk.room.see(/2 of 3 are signed in/);
    await accessible(desk.room);
    await desk.room.press('Start the countdown');
    await desk.room.dialogClosed();
    await desk.room.see('The exam starts in');
    await desk.room.see(/The exam is running; 3 have not finished yet/);
    await desk.seat.see(/Question 1 of/);
    await accessible(desk.room);
  });

  test('room: extra time, a violation, a locked screen and the log of one candidate', async () => {
    await answerFirst(desk.seat, 'ответ 答');
    await chooseOnly(anna);
    await desk.room.press('Extra time …');
    await desk.room.type('Minutes', '5');
    await accessible(desk.room);
    await desk.room.press('Give 5 min');
    await desk.room.dialogClosed();
    await desk.room.see('+5');
    await desk.room.press('Violation …');
    await desk.room.choose('Kind of violation', /A101/);
    await desk.room.type('What happened', 'a phone on the desk');
    await accessible(desk.room);
    await desk.room.press('Register the violation');
    await desk.room.dialogClosed();
    await desk.room.see('The violation is registered.');
    await desk.room.press('Lock screen …');
    await desk.room.type('Message for the candidate', 'Please put the phone away');
    await desk.room.press('Lock the screen');
    await desk.room.dialogClosed();
    await desk.seat.see('Please put the phone away');
    await desk.seat.press('I have read this');
    await desk.seat.see(/Question 1 of/);
    await desk.room.page.getByRole('button', { name: /Answered\s*\d+ %/ }).waitFor();
    await desk.room.press('Log …');
    await desk.room.see('Extra time given');
    await desk.room.see('Answer kept');
    await desk.room.see('Screen locked');
    await accessible(desk.room);
    await desk.room.closeDialog();
    await desk.room.page.getByText('List', { exact: true }).click();
    await desk.room.see('A101');
    await accessible(desk.room);
    await desk.room.page.getByText('Cells', { exact: true }).click();
    await desk.room.press(/Violations 1$/);
    await desk.room.see('a phone on the desk');
    await accessible(desk.room);
    const list = await desk.room.export(desk.day.folder, () => desk.room.press('Export list'));
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(list);
    const row = workbook.worksheets[0]?.getRow(2);
    expect([2, 5, 6].map((i) => row?.getCell(i).text)).toEqual([
      anna,
      expect.stringMatching(/^A101 /),
      'a phone on the desk',
    ]);
    await desk.room.press(/Violations 1$/);
  });

  test('everything about one candidate by right click on the cell, and by the menu key', async () => {
    const cell = desk.room.page.getByRole('button', { name: new RegExp(wang) });
    await cell.click({ button: 'right' });
    await accessible(desk.room);
    const menu = desk.room.page.locator('.cell-menu');
    await menu.getByRole('button', { name: 'Log …' }).click();
    await desk.room.see('Signed in');
    expect(await menu.isHidden()).toBe(true);
    await desk.room.closeDialog();
    await cell.focus();
    await desk.room.page.keyboard.press('Shift+F10');
    await menu.getByRole('button', { name: 'Extra time …' }).waitFor();
    await desk.room.page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    expect(await cell.evaluate((one) => one === document.activeElement)).toBe(true);
  });

  test('more extra time than is free: the room asks, the centre sees what for and answers eight digits', async () => {
    await chooseOnly(anna);
    await desk.room.press('Extra time …');
    await desk.room.type('Minutes', '20');
    await desk.room.see('10 min are free; more needs a code.');
    await desk.room.press('20 min by code');
    await desk.room.type('Reason', 'a fire alarm');
    await accessible(desk.room);
    await desk.room.press('Ask for it');
    await desk.room.see(/Read this out/);
    await accessible(desk.room);
    await desk.centre.press('During');
    await desk.centre.see('a fire alarm');
    await accessible(desk.centre);
    await desk.centre.press('Answer …');
    await desk.centre.press('Show what is asked');
    await desk.centre.see('20 min extra time');
    await desk.centre.see(new RegExp(anna));
    await accessible(desk.centre);
    await desk.centre.press('Permit and show the answer');
    await desk.centre.see(/Read these eight digits back/);
    const answer = await desk.centre.page.getByRole('dialog').locator('.figures-large').innerText();
    expect(answer).toMatch(/^\d{4} \d{4}$/);
    await desk.centre.closeDialog();
    await desk.room.type('Eight digits of the answer', answer);
    await desk.room.press('Enter the answer');
    await desk.room.dialogClosed();
    await desk.room.see('+25');
    await desk.centre.see(/Used \d/);
  });

  test('a candidate goes on at another seat with every answer', async () => {
    await handIn(desk.otherSeat);
    await nextCandidate(desk.otherSeat);
    await chooseOnly(anna);
    await desk.room.press('Resume …');
    await desk.room.type('Reason', 'keyboard broken');
    await accessible(desk.room);
    await desk.room.press('Release the seat');
    await desk.room.dialogClosed();
    await desk.room.see('May sign in at any seat: 1.');
    await desk.seat.see('Continued on another seat');
    await signIn(desk.otherSeat, anna);
    await desk.otherSeat.see(/Question 1 of/);
    const kept = desk.otherSeat.page.getByRole('main');
    expect(
      (await kept.getByRole('radio', { checked: true }).count()) > 0 ||
        (await kept.getByRole('textbox').first().inputValue()) === 'ответ 答',
    ).toBe(true);
    await handIn(desk.otherSeat);
  });

  test('the site and the centre watch it live', async () => {
    await desk.site.press('During');
    await desk.site.see(/Rooms connected: 1, started 1, ended 0/);
    await accessible(desk.site);
    await desk.centre.press('During');
    await desk.centre.see(/Rooms: 1, started 1, ended 0/);
    await accessible(desk.centre);
  });

  test('room: an absence is registered, the exam is ended with the password', async () => {
    await desk.room.press('Absence …');
    await desk.room.see('Ann Smith');
    await accessible(desk.room);
    await desk.room.press('Register 1 as absent');
    await desk.room.dialogClosed();
    await desk.room.see('Everybody is finished. End the exam.');
    await desk.room.press('End exam');
    await desk.room.type('Your password', 'not this one');
    await desk.room.page.getByRole('dialog').getByRole('button', { name: 'End exam' }).click();
    await desk.room.see('Account or password is not right.');
    await desk.room.type('Your password', password);
    await accessible(desk.room);
    await desk.room.page.getByRole('dialog').getByRole('button', { name: 'End exam' }).click();
    await desk.room.see('The exam has ended. Back up the result, then report it.');
    await desk.room.press('Back up and report');
    await desk.room.see('Back the result up to external storage.');
    await accessible(desk.room);
  });
}
