/** The computers of an exam day, each role a process of its own, and a screen in front of each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { buildScreens } from '../../tools/build.ts';
import { launchBrowser } from '../../tools/exam-day/browser.ts';
import type { RoleName, RoleProcess } from '../../tools/exam-day/process.ts';
import { Processes } from '../../tools/exam-day/processes.ts';
import { Screen } from './browser.ts';

export interface ExamDay {
  readonly folder: string;
  readonly processes: Processes;
  /** Starts a role and opens its screen; `name` is its data folder. */
  start(role: RoleName, name?: string): Promise<{ screen: Screen; process: RoleProcess }>;
  screens(): readonly Screen[];
  /** What every screen showed when a test failed, in `test-results/`. */
  picture(name: string): Promise<void>;
  stop(): Promise<void>;
}

export async function beginDay(): Promise<ExamDay> {
  if (!buildScreens()) throw new Error('the screens could not be built');
  const folder = mkdtempSync(join(tmpdir(), 'invigil-e2e-'));
  const processes = new Processes(folder);
  const screens: Screen[] = [];
  const chromium: Browser = await launchBrowser();
  return {
    folder,
    processes,
    async start(role, name = role) {
      const process = await processes.start(role, { name });
      // Every screen stands in front of somebody: as one of several tabs it would be drawn once a second only.
      const window = await chromium.newContext({
        viewport: { width: 1366, height: 768 },
        locale: 'en-GB',
        acceptDownloads: true,
      });
      window.setDefaultTimeout(30_000);
      const screen = await Screen.open(window, process.port);
      screens.push(screen);
      return { screen, process };
    },
    screens: () => screens,
    async picture(name) {
      const results = join(import.meta.dirname, '..', '..', 'test-results');
      for (const [i, screen] of screens.entries())
        await screen.page.screenshot({
          path: join(results, `${name.replaceAll(/\W+/g, '-').slice(0, 60)}-${i + 1}.png`),
        });
    },
    async stop() {
      await chromium.close();
      await processes.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
