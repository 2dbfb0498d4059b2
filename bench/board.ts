/**
 * The centre's board with 8,000 sites of 5 rooms that say hello every 10 s over the real exchange, each on a TLS connection of its own, and
 * ship 5,000 entries a second, on SQLite. How long does a change take from the moment a site sends it until a viewer of the board has it, and
 * until it stands on the page of a real browser? (50 rooms a site would be a project of 400,000 rooms; the largest exams have 40,000.)
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { boardViews } from '../src/exam/board/board-view.ts';
import { policySchema } from '../src/exam/project/policy.ts';
import { build } from '../tools/build.ts';
import { launchBrowser } from '../tools/exam-day/browser.ts';
import { password } from '../tools/exam-day/exam.ts';
import { signIn } from '../tools/exam-day/exam-day.ts';
import { openConsole, startRole } from '../tools/exam-day/process.ts';
import { asker } from './load/asker.ts';
import { percentile, say } from './load/figures.ts';
import { codeOfSite, layIn, register } from './load/many-sites.ts';
import { delays, notedOn, notePage, noteStream, type There } from './load/noted.ts';
import type { FromSwarm, SwarmFigures, SwarmPlan, ToSwarm } from './load/site-swarm.ts';

const siteCount = 8_000;
const roomsPerSite = 5;
const candidatesPerRoom = 20;
const swarms = 4;
const helloEveryMs = 10_000;
const lastsMs = 60_000;
const entriesPerS = 5_000;
const entriesPerSegment = 50;

interface Figures {
  sites: number;
  rooms: number;
  hellosPerS: number;
  entriesPerS: number;
  /** From sending a hello until a viewer of the board has what it says. */
  heardMsP50: number;
  heardMsP99: number;
  heardMsMax: number;
  /** Until it stands on the page. */
  seenMsMedian: number;
  seenMsMax: number;
  helloMsP50: number;
  helloMsP99: number;
  /** Of a centre that starts again with all this in its database, until it serves. */
  restartMs: number;
  /** All changes that were sent were seen. */
  missed: number;
}

export async function run(): Promise<Figures> {
  if (!build()) throw new Error('the screens were not built');
  const folder = mkdtempSync(join(tmpdir(), 'invigil-bench-'));
  const data = join(folder, 'centre');
  const children = Array.from({ length: swarms }, () =>
    fork(join(import.meta.dirname, 'load', 'site-swarm.ts'), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    }),
  );
  let browser: Browser | null = null;
  const options = { data, port: 0, 'log-level': 'error' };
  try {
    const { projectId, sessionId } = await prepare(options, children);
    let centre = await startRole('centre', options);
    try {
      say('connecting …');
      const { exchangePort: port } = centre;
      await Promise.all(
        children.map((child) =>
          asker<ToSwarm, FromSwarm>(child)({ connect: { port, sessionId } }, 'connected'),
        ),
      );
      const screen = await openConsole('centre', centre.port);
      await signIn(screen, password);
      browser = await launchBrowser();
      const page = await openBoard(browser, screen.url, projectId);
      say(`${siteCount} sites say hello for ${lastsMs / 1_000} s …`);
      const begin = Date.now() + 1_000;
      const viewer = noteStream(async (signal) => {
        const views = boardViews(await screen.call.board.live({ projectId, sessionId }, { signal }));
        return (async function* () {
          for await (const { sites } of views)
            yield sites.map((site) => [site.code, site.counts.violations] as const);
        })();
      });
      const said = await Promise.all(
        children.map((child) => asker<ToSwarm, FromSwarm>(child)({ begin }, 'done')),
      );
      // What was sent last is on its way for a moment.
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      const heard = viewer.end();
      const seen = await notedOn(page);
      await browser.close();
      browser = null;
      say('starting again …');
      await centre.kill();
      const before = performance.now();
      centre = await startRole('centre', { ...options, port: centre.port });
      return figures(said, heard, seen, performance.now() - before);
    } finally {
      await centre.kill();
    }
  } finally {
    await browser?.close();
    for (const child of children) child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A project in the middle of its session, whose sites are registered with the certificates of the swarms. */
async function prepare(
  options: { data: string; port: number },
  children: readonly ChildProcess[],
): Promise<{ projectId: string; sessionId: string }> {
  say(`making ${siteCount} sites …`);
  const first = await startRole('centre', options);
  const screen = await openConsole('centre', first.port);
  await signIn(screen, password);
  const { projectId } = await screen.call.project.create({
    code: 'BENCH',
    name: 'Bench',
    mode: 'formal',
    supportPhone: '',
  });
  const { sessionId } = await screen.call.project.saveSession({
    projectId,
    sessionId: null,
    session: {
      number: 1,
      name: 'Session 1',
      startAt: Date.now() - 1_800_000,
      subjects: [{ number: 1, name: 'Subject', paperId: null, durationMin: 240 }],
      policy: policySchema.parse({}),
    },
  });
  await first.stop();
  const file = join(options.data, 'centre.db');
  layIn(file, projectId, { sites: siteCount, roomsPerSite, candidatesPerRoom });
  const each = siteCount / children.length;
  const made = await Promise.all(
    children.map((child, i) => {
      const plan: SwarmPlan = {
        from: i * each,
        sites: each,
        roomsPerSite,
        candidatesPerRoom,
        entriesPerSegment,
        segmentsPerS: entriesPerS / entriesPerSegment / children.length,
        helloEveryMs,
        lastsMs,
      };
      return asker<ToSwarm, FromSwarm>(child)({ plan }, 'fingerprints');
    }),
  );
  register(file, projectId, new Map(made.flat()));
  return { projectId, sessionId };
}

/** The sites that are in sight on the page; it notes when each figure changes. */
async function openBoard(browser: Browser, url: string, projectId: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' });
  await page.goto(`${url}/#/during/${projectId}`);
  await page.getByLabel('Account').fill('admin');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  const table = page.getByRole('table', { name: 'Sites' });
  await table.getByRole('button', { name: codeOfSite(0), exact: true }).waitFor({ timeout: 120_000 });
  await notePage(table, { column: 'Violations', name: 'button' });
  return page;
}

function figures(said: readonly SwarmFigures[], heard: There, seen: There, restartMs: number): Figures {
  const sent = said.flatMap((one) => one.sent);
  const [all, onPage] = [delays(sent, heard), delays(sent, seen)];
  if (onPage.length === 0) throw new Error('nothing was seen on the page');
  return {
    sites: siteCount,
    rooms: siteCount * roomsPerSite,
    hellosPerS: Math.round(sent.length / (lastsMs / 1_000)),
    entriesPerS: Math.round(said.reduce((sum, one) => sum + one.entriesKept, 0) / (lastsMs / 1_000)),
    heardMsP50: percentile(all, 0.5),
    heardMsP99: percentile(all, 0.99),
    heardMsMax: all.at(-1) ?? 0,
    seenMsMedian: percentile(onPage, 0.5),
    seenMsMax: onPage.at(-1) ?? 0,
    helloMsP50: Math.max(...said.map((one) => one.helloMsP50)),
    helloMsP99: Math.max(...said.map((one) => one.helloMsP99)),
    restartMs: Math.round(restartMs),
    missed: sent.length - all.length,
  };
}
