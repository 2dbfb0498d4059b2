/** Drives that can be taken out and carried away, as the operating system has mounted them. */
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Drive, Drives } from './port.ts';

/** Where Linux desktops and people mount sticks. */
const mountedByPeople = /^\/(media|run\/media|mnt)\//;

async function candidates(): Promise<string[]> {
  if (process.platform === 'win32')
    // A and B are floppies, C is the system's own.
    return Array.from('DEFGHIJKLMNOPQRSTUVWXYZ', (letter) => `${letter}:\\`);
  if (process.platform === 'darwin') {
    const names = await readdir('/Volumes').catch(() => []);
    return names.map((name) => `/Volumes/${name}`);
  }
  const mounts = await readFile('/proc/self/mounts', 'utf8').catch(() => '');
  return mountPoints(mounts).filter((path) => mountedByPeople.test(path));
}

/** Second column of the mount table, where a blank is written `\040`. */
export function mountPoints(table: string): string[] {
  return table
    .split('\n')
    .flatMap((line) => line.split(' ')[1] ?? [])
    .map((path) =>
      path.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8))),
    );
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return Number(bavail) * Number(bsize);
}

async function foldersIn(folder: string): Promise<string[]> {
  // A share of the network that is away, or not there yet, holds no sticks.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}

async function pluggedIn(paths: readonly string[]): Promise<Drive[]> {
  const found: Drive[] = [];
  for (const path of paths) {
    try {
      found.push({ path, name: basename(path) || path, freeBytes: await freeBytes(path) });
    } catch {
      // No drive behind this letter, or one that was pulled out just now: it is not there.
    }
  }
  return found;
}

export const removableDrives: Drives = {
  list: async () => pluggedIn(await candidates()),
  freeBytes,
  makeFolder: async (folder) => void (await mkdir(folder, { recursive: true })),
  async create(path) {
    const file = await open(path, 'w');
    return {
      write: async (bytes) => {
        for (let done = 0; done < bytes.length;)
          done += (await file.write(bytes, done, bytes.length - done)).bytesWritten;
      },
      sync: () => file.sync(),
      close: () => file.close(),
    };
  },
  read: (path) => createReadStream(path, { highWaterMark: 1 << 20 }),
  async rename(from, to) {
    await rename(from, to);
    if (process.platform === 'win32') return;
    // The new name is on the drive before anybody is told that it may be pulled out. Windows has no such call.
    const folder = await open(dirname(to), 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  },
};

/** @param folder whose folders count as sticks, too: where a computer mounts them elsewhere, and what computers share in their network */
export function drivesWith(folder: string | undefined): Drives {
  if (folder === undefined) return removableDrives;
  return {
    ...removableDrives,
    list: async () => pluggedIn([...(await candidates()), ...(await foldersIn(folder))]),
  };
}
