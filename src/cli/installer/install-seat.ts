/** What an installer does on a computer, step by step; until the program is in its place nothing of what was there is touched. */
import { spawnSync } from 'node:child_process';
import { mkdir, open, stat } from 'node:fs/promises';
import { hostname, platform } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { readCarried, type Carried } from '../../room/seat-folder/installer-file.ts';
import { runCommand } from '../install/apply.ts';
import { readRecord, type InstallationRecord } from '../install/record.ts';
import { entryCommands } from '../install/windows-entry.ts';
import { forgetOld, layBeside, lyingAt, put } from './lay.ts';
import type { InstallerOptions } from './options.ts';
import { usualPlaces } from './places.ts';
import type { Said, Values } from './texts.ts';

export type Tell = (key: Said, values?: Values) => void;

/** Phases in which a candidate has begun and not finished. */
const atWork = ['signed-in', 'waiting', 'countdown', 'answering', 'locked'];
/** A computer that has just been switched on takes its time, ms. */
const startLimitMs = 30_000;

/** @param self this executable. */
export async function installSeat(
  self: string,
  options: InstallerOptions,
  tell: Tell,
): Promise<Result<void>> {
  const file = await open(self);
  try {
    const carried = await readCarried(file);
    if (carried === null) return refuse({ type: 'installer-damaged' });
    if ((carried.system === 'windows') !== (platform() === 'win32'))
      return refuse({ type: 'installer-for-another-system', system: carried.system });
    tell('title', { version: carried.version });
    const scope = options.scope ?? 'system';
    const places = usualPlaces(scope);
    const into = options.into ?? places.into;
    const before = await lyingAt(into);
    if (!before.ok) return before;
    const record = recordOf(options, carried, before.value, scope, places.data);
    if (!record.ok) return record;
    if (await candidateAt(before.value?.port ?? record.value.port))
      return refuse({ type: 'candidate-at-work' });
    if (before.value) tell('updating', { before: before.value.version, version: carried.version });
    tell('laying', { into });
    const beside = await layBeside(into, file, carried, record.value);
    if (!beside.ok) return beside;
    return await putAndStart(
      { into, beside: beside.value, carried, record: record.value, before: before.value },
      tell,
    );
  } catch (error) {
    const { code, path, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return refuse({ type: 'not-written', path: path ?? '', problem: message });
  } finally {
    await file.close();
  }
}

/** Nothing was said: as it was before. */
function recordOf(
  options: InstallerOptions,
  { version }: Carried,
  before: InstallationRecord | null,
  scope: 'system' | 'user',
  usualData: string,
): Result<InstallationRecord> {
  const account = options.account ?? before?.account ?? callerOf(scope);
  if (platform() === 'linux' && scope === 'system' && account === null)
    return refuse({ type: 'account-needed' });
  return ok({
    v: 1,
    version,
    scope,
    account,
    data: options.data ?? before?.data ?? usualData,
    port: options.port ?? before?.port ?? 7440,
    options: [...(options.options ?? before?.options ?? [])],
  });
}

/** Who has asked the administrator's rights of the system for this. */
function callerOf(scope: 'system' | 'user'): string | null {
  if (scope === 'user' || platform() === 'win32') return null;
  const caller = process.env['PKEXEC_UID'];
  if (caller !== undefined)
    return spawnSync('id', ['-un', caller], { encoding: 'utf8' }).stdout.trim() || null;
  return process.env['SUDO_USER'] ?? null;
}

interface Laid {
  readonly into: string;
  readonly beside: string;
  readonly carried: Carried;
  readonly record: InstallationRecord;
  readonly before: InstallationRecord | null;
}

async function putAndStart(
  { into, beside, carried, record, before }: Laid,
  tell: Tell,
): Promise<Result<void>> {
  if (before) seatCommand(into, ['uninstall', '--keep-program', ...registration(before, [])]);
  const back = await put(beside, into);
  const restore = async (refusal: Refusal): Promise<Result<void>> => {
    // What was registered so far would start, at the next power-on, a program that is gone.
    seatCommand(into, ['uninstall', '--keep-program', ...registration(record, [])]);
    await back();
    if (before) seatCommand(into, ['install', ...registration(before, before.options, into)]);
    return refuse(refusal);
  };
  const data = await prepareData(record);
  if (data !== null) return restore({ type: 'not-registered', problem: data });
  tell('registering');
  const registered = seatCommand(into, ['install', ...registration(record, record.options, into)]);
  if (registered.status !== 0)
    return restore({
      type: 'not-registered',
      problem: `${registered.stderr}${registered.error?.message ?? ''}`.trim(),
    });
  for (const [, said] of registered.stdout.matchAll(/^not done: (.*)$/gm)) tell('remark', { said });
  if (platform() === 'win32') {
    const bytes = carried.files.reduce((sum, { size }) => sum + size, 0);
    for (const command of entryCommands(record.scope, { folder: into, version: carried.version, bytes })) {
      const said = runCommand(command);
      if (said !== null) tell('remark', { said });
    }
  }
  await forgetOld(into);
  await tellHowItIs(into, record, tell);
  return ok();
}

/** As `invigil seat install` takes it. @param into where the room's configuration lies; without: it is taken away. */
function registration(record: InstallationRecord, options: readonly string[], into?: string): string[] {
  const { scope, account, data, port } = record;
  return [
    `--${scope}`,
    ...(account === null ? [] : ['--account', account]),
    '--data',
    data,
    '--port',
    String(port),
    ...(into === undefined ? [] : ['--configuration', join(into, 'seat-folder.json')]),
    ...(options.length === 0 ? [] : ['--', ...options]),
  ];
}

function seatCommand(into: string, parameters: readonly string[]) {
  const [system, node] = platform() === 'win32' ? ['windows', 'node.exe'] : ['linux', 'node'];
  return spawnSync(
    join(into, 'runtime', system, node),
    [join(into, 'dist', 'program', 'main.mjs'), 'seat', ...parameters],
    { encoding: 'utf8', windowsHide: true },
  );
}

/** For the whole computer the seat runs under an account that has not made the folder. @returns what went wrong. */
async function prepareData({ scope, account, data }: InstallationRecord): Promise<string | null> {
  await mkdir(data, { recursive: true });
  if (scope === 'user') return null;
  if (platform() !== 'win32')
    return runCommand({ program: 'chown', parameters: ['-R', account ?? '', data] });
  // Whoever signs in may change what is in it: the group of all users, by its identifier.
  return runCommand({ program: 'icacls.exe', parameters: [data, '/grant', '*S-1-5-32-545:(OI)(CI)M', '/Q'] });
}

/** What a running seat says of itself; null: none answers. */
async function healthAt(port: number): Promise<Record<string, unknown> | null> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(3_000) });
    const value: unknown = await answer.json();
    return typeof value === 'object' && value !== null && 'role' in value && value.role === 'seat'
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

async function candidateAt(port: number): Promise<boolean> {
  return atWork.includes(String((await healthAt(port))?.['phase']));
}

async function tellHowItIs(into: string, { data, port }: InstallationRecord, tell: Tell): Promise<void> {
  const page = `http://127.0.0.1:${port}/`;
  const until = Date.now() + startLimitMs;
  let health = await healthAt(port);
  // A seat that was paired before is with its room after a moment.
  while ((health === null || health['phase'] === 'unpaired') && Date.now() < until) {
    await sleep(500);
    health = await healthAt(port);
  }
  tell('installed', { into, data });
  if (health === null) return tell('silent', { page });
  tell('starts');
  if (health['phase'] === 'unpaired') tell('away');
  else if (health['phase'] === 'announced') tell('announced', { computer: hostname() });
  else tell('admitted', { number: health['seatNumber'] });
  tell('next', { page });
  if (platform() === 'win32') tell('nextWindows');
}

/** Takes the program away as it was laid; data stay. */
export async function uninstallSeat(options: InstallerOptions, tell: Tell): Promise<Result<void>> {
  const into = options.into ?? usualPlaces(options.scope ?? 'system').into;
  const record = readRecord(into);
  if (record === null || !(await stat(into)).isDirectory()) {
    tell('nothing', { into });
    return ok();
  }
  if (await candidateAt(record.port)) return refuse({ type: 'candidate-at-work' });
  const done = seatCommand(into, ['uninstall']);
  if (done.status !== 0) return refuse({ type: 'not-registered', problem: done.stderr.trim() });
  tell('removed', { data: record.data });
  return ok();
}
