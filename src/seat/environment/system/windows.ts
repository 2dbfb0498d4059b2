import { release, version } from 'node:os';
import * as z from 'zod';
import { onSearchPath } from './search-path.ts';
import { said, shellFromAway, virtualMaker, type ThisSystem } from './system.ts';

const computerSchema = z.object({ Manufacturer: z.string().catch(''), Model: z.string().catch('') });
/** PowerShell gives one thing alone, several as a list, and none as nothing. */
const listSchema = z
  .union([z.array(z.string().nullable()), z.string(), z.null()])
  .transform((one) => (Array.isArray(one) ? one : [one]).filter((name) => name !== null));

const identitySchema = z.object({
  system: z.string().max(200).catch(''),
  hardware: z.string().max(200).catch(''),
});
/** What boards say whose maker has given them no number of their own. */
const unmade = /^$|^([0F]{8}-[0F]{4}-[0F]{4}-[0F]{4}-[0F]{12}|03000200-0400-0500-0006-000700080009)$/i;

/** What a command of PowerShell prints. */
export type PowerShell = (command: string) => Promise<string>;

function powershell(command: string): Promise<string> {
  const asUtf8 = '[Console]::OutputEncoding = [Text.Encoding]::UTF8; ';
  return said('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', asUtf8 + command]);
}

const uninstallKeys = [
  'HKLM:\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\*',
  'HKLM:\\Software\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\*',
  'HKCU:\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\*',
];
const appPaths = 'HKLM:\\Software\\Microsoft\\Windows\\CurrentVersion\\App Paths\\*';

/** @param ask replaced in tests, which run on no Windows. */
export const windowsSystem = (ask: PowerShell, env: NodeJS.ProcessEnv): ThisSystem => ({
  name: () => Promise.resolve(`${version()} ${release()}`),

  async signs() {
    const text = await ask(
      'Get-CimInstance Win32_ComputerSystem | Select-Object Manufacturer, Model | ConvertTo-Json -Compress',
    );
    const { Manufacturer, Model } = computerSchema.parse(JSON.parse(text));
    // Of the session in which the seat's program runs: `Console`, or the connection of a remote desktop.
    const session = env['SESSIONNAME'] ?? '';
    return [
      ...new Set(virtualMaker(Manufacturer, Model)),
      ...(/^rdp|^ica/i.test(session) ? [`Remote Desktop (${session.slice(0, 40)})`] : []),
      ...shellFromAway(env),
    ];
  },

  async installed(names) {
    const known = await installedNames(ask);
    const endings = (env['PATHEXT'] ?? '.EXE;.CMD;.BAT').split(';');
    const found: string[] = [];
    for (const name of names) {
      const wanted = name.toLowerCase();
      // "LibreOffice" is there when "LibreOffice 24.2" is.
      const listed = known.some(
        (one) => one === wanted || one === `${wanted}.exe` || one.startsWith(`${wanted} `),
      );
      if (listed || (await onSearchPath(name, ['', ...endings]))) found.push(name);
    }
    return found;
  },

  async computer() {
    const told = await ask(
      '@{ system = (Get-ItemProperty HKLM:\\SOFTWARE\\Microsoft\\Cryptography).MachineGuid; ' +
        'hardware = (Get-CimInstance Win32_ComputerSystemProduct).UUID } | ConvertTo-Json -Compress',
    );
    const { system, hardware } = identitySchema.parse(JSON.parse(told));
    return { system, hardware: unmade.test(hardware) ? [] : [hardware] };
  },
});

export const windows = windowsSystem(powershell, process.env);

/** What the list of installed programs and the registered programs say, in small letters. */
async function installedNames(ask: PowerShell): Promise<string[]> {
  const keys = uninstallKeys.map((key) => `'${key}'`).join(', ');
  const text = await ask(
    `ConvertTo-Json -Compress @(@(Get-ItemProperty ${keys} -ErrorAction SilentlyContinue | ForEach-Object { $_.DisplayName }) + ` +
      `@(Get-ChildItem '${appPaths}' -ErrorAction SilentlyContinue | ForEach-Object { $_.PSChildName }))`,
  );
  return listSchema.parse(text.trim() === '' ? null : JSON.parse(text)).map((name) => name.toLowerCase());
}
