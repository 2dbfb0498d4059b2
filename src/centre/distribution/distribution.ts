/**
 * The folder with installers, manuals and tools that the centre gives out (Distr). Nothing in it is trusted: names are plain names, links are not followed,
 * and a file is given out only while its bytes are those that the list names.
 */
import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, open, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import type { Readable } from 'node:stream';
import * as z from 'zod';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import {
  listLimit,
  listName,
  listSchema,
  newestProgram,
  roles,
  type DistributionList,
  type ListedFile,
  type NewestPrograms,
} from '../../exam/distribution/listed.ts';
import { changeSignal, type ChangeSignal } from '../../node/change-signal.ts';
import type { DistributedFile } from '../../exam/distribution/distributed.ts';
import type { ReceivedFile } from '../../node/files.ts';
import type { Node } from '../../node/node.ts';
import { diskRefusal } from '../../store/disk-refusal.ts';

/** null: the folder in the centre's own data. */
const chosenSchema = z.object({ folder: z.string().nullable() });
/** How long what was read counts for the sites' hellos, ms: hundreds come in a second. */
const freshMs = 60_000;

export interface GivenOut {
  readonly file: ListedFile;
  readonly size: number;
  /** Fails with `distributed-file-altered` where the file has become another one since. */
  from(start: number): Promise<Result<Readable>>;
}

export class Distribution {
  readonly #node: Node;
  /** The list, or what is known of its files, has changed. */
  readonly changed: ChangeSignal = changeSignal();
  /** Digest by name and what the disk says of the file: it is read once, and again when it is another one. */
  readonly #digests = new Map<string, { readonly stamp: string; readonly sha256: string }>();
  readonly #reading = new Map<string, Promise<void>>();
  #newest: NewestPrograms | null = null;
  #newestAt = -Infinity;

  constructor(node: Node) {
    this.#node = node;
  }

  get folder(): { readonly path: string; readonly own: boolean } {
    const chosen = this.#node.settings.read('distribution', chosenSchema)?.folder ?? null;
    return chosen === null
      ? { path: join(this.#node.data, 'distribution'), own: true }
      : { path: chosen, own: false };
  }

  /** Refusals `no-distribution`, `distribution-not-understood`. */
  async list(): Promise<Result<DistributionList>> {
    return readList(this.folder.path);
  }

  /** Every file as it lies there now; what was not compared yet is compared from here on, and `changed` tells. */
  async files(): Promise<
    Result<{ readonly files: DistributedFile[]; readonly without: DistributionList['without'] }>
  > {
    const list = await this.list();
    this.#learn(list);
    if (!list.ok) return list;
    const files: DistributedFile[] = [];
    for (const file of list.value.files) files.push(await this.#look(file));
    return ok({ files, without: list.value.without });
  }

  /** For the sites' hellos: what was known a minute ago at the latest, without waiting for a disk. */
  newest(): NewestPrograms | null {
    const now = this.#node.clock.monotonic();
    if (now - this.#newestAt > freshMs) {
      this.#newestAt = now;
      void this.list().then(
        (list) => this.#learn(list),
        (error: unknown) => this.#node.log.error({ err: error }, 'the distribution was not read'),
      );
    }
    return this.#newest;
  }

  /** A file to be sent. Refusals `no-such-distributed-file`, `distributed-file-…` with how it is not what the list names. */
  async giveOut(name: string): Promise<Result<GivenOut>> {
    const list = await this.list();
    if (!list.ok) return list;
    const file = list.value.files.find((one) => one.name === name);
    if (!file) return refuse({ type: 'no-such-distributed-file', name });
    const { path } = this.folder;
    const before = await this.#whole(path, file);
    if (!before.ok) return before;
    return ok({
      file,
      size: file.size,
      from: async (start) => {
        const opened = await this.#whole(path, file);
        if (!opened.ok) return opened;
        const handle = await openPlain(join(path, file.name));
        if (!handle) return refuse({ type: 'distributed-file-missing', name });
        if ((await stampOf(handle)) !== opened.value) {
          await handle.close();
          return refuse({ type: 'distributed-file-altered', name });
        }
        return ok(handle.createReadStream({ start }));
      },
    });
  }

  /** Another folder from here on; null: the centre's own. */
  async choose(folder: string | null, by: string): Promise<Result<void>> {
    if (folder !== null) {
      if (!isAbsolute(folder)) return refuse({ type: 'folder-not-absolute' });
      const list = await readList(folder);
      if (!list.ok) return list;
    }
    this.#node.settings.write('distribution', { folder });
    await this.#node.journal.append([
      { kind: 'distribution-chosen', subject: 'distribution', data: { folder, by } },
    ]);
    await this.#renew();
    return ok();
  }

  /**
   * A file from the console into the centre's own folder: the list first, then what it names. Refusals `distribution-folder-elsewhere`,
   * `not-in-distribution`, `distributed-file-altered`, `distribution-not-understood`, and what the disk says.
   */
  async take(upload: ReceivedFile, by: string): Promise<Result<void>> {
    const { path, own } = this.folder;
    if (!own) return refuse({ type: 'distribution-folder-elsewhere', path });
    try {
      await mkdir(path, { recursive: true });
      const taken =
        upload.fileName === listName
          ? await this.#takeList(path, upload)
          : await this.#takeFile(path, upload);
      if (!taken.ok) return taken;
      await this.#node.journal.append([
        {
          kind: 'distribution-file-taken',
          subject: 'distribution',
          data: { name: upload.fileName, sha256: taken.value, by },
        },
      ]);
      await this.#renew();
      return ok();
    } catch (error) {
      const refusal = diskRefusal(error);
      if (refusal === null) throw error;
      return { ok: false, refusal };
    }
  }

  /** What the new list does not name and still lies there stays listed: older versions go on being given out. */
  async #takeList(path: string, upload: ReceivedFile): Promise<Result<string>> {
    const [given, before] = [await readListFile(upload.path), await readList(path)];
    if (!given.ok) return given;
    const names = new Set(given.value.files.map(({ name }) => name.toLowerCase()));
    const older: ListedFile[] = [];
    for (const file of before.ok ? before.value.files : [])
      if (!names.has(file.name.toLowerCase()) && (await lstat(join(path, file.name)).catch(() => null)))
        older.push(file);
    const list = listSchema.safeParse({ ...given.value, files: [...given.value.files, ...older] });
    if (!list.success)
      return refuse({ type: 'distribution-not-understood', problem: z.prettifyError(list.error) });
    const part = join(path, `${listName}.part`);
    const text = `${JSON.stringify(list.data, null, 2)}\n`;
    await writeFile(part, text, { flush: true });
    await rename(part, join(path, listName));
    return ok(createHash('sha256').update(text).digest('hex'));
  }

  async #takeFile(path: string, upload: ReceivedFile): Promise<Result<string>> {
    const list = await readList(path);
    if (!list.ok) return list;
    const { fileName: name } = upload;
    const file = list.value.files.find((one) => one.name === name);
    if (!file) return refuse({ type: 'not-in-distribution', name });
    const handle = await open(upload.path);
    const sha256 = await digestOf(handle).finally(() => handle.close());
    if (sha256 !== file.sha256) return refuse({ type: 'distributed-file-altered', name });
    const part = join(path, `${name}.part`);
    try {
      await copyFile(upload.path, part);
      await rename(part, join(path, name));
    } finally {
      await rm(part, { force: true });
    }
    return ok(sha256);
  }

  async #renew(): Promise<void> {
    this.#learn(await this.list());
    this.changed.notify();
  }

  #learn(list: Result<DistributionList>): void {
    this.#newestAt = this.#node.clock.monotonic();
    this.#newest = list.ok
      ? (Object.fromEntries(
          roles.map((role) => [role, newestProgram(list.value.files, role)]),
        ) as NewestPrograms)
      : null;
  }

  async #look(file: ListedFile): Promise<DistributedFile> {
    const { path } = this.folder;
    const found = await lstat(join(path, file.name)).catch(() => null);
    const at = found === null ? null : Math.round(found.mtimeMs);
    const said = await this.#known(path, file);
    if (said.ok) return { ...file, at, state: 'whole' };
    if (said.refusal.type === 'distributed-file-checking') this.#compareSoon(path, file);
    return { ...file, at, state: stateOf(said.refusal) };
  }

  /** As it lies there, and as it was compared with its digest before. @returns what the disk says of it. */
  async #known(path: string, file: ListedFile): Promise<Result<string>> {
    const { name } = file;
    const where = join(path, name);
    const found = await lstat(where).catch(() => null);
    if (found === null) return refuse({ type: 'distributed-file-missing', name });
    const handle = found.isFile() ? await openPlain(where) : null;
    if (!handle) return refuse({ type: 'distributed-file-not-a-file', name });
    try {
      const { size } = await handle.stat();
      if (size !== file.size) return refuse({ type: 'distributed-file-cut', name });
      const stamp = await stampOf(handle);
      const known = this.#digests.get(where);
      if (known?.stamp !== stamp) return refuse({ type: 'distributed-file-checking', name });
      return known.sha256 === file.sha256 ? ok(stamp) : refuse({ type: 'distributed-file-altered', name });
    } finally {
      await handle.close();
    }
  }

  /** The same, once it is compared. */
  async #whole(path: string, file: ListedFile): Promise<Result<string>> {
    const known = await this.#known(path, file);
    if (known.ok || known.refusal.type !== 'distributed-file-checking') return known;
    await this.#compare(path, file);
    return this.#known(path, file);
  }

  #compareSoon(path: string, file: ListedFile): void {
    void this.#compare(path, file).then(
      () => this.changed.notify(),
      (error: unknown) =>
        this.#node.log.error({ err: error, name: file.name }, 'a distributed file was not read'),
    );
  }

  /** One at a time: a disk that reads several at once is slower for all. */
  #compare(path: string, file: ListedFile): Promise<void> {
    const where = join(path, file.name);
    const running = this.#reading.get(where);
    if (running) return running;
    const before = [...this.#reading.values()].at(-1) ?? Promise.resolve();
    const compared = before
      .catch(() => undefined)
      .then(async () => {
        const handle = await openPlain(where);
        if (!handle) return;
        try {
          const stamp = await stampOf(handle);
          const sha256 = await digestOf(handle);
          // Whoever has written to it meanwhile has made it another one.
          if ((await stampOf(handle)) === stamp) this.#digests.set(where, { stamp, sha256 });
        } finally {
          await handle.close();
        }
      })
      .finally(() => this.#reading.delete(where));
    this.#reading.set(where, compared);
    return compared;
  }
}

async function readList(folder: string): Promise<Result<DistributionList>> {
  const read = await readListFile(join(folder, listName));
  return !read.ok && read.refusal.type === 'no-distribution'
    ? refuse({ type: 'no-distribution', path: folder })
    : read;
}

async function readListFile(path: string): Promise<Result<DistributionList>> {
  const handle = await openPlain(path);
  if (!handle) return refuse({ type: 'no-distribution', path });
  try {
    const { size } = await handle.stat();
    if (size > listLimit) return refuse({ type: 'distribution-not-understood', problem: `${size} bytes` });
    const list = listSchema.safeParse(JSON.parse(await handle.readFile('utf8')));
    return list.success
      ? ok(list.data)
      : refuse({ type: 'distribution-not-understood', problem: z.prettifyError(list.error).slice(0, 300) });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse({ type: 'distribution-not-understood', problem: error.message });
  } finally {
    await handle.close();
  }
}

/** @returns null: nothing is there, or something that is no plain file, as a link to one elsewhere. */
async function openPlain(path: string): Promise<FileHandle | null> {
  const found = await lstat(path).catch(() => null);
  if (!found?.isFile()) return null;
  // Windows has no such flag; there only an administrator makes links.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(() => null);
  if (handle === null || (await handle.stat()).isFile()) return handle;
  await handle.close();
  return null;
}

async function stampOf(handle: FileHandle): Promise<string> {
  // The moment of the last change cannot be set by whoever changes it.
  const { dev, ino, size, mtimeMs, ctimeMs } = await handle.stat();
  return [dev, ino, size, mtimeMs, ctimeMs].join(' ');
}

async function digestOf(handle: FileHandle): Promise<string> {
  const digest = createHash('sha256');
  const buffer = Buffer.alloc(1024 * 1024);
  for (let at = 0; ;) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return digest.digest('hex');
    digest.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}

function stateOf({ type }: Refusal): DistributedFile['state'] {
  const states = { missing: 'missing', cut: 'cut', altered: 'altered', checking: 'checking' } as const;
  return states[type.replace('distributed-file-', '') as keyof typeof states] ?? 'not-a-file';
}
