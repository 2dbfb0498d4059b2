/**
 * A folder into which any scanning program scans. A file is taken when it has come to rest, stays where it is until its page is kept, and is then moved into
 * the folder `taken` beside it: what is still there after a restart was not kept, or the caller knows its id.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { formatOf } from './page-image.ts';
import type { ScannedPage, Scanner, ScannerAbilities, ScanRequest, ScanStep } from './port.ts';
import { ended, failed } from './steps.ts';

const mostFileBytes = 64 * 1024 * 1024;
/** A file that has not changed for this long is complete; scanning programs write in one go. */
const restMs = 1000;
/** A file that is not to be had for so many looks holds up the others no longer; the next scan looks again. */
const mostTries = 15;
const taken = 'taken';

/** What systems and programs put into folders for themselves. */
const notOfScanners = /^\.|^~\$|^(thumbs\.db|desktop\.ini)$|\.(part|partial|tmp|crdownload)$/i;
/** Another program has it: it will be let go of. */
const locked = new Set(['EBUSY', 'EPERM', 'EACCES', 'ETXTBSY']);

const order = new Intl.Collator('en', { numeric: true });

interface Seen {
  readonly size: number;
  readonly changed: number;
}

/** Of one scan. */
interface SoFar {
  /** What the last look saw; null: this is the first. */
  before: ReadonlyMap<string, Seen> | null;
  /** Given, or passed over. */
  readonly done: Set<string>;
  /** How often a file was not to be had. */
  readonly tries: Map<string, number>;
  position: number;
}

export class ScanFolder implements Scanner {
  readonly address;
  readonly #path: string;
  readonly #restMs: number;

  /** @param rest how long a file has to lie still, in milliseconds */
  constructor(path: string, rest = restMs) {
    this.#path = path;
    this.#restMs = rest;
    this.address = { way: 'folder', path } as const;
  }

  /** Everything is set in the other program. */
  async abilities(): Promise<Result<ScannerAbilities>> {
    const files = await this.#files();
    return files.ok ? ok({ sources: ['feeder', 'flatbed'], duplex: true, dpi: null, grey: true }) : files;
  }

  /** Resolution, source and form are the other program’s matter. Ends with `empty` when every file was given, none is still being written, and one rest passed. */
  async *scan(request: ScanRequest): AsyncGenerator<ScanStep, void, undefined> {
    const so: SoFar = { before: null, done: new Set(), tries: new Map(), position: 0 };
    while (request.signal?.aborted !== true) {
      const files = await this.#files();
      if (!files.ok) {
        yield failed(files.refusal);
        return;
      }
      const complete = yield* this.#look(request, files.value, so);
      // After one that was put away or vanished another look tells whether there is more, or the whole folder went.
      if (complete && so.before?.size === files.value.size) {
        yield ended('empty');
        return;
      }
      so.before = files.value;
      await wait(this.#restMs, undefined, request.signal && { signal: request.signal }).catch(
        () => undefined,
      );
    }
    yield ended('cancelled');
  }

  /** Gives what has come to rest since the last look. @returns whether nothing of what is there is left to be given */
  async *#look(
    request: ScanRequest,
    files: ReadonlyMap<string, Seen>,
    so: SoFar,
  ): AsyncGenerator<ScanStep, boolean, undefined> {
    // Names tell the order of the sheets: a later one waits for one that is still being written.
    for (const [name, seen] of [...files].toSorted(([a], [b]) => order.compare(a, b))) {
      const mark = `${name} ${seen.size} ${seen.changed}`;
      if (so.done.has(mark)) continue;
      if (request.signal?.aborted === true || !isSame(so.before?.get(name), seen)) return false;
      const read = await this.#read(name, seen);
      if (read === 'locked') {
        const tries = (so.tries.get(name) ?? 0) + 1;
        so.tries.set(name, tries);
        if (tries < mostTries) return false;
      }
      so.done.add(mark);
      if (read === 'gone') return false;
      if (!(read instanceof Uint8Array)) {
        const refusal = read === 'locked' ? { type: 'scan-file-locked', name } : read;
        yield { step: 'passed-over', refusal };
        continue;
      }
      const page = this.#page(name, read, ++so.position);
      if (request.isKept?.(page.id) === true) await page.kept();
      else yield { step: 'page', page };
    }
    return true;
  }

  async #files(): Promise<Result<Map<string, Seen>>> {
    const found = new Map<string, Seen>();
    try {
      for (const entry of await readdir(this.#path, { withFileTypes: true })) {
        if (!entry.isFile() || notOfScanners.test(entry.name)) continue;
        const file = await stat(join(this.#path, entry.name)).catch(() => null);
        if (file) found.set(entry.name, { size: file.size, changed: file.mtimeMs });
      }
      return ok(found);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      return refuse({ type: 'scan-folder-gone', path: this.#path, code });
    }
  }

  async #read(name: string, seen: Seen): Promise<Uint8Array | 'locked' | 'gone' | Refusal> {
    if (seen.size > mostFileBytes)
      return { type: 'scan-file-too-large', name, limitMB: mostFileBytes / 1024 / 1024 };
    try {
      const file = await open(join(this.#path, name), 'r');
      try {
        const bytes = new Uint8Array(await file.readFile());
        // It came to rest and was gone on with after all.
        if (bytes.length !== seen.size || bytes.length === 0) return 'locked';
        return formatOf(bytes) === null ? { type: 'scan-file-other-format', name } : bytes;
      } finally {
        await file.close();
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      return locked.has(code) ? 'locked' : 'gone';
    }
  }

  #page(name: string, bytes: Uint8Array, position: number): ScannedPage {
    const digest = createHash('sha256').update(bytes).digest('hex');
    return {
      // The same picture under another name is another page: two empty sheets may be alike to the last bit.
      id: `${digest}/${name.normalize('NFC')}`,
      position,
      bytes,
      format: formatOf(bytes) ?? 'jpeg',
      name,
      words: [],
      kept: () => this.#putAway(name, digest),
    };
  }

  /** Only what was given: a file that another has taken the place of stays. */
  async #putAway(name: string, digest: string): Promise<Result<void>> {
    const from = join(this.#path, name);
    try {
      const file = await open(from, 'r').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      if (!file) return ok();
      try {
        const now = createHash('sha256')
          .update(await file.readFile())
          .digest('hex');
        if (now !== digest) return ok();
      } finally {
        await file.close();
      }
      await mkdir(join(this.#path, taken), { recursive: true });
      await rename(from, await this.#freeName(name));
      return ok();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      return refuse({ type: 'scan-folder-gone', path: this.#path, code });
    }
  }

  async #freeName(name: string): Promise<string> {
    const there = new Set((await readdir(join(this.#path, taken))).map((one) => one.toLowerCase()));
    const ending = extname(name);
    const start = name.slice(0, name.length - ending.length);
    let free = name;
    for (let number = 2; there.has(free.toLowerCase()); number++) free = `${start} (${number})${ending}`;
    return join(this.#path, taken, free);
  }
}

function isSame(before: Seen | undefined, now: Seen): boolean {
  return before !== undefined && before.size === now.size && before.changed === now.changed;
}
