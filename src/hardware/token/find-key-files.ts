/** Key files on drives that are plugged in. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Drives } from '../removable-drive/port.ts';
import { openKeyFile } from './key-file.ts';
import type { Token } from './port.ts';

/** A key file has some hundred bytes. */
const mostBytes = 64 * 1024;
/** Of one folder: a stick full of somebody's files is looked through quickly. */
const mostLookedAt = 500;

export interface FoundKeyFile {
  readonly path: string;
  readonly token: Token;
}

/** Looks into the drives and one folder deep, whatever the files are called. */
export async function findKeyFiles(drives: Pick<Drives, 'list'>): Promise<FoundKeyFile[]> {
  const found: FoundKeyFile[] = [];
  for (const { path } of await drives.list()) {
    const folders = [path];
    for (const entry of await readdir(path, { withFileTypes: true }).catch(() => []))
      if (entry.isDirectory()) folders.push(join(path, entry.name));
    for (const folder of folders) found.push(...(await keyFilesIn(folder)));
  }
  return found;
}

async function keyFilesIn(folder: string): Promise<FoundKeyFile[]> {
  const found: FoundKeyFile[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.slice(0, mostLookedAt)) {
    const path = join(folder, entry.name);
    if (!entry.isFile() || !(await isSmall(path))) continue;
    const token = openKeyFile(path);
    if (token.ok) found.push({ path, token: token.value });
  }
  return found;
}

async function isSmall(path: string): Promise<boolean> {
  return stat(path).then(
    ({ size }) => size > 0 && size <= mostBytes,
    // Pulled out just now.
    () => false,
  );
}
