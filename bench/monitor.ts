/**
 * A site in the middle of a session with 100 rooms of 40 seats: hellos and the seats' changes as real rooms ship them, each room on a TLS
 * connection of its own, with its centre above and its monitor open in a browser. How long until a viewer of the monitor has what a room
 * said, until it stands on the page, and how much of a core does the site need? Linux only: the processor's time is read from /proc.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../tools/exam-day/browser.ts';
import { openConsole } from '../tools/exam-day/process.ts';
import { Processes } from '../tools/exam-day/processes.ts';
import { loadExam, startTiers } from '../tools/exam-day/tiers.ts';
import { asker } from './load/asker.ts';
import { percentile, say } from './load/figures.ts';
import { delays, notedOn, notePage, noteStream, type There } from './load/noted.ts';
import type { FromRooms, RoomsFigures, RoomsPlan, ToRooms } from './load/room-swarm.ts';

const rooms = 100;
const seatsPerRoom = 40;
const siteCode = 'S1';
const password = 'exam-password';
const plan: RoomsPlan = {
  rooms: Array.from({ length: rooms }, (_, i) => `${siteCode}-R${i + 1}`),
  seatsPerRoom,
  changeEveryMs: 10_000,
  gatherMs: 1_000,
  helloEveryMs: 3_000,
  lastsMs: 60_000,
};

interface Figures {
  rooms: number;
  seats: number;
  hellosPerS: number;
  entriesPerS: number;
  pushesPerS: number;
  /** From sending a hello until a viewer of the monitor has what it says. */
  heardMsP50: number;
  heardMsP99: number;
  heardMsMax: number;
  seenMsMedian: number;
  seenMsMax: number;
  /** Of one core, all threads of the site together. */
  siteCores: number;
  cores: number;
}

export async function run(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-monitor-'));
  const processes = new Processes(folder);
  const swarm = fork(join(import.meta.dirname, 'load', 'room-swarm.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ask = asker<ToRooms, FromRooms>(swarm);
  let browser: Browser | null = null;
  try {
    say(`a site with ${rooms} rooms …`);
    const tiers = await startTiers(processes, { hosted: ['centre', 'room'] });
    const { sessionIds } = await loadExam(tiers, {
      project: {
        code: 'P1',
        name: 'Bench',
        startAt: Date.now() + 600_000,
        durationMin: 120,
        roster: { sessions: 1, sites: [siteCode], roomsPerSite: rooms, candidatesPerRoom: seatsPerRoom },
        policy: {},
      },
      siteCode,
      roomCode: `${siteCode}-R1`,
      lockPath: join(folder, 'lock.key'),
      password,
    });
    await processes.get('site').stop();
    register(join(folder, 'site'), await ask({ plan }, 'fingerprints'));
    const site = await processes.again('site');
    const screen = await openConsole('site', site.port);
    await screen.call.account.signIn({ account: 'admin', password });
    browser = await launchBrowser();
    const page = await openMonitor(browser, screen.url);
    const viewer = noteStream(async (signal) => {
      const views = await screen.call.monitor.live(undefined, { signal });
      return (async function* () {
        for await (const { rooms: all } of views)
          yield all.map((room) => [room.roomCode, room.counts.violations] as const);
      })();
    });
    say(`${rooms * seatsPerRoom} seats at work for ${plan.lastsMs / 1_000} s …`);
    const sessionId = sessionIds[0] as string;
    const [before, since] = [cpuMs(site.child?.pid), performance.now()];
    const said = await ask({ begin: { port: site.exchangePort, sessionId } }, 'done');
    const siteCores = (cpuMs(site.child?.pid) - before) / (performance.now() - since);
    // What was sent last is on its way for a moment.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    return figures(said, viewer.end(), await notedOn(page), siteCores);
  } finally {
    await browser?.close();
    swarm.kill();
    await processes.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The rooms have been registered: to register a hundred one by one would take minutes. */
function register(data: string, fingerprints: readonly (readonly [string, string])[]): void {
  const db = new DatabaseSync(join(data, 'node.db'));
  try {
    const one = db.prepare(
      'UPDATE room SET registration_code = NULL, node_id = ?, tls_fingerprint = ?, registered_at = ? WHERE code = ?',
    );
    for (const [code, fingerprint] of fingerprints) one.run(`node-${code}`, fingerprint, Date.now(), code);
  } finally {
    db.close();
  }
}

async function openMonitor(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' });
  await page.goto(`${url}/#/during`);
  await page.getByLabel('Account').fill('admin');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('cell', { name: `${siteCode}-R1`, exact: true }).waitFor({ timeout: 60_000 });
  await notePage(page.locator('main'), { column: 'Violations', name: 'strong' });
  return page;
}

/** User and system time of all its threads so far. */
function cpuMs(pid: number | undefined): number {
  const after = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] ?? '';
  const [user = 0, system = 0] = after.split(' ').slice(11, 13).map(Number);
  // In hundredths of a second on every Linux.
  return (user + system) * 10;
}

function figures(
  { sent, entries, pushes }: RoomsFigures,
  heard: There,
  seen: There,
  siteCores: number,
): Figures {
  const [all, onPage] = [delays(sent, heard), delays(sent, seen)];
  if (all.length < sent.length || onPage.length === 0)
    throw new Error(`${all.length} of ${sent.length} were heard and ${onPage.length} seen`);
  const perS = (count: number): number => Math.round(count / (plan.lastsMs / 1_000));
  return {
    rooms,
    seats: rooms * seatsPerRoom,
    hellosPerS: perS(sent.length),
    entriesPerS: perS(entries),
    pushesPerS: perS(pushes),
    heardMsP50: percentile(all, 0.5),
    heardMsP99: percentile(all, 0.99),
    heardMsMax: all.at(-1) ?? 0,
    seenMsMedian: percentile(onPage, 0.5),
    seenMsMax: onPage.at(-1) ?? 0,
    siteCores: Math.round(siteCores * 100) / 100,
    cores: availableParallelism(),
  };
}
