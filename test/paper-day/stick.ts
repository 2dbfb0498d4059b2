/**
 * A stick: a file system that is mounted where sticks are, and pulled out while somebody writes. What lies on it stays, and is looked at without
 * plugging it in. Linux as root can; elsewhere the tests that need one are shown as skipped, with this reason.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noSmallDisk } from '../faults/small-disk.ts';

export const noSticks: string | null = noSmallDisk === null ? null : 'sticks need root on Linux (mount)';

const mount = (...given: readonly string[]): void => void execFileSync('mount', given, { stdio: 'pipe' });

function canForge(): boolean {
  if (noSticks !== null) return false;
  const stick = new Stick(
    mkdtempSync(join(tmpdir(), 'invigil-forged-')),
    mkdtempSync(join(tmpdir(), 'invigil-sticks-')),
  );
  try {
    stick.formatForged(1_024, 512);
    return true;
  } catch {
    return false;
  } finally {
    stick.throwAway();
  }
}

export class Stick {
  /** What is on it, for whoever needs no drive to look. */
  readonly content: string;
  /** Where it is found while it is plugged in. */
  readonly place: string;
  #chip: string | null = null;

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

  /**
   * It says that it has so much space and holds less: a cheap one with a forged size, or one that is worn. Whoever writes more hears of it when he
   * wants to know that it is there, and not before.
   */
  formatForged(kilobytes: number, holds: number): void {
    const chip = `${this.content}.chip`;
    mkdirSync(chip);
    mount('-t', 'tmpfs', '-o', `size=${holds}k`, 'tmpfs', chip);
    this.#chip = chip;
    const image = join(chip, 'image');
    execFileSync('truncate', ['-s', `${kilobytes}k`, image]);
    execFileSync('mke2fs', ['-q', '-F', '-m', '0', '-N', '64', '-E', 'nodiscard', image], { stdio: 'pipe' });
    mount('-o', 'loop', image, this.content);
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
    if (existsSync(this.place)) this.pullOut();
    for (const place of [this.content, this.#chip])
      try {
        if (place !== null) execFileSync('umount', ['-l', place], { stdio: 'pipe' });
      } catch {
        // A folder of this computer all the time.
      }
  }
}

/** null: this machine can make a stick that holds less than it says. */
export const noForgedSticks: string | null = canForge()
  ? null
  : 'a forged stick needs root, mke2fs and loop devices';
