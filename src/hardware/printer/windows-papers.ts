/**
 * A paper on its way to a printer of Windows is a file for as long as SumatraPDF takes: an exam's paper, in the clear. What is only removed can be
 * read from the drive, and what a kill left lies there; both are written over.
 */
import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** With the process that works in it: a folder of one that is no more is left over. */
const ofProcess = /^invigil-print-(\d{1,10})-/;

export function paperFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), `invigil-print-${process.pid}-`));
}

export async function removePapers(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) await overwrite(join(folder, name));
  await rm(folder, { recursive: true, force: true });
}

export async function removeLeftOver(): Promise<void> {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const id = ofProcess.exec(name)?.[1];
    if (id !== undefined && !isAlive(Number(id)))
      await removePapers(join(tmpdir(), name)).catch(() => undefined);
  }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

async function overwrite(path: string): Promise<void> {
  try {
    const file = await open(path, 'r+');
    try {
      const { size } = await file.stat();
      await file.write(new Uint8Array(size), 0, size, 0);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    // It was never written, or the program still holds it: removing is what is left.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}
