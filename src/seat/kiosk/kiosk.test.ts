import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock, systemTimers, type Timers } from '../../base/clock.ts';
import { openLogger } from '../../node/logger.ts';
import { until } from '../../../tools/exam-day/process.ts';
import { thisComputer } from '../computer/this-computer.ts';
import { browserArguments } from './browser-command.ts';
import { Kiosk } from './kiosk.ts';

let folder: string;
const address = 'http://127.0.0.1:7440/';
const kiosks: Kiosk[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-kiosk-'));
});
afterEach(async () => {
  for (const kiosk of kiosks.splice(0)) await kiosk.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A program that does what a browser would do as a process: says who it is, and does `then`. */
function browser(then: string): string {
  const file = join(folder, 'browser');
  writeFileSync(
    file,
    `#!${process.execPath}
    require('node:fs').appendFileSync(${JSON.stringify(join(folder, 'started'))}, JSON.stringify({ pid: process.pid, said: process.argv.slice(2) }) + '\\n');
    ${then}`,
  );
  chmodSync(file, 0o755);
  return file;
}
const stays = 'setInterval(() => undefined, 1000);';

const started = (): { pid: number; said: string[] }[] => {
  const file = join(folder, 'started');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
};

function kiosk(program: string | undefined, more: { timers?: Timers; browsers?: string[] } = {}): Kiosk {
  const made = new Kiosk({
    data: folder,
    address,
    browser: program,
    computer: { ...thisComputer(), browsers: () => Promise.resolve(more.browsers ?? []) },
    clock: systemClock,
    timers: more.timers ?? systemTimers,
    log: openLogger('seat', 'silent'),
    onChange: () => undefined,
  });
  kiosks.push(made);
  return made;
}

const when = (what: string, is: () => boolean): Promise<unknown> => until(what, () => Promise.resolve(is()));

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a browser that is killed is brought back with the same page and profile, as often as it is killed', async () => {
  const screen = kiosk(browser(stays));
  expect(await screen.open()).toMatchObject({ ok: true });
  for (let i = 1; i <= 3; i++) {
    await when('the browser', () => started().length === i);
    const { pid } = started()[i - 1] ?? expect.fail();
    process.kill(pid, 'SIGKILL');
    await when('the browser to be back', () => started().length === i + 1);
  }
  expect(screen.state).toEqual({ state: 'open', problem: null });
  const [first, ...others] = started().map(({ said }) => said);
  for (const one of others) expect(one).toEqual(first);
  expect(first).toContain(`--app=${address}`);
});

test('a browser that was closed on purpose stays closed, and is gone with everything that it started', async () => {
  const screen = kiosk(
    browser(
      `if (process.argv[2] !== '--child') require('node:child_process').spawn(process.execPath, [__filename, '--child', ...process.argv.slice(2)]); ${stays}`,
    ),
  );
  await screen.open();
  await when('both processes', () => started().length === 2);
  await screen.close();
  await when('their end', () => started().every(({ pid }) => !alive(pid)));
  expect(screen.state).toEqual({ state: 'closed', problem: null });
});

test('a browser that an agent before this has left is ended, not doubled', async () => {
  const program = browser(stays);
  // As if it had been killed: it brings nothing back any more.
  const before = kiosk(program, { timers: { after: () => () => undefined } });
  await before.open();
  await when('the browser', () => started().length === 1);
  const again = kiosk(program);
  await again.open();
  await when('the new browser', () => started().length >= 2);
  await when('the end of the old one', () => !alive(started()[0]?.pid ?? 0));
});

test('what does not start says why, and is tried less and less often', async () => {
  const waited: number[] = [];
  let next: (() => void) | null = null;
  const timers: Timers = {
    after(ms, work) {
      waited.push(ms);
      next = work;
      return () => undefined;
    },
  };
  const screen = kiosk(join(folder, 'nothing-here'), { timers });
  expect(await screen.open()).toMatchObject({
    ok: false,
    refusal: { type: 'browser-does-not-start', problem: 'ENOENT' },
  });
  while (waited.length < 12) {
    const work: () => void = next ?? expect.fail();
    const tries = waited.length;
    work();
    await when('the next attempt', () => waited.length > tries);
  }
  expect(screen.state).toMatchObject({ state: 'failed', problem: { type: 'browser-does-not-start' } });
  expect(waited.slice(0, 8).every((ms) => ms < 5_000)).toBe(true);
  expect(waited.at(-1)).toBe(30_000);
});

test('a browser that ends at once again and again is told with its last words', async () => {
  const screen = kiosk(browser("console.error('Missing X server'); process.exit(1);"), {
    timers: { after: (ms, work) => systemTimers.after(Math.min(ms, 20), work) },
  });
  await screen.open();
  await when('what is wrong', () => screen.state.state === 'failed');
  expect(screen.state.problem).toMatchObject({ type: 'browser-ends-at-once', problem: 'Missing X server' });
});

test('a computer without a browser says so', async () => {
  expect(await kiosk(undefined).open()).toMatchObject({ ok: false, refusal: { type: 'no-browser-found' } });
});

test('Edge gets its own kind of kiosk, every other name leads nowhere', () => {
  const said = browserArguments(
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\p',
    address,
  );
  expect(said).toContain('--edge-kiosk-type=fullscreen');
  expect(said).toContain('--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1');
});
