/** The second session: centre, site and room are cut off from each other, every parcel is carried as a file. */
import { expect, test } from 'vitest';
import {
  accessible,
  answerFirst,
  desk,
  exportedRows,
  handIn,
  lockPin,
  nextCandidate,
  password,
  releasePin,
  signIn,
  wang,
} from './desk.ts';

export function byFile(): void {
  test('the second session by file: package, authorisation, release and room’s authorisation on a stick', async () => {
    desk.day.cutLines();
    await desk.centre.press('Before');
    await desk.centre.press(/^5 Sites/);
    await desk.centre.see('Secondary school 7');
    const forSite = await desk.centre.export(desk.day.folder, () => desk.centre.press('Export package'));
    await desk.site.press('Before');
    await desk.site.press(/^1 Load exam/);
    await desk.site.import('Import from file …', forSite);
    await desk.site.press(/^2 Room registration/);
    const forRoom = await desk.site.export(desk.day.folder, () => desk.site.press('Export package'));
    await desk.room.press('Before');
    await desk.room.press(/^4 Load exam/);
    await desk.room.import('Import from file …', forRoom);
    await desk.centre.press(/^6 Authorisation/);
    await desk.centre.press('Prepare Second session');
    await desk.centre.type('PIN of the release token', releasePin);
    await desk.centre.press('Prepare');
    await desk.centre.dialogClosed();
    await desk.centre.see(/All authorisations are prepared/);
    const second = desk.centre.page.locator('section', { hasText: 'Second session' });
    const authorisation = await desk.centre.export(desk.day.folder, () =>
      second.getByRole('button', { name: 'Export .PTQ' }).click(),
    );
    const release = await desk.centre.export(desk.day.folder, () =>
      second.getByRole('button', { name: 'Export release' }).click(),
    );
    await second.getByRole('button', { name: 'Read words …' }).click();
    await desk.centre.page.getByRole('dialog').getByRole('listitem').nth(11).waitFor();
    await accessible(desk.centre);
    await desk.centre.closeDialog();
    await desk.site.press(/^3 Authorisation/);
    await desk.site.import('Import .PTQ …', authorisation);
    await desk.site.see('Every session has its authorisation.');
    await desk.site.press(/^5 Authorisation check/);
    await desk.site.pressIn(/Second session/, 'Release from file …');
    await desk.site.type('PIN of the lock', lockPin);
    await accessible(desk.site);
    await desk.site.give(release);
    await desk.site.dialogClosed();
    await desk.site.see('Second session: the key is open. Verify it.');
    await desk.site.pressIn(/Second session/, 'For a room …');
    const keys = await desk.site.export(desk.day.folder, () => desk.site.press('Export for 1999999001'));
    await desk.site.closeDialog();
    await desk.room.press('During');
    await desk.room.press('Session and names');
    await desk.room.page.getByRole('radio', { name: /Second session/ }).check();
    await desk.room.press('Choose session');
    await desk.room.see('Authorise the session: fetch its key.');
    await desk.room.import('Authorisation from file …', keys);
    await desk.room.see('When everybody is signed in: allow the start.');
  });

  test('the second session is written and its result goes up by file, the receipt down by file', async () => {
    for (const one of [desk.seat, desk.otherSeat]) await nextCandidate(one);
    await signIn(desk.seat, wang);
    await desk.room.press('Allow start');
    await desk.room.press('Start the countdown');
    await desk.room.dialogClosed();
    await answerFirst(desk.seat, 'по файлу');
    await handIn(desk.seat);
    await desk.room.press('End exam');
    await desk.room.type('Reason for the 2 who have not handed in', 'did not come');
    await desk.room.type('Your password', password);
    await accessible(desk.room);
    await desk.room.page.getByRole('dialog').getByRole('button', { name: 'End exam' }).click();
    await desk.room.dialogClosed();
    await desk.room.press('Back up and report');
    const result = await desk.room.export(desk.day.folder, () => desk.room.press('Export result'));
    await desk.site.press('After');
    await desk.site.import('Collect from file …', result);
    await desk.site.see(/Results waiting: 1/);
    const second = desk.site.page.locator('section', { hasText: 'Session 2' });
    // Expected, sat, absent, complete, missing: nobody waits for answers of those who never came.
    const figures = await second
      .getByRole('row', { name: /1999999001/ })
      .getByRole('cell')
      .allInnerTexts();
    expect(figures.slice(1, 6)).toEqual(['3', '1', '2', '1', '0']);
    const collected = await desk.site.export(desk.day.folder, () =>
      second.getByRole('button', { name: 'Export for the centre' }).click(),
    );
    await desk.centre.press('After');
    await desk.centre.import('Import results …', collected);
    await desk.centre.see(/2 of 2 results are here and proved whole/);
    const receipts = await desk.centre.export(desk.day.folder, () =>
      desk.centre.press('Receipts for 1999999'),
    );
    await desk.site.import('Import receipts …', receipts);
    await desk.site.see('All done: the centre has confirmed every result.');
    const receipt = await desk.site.export(desk.day.folder, () =>
      second.getByRole('button', { name: 'Export receipt' }).click(),
    );
    await desk.room.import('Import receipt …', receipt);
    await desk.room.see('All done: the centre has confirmed the result.');
    await desk.centre.press('Score');
    await desk.centre.see('Scored.');
    expect(
      (await exportedRows('csv', '2')).filter((row) => row.includes(wang) && row.includes('2')),
    ).toHaveLength(1);
  });
}
