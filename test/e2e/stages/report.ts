/** What was written goes up; the receipt comes down. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { accessible, anna, desk, exportedRows, wang } from './desk.ts';

export function report(): void {
  test('room: back up, report, and the exam record to print', async () => {
    await desk.room.press('Back up');
    await desk.room.type('Folder on the external storage', join(desk.day.folder, 'stick'));
    await accessible(desk.room);
    await desk.room.page.getByRole('dialog').getByRole('button', { name: 'Back up' }).click();
    await desk.room.dialogClosed();
    await desk.room.see('The backup is done. Report the result.');
    await desk.room.press('Report');
    await desk.room.see(/Reported\. The centre’s receipt comes by itself/);
    await desk.room.press('Exam record');
    await desk.room.see('Гульнара Садыкова');
    await desk.room.see(/a phone on the desk/);
    await desk.room.see('Expected 3, sat 2, absent 1, violations 1, extra time 1');
    await accessible(desk.room);
    await desk.room.press('Back');
  });

  test('site: the result came by itself; back it up and report it', async () => {
    await desk.site.press('After');
    await desk.site.see(/Results waiting: 1/);
    await accessible(desk.site);
    await desk.site.pressDimmed(/^2 Report to the centre/);
    await desk.site.see('Back up the result first.');
    await desk.site.press('1 Back up');
    await desk.site.type('Folder on the external storage', join(desk.day.folder, 'stick'));
    await desk.site.page.getByRole('dialog').getByRole('button', { name: 'Back up' }).click();
    await desk.site.dialogClosed();
    await desk.site.press('2 Report to the centre');
    await desk.site.see('Reported; the centre has given its receipts.');
    await desk.site.press('Exam record');
    await desk.site.see(/a phone on the desk/);
    await desk.site.press('Back');
    await desk.room.see('All done: the centre has confirmed the result.');
    await accessible(desk.room);
  });

  test('centre: received, proved whole, scored; results.csv and XLSX read back with one row per candidate', async () => {
    await desk.centre.press('After');
    await desk.centre.see(/1 of 2 results are here and proved whole/);
    await accessible(desk.centre);
    await desk.centre.press('Score');
    await desk.centre.see('Scored.');
    await desk.centre.see(anna);
    await accessible(desk.centre);
    const csv = await exportedRows('csv', '1');
    const xlsx = await exportedRows('xlsx', '1');
    for (const number of [anna, wang]) {
      expect(csv.filter((row) => row.includes(number))).toHaveLength(1);
      expect(xlsx.filter((row) => row.includes(number))).toHaveLength(1);
    }
  });
  test('centre: a candidate’s dossier, the evidence of the room, and which results are still due', async () => {
    await desk.centre.pressIn(anna, 'Dossier');
    await desk.centre.see('What happened');
    await desk.centre.see('Extra time given');
    await desk.centre.see('by the room’s signature');
    await desk.centre.see('Code issued');
    await accessible(desk.centre);
    const folder = desk.day.folder;
    const parcel = await desk.centre.export(folder, () => desk.centre.press('Export with proofs'));
    expect((await readFile(parcel)).includes(wang)).toBe(false);
    const pdf = await desk.centre.export(folder, () => desk.centre.press('Print (PDF)'));
    expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-');
    await desk.centre.press('Back');
    await desk.centre.press('Evidence …');
    await accessible(desk.centre);
    await desk.centre.export(folder, () => desk.centre.press('Export the evidence'));
    await desk.centre.closeDialog();
    await desk.centre.press('Results due');
    await desk.centre.see('Missing');
    await accessible(desk.centre);
    await desk.centre.press('All results');
  });
}
