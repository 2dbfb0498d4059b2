/** What an installer runs when it is opened: a window in which it says what it does, with the rights that it needs. */
import { spawnSync } from 'node:child_process';
import { platform } from 'node:os';
import { createInterface } from 'node:readline/promises';
import type { Refusal } from '../../base/result.ts';
import { elevatedOnLinux, elevatedOnWindows, isAdministrator } from '../install/rights.ts';
import { installSeat, uninstallSeat, type Tell } from './install-seat.ts';
import { readInstallerOptions, type InstallerOptions } from './options.ts';
import { hasText, say, type Language, type Said, type Values } from './texts.ts';

const self = process.execPath;
const given = process.argv.slice(2);
const locale = new Intl.DateTimeFormat().resolvedOptions().locale;
/** Desktops without a console open one of these; the rest of the line is the command. */
const terminals = [
  ['x-terminal-emulator', '-e'],
  ['gnome-terminal', '--wait', '--'],
  ['konsole', '-e'],
  ['xfce4-terminal', '--disable-server', '-x'],
  ['xterm', '-e'],
] as const;

/** It said why itself; the one that has called it with an administrator's rights adds nothing. */
const refusedCode = 2;

process.exitCode = await run();

async function run(): Promise<number> {
  const read = readInstallerOptions(given, locale);
  if (!read.ok) {
    console.error(refused('en', read.refusal));
    return refusedCode;
  }
  const options = read.value;
  const tell: Tell = (key: Said, values?: Values) => console.log(say(options.language, key, values));
  if (options.help) {
    tell('help');
    return 0;
  }
  const inWindow = given.length === 0 ? openWindow() : null;
  if (inWindow !== null) return inWindow;
  const asAdministrator = (options.scope ?? 'system') === 'system' && !isAdministrator();
  const code = asAdministrator ? elevate(options, tell) : await carryOut(options, tell);
  // Opened by a double click it has a console of its own, which goes when it ends.
  if ((options.wait || given.length === 0) && process.stdin.isTTY && !(asAdministrator && code !== 1)) {
    const lines = createInterface({ input: process.stdin, output: process.stdout });
    await lines.question(`\n${say(options.language, 'enter')} `);
    lines.close();
  }
  return code;
}

async function carryOut(options: InstallerOptions, tell: Tell): Promise<number> {
  const done = options.uninstall
    ? await uninstallSeat(options, tell)
    : await installSeat(self, options, tell);
  if (done.ok) return 0;
  console.error(refused(options.language, done.refusal));
  return refusedCode;
}

/** @returns its exit code; null: this process has a console already, or none can be had. */
function openWindow(): number | null {
  if (platform() !== 'linux' || process.stdout.isTTY) return null;
  if (process.env['DISPLAY'] === undefined && process.env['WAYLAND_DISPLAY'] === undefined) return null;
  for (const [terminal, ...parameters] of terminals) {
    const { error, status } = spawnSync(terminal, [...parameters, self, '--wait'], { stdio: 'ignore' });
    if (!error) return status ?? 1;
  }
  return null;
}

function elevate(options: InstallerOptions, tell: Tell): number {
  tell('permission');
  const parameters = given.includes('--wait') ? given : ['--wait', ...given];
  const ways =
    platform() === 'win32' ? [elevatedOnWindows(self, parameters)] : elevatedOnLinux(self, parameters);
  for (const { program, parameters: all } of ways) {
    const { error, status } = spawnSync(program, [...all], { stdio: 'inherit' });
    // The next one only where this one is not there: a person who declined is not asked twice.
    if (error) continue;
    if (status === 0 || status === refusedCode) return status;
    break;
  }
  console.error(say(options.language, 'administrator-needed'));
  return 1;
}

function refused(language: Language, { type, ...values }: Refusal): string {
  return hasText(type) ? say(language, type, values) : `${type} ${JSON.stringify(values)}`;
}
