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

/** Of this process: what a program still held when it was to be removed. */
const held = new Set<string>();

/** What cannot be removed now is tried again with every look for what is left over. */
export async function removePapers(folder: string): Promise<void> {
  try {
    for (const name of await readdir(folder)) await overwrite(join(folder, name));
    await rm(folder, { recursive: true, force: true });
    held.delete(folder);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    if (codeOf(error) === 'ENOENT') held.delete(folder);
    else held.add(folder);
  }
}

/** Of programs that were killed, and what this one could not remove before. @returns the folders that stay: somebody has to see to them */
export async function removeLeftOver(): Promise<string[]> {
  const temporary = tmpdir();
  const left = (await readdir(temporary)).filter((name) => {
    const id = ofProcess.exec(name)?.[1];
    return id !== undefined && !isAlive(Number(id));
  });
  for (const folder of new Set([...left.map((name) => join(temporary, name)), ...held]))
    await removePapers(folder);
  return [...held];
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
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
    if (codeOf(error) === undefined) throw error;
  }
}

/** The system's; undefined: the error is not the system's. */
function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
