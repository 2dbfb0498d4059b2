/**
 * A stick: a file system that is mounted where sticks are, and pulled out while somebody writes. What lies on it stays, and is looked at without
 * plugging it in. Linux as root can; elsewhere the tests that need one are shown as skipped, with this reason.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { noSmallDisk } from '../faults/small-disk.ts';

export const noSticks: string | null = noSmallDisk === null ? null : 'sticks need root on Linux (mount)';

const mount = (...given: readonly string[]): void => void execFileSync('mount', given, { stdio: 'pipe' });

export class Stick {
  /** What is on it, for whoever needs no drive to look. */
  readonly content: string;
  /** Where it is found while it is plugged in. */
  readonly place: string;

  /**
   * @param content a folder of this computer, which becomes the stick's
   * @param sticks where the computer looks for sticks
   */
  constructor(content: string, sticks: string) {
    this.content = content;
    for (const folder of [content, sticks]) mkdirSync(folder, { recursive: true });
    this.place = join(sticks, 'STICK');
  }

  /** It has so much space from now on, and nothing on it. */
  format(kilobytes: number): void {
    mount('-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', this.content);
  }

  plugIn(): void {
    mkdirSync(this.place);
    mount('--bind', this.content, this.place);
  }

  /** Without a word: whoever writes finds out. */
  pullOut(): void {
    execFileSync('umount', ['-l', this.place]);
    rmdirSync(this.place);
  }

  throwAway(): void {
    // It may have been pulled out, and a folder of this computer all the time.
    for (const place of [this.place, this.content])
      try {
        execFileSync('umount', ['-l', place], { stdio: 'pipe' });
      } catch {
        continue;
      }
  }
}
