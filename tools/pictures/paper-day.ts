/** The day of an exam on paper at the centre: from the first question paper to the keys, and every dialog on the way. */
import { PDFDocument } from '@cantoo/pdf-lib';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { ShownConsole } from './screen.ts';

const steps = ['day-papers', 'day-members', 'day-prepare', 'day-keys', 'day-release'];

/** @param pin of the release token */
export async function paperDay(centre: ShownConsole, projectId: string, pin: string): Promise<void> {
  const { page, t } = centre;
  await centre.visit(`scans/${projectId}/day`);
  await centre.take('day-list');
  await page.locator('.page td button').first().click();
  await page.locator('.step-bar').waitFor();
  const [, eventId = ''] = /\/day\/([^/]+)/.exec(page.url()) ?? [];
  const visit = (step: string) => centre.visit(`scans/${projectId}/day/${eventId}/${step}`);
  for (const step of steps) {
    await visit(step);
    await centre.take(`${step}-empty`);
  }
  const dialog = page.getByRole('dialog').filter({ visible: true });
  const done = () => dialog.waitFor({ state: 'hidden' });
  await visit('day-papers');
  await centre.dialog('paperDay.settings', 'day-settings');
  await page.getByRole('button', { name: `${t('paperDay.settings')} …` }).click();
  await dialog.getByLabel(t('paperDay.start')).fill('2030-06-01 10:00');
  // Chooses the time, and sends the form.
  await dialog.getByLabel(t('paperDay.start')).press('Enter');
  await done();
  await centre.press('paperDay.addPaper');
  const pdf = await PDFDocument.create();
  pdf.addPage();
  const buffer = Buffer.from(await pdf.save());
  const file = { name: 'Вариант № 1, основной день.pdf', mimeType: 'application/pdf', buffer };
  await dialog.locator('input[type=file]').setInputFiles(file);
  await done();
  await visit('day-members');
  await centre.press('paperDay.addMember');
  const fill = (key: Parameters<typeof t>[0], text: string) => dialog.getByLabel(t(key)).fill(text);
  await fill('paperDay.member', 'Константинопольская-Преображенская Анна Владимировна');
  await fill('paperDay.serial', '00A1B2C3D4E5F607');
  await fill('paperDay.recipient', await identityToRecipient(await generateX25519Identity()));
  await centre.press('save');
  await done();
  await visit('day-prepare');
  await centre.press('paperDay.prepare');
  await page.getByRole('button', { name: t('paperDay.prepareAgain') }).waitFor();
  const withPin = async (key: 'paperDay.makeKeys' | 'siteArchives.release'): Promise<void> => {
    await centre.press(key);
    await dialog.getByLabel(t('paperDay.pin')).fill(pin);
    await dialog.getByRole('button', { name: t(key).replace(/\s*…$/, '') }).click();
    await done();
  };
  await visit('day-keys');
  await withPin('paperDay.makeKeys');
  for (const step of steps) {
    await visit(step);
    await centre.take(step);
    await centre.dialogs(step);
  }
  // Sites that have 7-Zip alone; and an exam that is near, because passwords are told at the release.
  await centre.press('paperDay.policy');
  await dialog.getByText(t('paperDay.opens.password')).click();
  await dialog.getByLabel(t('paperDay.releaseBefore')).fill('1440');
  await centre.take('day-policy-password');
  await centre.press('save');
  await done();
  await visit('day-papers');
  await centre.press('paperDay.edit');
  const soon = new Date(Date.now() + 7_200_000 - new Date().getTimezoneOffset() * 60_000).toISOString();
  await dialog.getByLabel(t('paperDay.start')).fill(soon.slice(0, 16).replace('T', ' '));
  await dialog.getByLabel(t('paperDay.start')).press('Enter');
  await done();
  await visit('day-keys');
  await withPin('paperDay.makeKeys');
  await centre.take('day-keys-archiving');
  await page.getByRole('button', { name: t('next.step', { name: t('step.day-release') }) }).waitFor();
  await centre.take('day-keys-archives');
  await visit('day-release');
  await centre.take('day-release-passwords');
  await centre.dialog('siteArchives.release', 'day-release-passwords-asked');
  await withPin('siteArchives.release');
  await centre.take('day-release-passwords-told');
  await centre.dialogs('day-release-passwords');
  const receiving = `scans/${projectId}/receiving`;
  await centre.visit(receiving);
  await centre.take('receiving-events');
  await centre.visit(`${receiving}/${eventId}`);
  await page.locator('.page td button').first().waitFor();
  await centre.take('receiving-board');
  await centre.dialogs('receiving-board');
  await page.getByText(t('receiving.shown.stages'), { exact: true }).click();
  await centre.take('receiving-stages');
  const site = (await page.locator('.page td button').first().textContent()) ?? '';
  for (const view of ['board', 'books']) {
    await centre.visit(`${receiving}/${eventId}/${view}/${site}`);
    await centre.take(`receiving-${view}-site`);
  }
  await centre.visit(`${receiving}/${eventId}/books`);
  await centre.take('receiving-books');
}
