/** The computers of an exam day, each role a process of its own, and a screen in front of each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../tools/build.ts';
import { closeWindows, sharedBrowser } from '../../tools/exam-day/browser.ts';
import type { RoleName, RoleProcess } from '../../tools/exam-day/process.ts';
import { Processes } from '../../tools/exam-day/processes.ts';
import { Wire } from '../../tools/exam-day/wire.ts';
import { Screen } from './browser.ts';

export interface ExamDay {
  readonly folder: string;
  /** Sits down in front of a computer of the day. */
  open(name: string): Promise<{ screen: Screen; process: RoleProcess }>;
  /** @returns an address by which that one is reached over a line that can be cut. */
  lineTo(address: string): Promise<string>;
  /** From now on only what is carried as a file arrives. */
  cutLines(): void;
  screens(): readonly Screen[];
  /** What every page showed when a test failed, in `test-results/`. */
  picture(name: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * @param computers name and role. Their programs start one after the other, while somebody works at the first already.
 * @param killable each has a process of its own; else they are in one
 */
export async function beginDay(
  computers: Readonly<Record<string, RoleName>>,
  { killable = false }: { readonly killable?: boolean } = {},
): Promise<ExamDay> {
  if (!build()) throw new Error('the screens could not be built');
  const folder = mkdtempSync(join(tmpdir(), 'invigil-e2e-'));
  const processes = new Processes(folder);
  const screens: Screen[] = [];
  const lines: Wire[] = [];
  const starting = new Map<string, Promise<RoleProcess>>();
  let before: Promise<unknown> = Promise.resolve();
  for (const [name, role] of Object.entries(computers)) {
    const started = before.then(() => processes.start(role, { name, hosted: !killable }));
    starting.set(name, started);
    // Whoever opens its screen is told that it did not start.
    before = started.catch(() => undefined);
  }
  const chromium = await sharedBrowser();
  return {
    folder,
    async open(name) {
      const started = await starting.get(name);
      if (!started) throw new Error(`no computer ${name}`);
      // In tabs of one window all but one would be drawn once a second only.
      const window = await chromium.newContext({
        viewport: { width: 1366, height: 768 },
        locale: 'en-GB',
        acceptDownloads: true,
      });
      const screen = await Screen.open(window, started.port);
      screens.push(screen);
      return { screen, process: started };
    },
    async lineTo(address) {
      const line = new Wire(Number(address.split(':')[1]));
      await line.open();
      lines.push(line);
      return `127.0.0.1:${line.port}`;
    },
    cutLines() {
      for (const line of lines) line.cut(true);
    },
    screens: () => screens,
    async picture(name) {
      const results = join(import.meta.dirname, '..', '..', 'test-results');
      const pages = chromium.contexts().flatMap((window) => window.pages());
      for (const [i, page] of pages.entries())
        await page.screenshot({
          path: join(results, `${name.replaceAll(/\W+/g, '-').slice(0, 60)}-${i + 1}.png`),
        });
    },
    async stop() {
      await closeWindows(chromium);
      await Promise.allSettled(starting.values());
      await processes.stop();
      for (const line of lines) line.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
