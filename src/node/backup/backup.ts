/**
 * Copies of what may not be lost, on a drive that can be carried away. A copy counts when it was read back the same; until then it is called
 * `….incomplete`, so that nobody takes a half for the whole. One is written at a time.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import type { Drive, Drives } from '../../hardware/removable-drive/port.ts';
import type { DrivesView } from './contract.ts';

export interface BackupFile {
  readonly name: string;
  readonly size: number;
  /** SHA-256, hex. */
  readonly digest: string;
  content(): AsyncIterable<Uint8Array>;
}

export const incompleteEnding = '.incomplete';

export class Backups {
  readonly #drives: Drives;
  readonly #listeners = new Set<() => void>();
  #writing: DrivesView['writing'] = null;

  constructor(drives: Drives) {
    this.#drives = drives;
  }

  async view(): Promise<DrivesView> {
    return { drives: await this.#drives.list(), writing: this.#writing };
  }

  onProgress(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * @param folder on a drive, or any other folder; made where it is missing.
   * @returns refusals `backup-running`, `backup-drive-full`, `drive-pulled-out`, `backup-not-readable`, `backup-failed`. The drive then
   *          holds what was complete before, and at most one file with the ending `.incomplete`; the next try goes over it.
   */
  async write(folder: string, files: readonly BackupFile[]): Promise<Result<{ bytes: number }>> {
    if (this.#writing !== null) return refuse({ type: 'backup-running', folder: this.#writing.folder });
    const allBytes = files.reduce((sum, file) => sum + file.size, 0);
    this.#tell({ folder, stage: 'writing', doneBytes: 0, allBytes });
    const drive = driveOf(await this.#drives.list(), folder);
    let current = '';
    try {
      await this.#drives.makeFolder(folder);
      const free = await this.#drives.freeBytes(folder);
      if (free < allBytes) return refuse({ type: 'backup-drive-full', folder, free, needed: allBytes });
      let doneBytes = 0;
      for (const file of files) {
        current = `${file.name}${incompleteEnding}`;
        const whole = await this.#copy(file, folder, doneBytes, allBytes);
        if (!whole) return refuse({ type: 'backup-not-readable', file: join(folder, file.name) });
        doneBytes += file.size;
      }
      // Where a drive was there may be an empty folder of this computer afterwards: that is no backup.
      if (drive && !(await this.#pluggedIn(drive))) return refuse(pulledOut(folder, current));
      return ok({ bytes: allBytes });
    } catch (error) {
      return refuse(await this.#failure(error, { folder, current, drive, allBytes }));
    } finally {
      this.#tell(null);
    }
  }

  async #copy(file: BackupFile, folder: string, before: number, allBytes: number): Promise<boolean> {
    const path = join(folder, file.name);
    const incomplete = `${path}${incompleteEnding}`;
    const target = await this.#drives.create(incomplete);
    let doneBytes = before;
    try {
      for await (const bytes of file.content()) {
        await target.write(bytes);
        doneBytes += bytes.length;
        this.#tell({ folder, stage: 'writing', doneBytes, allBytes });
      }
      await target.sync();
    } finally {
      await target.close();
    }
    const hash = createHash('sha256');
    let readBytes = before;
    for await (const bytes of this.#drives.read(incomplete)) {
      hash.update(bytes);
      readBytes += bytes.length;
      this.#tell({ folder, stage: 'checking', doneBytes: readBytes, allBytes });
    }
    if (hash.digest('hex') !== file.digest) return false;
    await this.#drives.rename(incomplete, path);
    return true;
  }

  /** What a person can put right; anything else is our own fault and is thrown on. */
  async #failure(
    error: unknown,
    about: { folder: string; current: string; drive: Drive | null; allBytes: number },
  ): Promise<Refusal> {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const { folder, current, drive, allBytes } = about;
    if (drive && !(await this.#pluggedIn(drive))) return pulledOut(folder, current);
    const free = code === 'ENOSPC' ? await this.#drives.freeBytes(folder) : allBytes;
    // One that says it has room and takes nothing is broken, or its size is forged: to make room there would not help.
    if (free < allBytes) return { type: 'backup-drive-full', folder, free, needed: allBytes };
    return { type: 'backup-failed', directory: folder, code };
  }

  async #pluggedIn(drive: Drive): Promise<boolean> {
    return (await this.#drives.list()).some((one) => one.path === drive.path);
  }

  #tell(writing: DrivesView['writing']): void {
    this.#writing = writing;
    for (const listener of this.#listeners) listener();
  }
}

function pulledOut(folder: string, file: string): Refusal {
  return { type: 'drive-pulled-out', folder, file };
}

function driveOf(drives: readonly Drive[], folder: string): Drive | null {
  const inside = (path: string): boolean =>
    folder === path || ['/', '\\'].some((sep) => folder.startsWith(path.endsWith(sep) ? path : path + sep));
  return drives.find((drive) => inside(drive.path)) ?? null;
}
