import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { homedir, release, type } from 'node:os';
import { basename, join } from 'node:path';
import { onSearchPath } from './search-path.ts';
import { shellFromAway, virtualMaker, type ThisSystem } from './system.ts';

const menuFolders = [
  '/usr/share/applications',
  '/usr/local/share/applications',
  '/var/lib/flatpak/exports/share/applications',
  '/var/lib/snapd/desktop/applications',
  join(homedir(), '.local/share/applications'),
];

export const linux: ThisSystem = {
  async name() {
    const facts = await readFile('/etc/os-release', 'utf8').catch(() => '');
    return /^PRETTY_NAME="?([^"\n]+)/m.exec(facts)?.[1] ?? `${type()} ${release()}`;
  },

  async signs() {
    const dmi = async (fact: string): Promise<string> =>
      readFile(`/sys/class/dmi/id/${fact}`, 'utf8').catch(() => '');
    const cpu = await readFile('/proc/cpuinfo', 'utf8');
    const env = process.env;
    return [
      ...new Set(virtualMaker(await dmi('sys_vendor'), await dmi('product_name'))),
      ...(/^flags\s*:.*\bhypervisor\b/m.test(cpu) ? ['hypervisor'] : []),
      ...(existsSync('/.dockerenv') || existsSync('/run/.containerenv') ? ['container'] : []),
      ...shellFromAway(env),
      ...(env['XRDP_SESSION'] === undefined ? [] : ['XRDP']),
      ...(env['VNCDESKTOP'] === undefined ? [] : ['VNC']),
    ];
  },

  async installed(names) {
    const menu = await menuNames();
    const found: string[] = [];
    for (const name of names)
      if (menu.has(name.toLowerCase()) || (await onSearchPath(name, ['']))) found.push(name);
    return found;
  },

  async computer() {
    const line = async (path: string): Promise<string> =>
      (await readFile(path, 'utf8').catch(() => '')).trim();
    const cards: string[] = [];
    for (const name of await readdir('/sys/class/net').catch(() => [])) {
      const card = join('/sys/class/net', name);
      // Built in or plugged in, and with the address that it was made with: 0 (`addr_assign_type` of the kernel's sysfs-class-net).
      if (!existsSync(join(card, 'device')) || (await line(join(card, 'addr_assign_type'))) !== '0') continue;
      const address = await line(join(card, 'address'));
      if (address !== '' && address !== '00:00:00:00:00:00') cards.push(address);
    }
    return { system: (await line('/etc/machine-id')).slice(0, 200), hardware: cards.toSorted().slice(0, 64) };
  },
};

/** Names of the programs in the desktop's menu, and of the files that name them there; in small letters. */
async function menuNames(): Promise<Set<string>> {
  const names = new Set<string>();
  for (const folder of menuFolders)
    // Which of these folders there are depends on the desktop.
    for (const file of await readdir(folder).catch(() => [])) {
      if (!file.endsWith('.desktop')) continue;
      names.add(basename(file, '.desktop').toLowerCase());
      const entry = await readFile(join(folder, file), 'utf8').catch(() => '');
      const name = /^Name=(.+)$/m.exec(entry)?.[1];
      if (name !== undefined) names.add(name.trim().toLowerCase());
    }
  return names;
}
