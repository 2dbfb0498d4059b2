/** One SFTP channel (version 3 of the protocol): one request after the other, in their order. */
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import ssh2, { type Attributes, type Named, type SftpChannel } from 'ssh2';
import type { Refusal, Result } from '../../../base/result.ts';
import { unixLine } from '../listing.ts';
import { readPath, showPath } from '../path.ts';
import type { Entry, Tree } from '../tree.ts';
import { statOf, unexpected, type Behind } from '../uploads.ts';
import { refusalLine } from '../words.ts';
import { openHandle, type Handle } from './handles.ts';

const { STATUS_CODE } = ssh2.utils.sftp;
const mostHandles = 64;
/** Clients keep some dozens under way; more than this is an attack on the memory. */
const mostWaiting = 4_096;
/** Of uploads, that came and are not on the disk yet: then nothing more is read from the network for a while. */
const mostBytesWaiting = 8 * 1024 * 1024;
/** Of downloads: no more than this is read ahead of what the network takes. */
const mostBytesUnsent = 4 * 1024 * 1024;
const largestRead = 256 * 1024;
const namesAtOnce = 100;

export interface SftpSurroundings {
  readonly socket: Socket;
  readonly tree: Tree;
  readonly address: string;
  readonly behind: Behind;
}

export class SftpSession {
  readonly #channel: SftpChannel;
  readonly #around: SftpSurroundings;
  readonly #handles = new Map<number, Handle>();
  readonly #ended = Promise.withResolvers<void>();
  #nextHandle = 1;
  #work: Promise<void> = Promise.resolve();
  #waiting = 0;
  #bytesWaiting = 0;
  #over = false;
  #idle: NodeJS.Timeout;

  constructor(channel: SftpChannel, around: SftpSurroundings) {
    this.#channel = channel;
    this.#around = around;
    this.#idle = this.#startIdle();
    channel.on('error', () => void this.close());
    for (const event of ['end', 'close']) channel.on(event, () => void this.close());
    this.#listen();
  }

  /** When what was under way is put away. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  async close(): Promise<void> {
    if (this.#over) return this.ended;
    this.#over = true;
    clearTimeout(this.#idle);
    this.#channel.end();
    this.#around.socket.resume();
    await this.#work;
    for (const handle of this.#handles.values()) await handle.letGo();
    this.#handles.clear();
    this.#ended.resolve();
  }

  #listen(): void {
    const { tree, behind } = this.#around;
    this.#on('REALPATH', async (request, said: string) => {
      const path = readPath(said, []);
      if (!path.ok) return this.#refused(request, path.refusal);
      this.#channel.name(request, [
        { filename: showPath(path.value), longname: showPath(path.value), attrs: {} },
      ]);
    });
    const stat = async (request: number, said: string): Promise<void> => {
      const path = readPath(said, []);
      const found = path.ok ? await statOf(behind, tree, path.value) : path;
      if (!found.ok) return this.#refused(request, found.refusal, STATUS_CODE.NO_SUCH_FILE);
      this.#channel.attrs(request, attributes(found.value));
    };
    this.#on('STAT', stat);
    this.#on('LSTAT', stat);
    const open = async (request: number, said: string, flags: number | 'folder'): Promise<void> => {
      if (this.#handles.size >= mostHandles) return this.#refused(request, { type: 'gateway-too-many-open' });
      const path = readPath(said, []);
      const opened = path.ok ? await openHandle(this.#around, path.value, flags) : path;
      if (!opened.ok) return this.#refused(request, opened.refusal);
      const id = this.#nextHandle++;
      this.#handles.set(id, opened.value);
      const handle = Buffer.alloc(4);
      handle.writeUInt32BE(id);
      this.#channel.handle(request, handle);
    };
    this.#on('OPEN', open);
    this.#on('OPENDIR', (request, said: string) => open(request, said, 'folder'));
    this.#on('READDIR', (request, id: Buffer) => this.#readFolder(request, this.#handle(id)));
    this.#on('READ', (request, id: Buffer, offset: number, length: number) =>
      this.#read(request, this.#handle(id), { offset, length }),
    );
    this.#on('FSTAT', (request, id: Buffer) => this.#statHandle(request, this.#handle(id)));
    this.#channel.on('WRITE', (request: number, id: Buffer, offset: number, data: Buffer) => {
      // The library may use its memory again.
      this.#write(request, id, { offset, data: Buffer.from(data) });
    });
    this.#on('CLOSE', async (request, id: Buffer) => {
      const handle = this.#handle(id);
      this.#handles.delete(idOf(id));
      this.#answer(request, handle ? await handle.close() : noHandle);
    });
    // Times are nothing that could be kept, and clients set them after each upload: it is no failure of the upload.
    this.#on('SETSTAT', async (request, _path: string, wanted: Attributes) =>
      this.#answerTimes(request, wanted),
    );
    this.#on('FSETSTAT', async (request, _id: Buffer, wanted: Attributes) =>
      this.#answerTimes(request, wanted),
    );
    for (const event of ['REMOVE', 'RENAME', 'MKDIR', 'RMDIR', 'SYMLINK', 'READLINK'])
      this.#on(event, async (request) =>
        this.#refused(request, { type: 'gateway-not-possible' }, STATUS_CODE.PERMISSION_DENIED),
      );
  }

  #on<Rest extends unknown[]>(event: string, work: (request: number, ...rest: Rest) => Promise<void>): void {
    this.#channel.on(event, (request: number, ...rest: Rest) =>
      this.#enqueue(request, event, () => work(request, ...rest)),
    );
  }

  #enqueue(request: number, event: string, work: () => Promise<void>): void {
    if (this.#over) return;
    if (++this.#waiting > mostWaiting) {
      this.#around.socket.destroy();
      return;
    }
    clearTimeout(this.#idle);
    this.#work = this.#work.then(async () => {
      try {
        if (!this.#over) await work();
      } catch (error) {
        const refusal = unexpected(this.#around.behind, error, event);
        if (!this.#over) this.#refused(request, refusal);
      }
      if (--this.#waiting === 0 && !this.#over) this.#idle = this.#startIdle();
    });
  }

  #write(request: number, id: Buffer, { offset, data }: { offset: number; data: Buffer }): void {
    const { socket } = this.#around;
    this.#bytesWaiting += data.length;
    if (this.#bytesWaiting > mostBytesWaiting) socket.pause();
    this.#enqueue(request, 'WRITE', async () => {
      try {
        const handle = this.#handle(id);
        this.#answer(request, handle ? await handle.write(offset, data) : noHandle);
      } finally {
        this.#bytesWaiting -= data.length;
        if (this.#bytesWaiting <= mostBytesWaiting / 2) socket.resume();
      }
    });
  }

  async #read(
    request: number,
    handle: Handle | undefined,
    { offset, length }: { offset: number; length: number },
  ): Promise<void> {
    const wanted = Math.min(length, largestRead);
    await this.#room();
    const data: Result<Buffer> = handle ? await handle.read(offset, wanted) : noHandle;
    if (this.#over) return;
    if (!data.ok) return this.#refused(request, data.refusal);
    if (data.value.length === 0) return this.#channel.status(request, STATUS_CODE.EOF, 'End of the file.');
    this.#channel.data(request, data.value);
  }

  /** Answers that a client does not take would all be kept in memory. The library says nothing when there is room again. */
  async #room(): Promise<void> {
    const { socket, behind } = this.#around;
    const tries = behind.limits.transferIdleMs / 10;
    for (let waited = 0; !this.#over; waited++) {
      if (socket.writableLength < mostBytesUnsent && this.#channel.outgoing.window > 0) return;
      if (waited > tries) {
        socket.destroy();
        return;
      }
      await delay(10, undefined, { ref: false });
    }
  }

  async #readFolder(request: number, handle: Handle | undefined): Promise<void> {
    const entries = handle ? handle.next(namesAtOnce) : noHandle;
    if (!entries.ok) return this.#refused(request, entries.refusal);
    if (entries.value.length === 0) return this.#channel.status(request, STATUS_CODE.EOF, 'That is all.');
    const now = this.#around.behind.clock.now();
    const named = entries.value.map((entry): Named => ({
      filename: entry.name,
      longname: unixLine(entry, now),
      attrs: attributes(entry),
    }));
    await this.#room();
    this.#channel.name(request, named);
  }

  async #statHandle(request: number, handle: Handle | undefined): Promise<void> {
    if (!handle) return this.#answer(request, noHandle);
    this.#channel.attrs(request, attributes(handle.entry()));
  }

  #answerTimes(request: number, wanted: Attributes): void {
    const times = wanted.mode === undefined && wanted.size === undefined && wanted.uid === undefined;
    if (times) return this.#channel.status(request, STATUS_CODE.OK, 'Times are not kept.');
    this.#refused(request, { type: 'gateway-not-possible' }, STATUS_CODE.PERMISSION_DENIED);
  }

  #answer(request: number, said: Result<void>): void {
    if (this.#over) return;
    if (said.ok) this.#channel.status(request, STATUS_CODE.OK, 'Done.');
    else this.#refused(request, said.refusal);
  }

  #refused(request: number, refusal: Refusal, code: number = STATUS_CODE.FAILURE): void {
    if (this.#over) return;
    this.#channel.status(request, code, refusalLine(this.#around.behind.gate, refusal));
  }

  #handle(id: Buffer): Handle | undefined {
    return this.#handles.get(idOf(id));
  }

  #startIdle(): NodeJS.Timeout {
    const { behind, socket } = this.#around;
    return setTimeout(
      () => socket.destroy(),
      this.#handles.size > 0 ? behind.limits.transferIdleMs : behind.limits.idleMs,
    );
  }
}

const noHandle: Result<never> = { ok: false, refusal: { type: 'gateway-nothing-open' } };

function idOf(handle: Buffer): number {
  return handle.length === 4 ? handle.readUInt32BE() : 0;
}

function attributes({ kind, size, changedAt }: Entry): Attributes {
  const seconds = Math.max(0, Math.floor(changedAt / 1000));
  // Modes as `stat` says them: a folder or a file that everybody may read.
  return {
    mode: kind === 'folder' ? 0o040555 : 0o100444,
    uid: 0,
    gid: 0,
    size,
    atime: seconds,
    mtime: seconds,
  };
}
