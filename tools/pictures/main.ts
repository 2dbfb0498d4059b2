/**
 * `npm run pictures`: takes the pictures of the README from the running product, to `docs/pictures`.
 * `npm run pictures -- --all FOLDER`: every page and dialog of the consoles, in every language, to look at.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { build } from '../build.ts';
import { launchBrowser } from '../exam-day/browser.ts';
import { password, pictureDay, type PictureDay } from './day.ts';
import { languages, show, type Language, type Shown } from './screen.ts';
import { seatPictures, seatSignIn } from './seat.ts';
import { afterEnd, beforeStart, firstSight, running } from './tour.ts';

type Opened = Record<'centre' | 'site' | 'room', Shown>;

async function open(
  browser: Browser,
  ports: Readonly<Record<keyof Opened, number>>,
  language: Language,
  folder: string,
): Promise<Opened> {
  return {
    centre: await show(browser, ports.centre, language, folder),
    site: await show(browser, ports.site, language, folder),
    room: await show(browser, ports.room, language, folder),
  };
}

async function everything(browser: Browser, day: PictureDay, folder: string): Promise<string[]> {
  const ports = { centre: day.centrePort, site: day.sitePort, room: day.roomPort };
  const consoles = new Map<Language, Opened>();
  const complaints: string[] = [];
  for (const language of languages) {
    const fresh = await open(browser, day.freshPorts, language, folder);
    await firstSight(fresh);
    for (const one of Object.values(fresh)) await one.close();
    const opened = await open(browser, ports, language, folder);
    for (const one of Object.values(opened)) await one.signIn(password);
    consoles.set(language, opened);
    await beforeStart(opened, day);
  }
  await day.start();
  for (const opened of consoles.values()) await running(opened, day);
  await day.end();
  for (const opened of consoles.values()) {
    await afterEnd(opened, day);
    complaints.push(...Object.values(opened).flatMap((one) => one.complaints));
  }
  return complaints;
}

/** The four that the README shows. */
async function readme(browser: Browser, day: PictureDay, folder: string): Promise<string[]> {
  const seat = await seatSignIn(browser, day.seatPort);
  await day.start();
  await seatPictures(seat, folder);
  const ports = { centre: day.centrePort, site: day.sitePort, room: day.roomPort };
  const { centre, site, room } = await open(browser, ports, 'en', folder);
  for (const one of [centre, site, room]) await one.signIn(password);
  await centre.visit(`before/${day.projectId}/sites`);
  await centre.take('centre-project');
  await site.visit('before/rooms');
  await site.take('site-before');
  await room.visit('during');
  await room.page.locator('.seat-cell').first().waitFor();
  await room.take('room-during');
  return [centre, site, room].flatMap((one) => one.complaints);
}

const { values } = parseArgs({ options: { all: { type: 'string' } } });
const folder = resolve(values.all ?? join(import.meta.dirname, '..', '..', 'docs', 'pictures'));
const data = mkdtempSync(join(tmpdir(), 'invigil-pictures-'));
if (!build()) process.exit(1);
mkdirSync(folder, { recursive: true });
const day = await pictureDay(data);
const browser = await launchBrowser();
try {
  const complaints = await (values.all === undefined ? readme : everything)(browser, day, folder);
  for (const one of new Set(complaints)) console.error(one);
  if (complaints.length > 0) process.exitCode = 1;
} finally {
  await browser.close();
  await day.stop();
  rmSync(data, { recursive: true, force: true });
}
