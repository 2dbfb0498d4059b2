import { constants } from 'node:fs';
import { access, readdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { obey, type Computer } from './computer.ts';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];
/** A service may have been started with a short search path. */
const usualFolders = ['/usr/bin', '/usr/local/bin', '/snap/bin'];
const lookEveryMs = 100;
export const linux: Computer = {
  async browsers() {
    const folders = new Set([
      ...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''),
      ...usualFolders,
    ]);
    const found: string[] = [];
    for (const name of names)
      for (const folder of folders) if (await startable(join(folder, name))) found.push(join(folder, name));
    return found;
  },

  async endPrograms(argument, patienceMs) {
    const all = await withArgument(argument);
    if (all.length === 0) return;
    if (patienceMs > 0) signal(all, 'SIGTERM');
    for (let waited = 0; waited < patienceMs; waited += lookEveryMs) {
      await sleep(lookEveryMs);
      if ((await withArgument(argument)).length === 0) return;
    }
    signal(await withArgument(argument), 'SIGKILL');
  },

  // Without systemd there is the older command; a desktop's user may do both by the rules of polkit.
  restart: () =>
    obey([
      ['systemctl', 'reboot'],
      ['loginctl', 'reboot'],
      ['shutdown', '-r', 'now'],
    ]),
  shutDown: () =>
    obey([
      ['systemctl', 'poweroff'],
      ['loginctl', 'poweroff'],
      ['shutdown', '-h', 'now'],
    ]),

  bootMark: async () => (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim(),
};

async function startable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    // Not there, or not for this user: not a browser for this screen.
    return false;
  }
}

async function withArgument(argument: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    // A process may end between the two, and those of other users may not be read.
    const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (line.split('\0').includes(argument)) found.push(Number(name));
  }
  return found;
}

function signal(processes: readonly number[], name: NodeJS.Signals): void {
  for (const id of processes)
    try {
      process.kill(id, name);
    } catch (error) {
      // It has ended by itself meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
}
