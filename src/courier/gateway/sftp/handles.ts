/** What a client has open: a folder that it lists, a file that it fetches, or one that it sends. */
import { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import ssh2 from 'ssh2';
import { ok, refuse, type Result } from '../../../base/result.ts';
import type { Upload } from '../quarantine.ts';
import type { Entry, Tree, TreePath } from '../tree.ts';
import { beginUpload, finishUpload } from '../uploads.ts';
import type { SftpSurroundings } from './session.ts';

const { OPEN_MODE } = ssh2.utils.sftp;
const notThis: Result<never> = { ok: false, refusal: { type: 'gateway-nothing-open' } };

/** What one kind cannot do is refused. */
export abstract class Handle {
  abstract entry(): Entry;
  /** Of a folder: the next ones; none after the last one. */
  next(_most: number): Result<readonly Entry[]> {
    return notThis;
  }
  /** Nothing: the file ends before. */
  async read(_offset: number, _length: number): Promise<Result<Buffer>> {
    return notThis;
  }
  async write(_offset: number, _data: Buffer): Promise<Result<void>> {
    return notThis;
  }
  /** The client says that this was all. */
  async close(): Promise<Result<void>> {
    await this.letGo();
    return ok();
  }
  /** The client went. */
  abstract letGo(): Promise<void>;
}

/** @param flags of the protocol's OPEN. */
export async function openHandle(
  around: SftpSurroundings,
  path: TreePath,
  flags: number | 'folder',
): Promise<Result<Handle>> {
  const { tree, behind } = around;
  if (flags === 'folder') {
    const found = await tree.list(path);
    return found.ok ? ok(new OpenFolder(found.value)) : found;
  }
  const writes = (flags & (OPEN_MODE.WRITE | OPEN_MODE.APPEND)) !== 0;
  if (!writes) {
    const found = await tree.stat(path);
    if (!found.ok) return found;
    return found.value.kind === 'file'
      ? ok(new Download(tree, path, found.value))
      : refuse({ type: 'gateway-not-a-file' });
  }
  // What is here is read, or replaced by what comes whole; nothing is changed in its middle.
  if ((flags & OPEN_MODE.READ) !== 0) return refuse({ type: 'gateway-not-possible' });
  if ((flags & OPEN_MODE.EXCL) !== 0 && (await tree.stat(path)).ok)
    return refuse({ type: 'gateway-is-there' });
  const begun = await beginUpload(behind, tree, path);
  if (!begun.ok) return begun;
  const upload = begun.value;
  try {
    const ready = await readyToSend(tree, { path, upload, flags });
    if (ready.ok) return ok(new Sending(around, path, upload, (flags & OPEN_MODE.APPEND) !== 0));
    await upload.discard();
    return ready;
  } catch (error) {
    await upload.discard();
    throw error;
  }
}

/** An upload that was cut off stays as it is until the first piece says where it goes on; any other begins here. */
async function readyToSend(
  tree: Tree,
  { path, upload, flags }: { path: TreePath; upload: Upload; flags: number },
): Promise<Result<void>> {
  const anew = (flags & OPEN_MODE.TRUNC) !== 0;
  if (!anew && upload.size > 0) return ok();
  const goesOn = !anew && ((flags & OPEN_MODE.CREAT) === 0 || (flags & OPEN_MODE.APPEND) !== 0);
  const there = goesOn ? await tree.stat(path) : null;
  // To append to what was received already would make another file of it.
  if (there?.ok) return refuse({ type: 'gateway-nothing-to-resume', held: 0, start: there.value.size });
  return upload.continueAt(0);
}

class OpenFolder extends Handle {
  readonly #entries: readonly Entry[];
  #given = 0;

  constructor(entries: readonly Entry[]) {
    super();
    this.#entries = entries;
  }

  entry(): Entry {
    return { name: '', kind: 'folder', size: 0, changedAt: 0 };
  }

  override next(most: number): Result<readonly Entry[]> {
    const some = this.#entries.slice(this.#given, this.#given + most);
    this.#given += some.length;
    return ok(some);
  }

  async letGo(): Promise<void> {}
}

/** Clients ask for one piece after the other, many at once: they come out of one stream, and another one is opened only where a client jumps. */
class Download extends Handle {
  readonly #tree: Tree;
  readonly #path: TreePath;
  readonly #entry: Entry;
  #stream: Readable | null = null;
  #pieces: AsyncIterator<Buffer> | null = null;
  #held: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(tree: Tree, path: TreePath, entry: Entry) {
    super();
    this.#tree = tree;
    this.#path = path;
    this.#entry = entry;
  }

  entry(): Entry {
    return this.#entry;
  }

  override async read(offset: number, length: number): Promise<Result<Buffer>> {
    if (offset >= this.#entry.size) return ok(Buffer.alloc(0));
    if (this.#pieces === null || offset !== this.#at) {
      const opened = await this.#openAt(offset);
      if (!opened.ok) return opened;
    }
    const parts: Buffer[] = [];
    let missing = length;
    while (missing > 0) {
      if (this.#held.length === 0) {
        const piece = await this.#pieces?.next();
        if (piece === undefined || piece.done === true) break;
        this.#held = piece.value;
      }
      const part = this.#held.subarray(0, missing);
      this.#held = this.#held.subarray(part.length);
      parts.push(part);
      missing -= part.length;
    }
    const data = Buffer.concat(parts);
    this.#at += data.length;
    return ok(data);
  }

  async #openAt(offset: number): Promise<Result<void>> {
    await this.letGo();
    const opened = await this.#tree.read(this.#path, offset);
    if (!opened.ok) return opened;
    this.#stream = opened.value.stream;
    this.#pieces = this.#stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    [this.#held, this.#at] = [Buffer.alloc(0), offset];
    return ok();
  }

  async letGo(): Promise<void> {
    // Nobody reads it further: what goes wrong with it now concerns nobody.
    this.#stream?.on('error', () => undefined);
    this.#stream?.destroy();
    [this.#stream, this.#pieces] = [null, null];
  }
}

/** Only its close gives an upload on: a client that dies says none. */
class Sending extends Handle {
  readonly #around: SftpSurroundings;
  readonly #path: TreePath;
  readonly #upload: Upload;
  /** The protocol then leaves offsets alone: what comes goes to the end. */
  readonly #appends: boolean;
  #refused: Result<never> | null = null;

  constructor(around: SftpSurroundings, path: TreePath, upload: Upload, appends: boolean) {
    super();
    this.#around = around;
    this.#path = path;
    this.#upload = upload;
    this.#appends = appends;
  }

  entry(): Entry {
    const { clock } = this.#around.behind;
    return { name: this.#path.at(-1) ?? '', kind: 'file', size: this.#upload.size, changedAt: clock.now() };
  }

  override async write(offset: number, data: Buffer): Promise<Result<void>> {
    if (this.#refused) return this.#refused;
    const done = await this.#take(offset, data);
    if (!done.ok) this.#refused = done;
    return done;
  }

  async #take(offset: number, data: Buffer): Promise<Result<void>> {
    if (!this.#upload.begun) {
      const resumed = await this.#upload.continueAt(this.#appends ? this.#upload.size : offset);
      if (!resumed.ok) return resumed;
    }
    // Holes and second versions of a piece would make a file that nobody sent.
    if (!this.#appends && offset !== this.#upload.size) return refuse({ type: 'gateway-out-of-order' });
    return this.#upload.write(data);
  }

  override async close(): Promise<Result<void>> {
    const { behind, tree, address } = this.#around;
    if (this.#refused || !this.#upload.begun) {
      await this.letGo();
      return this.#refused ?? refuse({ type: 'gateway-nothing-sent' });
    }
    return finishUpload(behind, { tree, path: this.#path, upload: this.#upload, address });
  }

  async letGo(): Promise<void> {
    await this.#upload.leave();
  }
}
