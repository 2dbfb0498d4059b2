/**
 * `npm run pictures`: takes the pictures of the README and of the stations' manuals from the running product, to `docs/pictures`.
 * `npm run pictures -- --all FOLDER`: every page and dialog of all four roles, in every language, to look at; ends with an error when
 * something is cut off, has no name, was not reached, or a place or dialog of the source was not visited.
 * `--only PATTERN`: only the parts of the day whose name fits, for example `running|hand-in`. `--stations`: only the stations of an exam on paper,
 * which need no exam day.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { build } from '../build.ts';
import { launchBrowser } from '../exam-day/browser.ts';
import { password, pictureDay } from './day.ts';
import { everything } from './everything.ts';
import { looking } from './look.ts';
import { languages, show, showSeat, type Pictures } from './screen.ts';
import * as seatTour from './seat.ts';
import { spokenFile } from './stations/spoken-file.ts';
import { stations } from './stations/stations.ts';
import { createVisits } from './visits.ts';

/** Those that the manuals of the stations show. */
const ofManuals =
  /^(print-(printer-tested|key-activate|print-look)|voice-(microphone-result|work-answering)|scan-(journals|room|page-spoiled-kit))$/;

/** The four that the README shows, and those of the stations' manuals. */
async function readme(browser: Browser, data: string, pictures: Pictures): Promise<() => Promise<void>> {
  const day = await pictureDay(data, { countdownS: 1, photo: await face(browser) });
  await day.release();
  await day.authorise();
  await day.openSignIn();
  const seat = await showSeat(browser, day.seatPorts[0], pictures);
  await seatTour.signIn(seat, false);
  await day.beginCountdown();
  await day.started();
  await seat.page.locator('.question').waitFor();
  await seat.take('question-1');
  const { centre, site, room } = {
    centre: await show(browser, day.ports.centre, 'centre', pictures),
    site: await show(browser, day.ports.site, 'site', pictures),
    room: await show(browser, day.ports.room, 'room', pictures),
  };
  for (const one of [centre, site, room]) await one.signIn(password);
  await centre.visit(`before/${day.projectId}/sites`);
  await centre.take('project');
  await site.visit('before/rooms');
  await site.take('before');
  await room.visit('during');
  await room.page.locator('.seat-cell').first().waitFor();
  await room.take('during');
  const look = looking(/^(print|voice|scan) station$/, pictures.complaints);
  // Manuals speak three languages.
  await stations(browser, { ...pictures, languages, wanted: ofManuals }, look);
  return day.stop;
}

/** A candidate's photo, drawn: nobody's. */
async function face(browser: Browser): Promise<Uint8Array> {
  const page = await browser.newPage({ viewport: { width: 300, height: 400 } });
  await page.setContent(
    '<body style="margin:0"><svg width="300" height="400"><rect width="300" height="400" fill="#cfd8e3"/><circle cx="150" cy="150" r="80" fill="#8d6e63"/><ellipse cx="150" cy="400" rx="130" ry="140" fill="#37526f"/></svg>',
  );
  const picture = await page.screenshot();
  await page.close();
  return picture;
}

const { values } = parseArgs({
  options: {
    all: { type: 'string' },
    only: { type: 'string' },
    stations: { type: 'boolean', default: false },
  },
});
const all = values.all !== undefined;
const data = mkdtempSync(join(tmpdir(), 'invigil-pictures-'));
// Manuals have pictures in them: the consoles would be built anew under the tour's feet if they changed one by one.
const folder = resolve(values.all ?? join(data, 'pictures'));
if (!build()) process.exit(1);
mkdirSync(folder, { recursive: true });
const visits = createVisits();
const complaints = new Set<string>();
const pictures: Pictures = { folder, languages: all ? languages : ['en'], visits, complaints };
const browser = await launchBrowser({
  // A microphone that nobody has to allow, and in which somebody speaks.
  args: [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-audio-capture=${spokenFile(data)}`,
  ],
});
let stop: () => Promise<void> = () => Promise.resolve();
try {
  if (all) {
    const look = looking(new RegExp(values.only ?? ''), complaints);
    await stations(browser, pictures, look);
    if (!values.stations) {
      const day = await pictureDay(data, { countdownS: 30, photo: await face(browser) });
      stop = day.stop;
      await everything(browser, { ...day, data, folder }, pictures, look);
    }
    writeFileSync(join(folder, 'same-words.txt'), visits.alike().join('\n'));
    if (values.only === undefined && !values.stations)
      for (const one of visits.missing()) complaints.add(`not visited: ${one}`);
  } else {
    stop = await readme(browser, data, pictures);
    cpSync(folder, join(import.meta.dirname, '..', '..', 'docs', 'pictures'), { recursive: true });
  }
  for (const one of complaints) console.error(one);
  if (complaints.size > 0) process.exitCode = 1;
} finally {
  await browser.close();
  await stop();
  rmSync(data, { recursive: true, force: true });
}
