/** The browser in which consoles and candidate screens are tried: Debian's Chromium, quiet and without a word to anyone beyond this machine. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

// The one without windows first: the same pages cost it a quarter less of the processor.
const places = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];

/** undefined: there is none here. */
export function browserProgram(): string | undefined {
  return process.env['CHROMIUM'] ?? places.map((name) => `/usr/bin/${name}`).find((path) => existsSync(path));
}

const launched = new Set<Browser>();

/** All that are open now, in whichever browser. */
export function openPages(): Page[] {
  return [...launched].flatMap((browser) => browser.contexts()).flatMap((window) => window.pages());
}

export async function launchBrowser(options: { readonly args?: readonly string[] } = {}): Promise<Browser> {
  const executablePath = browserProgram();
  if (executablePath === undefined)
    throw new Error(
      'no Chromium here: install it (Debian: apt-get install chromium-headless-shell) or set CHROMIUM',
    );
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Else whatever throws an error in a page has its whole script parsed anew, to learn the line.
      '--js-flags=--no-enable-lazy-source-positions',
      ...(options.args ?? []),
    ],
  });
  launched.add(browser);
  browser.once('disconnected', () => launched.delete(browser));
  return browser;
}

/** For everything that a page is waited for: what does not come by then never comes, on the busiest machine. */
export const patienceMs = 120_000;

let shared: Promise<Browser> | null = null;

/** One for all files of tests that this process runs: whoever opens windows in it closes them. It ends with the process. */
export async function sharedBrowser(): Promise<Browser> {
  shared ??= launchBrowser();
  if ((await shared).isConnected()) return shared;
  shared = launchBrowser();
  return shared;
}

export async function closeWindows(browser: Browser | undefined): Promise<void> {
  await Promise.all((browser?.contexts() ?? []).map((window) => window.close()));
}
