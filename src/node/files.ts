/** Files that come from or go to a person at the console: streamed to staging with a limit, named by ticket, gone after use. */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toReadable } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import { randomBytes } from '../base/ids.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import type { Download } from './contract.ts';
import { Refused } from './refused.ts';

const keptMs = 10 * 60 * 1000;
/** A site's whole publication or collection can be large; beyond this somebody is filling the disk. */
const uploadLimit = 8 * 1024 ** 3;

interface Held {
  path: string;
  fileName: string;
  account: string;
  until: number;
}

/** A file that stays where it is and is sent from there. */
export interface LentFile {
  readonly fileName: string;
  readonly size: number;
  /** @param start its first byte; until the end. Refused where the file is no longer the one that was lent. */
  from(start: number): Promise<Result<Readable>>;
}

interface Offered {
  readonly file: LentFile;
  /** Made for this alone, and removed with it; null: lent. */
  readonly path: string | null;
  readonly account: string;
  until: number;
}

export interface ReceivedFile {
  readonly path: string;
  readonly fileName: string;
}

export class FileExchange {
  readonly #staging: string;
  readonly #clock: Clock;
  readonly #uploads = new Map<string, Held>();
  readonly #downloads = new Map<string, Offered>();

  constructor(staging: string, clock: Clock) {
    this.#staging = staging;
    this.#clock = clock;
  }

  /** What a killed process left in staging is of no use to anybody. */
  async clear(): Promise<void> {
    for (const name of await readdir(this.#staging))
      await rm(join(this.#staging, name), { recursive: true, force: true });
  }

  async receive(
    body: ReadableStream<Uint8Array>,
    fileName: string,
    account: string,
    limit = uploadLimit,
  ): Promise<Result<{ uploadId: string; name: string; size: number }>> {
    await this.#expire();
    const uploadId = newTicket();
    const path = join(this.#staging, `upload-${uploadId}`);
    let size = 0;
    const count = new Transform({
      transform(chunk: Uint8Array, _encoding, done) {
        size += chunk.length;
        done(size > limit ? new Refused({ type: 'file-too-large', limit }) : null, chunk);
      },
    });
    try {
      await pipeline(
        Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]),
        count,
        createWriteStream(path, { flags: 'wx' }),
      );
    } catch (error) {
      await rm(path, { force: true });
      if (error instanceof Refused) return { ok: false, refusal: error.refusal };
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
        return refuse({ type: 'disk-full', path: this.#staging });
      return refuse({ type: 'upload-interrupted' });
    }
    const name = basename(fileName).slice(0, 200);
    this.#uploads.set(uploadId, {
      path,
      fileName: name,
      account,
      until: this.#clock.monotonic() + 6 * keptMs,
    });
    return ok({ uploadId, name, size });
  }

  /** The uploaded file, for the account that sent it. It stays until it expires, so that a preview and then an import can use it. */
  take(uploadId: string, account: string): Result<ReceivedFile> {
    const held = this.#uploads.get(uploadId);
    if (!held || held.account !== account) return refuse({ type: 'upload-gone' });
    return ok({ path: held.path, fileName: held.fileName });
  }

  /** Whoever has used up an upload need not wait until it expires. */
  async discard(uploadId: string, account: string): Promise<void> {
    const held = this.#uploads.get(uploadId);
    if (!held || held.account !== account) return;
    this.#uploads.delete(uploadId);
    await rm(held.path, { force: true });
  }

  /** Offers a file that an operation made; `content` is copied or written into staging. */
  async offer(
    fileName: string,
    content: { file: string } | { stream: AsyncIterable<Uint8Array> } | Uint8Array | string,
    account: string,
  ): Promise<Download> {
    await this.#expire();
    const ticket = newTicket();
    const path = join(this.#staging, `download-${ticket}`);
    try {
      if (typeof content === 'object' && 'file' in content) await copyFile(content.file, path);
      else if (typeof content === 'object' && 'stream' in content)
        await pipeline(content.stream, createWriteStream(path, { flags: 'wx' }));
      else await writeFile(path, content);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    const { size } = await stat(path);
    // Opened before anything is said of it: what is gone is no answer that breaks off in its middle.
    const from = async (start: number) => {
      const stream = createReadStream(path, { start });
      await once(stream, 'open');
      return ok(stream);
    };
    return this.#offered(ticket, { file: { fileName, size, from }, path, account });
  }

  /** Offers a large file that lies somewhere already: nothing is copied. */
  async lend(file: LentFile, account: string): Promise<Download> {
    await this.#expire();
    return this.#offered(newTicket(), { file, path: null, account });
  }

  #offered(ticket: string, offered: Omit<Offered, 'until'>): Download {
    this.#downloads.set(ticket, { ...offered, until: this.#clock.monotonic() + keptMs });
    return { ticket, fileName: offered.file.fileName, size: offered.file.size };
  }

  /** @param start where an earlier try was cut off. */
  async send(
    ticket: string,
    account: string,
    start: number,
  ): Promise<Result<{ body: ReadableStream; fileName: string; size: number }>> {
    const offered = this.#downloads.get(ticket);
    if (!offered || offered.account !== account) return refuse({ type: 'download-gone' });
    const { fileName, size } = offered.file;
    if (start > 0 && start >= size) return refuse({ type: 'range-not-there' });
    const content = await offered.file.from(start);
    if (!content.ok) return content;
    // A large file takes longer than that on a slow line, and is asked for again where it was cut off.
    offered.until = Math.max(offered.until, this.#clock.monotonic() + keptMs);
    return ok({ body: Readable.toWeb(content.value) as ReadableStream, fileName, size });
  }

  /** What was offered to an account is gone: what its user may see has changed. */
  async withdraw(account: string): Promise<void> {
    for (const [ticket, file] of this.#downloads) {
      if (file.account !== account) continue;
      this.#downloads.delete(ticket);
      if (file.path !== null) await rm(file.path, { force: true });
    }
  }

  /** A path in staging for an operation's own work; the caller removes it. */
  newStagingPath(name: string): string {
    return join(this.#staging, `${newTicket()}-${name}`);
  }

  async #expire(): Promise<void> {
    const now = this.#clock.monotonic();
    for (const held of [this.#uploads, this.#downloads]) {
      for (const [ticket, { until, path }] of held) {
        if (until > now) continue;
        held.delete(ticket);
        if (path !== null) await rm(path, { force: true });
      }
    }
  }
}

function newTicket(): string {
  return toReadable(randomBytes(10)).toLowerCase();
}
