/** `npm run pictures`: takes the pictures of the README from the running product. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { buildScreens } from '../build.ts';
import {
  approveSeats,
  authoriseSession,
  exchangeOf,
  openSignIn,
  prepareCentre,
  setUpRoom,
  setUpSite,
  signIn,
} from '../exam-day/exam-day.ts';
import { openConsole, startRole, until, type RoleProcess } from '../exam-day/process.ts';

const password = 'picture-password';
const languages = ['en', 'zh', 'ru'] as const;
const folder = process.argv[2] ?? join(import.meta.dirname, '..', '..', 'docs', 'pictures');
const data = mkdtempSync(join(tmpdir(), 'invigil-pictures-'));
const running: RoleProcess[] = [];

async function start(...given: Parameters<typeof startRole>): Promise<RoleProcess> {
  const started = await startRole(...given);
  running.push(started);
  return started;
}

async function enter(page: Page, port: number): Promise<void> {
  await page.goto(`http://127.0.0.1:${port}/`);
  const fields = page.locator('input');
  await fields.nth(0).waitFor();
  await page.locator('input[type="password"]').waitFor();
  const account = page.locator('input:not([type="password"]):not([role="combobox"])').first();
  await account.fill('admin');
  await page.locator('input[type="password"]').fill(password);
  await page.keyboard.press('Enter');
  await page.locator('.title-bar').waitFor();
}

async function take(page: Page, port: number, places: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, place] of Object.entries(places)) {
    await page.goto(`http://127.0.0.1:${port}/#/${place}`);
    // Another place is only another hash: without this the page before would still be seen.
    await page.reload();
    await page
      .locator('.page .ant-table-tbody, .page .now-line, .page .empty-state, .page .form')
      .first()
      .waitFor();
    await page.screenshot({ path: join(folder, `${name}.png`) });
  }
}

async function main(): Promise<void> {
  if (!buildScreens()) process.exit(1);
  mkdirSync(folder, { recursive: true });
  const exchange = { port: 0, 'exchange-host': '127.0.0.1', 'log-level': 'error' };
  const centreProcess = await start('centre', { data: join(data, 'centre'), ...exchange });
  const centre = await openConsole('centre', centreProcess.port);
  await signIn(centre, password);
  const { projectId, sessionIds } = await prepareCentre(centre, {
    code: 'STATE-2026',
    name: 'State examination 2026',
    startAt: Date.now(),
    durationMin: 90,
    roster: { sessions: 2, sites: ['S1', 'S2'], roomsPerSite: 2, candidatesPerRoom: 12 },
    policy: { countdownS: 1, earliestHandInMin: 0 },
    packageFile: join(import.meta.dirname, '..', '..', 'samples', 'every-interaction.zip'),
  });
  const sessionId = sessionIds[0] ?? '';
  const siteProcess = await start('site', { data: join(data, 'site'), ...exchange });
  const site = await openConsole('site', siteProcess.port);
  const centreAddress = exchangeOf(centreProcess);
  const lockPath = join(data, 'lock.key');
  await setUpSite(centre, site, { projectId, siteCode: 'S1', centreAddress, lockPath, password });
  const roomProcess = await start('room', { data: join(data, 'room'), ...exchange });
  const room = await openConsole('room', roomProcess.port);
  await setUpRoom(site, room, {
    roomCode: 'S1-R1',
    siteAddress: exchangeOf(siteProcess),
    ownAddress: exchangeOf(roomProcess),
    password,
  });
  await authoriseSession(centre, site, room, { projectId, sessionId });
  await openSignIn(room, sessionId);
  const { pairingCode } = await room.call.overview.get();
  const seatProcess = await start('seat', {
    data: join(data, 'seat'),
    port: 0,
    room: exchangeOf(roomProcess),
    'pairing-code': pairingCode,
    'log-level': 'error',
  });
  await approveSeats(room, 1);
  const browser = await chromium.launch({
    executablePath:
      process.env['CHROMIUM'] ??
      ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path)) ??
      'chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  const complaints: string[] = [];
  for (const language of languages) {
    const context = await browser.newContext({
      viewport: { width: 1366, height: 768 },
      locale: language === 'zh' ? 'zh-CN' : language,
    });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`${language}: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`${language}: ${error.message}`));
    if (language === 'en') {
      await page.goto(`http://127.0.0.1:${seatProcess.port}/`);
      await page.locator('form input').waitFor();
      await page.screenshot({ path: join(folder, 'seat-sign-in.png') });
      await page.locator('form input').fill('1000001');
      await page.keyboard.press('Enter');
      await page.locator('.buttons button.primary').click();
      await page.locator('.rules').waitFor();
      await page.screenshot({ path: join(folder, 'seat-rules.png') });
      await page.locator('button.primary').click();
      await until('the waiting page', async () => (await page.locator('details').count()) > 0);
      await room.call.session.allowStart({ sessionId });
    } else await page.goto(`http://127.0.0.1:${seatProcess.port}/`);
    await page.locator('.question').waitFor();
    for (let number = 1; number <= 12; number++) {
      await page.screenshot({ path: join(folder, `seat-question-${number}-${language}.png`) });
      const next = page.locator('.work-buttons button.primary');
      if (await next.isDisabled()) break;
      await next.click();
    }
    await page.locator('.work-buttons button[aria-expanded]').click();
    await page.screenshot({ path: join(folder, `seat-overview-${language}.png`) });
    await enter(page, centreProcess.port);
    await take(page, centreProcess.port, {
      [`centre-projects-${language}`]: 'projects',
      [`centre-project-${language}`]: `projects/${projectId}`,
    });
    await enter(page, siteProcess.port);
    await take(page, siteProcess.port, {
      [`site-before-${language}`]: 'before',
      [`site-during-${language}`]: 'during',
      [`site-after-${language}`]: 'after',
    });
    await enter(page, roomProcess.port);
    await take(page, roomProcess.port, {
      [`room-before-${language}`]: 'before',
      [`room-during-${language}`]: 'during',
      [`room-after-${language}`]: 'after',
    });
    await context.close();
  }
  await browser.close();
  for (const one of new Set(complaints)) console.error(one);
  if (complaints.length > 0) process.exitCode = 1;
}

try {
  await main();
} finally {
  for (const one of running.toReversed()) await one.stop();
  rmSync(data, { recursive: true, force: true });
}
