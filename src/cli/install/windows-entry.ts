/** The entry under "Apps" in the settings of Windows (registry key `Uninstall`): `reg.exe` writes it, no library is needed. */
import { win32 } from 'node:path';
import type { Command, Wanted } from './installation.ts';
import { windowsArgument } from './rights.ts';

const key = (scope: Wanted['scope']): string =>
  `${scope === 'system' ? 'HKLM' : 'HKCU'}\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Invigil seat`;

/** @param folder of the program. @param bytes it takes on the disk. */
export function entryCommands(
  scope: Wanted['scope'],
  about: { readonly folder: string; readonly version: string; readonly bytes: number },
): Command[] {
  const { folder, version, bytes } = about;
  const runtime = win32.join(folder, 'runtime', 'windows', 'node.exe');
  const uninstall = [runtime, win32.join(folder, 'dist', 'program', 'main.mjs'), 'seat', 'uninstall'];
  const values: readonly (readonly [name: string, type: string, value: string])[] = [
    ['DisplayName', 'REG_SZ', 'Invigil seat'],
    ['DisplayVersion', 'REG_SZ', version],
    ['Publisher', 'REG_SZ', 'Invigil'],
    ['InstallLocation', 'REG_SZ', folder],
    ['DisplayIcon', 'REG_SZ', runtime],
    ['UninstallString', 'REG_SZ', uninstall.map(windowsArgument).join(' ')],
    ['EstimatedSize', 'REG_DWORD', String(Math.ceil(bytes / 1024))],
    ['NoModify', 'REG_DWORD', '1'],
    ['NoRepair', 'REG_DWORD', '1'],
  ];
  // The 64-bit view: where Windows keeps what 64-bit programs say of themselves.
  return values.map(([name, type, value]) => ({
    program: 'reg.exe',
    parameters: ['add', key(scope), '/v', name, '/t', type, '/d', value, '/f', '/reg:64'],
  }));
}

export function forgetEntry(scope: Wanted['scope']): Command {
  return { program: 'reg.exe', parameters: ['delete', key(scope), '/f', '/reg:64'] };
}

/**
 * Takes the program's folder away once this process has ended: Windows deletes no program that runs.
 * @returns what a command processor without a window does.
 */
export function removeFolderLater(folder: string): Command {
  // `ping` waits: `timeout` refuses without a console. Within quotation marks only `%` means something, and a folder's name seldom has one.
  const gone = `rd /s /q "${folder}"`;
  return {
    program: 'cmd.exe',
    parameters: [
      '/d',
      '/s',
      '/c',
      `"ping -n 4 127.0.0.1 >nul & ${gone} & if exist "${folder}" (ping -n 10 127.0.0.1 >nul & ${gone})"`,
    ],
  };
}
