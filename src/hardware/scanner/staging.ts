/**
 * Where the pages of a scanner lie between the scanner and the caller: on the disk before they are given, and until they are kept. A page is a file
 * under its own name or is not there; what a kill interrupted has another ending and is cleared away.
 */
import { mkdir, open, readdir, readFile, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { formatOf } from './page-image.ts';
import type { ScannedPage, ScanRequest, ScanStep } from './port.ts';

/** `000012-<run>-0003.jpg`: runs one after the other, and the pages in each. */
const pageName = /^(\d{6})-([0-9a-z]{16})-(\d{4,})\.(jpg|tif)$/;

export class Staging {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Where a program puts what it scans, in a folder for each run. */
  get unfinished(): string {
    return join(this.#folder, 'unfinished');
  }

  /**
   * Pages of earlier scans that nobody kept, each as a step.
   * @returns the name of the run that comes now, or why pages cannot be kept here
   */
  async *begin(isKept: ScanRequest['isKept']): AsyncGenerator<ScanStep, Result<string>, undefined> {
    let names: string[];
    try {
      await mkdir(this.#folder, { recursive: true });
      names = (await readdir(this.#folder)).toSorted();
    } catch (error) {
      return this.#failed(error);
    }
    const runs = await readdir(this.unfinished).catch(() => []);
    let last = Math.max(0, ...runs.map((run) => parseInt(run, 10) || 0));
    for (const name of names) {
      const [, number, run, position] = pageName.exec(name) ?? [];
      if (number === undefined) {
        if (name.endsWith('.part')) await rm(join(this.#folder, name), { force: true });
        continue;
      }
      last = Math.max(last, Number(number));
      const id = `${run}-${position}`;
      if (isKept?.(id) === true) {
        await rm(join(this.#folder, name), { force: true });
        continue;
      }
      const bytes = new Uint8Array(await readFile(join(this.#folder, name)));
      yield { step: 'page', page: this.#page(name, id, Number(position), bytes, []) };
    }
    return ok(`${String(last + 1).padStart(6, '0')}-${newId()}`);
  }

  /** On the disk when it resolves. Refusal: `scan-page-not-written`. */
  async add(
    run: string,
    position: number,
    bytes: Uint8Array,
    words: readonly string[],
  ): Promise<Result<ScannedPage>> {
    const number = String(position).padStart(4, '0');
    const name = `${run}-${number}.${formatOf(bytes) === 'tiff' ? 'tif' : 'jpg'}`;
    const to = join(this.#folder, name);
    try {
      const file = await open(`${to}.part`, 'w');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${to}.part`, to);
    } catch (error) {
      return this.#failed(error);
    }
    return ok(this.#page(name, `${run.slice(run.indexOf('-') + 1)}-${number}`, position, bytes, words));
  }

  /**
   * Asked before another program writes here: some do not notice that the disk is full, and draw one sheet after the other in.
   * @returns `scan-page-not-written`; null: there is room for so many bytes
   */
  async noRoomFor(bytes: number): Promise<Refusal | null> {
    const { bavail, bsize } = await statfs(this.#folder);
    return Number(bavail) * Number(bsize) < bytes
      ? { type: 'scan-page-not-written', path: this.#folder, code: 'ENOSPC' }
      : null;
  }

  async holds(run: string, position: number): Promise<boolean> {
    const names = await readdir(this.#folder);
    const start = `${run}-${String(position).padStart(4, '0')}.`;
    return names.some((name) => name.startsWith(start) && !name.endsWith('.part'));
  }

  #page(
    name: string,
    id: string,
    position: number,
    bytes: Uint8Array,
    words: readonly string[],
  ): ScannedPage {
    return {
      id,
      position,
      bytes,
      format: name.endsWith('.tif') ? 'tiff' : 'jpeg',
      name: null,
      words,
      kept: async () => {
        try {
          await rm(join(this.#folder, name), { force: true });
          return ok();
        } catch (error) {
          return this.#failed(error);
        }
      },
    };
  }

  #failed(error: unknown): Result<never> {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return refuse({ type: 'scan-page-not-written', path: this.#folder, code });
  }
}
