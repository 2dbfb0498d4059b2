/**
 * A stick: a file system that is mounted where sticks are, and pulled out while somebody writes. What lies on it stays, and is looked at without
 * plugging it in. Linux as root can; elsewhere the tests that need one are shown as skipped, with this reason.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { noSmallDisk } from '../faults/small-disk.ts';

export const noSticks: string | null =
  noSmallDisk === null ? null : 'sticks need root on Linux (mount below /media)';

const mount = (...given: readonly string[]): void => void execFileSync('mount', given, { stdio: 'pipe' });

export class Stick {
  /** What is on it, for whoever needs no drive to look. */
  readonly content: string;
  /** Where it is found while it is plugged in. */
  readonly place: string;

  /** @param content a folder of this computer, which becomes the stick's */
  constructor(content: string) {
    this.content = content;
    mkdirSync(content, { recursive: true });
    mkdirSync('/media', { recursive: true });
    this.place = join(mkdtempSync('/media/invigil-'), 'STICK');
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
    rmSync(this.place, { recursive: true });
  }

  /** After somebody else has pulled it out. */
  plugInAgain(): void {
    mount('--bind', this.content, this.place);
  }

  throwAway(): void {
    // A test that failed may have left it pulled out; and it may have been a folder of this computer all the time.
    for (const place of [this.place, this.content])
      try {
        execFileSync('umount', ['-l', place], { stdio: 'pipe' });
      } catch {
        continue;
      }
    rmSync(dirname(this.place), { recursive: true });
  }
}
