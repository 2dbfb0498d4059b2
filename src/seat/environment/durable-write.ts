/** A write that must survive a power cut, timed, and read back: the promise "kept on this seat" stands on it. */
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from '../../base/ids.ts';
import type { MeasuredValues } from '../../exam/environment/measured.ts';

const rounds = 5;
const size = 65_536;

export async function durableWrite(folder: string): Promise<MeasuredValues['storage']> {
  const path = join(folder, 'environment-check.tmp');
  const times: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const content = randomBytes(size);
      const file = await open(path, 'w');
      try {
        await file.write(content);
        const begun = performance.now();
        await file.sync();
        times.push(performance.now() - begun);
      } finally {
        await file.close();
      }
      if (!(await readFile(path)).equals(content)) return { fsyncMs: null, problem: 'read-back-differs' };
    }
    // One that waited for another program's work says nothing of the disk.
    return { fsyncMs: times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? null, problem: null };
  } catch (error) {
    return { fsyncMs: null, problem: codeOf(error) };
  } finally {
    // A disk that does not even let go of the file has been judged above.
    await rm(path, { force: true }).catch(() => undefined);
  }
}

/** The system's name for what went wrong. */
export function codeOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code ?? message ?? String(error)).slice(0, 100);
}
