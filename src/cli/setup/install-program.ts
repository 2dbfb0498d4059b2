/**
 * Installs a role from its unpacked archive, step by step. Killed between any two steps, what was there before starts and works, or the new program does:
 * the new one lies whole beside the old one before anything points to it, and the old one goes last.
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compareVersions } from '../../base/version.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { callOf, type ProgramRole } from '../../exam/distribution/listed.ts';
import { install, uninstall, type Runner, runCommand } from '../install/apply.ts';
import type { Installation } from '../install/installation.ts';
import { installationHere } from '../install/this-computer.ts';
import {
  clearOthers,
  currentIn,
  forgetProgram,
  layProgram,
  layStart,
  removeAll,
  setCurrent,
  type Current,
} from './program-folder.ts';
import { readUnpacked, type Unpacked } from './unpacked.ts';

/** The seat has an installer of its own, which its room makes. */
export type SetupRole = Exclude<ProgramRole, 'seat'>;

export interface Choices {
  readonly role: SetupRole;
  /** For the computer, by its administrator, or for the account that installs. */
  readonly scope: 'system' | 'user';
  readonly into: string;
  readonly data: string;
  readonly port: number;
  /** With the computer, and a shortcut on desktop and menu. */
  readonly starts: boolean;
}

export const setupSteps = ['laying', 'putting', 'registering', 'choosing', 'starting', 'clearing'] as const;
export type SetupStep = (typeof setupSteps)[number];

/** A computer that has just been switched on takes its time, ms. */
const startLimitMs = 60_000;

export interface Watching {
  /** False: the person has changed his mind. Asked until something points to the new program. */
  readonly going: () => boolean;
  readonly progress: (done: number, all: number) => void;
  /** What commands said that were not needed for it; null: it was started, and its page does not answer yet. */
  readonly remark: (said: string | null) => void;
  readonly run?: Runner;
}

/** @param from the unpacked archive. Yields before each step; what it returns says how it ended. */
export async function* installProgram(
  from: string,
  choices: Choices,
  { going, progress, remark, run = runCommand }: Watching,
): AsyncGenerator<SetupStep, Result<Current>> {
  const about = readUnpacked(from);
  if (about?.role !== choices.role) return refuse({ type: 'no-archive-here', path: from });
  const before = currentIn(choices.into, choices.role);
  if (!before.ok) return before;
  // It would not open the data that the newer one has used.
  if (before.value && compareVersions(about.version, before.value.version) < 0)
    return refuse({ type: 'newer-is-installed', before: before.value.version, version: about.version });
  if (before.value && (await atWork(before.value.port))) return refuse({ type: 'candidates-at-work' });
  yield 'laying';
  const laidNow = await orRefused(choices.into, () => lay(from, choices, about, going, progress));
  if (!laidNow.ok) return laidNow;
  const current: Current = {
    v: 1,
    role: choices.role,
    scope: choices.scope,
    folder: laidNow.value,
    version: about.version,
    data: choices.data,
    port: choices.port,
    starts: choices.starts,
  };
  yield 'putting';
  const data = await orRefused(choices.data, async () => {
    await mkdir(choices.data, { recursive: true });
    // A service of the whole computer runs under the account of whoever installs it, not as its administrator.
    const account = choices.scope === 'system' ? process.env['SUDO_USER'] : undefined;
    const said =
      account === undefined ? null : run({ program: 'chown', parameters: ['-R', account, choices.data] });
    return said === null ? ok() : refuse({ type: 'install-command-failed', problem: said });
  });
  if (!data.ok) return undo(choices.into, laidNow.value, data.refusal);
  if (!going()) return undo(choices.into, laidNow.value, { type: 'setup-cancelled' });
  yield 'registering';
  const registered = register(choices.into, about, current, before.value, run);
  if (!registered.ok) {
    // What was registered so far would start a program that goes now.
    if (before.value?.starts) register(choices.into, about, before.value, before.value, run);
    else withdraw(choices.into, about, current, run);
    return undo(choices.into, laidNow.value, registered.refusal);
  }
  registered.value.forEach(remark);
  yield 'choosing';
  const chosen = await orRefused(choices.into, async () => {
    const script = startScript(choices.into, about, current);
    await layStart(choices.into, script.name, script.content);
    await setCurrent(choices.into, current);
    return ok();
  });
  if (!chosen.ok) return chosen;
  yield 'starting';
  if (choices.starts && !(await answers(choices.port))) remark(null);
  yield 'clearing';
  await clearOthers(choices.into, current.folder).catch((error: Error) => remark(error.message));
  return ok(current);
}

async function lay(
  from: string,
  { into }: Choices,
  about: Unpacked,
  going: () => boolean,
  progress: Watching['progress'],
): Promise<Result<string>> {
  await mkdir(into, { recursive: true });
  return layProgram(from, into, about, going, progress);
}

/** The new program goes. What else lies there is not touched: one of before may be registered, whatever was broken off meanwhile. */
async function undo(into: string, folder: string, refusal: Refusal): Promise<Result<never>> {
  await forgetProgram(into, folder);
  return { ok: false, refusal };
}

/** @returns what was not done and may not. */
function register(
  into: string,
  about: Unpacked,
  current: Current,
  before: Current | null,
  run: Runner,
): Result<readonly string[]> {
  if (!current.starts) {
    if (before?.starts) withdraw(into, about, before, run);
    return ok([]);
  }
  const wanted = installationOf(into, about, current);
  if (!wanted.ok) return wanted;
  // One that runs already is the old program: it ends, and the new one begins.
  const done = install({ ...wanted.value, install: wanted.value.renew }, run);
  return done.ok ? ok(done.value.remarks) : done;
}

function withdraw(into: string, about: Unpacked, current: Current, run: Runner): void {
  const wanted = installationOf(into, about, current);
  if (wanted.ok) uninstall(wanted.value, run);
}

function installationOf(into: string, about: Unpacked, current: Current): Result<Installation> {
  const folder = join(into, current.folder);
  const main = join(folder, 'dist', 'program', 'main.mjs');
  return installationHere({
    role: about.role,
    scope: current.scope,
    account: null,
    command: [
      join(folder, ...about.node.split('/')),
      main,
      ...callOf(about.role),
      '--data',
      current.data,
      '--port',
      String(current.port),
    ],
    folder: dirname(main),
    page: pageOf(current.port),
  });
}

export const pageOf = (port: number): string => `http://127.0.0.1:${port}/`;

const scriptNames = ['start.sh', 'start.cmd'];

/** For whoever does not have it start with the computer. Windows' own scripts know no other quotation marks, and names of folders have none. */
function startScript(
  into: string,
  about: Unpacked,
  { folder, data, port }: Current,
): { readonly name: string; readonly content: string } {
  if (process.platform === 'win32') {
    const call = `"%~dp0${folder}\\${about.node.replaceAll('/', '\\')}" "%~dp0${folder}\\dist\\program\\main.mjs" ${callOf(about.role).join(' ')} --data "${data.replaceAll('%', '%%')}" --port ${port} %*`;
    return { name: 'start.cmd', content: `@echo off\r\n${call}\r\nif errorlevel 1 pause\r\n` };
  }
  const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const program = [join(into, folder, about.node), join(into, folder, 'dist', 'program', 'main.mjs')];
  return {
    name: 'start.sh',
    content: `#!/bin/sh\nexec ${program.map(quoted).join(' ')} ${about.role} --data ${quoted(data)} --port ${port} "$@"\n`,
  };
}

/** Takes the program away as it was laid; data stay. */
export async function uninstallProgram(
  into: string,
  role: SetupRole,
  run: Runner = runCommand,
): Promise<Result<Current | null>> {
  const current = currentIn(into, role);
  if (!current.ok || current.value === null) return current;
  if (await atWork(current.value.port)) return refuse({ type: 'candidates-at-work' });
  const about = readUnpacked(join(into, current.value.folder));
  if (about && current.value.starts) {
    const wanted = installationOf(into, about, current.value);
    const done = wanted.ok ? uninstall(wanted.value, run) : wanted;
    if (!done.ok) return done;
  }
  return orRefused(into, async () => {
    await removeAll(into, scriptNames);
    return current;
  });
}

/** What the disk says is a refusal; everything else is a bug. */
async function orRefused<T>(path: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return refuse({ type: code === 'ENOSPC' ? 'disk-full' : 'not-written', path, problem: message });
  }
}

async function healthAt(port: number): Promise<Record<string, unknown> | null> {
  try {
    const answer = await fetch(`${pageOf(port)}health`, { signal: AbortSignal.timeout(3_000) });
    const value: unknown = await answer.json();
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // Nobody answers: nothing of it runs.
    return null;
  }
}

async function atWork(port: number): Promise<boolean> {
  return (await healthAt(port))?.['atWork'] === true;
}

async function answers(port: number): Promise<boolean> {
  for (const until = Date.now() + startLimitMs; Date.now() < until; await sleep(500))
    if ((await healthAt(port)) !== null) return true;
  return false;
}
