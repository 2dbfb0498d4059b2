/** Centre: project, sessions, roster, papers, publication. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pageTexts } from '../../../src/node/printed-sheet/printed-sheet.fixture.ts';
import { samplePackage } from '../../../tools/exam-day/exam-day.ts';
import { accessible, cell, desk, replaceFirstPassword, typedTime, wang } from './desk.ts';
import { rosterHead, rosterXlsx } from './roster.ts';

export function prepare(): void {
  test('centre: the first password is replaced, a project gets two sessions with their policy', async () => {
    ({ screen: desk.centre } = await desk.day.open('centre'));
    await replaceFirstPassword(desk.centre);
    await desk.centre.see('No projects yet');
    await accessible(desk.centre);
    await desk.centre.press('New project');
    await desk.centre.type('Code', 'STATE-2026');
    await desk.centre.type('Name of the exam', 'State examination 2026');
    await desk.centre.type('Support phone', '+7 700 000 00 00');
    await accessible(desk.centre);
    await desk.centre.press('Create');
    await desk.centre.see('No sessions yet');
    await accessible(desk.centre);
    for (const [name, countdownS] of [
      ['First session', '5'],
      ['Second session', '1'],
    ] as const) {
      await desk.centre.press('Add session');
      await desk.centre.type('Session name', name);
      await desk.centre.typeDate('Start', typedTime(Date.now() + 60_000));
      await desk.centre.type('Subject', 'General knowledge');
      await desk.centre.type('Minutes', '60');
      await desk.centre.page.getByRole('tab', { name: 'Policy' }).click();
      await desk.centre.type(/^Countdown/, countdownS);
      await desk.centre.type(/^Late limit/, '0');
      await desk.centre.type(/^Hand-in possible/, '0');
      // A machine that runs the whole exam at once is slower than a seat.
      await desk.centre.type(/^Slowest safe write/, '60000');
      await desk.centre.type(/^Slowest 1 MB/, '60000');
      if (name === 'First session')
        await desk.centre.page.getByRole('switch', { name: 'Keys are typed at every seat' }).click();
      if (name === 'First session') await accessible(desk.centre);
      await desk.centre.page.getByRole('dialog').getByRole('button', { name: 'Add session' }).click();
      await desk.centre.see(name);
      await desk.centre.dialogClosed();
    }
    await accessible(desk.centre);
  });

  test('centre: a roster with wrong rows is refused by line, a good one is imported whole', async () => {
    await desk.centre.press('Next: Roster');
    const wrong = join(desk.day.folder, 'wrong.csv');
    await writeFile(
      wrong,
      [
        rosterHead.join(','),
        '1,1999999,School,1999999001,Room 1,,Ann,1',
        '7,1999999,School,1999999001,Room 1,5,Bob,x',
      ].join('\n'),
    );
    await desk.centre.give(wrong);
    await desk.centre.see(/Wrong places: 3. Nothing is imported/);
    expect(await cell(desk.centre, /The cell is empty/, 'Line')).toBe('2');
    expect(await cell(desk.centre, /There is no such session/, 'Line')).toBe('3');
    expect(await cell(desk.centre, /Not a seat number/, 'Line')).toBe('3');
    await accessible(desk.centre);
    await desk.centre.pressDimmed(/^Import/);
    await desk.centre.see(/Correct the listed rows/);
    await desk.centre.press('Another file');
    const good = join(desk.day.folder, 'roster.xlsx');
    await rosterXlsx(good);
    await desk.centre.give(good);
    await desk.centre.see('The table is right: candidates 3, rooms 1, sites 1.');
    await desk.centre.press('Import');
    await desk.centre.see(/A new file replaces the whole roster/);
    await desk.centre.see('王小明');
    expect(await cell(desk.centre, new RegExp(`1 .*${wang}`), 'Seat')).toBe('2');
    await accessible(desk.centre);
    await desk.centre.press('Admission tickets …');
    await desk.centre.choose('Tickets of', /1999999/);
    await accessible(desk.centre);
    const tickets = await desk.centre.export(desk.day.folder, () => desk.centre.press('Make the PDF'));
    const all = (await pageTexts(await readFile(tickets))).join('');
    expect(all.split('王小明')).toHaveLength(2);
    await desk.centre.press('Close');
    await desk.centre.dialogClosed();
  });

  test('centre: a paper is imported with its report and chosen for each subject, then everything is published', async () => {
    await desk.centre.press('Next: Papers');
    await desk.centre.see('No papers yet');
    await accessible(desk.centre);
    await desk.centre.give(samplePackage);
    await desk.centre.see(/items, all can be shown/);
    await desk.centre.see('Shown and scored');
    await accessible(desk.centre);
    await desk.centre.press('Import paper');
    await desk.centre.see('Choose the paper of every subject.');
    for (const name of ['First session', 'Second session'])
      await desk.centre.choose(`Paper of ${name}, General knowledge`, /·/);
    await desk.centre.see('Every subject has its paper.');
    await accessible(desk.centre);
    await desk.centre.press('Next: Publish');
    await desk.centre.see(/Ready to publish: rooms 1/);
    await accessible(desk.centre);
    await desk.centre.press('Publish');
    await desk.centre.see(/Give the sites their registration codes/);
    await desk.centre.press('Next: Sites');
    await desk.centre.see('Secondary school 7');
    await accessible(desk.centre);
    desk.siteCode = await cell(desk.centre, /Secondary school 7/, 'Registration code');
    expect(desk.siteCode).toMatch(/^([A-Z0-9]{4} ){3}[A-Z0-9]{4}$/);
  });
}
