import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { linux } from './linux.ts';
import { ok, refuse } from '../../base/result.ts';
import { browserPlaces, windowsComputer } from './windows.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-computer-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A program of the system that writes down how it was called, and ends as it is told. */
function program(name: string, code = 0): void {
  const file = join(folder, name);
  writeFileSync(
    file,
    `#!/bin/sh\necho "${name} $*" >> "${join(folder, 'called')}"\necho "${name} says no" >&2\nexit ${code}\n`,
  );
  chmodSync(file, 0o755);
}
const called = (): string =>
  existsSync(join(folder, 'called')) ? readFileSync(join(folder, 'called'), 'utf8') : '';

describe.runIf(process.platform === 'linux')('Linux', () => {
  test('the system is asked to restart and to switch off, the older command only when the newer one refuses', async () => {
    vi.stubEnv('PATH', `${folder}${delimiter}/bin`);
    program('systemctl');
    program('loginctl');
    expect(await linux.restart()).toMatchObject({ ok: true });
    expect(await linux.shutDown()).toMatchObject({ ok: true });
    expect(called()).toBe('systemctl reboot\nsystemctl poweroff\n');
    program('systemctl', 1);
    expect(await linux.restart()).toMatchObject({ ok: true });
    expect(called()).toContain('systemctl reboot\nloginctl reboot\n');
  });

  test('a system that refuses everything is told with its own words', async () => {
    vi.stubEnv('PATH', `${folder}${delimiter}/bin`);
    for (const name of ['systemctl', 'loginctl', 'shutdown']) program(name, 1);
    const done = await linux.shutDown();
    expect(done).toMatchObject({ ok: false, refusal: { type: 'computer-does-not-obey' } });
    expect(JSON.stringify(done)).toContain('systemctl says no');
  });

  test('this computer was started once, and says so the same way twice', async () => {
    expect(await linux.bootMark()).toMatch(/^[0-9a-f-]{36}$/);
    expect(await linux.bootMark()).toBe(await linux.bootMark());
  });

  test('only programs with exactly that argument end', async () => {
    const start = (argument: string) =>
      spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)', '--', argument], { stdio: 'ignore' });
    const [mine, other] = [start(`--user-data-dir=${folder}`), start(`--user-data-dir=${folder}-2`)];
    await Promise.all([mine, other].map((one) => new Promise((resolve) => one.once('spawn', resolve))));
    const gone = new Promise((resolve) => mine.once('exit', resolve));
    await linux.endPrograms(`--user-data-dir=${folder}`, 1_000);
    await gone;
    expect(other.exitCode ?? other.signalCode).toBeNull();
    other.kill('SIGKILL');
  });

  test('a browser in the search path is found', async () => {
    vi.stubEnv('PATH', folder);
    program('google-chrome');
    expect(await linux.browsers()).toContain(join(folder, 'google-chrome'));
  });
});

test('on Windows Chrome is looked for before Edge, for all users and for this one', () => {
  const places = browserPlaces({
    ProgramFiles: 'C:\\Program Files',
    'ProgramFiles(x86)': 'C:\\Program Files (x86)',
    LocalAppData: 'C:\\Users\\a\\AppData\\Local',
  });
  expect(places[0]).toBe('C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe');
  expect(places).toContain('C:\\Users\\a\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe');
  expect(places.filter((place) => place.endsWith('msedge.exe'))).toContain(
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  );
});

test('on Windows it is shutdown.exe that restarts and switches off, once, and what it says is told', async () => {
  const given: unknown[] = [];
  let answer = 'ok';
  const computer = windowsComputer(
    () => Promise.reject(new Error('nothing is asked')),
    (commands) => {
      given.push(...commands);
      // As it says it to an account without the right.
      return Promise.resolve(
        answer === 'ok' ? ok() : refuse({ type: 'computer-does-not-obey', problem: 'Access is denied.(5)' }),
      );
    },
  );
  expect(await computer.restart()).toMatchObject({ ok: true });
  answer = 'no';
  expect(await computer.shutDown()).toMatchObject({
    ok: false,
    refusal: { problem: 'Access is denied.(5)' },
  });
  expect(given).toEqual([
    ['shutdown.exe', '/r', '/f', '/t', '5', '/c', 'Invigil'],
    ['shutdown.exe', '/s', '/f', '/t', '5', '/c', 'Invigil'],
  ]);
});

test('on Windows programs are ended by an argument that PowerShell takes as it is', async () => {
  const asked: (readonly string[])[] = [];
  const computer = windowsComputer(
    (program, parameters) => {
      asked.push([program, ...parameters]);
      return Promise.resolve('133774849121234567\r\n');
    },
    () => Promise.resolve(ok()),
  );
  expect(await computer.bootMark()).toBe('133774849121234567');
  await computer.endPrograms("--user-data-dir=C:\\Users\\O'Neil ’$x\\screen-profile", 0);
  expect(asked.map((one) => one.slice(0, 4))).toEqual(
    asked.map(() => ['powershell.exe', '-NoProfile', '-NonInteractive', '-Command']),
  );
  expect(asked[1]?.[4]).toContain(
    ".CommandLine.Contains('--user-data-dir=C:\\Users\\O''Neil ’’$x\\screen-profile') }",
  );
});
