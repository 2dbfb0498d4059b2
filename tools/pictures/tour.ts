/** Every page and dialog of the three consoles, in the state that the day is in. */
import { releasePin } from '../exam-day/exam-day.ts';
import { password } from './day.ts';
import type { Place } from './everything.ts';
import { scans } from './on-paper.ts';
import { paperDay } from './paper-day.ts';
import type { ShownConsole } from './screen.ts';
import { oneRoster11, oneRosterZip } from '../../src/exam/roster/one-roster/one-roster.fixture.ts';

export type Opened = Readonly<Record<'centre' | 'site' | 'room', ShownConsole>>;

const roomSteps = ['settings', 'seats', 'environment', 'load', 'seal-check'];

/** What is there before anything is set up. */
export async function firstSight({ centre, site, room }: Opened): Promise<void> {
  await centre.page.getByLabel(centre.t('account.name')).waitFor();
  await centre.take('sign-in');
  await forgotten(centre, 'forgotten-no-mail');
  await centre.signIn(password);
  await centre.visit('projects');
  await centre.take('empty-projects');
  await site.page.getByLabel(site.t('site.code')).waitFor();
  await site.take('first-start');
  await site.press('site.restore');
  await site.take('restore');
  await site.press('site.restoreInstead');
  await forgotten(room, 'room-forgotten');
  await room.signIn(password);
  for (const step of roomSteps) {
    await room.visit(`before/${step}`);
    await room.take(`empty-${step}`);
  }
  for (const phase of ['during', 'after', 'system']) {
    await room.visit(phase);
    await room.take(`empty-${phase}`);
  }
}

/** From the sign-in and back: whom to ask. */
export async function forgotten(at: ShownConsole, name: string): Promise<void> {
  await at.press('forgotten.link');
  await at.page.getByRole('button', { name: at.t('forgotten.back') }).waitFor();
  await at.take(name);
  await at.press('forgotten.back');
}

/** Where a mail server is set up: asked for, and a code that does not fit. In a window that nobody has signed in to. */
export async function forgottenByMail(stranger: ShownConsole): Promise<void> {
  const { page, t } = stranger;
  await stranger.press('forgotten.link');
  await page.getByLabel(t('account.name')).fill('gulnara.sadykova-konstantinopolskaya');
  await stranger.take('forgotten');
  await stranger.press('forgotten.send');
  await page.getByText(t('forgotten.sent')).waitFor();
  await page.getByLabel(t('forgotten.code')).fill('AAAA-AAAA-AAAA');
  for (const key of ['account.nextPassword', 'account.repeatPassword'] as const)
    await page.getByLabel(t(key), { exact: true }).fill(password);
  await stranger.press('forgotten.set');
  await page.getByRole('alert').waitFor();
  await stranger.take('forgotten-wrong-code');
}

/** A page, and every dialog that it opens. */
async function whole(at: ShownConsole, place: string, name: string): Promise<void> {
  await at.visit(place);
  await at.take(name);
  await at.dialogs(name);
}

export async function centreBefore(centre: ShownConsole, { projectId }: Place): Promise<void> {
  await whole(centre, 'projects', 'projects');
  await centre.dialog('centre.newProject', 'new-project');
  for (const step of ['sessions', 'roster', 'papers', 'publish', 'sites', 'release'])
    await whole(centre, `before/${projectId}/${step}`, step);
  await centre.dialog('release.fetches', 'fetches');
  await centre.dialog('confirm.history', 'confirmations');
  await centre.dialog('centre.prepareOf', 'prepare', { name: 'Session 1' });
  await centre.dialog('centre.prepare', 'prepare-one');
  await centre.visit(`before/${projectId}/sessions`);
  await centre.dialog('centre.addSession', 'add-session');
  await centre.press('centre.editSession');
  await centre.take('session');
  await centre.page.getByRole('tab').nth(1).click();
  await centre.take('policy');
  await centre.closeDialog();
  await centre.dialog('remove', 'remove-session');
  await centre.visit(`before/${projectId}/papers`);
  await centre.dialog('centre.report', 'paper-report');
  await centre.visit(`before/${projectId}/publish`);
  await centre.dialog('publication.downloads', 'downloads');
  await centre.visit(`before/${projectId}/sites`);
  await centre.dialog('centre.newCode', 'new-code');
  for (const phase of ['during', 'after', 'support']) await whole(centre, `${phase}/${projectId}`, phase);
  await whole(centre, 'downloads', 'distribution');
  await users(centre);
  await centreSystem(centre);
  await otherPrograms(centre);
  await rosterFiles(centre, projectId);
}

/** Exams on paper, from the register of forms to what is missing. */
export async function onPaper(centre: ShownConsole, { projectId }: Place): Promise<void> {
  const eventId = await forms(centre, projectId);
  await paperDay(centre, projectId, releasePin);
  await scans(centre, projectId, eventId);
}

/** An exam on paper: its event, a plan for its kits, the register, and a number that is looked up. @returns its id */
async function forms(centre: ShownConsole, projectId: string): Promise<string> {
  const { page, t } = centre;
  await centre.visit(`scans/${projectId}/forms`);
  await centre.take('forms-empty');
  await centre.press('forms.new');
  const dialog = page.getByRole('dialog').filter({ visible: true });
  // By the label's own words: its hint belongs to its name, too.
  const field = (key: Parameters<typeof t>[0]) =>
    dialog
      .locator('label.field')
      .filter({ has: page.getByText(t(key), { exact: true }) })
      .locator('input')
      .first();
  await field('forms.subject').fill('Русский язык 俄语');
  await field('forms.subjectCode').fill('01');
  await field('forms.latin').fill('rus');
  await field('forms.date').fill('2026-06-01');
  await field('forms.date').press('Enter');
  await field('forms.code').fill('rus-0601');
  await field('forms.name').fill('Русский язык, основной день');
  await centre.take('forms-new');
  await centre.press('forms.create');
  await dialog.waitFor({ state: 'hidden' });
  await whole(centre, page.url().replace(/^.*#\//, ''), 'forms-event');
  await centre.press('forms.generate');
  await centre.press('forms.look');
  await page.getByText(t('forms.rosterText')).waitFor();
  await centre.take('forms-plan');
  await centre.press('forms.generateRun');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('heading', { name: t('forms.register') }).waitFor();
  await whole(centre, page.url().replace(/^.*#\//, ''), 'forms-register');
  await centre.dialog('forms.addKits', 'forms-add');
  await centre.dialog('forms.change', 'forms-change');
  await centre.dialog('forms.import', 'forms-import');
  await centre.dialog('forms.ownForms', 'forms-own');
  await centre.dialog('forms.remove', 'forms-remove');
  return /forms\/([^/]+)/.exec(page.url())?.[1] ?? '';
}

/** The sign-in service and the mail server: nobody answers at either. */
async function centreSystem(centre: ShownConsole): Promise<void> {
  const { page, t } = centre;
  const fill = (key: Parameters<typeof t>[0], text: string) => page.getByLabel(t(key)).first().fill(text);
  await centre.visit('system/openid');
  await centre.take('openid-empty');
  await fill('openid.issuer', 'https://login.example.org/realms/exams');
  await fill('openid.clientId', 'invigil');
  await fill('openid.secret', 'a secret of the day');
  await fill('openid.label', 'Министерство 教育部');
  await centre.press('save');
  await page.getByText(t('openid.people')).waitFor();
  await page
    .getByRole('button', { name: t('openid.allow'), exact: true })
    .last()
    .click();
  await page.getByText(t('openid.allowed')).waitFor();
  await whole(centre, 'system/openid', 'openid');
  await centre.visit('system/mail');
  await centre.take('mail-empty');
  await fill('mail.host', 'mail.example.org');
  await fill('mail.from', 'exams@example.org');
  await centre.press('save');
  await page.getByText(t('mail.test')).waitFor();
  await whole(centre, 'system/mail', 'mail');
  await centre.press('mail.editAddress');
  await page.getByRole('dialog').getByLabel(t('mail.address')).fill('admin@example.org');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('save') })
    .click();
  await page.getByRole('dialog').filter({ visible: true }).waitFor({ state: 'hidden' });
  await centre.visit('system');
  await centre.take('system-mail');
}

/** A key for another program, as it is shown once, and as it is revoked. */
export async function otherPrograms(centre: ShownConsole): Promise<void> {
  await centre.visit('system');
  await centre.press('apiKeys.add');
  const dialog = centre.page.getByRole('dialog').filter({ visible: true });
  await dialog
    .getByLabel(centre.t('apiKeys.name'))
    .first()
    .fill('Регистрация участников, А. Константинопольская');
  await dialog.getByLabel(centre.t('apiKeys.right.read-status')).check();
  await dialog.getByLabel(centre.t('apiKeys.right.write-rosters')).check();
  await centre.press('apiKeys.make');
  await dialog.getByText(centre.t('apiKeys.once')).waitFor();
  await centre.take('api-key');
  await centre.press('apiKeys.noted');
  await dialog.waitFor({ state: 'hidden' });
  await centre.take('api-keys');
  await centre.dialog('apiKeys.revoke', 'api-key-revoke');
}

/** A OneRoster package before it is taken, with and without something wrong; and photos, of which not all are right. */
export async function rosterFiles(centre: ShownConsole, projectId: string): Promise<void> {
  const { page } = centre;
  for (const [name, changed] of [
    ['one-roster', {}],
    ['one-roster-wrong', { 'users.csv': String(oneRoster11['users.csv']).replace(',1002,', ',,') }],
  ] as const) {
    await centre.visit(`before/${projectId}/roster`);
    const buffer = Buffer.from(await oneRosterZip(changed));
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'one-roster.zip', mimeType: 'application/zip', buffer });
    await page.getByRole('heading', { name: 'one-roster.zip' }).waitFor();
    await centre.take(name);
  }
  await page.locator('.page').getByRole('combobox').first().click();
  await page.locator('.ant-select-item-option').filter({ hasText: 'Mathematics' }).last().click();
  await centre.press('oneRoster.read');
  await page.getByText('identifier').first().waitFor();
  await centre.take('one-roster-read');
  await centre.visit(`before/${projectId}/roster`);
  await centre.press('photos.add');
  const dialog = page.getByRole('dialog').filter({ visible: true });
  const picture = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]);
  await dialog
    .locator('input[type=file]')
    .last()
    .setInputFiles([
      { name: 'nobody.jpg', mimeType: 'image/jpeg', buffer: picture },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') },
      { name: 'large.png', mimeType: 'image/png', buffer: Buffer.alloc(300_000) },
    ]);
  await dialog.getByRole('table').waitFor();
  await centre.take('photos');
  await centre.closeDialog();
}

/** Users are the same everywhere; their dialogs too. */
export async function users(at: ShownConsole): Promise<void> {
  await whole(at, 'system', 'system');
  await at.press('users.add');
  const dialog = at.page.getByRole('dialog').filter({ visible: true });
  await dialog.getByLabel(at.t('account.name')).fill('gulnara.sadykova-konstantinopolskaya');
  await dialog.getByLabel(at.t('users.person')).fill('Гульнара Садыкова-Константинопольская');
  await dialog.getByLabel(at.t('users.password')).fill('first-password');
  await at.press('users.addSubmit');
  await dialog.waitFor({ state: 'hidden' });
  await at.take('users');
  await at.dialog('edit', 'user-edit');
  await at.dialog('users.newPassword', 'user-password');
  await at.page
    .getByRole('button', { name: at.t('remove'), exact: true })
    .last()
    .click();
  await at.take('user-remove');
  await at.closeDialog();
}

/** The user's dialog at the centre: what each role can be limited to. */
export async function limits(centre: ShownConsole): Promise<void> {
  await centre.visit('system');
  await centre.press('users.add');
  const dialog = centre.page.getByRole('dialog').filter({ visible: true });
  for (const role of ['coordinator', 'site'] as const) {
    await dialog.getByRole('combobox', { name: centre.t('users.role') }).click();
    await centre.page
      .locator('.ant-select-dropdown:visible .ant-select-item-option')
      .filter({ hasText: centre.t(`account.role.${role}`) })
      .first()
      .click();
    await centre.take(`user-limit-${role}`);
  }
  await centre.closeDialog();
}

export async function coordinator(own: ShownConsole, { projectId }: Place): Promise<void> {
  await own.visit('projects');
  await own.take('coordinator-projects');
  for (const step of ['roster', 'papers', 'publish', 'sites', 'release']) {
    await own.visit(`before/${projectId}/${step}`);
    await own.take(`coordinator-${step}`);
  }
  for (const phase of ['during', 'after', 'support']) {
    await own.visit(`${phase}/${projectId}`);
    await own.take(`coordinator-${phase}`);
  }
  await own.visit('system');
  await own.take('coordinator-system');
}

/** The pages of somebody who signs in for one site. */
export async function siteAccount(own: ShownConsole): Promise<void> {
  for (const page of ['site', 'codes', 'sheets', 'support', 'system'])
    await whole(own, page, `site-account-${page}`);
}

export async function siteBefore(site: ShownConsole): Promise<void> {
  for (const step of ['load', 'rooms', 'authorise', 'seal-check', 'verify'])
    await whole(site, `before/${step}`, step);
  await site.visit('before/rooms');
  await site.dialog('site.viewRoom', 'view-room');
  await site.dialog('site.withdraw', 'withdraw');
  for (const phase of ['during', 'after', 'support', 'downloads']) await whole(site, phase, phase);
  await users(site);
}

export async function roomBefore(room: ShownConsole, day: Place): Promise<void> {
  for (const step of roomSteps) await whole(room, `before/${step}`, step);
  await room.visit('before/seats');
  await room.dialog('edit', 'seat-edit');
  await room.page
    .getByRole('button', { name: room.t('remove'), exact: true })
    .first()
    .click();
  await room.take('seat-remove');
  await room.closeDialog();
  await room.page
    .getByRole('button', { name: room.t('room.order') })
    .first()
    .click();
  await room.page.getByRole('menuitem').first().waitFor();
  await room.take('seats-order');
  await whole(room, 'during', 'choose-first');
  await day.choose(day.sessionId);
  await whole(room, 'during', 'before-authorisation');
  await room.visit('during/choose');
  await room.take('choose');
  await users(room);
  await room.dialog('remote.room.do', 'initialise-room');
  for (const key of ['close-screen', 'restart', 'shut-down', 'initialise', 'uninstall'] as const)
    await room.dialog(`remote.do.${key}`, `remote-${key}`, { count: 2 });
}

/** The key is there and not open yet. */
export async function released({ centre, site }: Opened, day: Place): Promise<void> {
  await whole(centre, `before/${day.projectId}/release`, 'release-prepared');
  await site.visit('before/authorise');
  await site.take('authorised');
  await whole(site, 'before/verify', 'verify-fetched');
  await site.dialog('site.calibrate', 'calibrate');
}

export async function authorised({ site, room }: Opened): Promise<void> {
  await whole(site, 'before/verify', 'verified');
  await whole(room, 'during', 'authorised');
}

export async function signInOpen(room: ShownConsole): Promise<void> {
  await room.visit('during');
  await room.page.locator('.seat-cell').first().waitFor();
  await room.take('sign-in');
  await room.dialog('room.allowStart', 'start');
  await room.dialog('accommodation.list', 'accommodations', { count: 2 });
  await room.page.locator('.seat-cell').nth(4).click();
  await room.dialog('accommodation.open', 'accommodations-give');
}

export async function countingDown(room: ShownConsole): Promise<void> {
  await room.visit('during');
  await room.take('countdown');
}

export async function running({ centre, site, room }: Opened, day: Place): Promise<void> {
  await room.visit('during');
  const cells = room.page.locator('.seat-cell');
  await cells.first().waitFor();
  await room.take('during');
  await room.page.setViewportSize({ width: 1920, height: 1080 });
  await room.page.screenshot({ path: `${day.folder}/room-during-1920-en.png` });
  await room.page.setViewportSize({ width: 1366, height: 768 });
  await cells.nth(3).click({ button: 'right' });
  await room.take('cell-menu');
  await room.page.keyboard.press('Escape');
  await room.press('room.resume');
  await room.take('resume-away');
  await room.dialog('answerPackage.first', 'package-first', { name: '欧阳娜娜' });
  await room.closeDialog();
  await room.dialogs('one');
  await room.dialog('room.end', 'end');
  await byCode(room);
  await cells.nth(4).click();
  await room.dialog('room.resume', 'resume-batch');
  await room.dialog('room.extraTime', 'extra-time-batch');
  for (const key of ['count.absent', 'count.violations', 'count.extraTime'] as const) {
    await room.page
      .locator('.count')
      .filter({ hasText: room.t(key) })
      .first()
      .click();
    await room.take(`list-of-${key.replace('count.', '')}`);
  }
  await room.visit('during');
  await room.page.getByText(room.t('room.viewList'), { exact: true }).click();
  await room.take('list');
  await room.page.getByText(room.t('room.viewGrid'), { exact: true }).click();
  await room.page.getByRole('button', { name: room.t('indicator.children') }).click();
  await room.take('indicator');
  await whole(site, 'during', 'running');
  await site.visit('after');
  await site.take('after-running');
  await whole(centre, `during/${day.projectId}`, 'running');
  await centre.visit(`wall/${day.projectId}/${day.sessionId}`);
  await centre.take('wall');
  await centre.visit(`during/${day.projectId}`);
  await centre.press('code.answer');
  await centre.take('code');
  await centre.press('code.read');
  await centre.page.getByLabel(centre.t('code.why')).waitFor();
  await centre.take('code-read');
  await centre.press('code.issue');
  await centre.page.getByText(centre.t('code.readBack')).waitFor();
  await centre.take('code-answer');
  await centre.closeDialog();
}

/** More extra time than is free: the request that the room reads out. */
async function byCode(room: ShownConsole): Promise<void> {
  await room.press('room.extraTime');
  await room.page.getByLabel(room.t('room.minutes')).fill('30');
  await room.take('extra-time-by-code');
  await room.press('room.minutesByCode', { minutes: 30 });
  await room.page.getByLabel(room.t('room.reason')).fill('火警 · Fire alarm · Пожарная тревога');
  await room.take('code-ask');
  await room.press('code.ask');
  await room.page.getByLabel(room.t('code.answerDigits')).first().waitFor();
  await room.take('code-request');
  await room.closeDialog();
}

export async function ended(room: ShownConsole): Promise<void> {
  await whole(room, 'after', 'ended');
  await room.dialog('room.backup', 'backup');
}

export async function collected(site: ShownConsole): Promise<void> {
  await whole(site, 'after', 'to-report');
  await site.dialog('site.firstBackup', 'backup');
}

export async function afterEnd({ centre, site, room }: Opened, day: Place): Promise<void> {
  await whole(room, 'after', 'after');
  await room.visit('after/record');
  await room.take('record');
  await room.visit('during');
  await room.take('during-ended');
  await whole(site, 'after', 'collected');
  await site.visit(`after/record/1999999001/${day.sessionId}`);
  await site.take('record');
  await whole(centre, `after/${day.projectId}`, 'results');
  await whole(centre, `after/${day.projectId}/due`, 'due');
  await whole(centre, `scans/${day.projectId}/uploads`, 'uploads');
  await centre.visit(`after/${day.projectId}`);
  await centre.press('dossier.open');
  await centre.take('dossier');
}

/** A room without a site, as a rehearsal. */
export async function aloneBefore(room: ShownConsole): Promise<void> {
  await room.signIn(password);
  await room.visit('before/settings');
  await room.page.getByText(room.t('ownSite.withoutSite')).click();
  await room.take('alone-settings-form');
}

export async function aloneLoaded(room: ShownConsole): Promise<void> {
  for (const step of ['settings', 'load', 'authorise', 'verify'])
    await whole(room, `before/${step}`, `alone-${step}`);
  await room.dialog('site.calibrate', 'alone-calibrate');
}

export async function aloneLate(room: ShownConsole): Promise<void> {
  await room.visit('before/verify');
  await room.take('alone-verified');
  await room.visit('during');
  await room.page.locator('.seat-cell').first().waitFor();
  await room.take('mock');
  await room.dialog('room.automatics', 'automatics');
  await room.dialog('room.lateStart', 'late-start');
}
