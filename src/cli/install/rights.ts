/** Whether this process may change the whole computer, and how it is started again so that it may. */
import { spawnSync } from 'node:child_process';
import { platform } from 'node:os';
import type { Command } from './installation.ts';

export function isAdministrator(): boolean {
  if (platform() !== 'win32') return process.getuid?.() === 0;
  // The identifier of the high integrity level is the same in every language of Windows.
  const { stdout } = spawnSync('whoami.exe', ['/groups'], { encoding: 'utf8', windowsHide: true });
  return /S-1-16-(12288|16384)\b/.test(stdout ?? '');
}

/** Windows asks the person in a window of its own; the new process has a console of its own. */
export function elevatedOnWindows(program: string, parameters: readonly string[]): Command {
  const list = parameters.map((one) => powershellText(windowsArgument(one))).join(', ');
  const given = parameters.length === 0 ? '' : ` -ArgumentList ${list}`;
  return {
    program: 'powershell.exe',
    parameters: [
      '-NoProfile',
      '-NonInteractive',
      '-Command',
      // 1223: the person has declined (ERROR_CANCELLED).
      `try { $p = Start-Process -FilePath ${powershellText(program)}${given} -Verb RunAs -Wait -PassThru -ErrorAction Stop } catch { exit 1223 }; exit $p.ExitCode`,
    ],
  };
}

/** The terminal, or else the desktop, asks for the password. */
export function elevatedOnLinux(program: string, parameters: readonly string[]): Command[] {
  const whole = [program, ...parameters];
  return [
    { program: 'sudo', parameters: ['--', ...whole] },
    { program: 'pkexec', parameters: whole },
  ];
}

/** A text of PowerShell in which nothing but a quotation mark means anything, and that is doubled. Curly ones count as marks there, too. */
export function powershellText(text: string): string {
  return `'${text.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;
}

/** As `CommandLineToArgvW` reads it back: backslashes are doubled before a quotation mark only. */
export function windowsArgument(text: string): string {
  if (/^[^\s"]+$/.test(text)) return text;
  return `"${text.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}
