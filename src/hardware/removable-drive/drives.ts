/** Drives that can be taken out and carried away, as the operating system has mounted them. */
import { readdir, readFile, statfs } from 'node:fs/promises';
import { basename } from 'node:path';

export interface Drive {
  readonly path: string;
  readonly name: string;
  readonly freeBytes: number;
}

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

export async function removableDrives(): Promise<Drive[]> {
  const found: Drive[] = [];
  for (const path of await candidates()) {
    try {
      const { bavail, bsize } = await statfs(path);
      found.push({ path, name: basename(path) || path, freeBytes: Number(bavail) * Number(bsize) });
    } catch {
      // No drive behind this letter, or one that was pulled out just now: it is not there.
    }
  }
  return found;
}
