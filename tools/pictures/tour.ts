/** Every page and dialog of the three consoles, in the state that the day is in. */
import type { PictureDay } from './day.ts';
import { password } from './day.ts';
import type { Shown } from './screen.ts';

type Opened = Readonly<Record<'centre' | 'site' | 'room', Shown>>;

/** What is there before anything is set up. */
export async function firstSight(fresh: Opened): Promise<void> {
  const { centre, site, room } = fresh;
  await centre.page.getByLabel(centre.t('account.name')).waitFor();
  await centre.take('centre-sign-in');
  await site.page.getByLabel(site.t('site.code')).waitFor();
  await site.take('site-first-start');
  await room.signIn(password);
  for (const step of ['settings', 'seats', 'environment', 'load', 'seal-check']) {
    await room.visit(`before/${step}`);
    await room.take(`room-empty-${step}`);
  }
  await room.visit('during');
  await room.take('room-empty-during');
  await room.visit('after');
  await room.take('room-empty-after');
}

export async function beforeStart({ centre, site, room }: Opened, day: PictureDay): Promise<void> {
  const { projectId } = day;
  await centre.visit('projects');
  await centre.take('centre-projects');
  await centre.press('centre.newProject');
  await centre.take('centre-new-project');
  for (const step of ['sessions', 'roster', 'papers', 'publish', 'sites', 'release']) {
    await centre.visit(`before/${projectId}/${step}`);
    await centre.take(`centre-${step}`);
  }
  await centre.press('centre.prepareOf', { name: 'Session 2' });
  await centre.take('centre-prepare');
  await centre.visit(`before/${projectId}/sessions`);
  await centre.press('centre.editSession');
  await centre.take('centre-session');
  await centre.page.getByRole('tab').nth(1).click();
  await centre.take('centre-policy');
  await centre.visit(`before/${projectId}/papers`);
  await centre.press('centre.report');
  await centre.take('centre-paper-report');
  for (const phase of ['during', 'after']) {
    await centre.visit(`${phase}/${projectId}`);
    await centre.take(`centre-${phase}`);
  }
  await centre.visit('system');
  await centre.take('centre-system');
  for (const step of ['load', 'rooms', 'authorise', 'seal-check', 'verify']) {
    await site.visit(`before/${step}`);
    await site.take(`site-${step}`);
  }
  await site.visit('before/rooms');
  await site.press('site.viewRoom');
  await site.take('site-view-room');
  await site.closeDialog();
  await site.page
    .getByRole('button', { name: site.t('site.withdraw') })
    .first()
    .click();
  await site.take('site-withdraw');
  for (const phase of ['during', 'after', 'system']) {
    await site.visit(phase);
    await site.take(`site-${phase}`);
  }
  for (const step of ['settings', 'seats', 'environment', 'load', 'seal-check']) {
    await room.visit(`before/${step}`);
    await room.take(`room-${step}`);
  }
  await room.visit('during/choose');
  await room.take('room-choose');
  await room.visit('during');
  await room.press('room.allowStart');
  await room.take('room-start');
}

export async function running({ centre, site, room }: Opened, day: PictureDay): Promise<void> {
  await room.visit('during');
  await room.page.locator('.seat-cell').first().waitFor();
  await room.take('room-during');
  await room.page.locator('.seat-cell').nth(1).click();
  for (const [key, name] of [
    ['room.extraTime', 'extra-time'],
    ['room.resume', 'resume'],
    ['room.lateCandidate', 'late-candidate'],
    ['room.beginAnew', 'begin-anew'],
    ['room.violation', 'violation'],
    ['room.lock', 'lock'],
    ['room.log', 'log'],
    ['room.absent', 'absence'],
    ['room.startPhrase', 'start-phrase'],
    ['room.end', 'end'],
  ] as const) {
    await room.press(key);
    await room.page.getByRole('dialog').filter({ visible: true }).waitFor();
    await room.take(`room-${name}`);
    await room.closeDialog();
  }
  await byCode(room);
  await room.page.getByText(room.t('room.viewList')).click();
  await room.take('room-list');
  await room.page.getByText(room.t('room.viewGrid')).click();
  await room.page.getByRole('button', { name: room.t('indicator.children') }).click();
  await room.take('room-indicator');
  await site.visit('during');
  await site.take('site-running');
  await centre.visit(`during/${day.projectId}`);
  await centre.take('centre-running');
  await centre.press('code.answer');
  await centre.take('centre-code');
  await centre.press('code.read');
  await centre.page.getByLabel(centre.t('code.why')).waitFor();
  await centre.take('centre-code-read');
  await centre.press('code.issue');
  await centre.page.getByText(centre.t('code.readBack')).waitFor();
  await centre.take('centre-code-answer');
  await centre.closeDialog();
}

/** More extra time than is free: the request that the room reads out. */
async function byCode(room: Shown): Promise<void> {
  await room.press('room.extraTime');
  await room.page.getByLabel(room.t('room.minutes')).fill('30');
  await room.take('room-extra-time-by-code');
  await room.press('room.minutesByCode', { minutes: 30 });
  await room.page.getByLabel(room.t('room.reason')).fill('火警 · Fire alarm · Пожарная тревога');
  await room.take('room-code-ask');
  await room.press('code.ask');
  await room.page.getByLabel(room.t('code.answerDigits')).waitFor();
  await room.take('room-code-request');
  await room.closeDialog();
}

export async function afterEnd({ centre, site, room }: Opened, day: PictureDay): Promise<void> {
  await room.visit('after');
  await room.take('room-after');
  await room.visit('after/record');
  await room.take('room-record');
  await site.visit('after');
  await site.take('site-collected');
  await centre.visit(`after/${day.projectId}`);
  await centre.take('centre-results');
}
