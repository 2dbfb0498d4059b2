/** Lays files into a working folder and takes the folder away again, as far as other programs let go of it. */
import { cp, mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { newId } from '../../base/ids.ts';
import { writeDurably } from '../../store/blobs.ts';
import { isFolder, isHeldBack, statusOf } from './read-folder.ts';

/** Whole or not at all; a file that stands there is replaced. The half-written one has a name that is nobody's answer. */
export async function putFile(
  folder: string,
  name: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<void> {
  const partial = join(folder, `~${newId()}.tmp`);
  try {
    await writeDurably(partial, content);
    await rename(partial, join(folder, name));
  } finally {
    await rm(partial, { force: true });
  }
}

/** Clears a folder away. @param keepIn moved into this one; null: deleted. @returns names of what other programs hold on to. */
export async function closeFolder(folder: string, keepIn: string | null): Promise<string[]> {
  // A link in its place is not ours to empty.
  if (!(await isFolder(folder))) return [];
  if (keepIn !== null) {
    await mkdir(keepIn, { recursive: true });
    const target = join(keepIn, `${basename(folder)} ${newId()}`);
    try {
      await rename(folder, target);
      return [];
    } catch (error) {
      // On another disk, or held open: file by file.
      if (!isHeldBack(error) && (error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    }
    await cp(folder, target, { recursive: true, verbatimSymlinks: true, filter: copies });
  }
  return remove(folder);
}

/** Only what can be copied: a locked file would end the copying of the others, a pipe would wait for ever. */
async function copies(path: string): Promise<boolean> {
  const status = await statusOf(path);
  if (status === null || status.isDirectory()) return status !== null;
  if (!status.isFile()) return false;
  return unlessHeld(async () => (await open(path, 'r')).close());
}

async function remove(folder: string): Promise<string[]> {
  const left: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) left.push(...(await remove(path)).map((name) => `${entry.name}/${name}`));
    else if (!(await unlessHeld(() => rm(path, { force: true })))) left.push(entry.name);
  }
  if (left.length === 0 && !(await unlessHeld(() => rmdir(folder)))) left.push(basename(folder));
  return left;
}

async function unlessHeld(act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (isHeldBack(error) || (error as NodeJS.ErrnoException).code === 'ENOTEMPTY') return false;
    throw error;
  }
}
