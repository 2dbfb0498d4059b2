/** A small file system of its own, to be filled up: Linux as root can mount one in memory. Elsewhere such tests are shown as skipped, with this reason. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeSync, openSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function mayMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    const disk = smallDisk(64);
    disk.remove();
    return true;
  } catch {
    return false;
  }
}

export interface SmallDisk {
  readonly path: string;
  /** Takes all the space there is left. */
  fill(): void;
  /** Gives it back. */
  free(): void;
  remountReadOnly(): void;
  /** Whoever set it up found more space than there is from now on. */
  resize(kilobytes: number): void;
  remove(): void;
}

export function smallDisk(kilobytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'invigil-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', path], { stdio: 'pipe' });
  } catch (error) {
    rmSync(path, { recursive: true });
    throw error;
  }
  const filler = join(path, 'filler');
  return {
    path,
    fill() {
      const file = openSync(filler, 'a');
      try {
        for (const size of [65_536, 1]) fillWith(file, Buffer.alloc(size, 1));
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(filler, { force: true }),
    remountReadOnly: () => void execFileSync('mount', ['-o', 'remount,ro', path]),
    resize: (now) => void execFileSync('mount', ['-o', `remount,size=${now}k`, path]),
    remove() {
      execFileSync('umount', ['-l', path]);
      rmSync(path, { recursive: true });
    },
  };
}

function fillWith(file: number, piece: Buffer): void {
  try {
    for (;;) writeSync(file, piece);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

/** Null: this machine can; otherwise why a test is left out. */
export const noSmallDisk: string | null = mayMount()
  ? null
  : 'a small disk needs root on Linux (mount -t tmpfs)';
