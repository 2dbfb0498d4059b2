/**
 * Where uploads lie until they are whole. Files there have names of our own: nothing that a client says is part of a path on the disk.
 *
 * `….arriving` is being written, `….unfinished` was cut off and waits to be gone on with, `….whole` is being handed over.
 */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { diskRefusal } from '../../store/disk-refusal.ts';
import { showPath } from './path.ts';
import type { ReceivedFile, TreePath } from './tree.ts';

/** Whoever is behind the tree may allow less. */
export const largestUpload = 8 * 1024 ** 3;
/** The evening's upload is gone on with in the morning, not next week. */
const keptMs = 24 * 60 * 60 * 1000;
/** Of one owner; the oldest go first. */
const mostUnfinished = 16;

export class Quarantine {
  readonly #folder: string;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #underWay = new Set<string>();

  private constructor(folder: string, clock: Pick<Clock, 'now'>) {
    this.#folder = folder;
    this.#clock = clock;
  }

  static async open(folder: string, clock: Pick<Clock, 'now'>): Promise<Quarantine> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Of these it is not known how much reached the disk before the process or the computer died.
    for (const name of await readdir(folder))
      if (/\.(arriving|whole)$/.test(name)) await rm(join(folder, name), { force: true });
    const quarantine = new Quarantine(folder, clock);
    await quarantine.#tidy();
    return quarantine;
  }

  /** Bytes of an upload that was cut off; null: there is none. */
  async unfinished(owner: string, path: TreePath): Promise<number | null> {
    return sizeOf(this.#file(keyOf(owner, path), 'unfinished'));
  }

  /** One upload of a name at a time; it goes on after what `continueAt` says. */
  async begin(owner: string, path: TreePath, limit: number): Promise<Result<Upload>> {
    const key = keyOf(owner, path);
    if (this.#underWay.has(key)) return refuse({ type: 'gateway-upload-under-way' });
    this.#underWay.add(key);
    try {
      await this.#tidy(owner);
      const held = (await this.unfinished(owner, path)) ?? 0;
      const arriving = this.#file(key, 'arriving');
      if (held > 0) await rename(this.#file(key, 'unfinished'), arriving);
      const handle = await open(arriving, held > 0 ? 'r+' : 'w', 0o600);
      const files = {
        arriving,
        unfinished: this.#file(key, 'unfinished'),
        whole: this.#file(newId(), 'whole'),
      };
      return ok(
        new Upload(handle, files, held, Math.min(limit, largestUpload), () => this.#underWay.delete(key)),
      );
    } catch (error) {
      this.#underWay.delete(key);
      return refused(error);
    }
  }

  #file(key: string, state: 'arriving' | 'unfinished' | 'whole'): string {
    return join(this.#folder, `${key}.${state}`);
  }

  async #tidy(owner?: string): Promise<void> {
    const waiting: { file: string; at: number; name: string }[] = [];
    for (const name of await readdir(this.#folder)) {
      if (!name.endsWith('.unfinished')) continue;
      const file = join(this.#folder, name);
      const at = (await stat(file).catch(() => null))?.mtimeMs;
      if (at === undefined) continue;
      if (at < this.#clock.now() - keptMs) await rm(file, { force: true });
      else waiting.push({ file, at, name });
    }
    if (owner === undefined) return;
    const own = waiting
      .filter(({ name }) => name.startsWith(`${ownerKey(owner)}-`))
      .sort((a, b) => b.at - a.at);
    for (const { file } of own.slice(mostUnfinished)) await rm(file, { force: true });
  }
}

interface Files {
  readonly arriving: string;
  readonly unfinished: string;
  readonly whole: string;
}

/** Ends with exactly one of `complete`, `leave` and `discard`; whoever calls waits for one step before the next. */
export class Upload {
  readonly #handle: FileHandle;
  readonly #files: Files;
  readonly #limit: number;
  readonly #over: () => void;
  #hash: Hash = createHash('sha256');
  #size: number;
  #begun = false;
  #ended = false;
  #failed: Refusal | null = null;

  constructor(handle: FileHandle, files: Files, held: number, limit: number, over: () => void) {
    this.#handle = handle;
    this.#files = files;
    this.#size = held;
    this.#limit = limit;
    this.#over = over;
  }

  /** Bytes that are here. */
  get size(): number {
    return this.#size;
  }

  /** False until `continueAt` has said where it goes on. */
  get begun(): boolean {
    return this.#begun;
  }

  /** @param start how many of the bytes that are here count; what follows them is replaced. */
  async continueAt(start: number): Promise<Result<void>> {
    if (start > this.#size) return refuse({ type: 'gateway-nothing-to-resume', held: this.#size, start });
    try {
      await this.#handle.truncate(start);
      this.#hash = createHash('sha256');
      if (start > 0)
        for await (const chunk of createReadStream(this.#files.arriving, { highWaterMark: 1024 * 1024 }))
          this.#hash.update(chunk as Buffer);
    } catch (error) {
      return this.#fail(error);
    }
    this.#size = start;
    this.#begun = true;
    return ok();
  }

  /** After a refusal nothing more is taken, and the upload can only be ended. */
  async write(chunk: Uint8Array): Promise<Result<void>> {
    if (this.#failed) return { ok: false, refusal: this.#failed };
    if (this.#size + chunk.length > this.#limit) {
      this.#failed = { type: 'file-too-large', limit: this.#limit };
      return { ok: false, refusal: this.#failed };
    }
    try {
      for (let done = 0; done < chunk.length;)
        done += (await this.#handle.write(chunk, done, chunk.length - done, this.#size + done)).bytesWritten;
    } catch (error) {
      return this.#fail(error);
    }
    this.#hash.update(chunk);
    this.#size += chunk.length;
    return ok();
  }

  /** Once it is on the disk, and nobody else can change it. A refusal means that nothing of it is left. */
  async complete(give: (received: ReceivedFile) => Promise<Result<void>>): Promise<Result<void>> {
    if (this.#failed || !this.#begun) {
      await this.discard();
      return { ok: false, refusal: this.#failed ?? { type: 'gateway-nothing-sent' } };
    }
    const { arriving, whole } = this.#files;
    try {
      await this.#handle.sync();
      await this.#handle.close();
      await rename(arriving, whole);
      return await give({ file: whole, size: this.#size, sha256: this.#hash.digest('hex') });
    } catch (error) {
      return refused(error);
    } finally {
      await this.#end(whole);
    }
  }

  /**
   * It was cut off, and is kept for whoever goes on with it. Its last byte is let go: a client that had sent everything, but did not hear that it had come, still has
   * something to send, and so ends it as it should. Does nothing to an upload that has ended.
   */
  async leave(): Promise<void> {
    if (this.#ended) return;
    if (this.#failed || this.#size <= 1) return this.discard();
    try {
      await this.#handle.truncate(this.#size - 1);
      await this.#handle.sync();
      await this.#handle.close();
      await rename(this.#files.arriving, this.#files.unfinished);
    } catch {
      // A disk that keeps nothing keeps no half file either.
    }
    await this.#end(this.#files.arriving);
  }

  async discard(): Promise<void> {
    await this.#end(this.#files.arriving);
  }

  async #end(leftOver: string): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#handle.close().catch(() => undefined);
    await rm(leftOver, { force: true }).catch(() => undefined);
    this.#over();
  }

  #fail(error: unknown): Result<never> {
    const said = refused(error);
    if (!said.ok) this.#failed = said.refusal;
    return said;
  }
}

/** @throws what no disk says. */
function refused(error: unknown): Result<never> {
  const said = diskRefusal(error);
  if (said === null) throw error;
  return refuse({ type: said.type === 'disk-full' ? 'gateway-disk-full' : 'gateway-disk-failed' });
}

function keyOf(owner: string, path: TreePath): string {
  return `${ownerKey(owner)}-${digest(showPath(path))}`;
}

const ownerKey = digest;

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
