import { existsSync } from 'node:fs';
import { win32 } from 'node:path';
import { obey, said, type Computer } from './computer.ts';

/** Below the folders for programs; Edge is part of the system, so it comes last. */
const places = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];
const programFolders = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'];

/** In the order in which they are tried. */
export function browserPlaces(env: NodeJS.ProcessEnv): string[] {
  const folders = programFolders.flatMap((name) => env[name] ?? []);
  return places.flatMap((place) => folders.map((folder) => win32.join(folder, ...place)));
}

/** @param ask what a program says. @param order gives the system a command. Both are replaced in tests, which run on no Windows. */
export function windowsComputer(ask: typeof said, order: typeof obey): Computer {
  const powershell = (command: string): Promise<string> =>
    ask('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', command]);
  return {
    browsers: () => Promise.resolve(browserPlaces(process.env).filter((file) => existsSync(file))),

    async endPrograms(argument) {
      // The argument travels as a quoted text of PowerShell; only a quotation mark means something in it, and curly ones are marks there, too.
      const quoted = `'${argument.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;
      await powershell(
        `Get-CimInstance Win32_Process | Where-Object { $_.ProcessId -ne $PID -and $_.CommandLine -and $_.CommandLine.Contains(${quoted}) } | ` +
          'ForEach-Object { Stop-Process -Id $_.ProcessId -Force -ErrorAction SilentlyContinue }',
      );
    },

    // Without the comment the system asks why; `/f` closes what would hold it up.
    restart: () => order([['shutdown.exe', '/r', '/f', '/t', '5', '/c', 'Invigil']]),
    shutDown: () => order([['shutdown.exe', '/s', '/f', '/t', '5', '/c', 'Invigil']]),

    bootMark: async () =>
      (await powershell('(Get-CimInstance Win32_OperatingSystem).LastBootUpTime.ToFileTimeUtc()')).trim(),
  };
}

export const windows = windowsComputer(said, obey);
