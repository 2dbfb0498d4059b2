/** A site whose exams are all on paper has no lock: a password opens its backup, and another computer takes its place with it. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { password } from './day.ts';
import type { Place } from './everything.ts';
import { show, type Pictures } from './screen.ts';

const backupPassword = 'три зелёных карандаша';
const siteCode = '1411404';

export async function withoutLock(browser: Browser, day: Place, pictures: Pictures): Promise<void> {
  const sticks = join(day.data, 'sticks-of-1411404');
  const directory = join(sticks, 'STICK');
  await mkdir(directory, { recursive: true });
  const { projectId, centre, centreAddress } = day;
  const { registrationCode } = await centre.call.site.newRegistrationCode({ projectId, siteCode });
  const lost = await day.start('site', 'site-without-lock', { sticks });
  await lost.console.call.setup.complete({
    siteCode,
    mode: 'formal',
    centreAddress,
    registrationCode,
    account: 'admin',
    password,
    lock: { kind: 'none' },
  });
  const shown = await show(browser, lost.port, 'site', pictures);
  await shown.signIn(password);
  await shown.visit('system');
  await shown.take('system-without-lock');
  await shown.press('site.backupMake');
  // A label holds the hint below its field, too.
  const field = (label: string) => shown.page.getByRole('dialog').getByLabel(label).first();
  await field(shown.t('site.backupFolder')).fill(directory);
  await field(shown.t('site.backupNote')).fill('Вечер перед экзаменом · the evening before · 考前一晚');
  await field(shown.t('site.backupPassword')).fill(backupPassword);
  await field(shown.t('site.backupPasswordAgain')).fill('три зелёных карандаш');
  await shown.take('backup-passwords-differ');
  await field(shown.t('site.backupPasswordAgain')).fill(backupPassword);
  await shown.press('room.backup');
  await shown.page.getByRole('dialog').waitFor({ state: 'hidden' });
  await shown.take('system-backed-up');
  await shown.close();
  await lost.process.stop();

  const next = await day.start('site', 'site-in-its-place', { sticks });
  const instead = await show(browser, next.port, 'site', pictures);
  await instead.press('site.restore');
  await instead.page.getByRole('button', { name: siteCode }).click();
  await instead.take('restore-by-password');
  const secret = instead.page.getByLabel(instead.t('site.backupPassword')).first();
  await secret.fill('три зелёных карандаш');
  await instead.press('site.restoreRun');
  await instead.page.getByRole('alert').waitFor();
  await instead.take('restore-wrong-password');
  await secret.fill(backupPassword);
  await instead.press('site.restoreRun');
  await instead.page.getByLabel(instead.t('account.name')).waitFor();
  await instead.take('restored');
  await instead.signIn(password);
  await instead.visit('system');
  await instead.take('restored-system');
  await instead.close();
  await next.process.stop();
}
