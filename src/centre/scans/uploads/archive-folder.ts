/** Where archives lie until they are read: in the data folder, by the id of their upload, beside what the tus server has to know of them. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FileStore } from '@tus/file-store';
import { Upload } from '@tus/server';

const idForm = /^[0-9a-z]{16}$/;

export class ArchiveFolder {
  readonly path: string;
  readonly #store: Promise<DurableStore>;

  constructor(data: string) {
    this.path = join(data, 'scan-archives');
    this.#store = mkdir(this.path, { recursive: true }).then(
      () => new DurableStore({ directory: this.path }),
    );
    // Whoever needs it meets the failure.
    this.#store.catch(() => undefined);
  }

  store(): Promise<FileStore> {
    return this.#store;
  }

  file(id: string): string {
    if (!idForm.test(id)) throw new Error('not the id of an upload');
    return join(this.path, id);
  }

  /** Bytes that are here; null: nothing, not even an empty file. */
  async received(id: string): Promise<number | null> {
    try {
      return (await stat(this.file(id))).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  /** When anything of it last came. */
  async movedAt(id: string): Promise<number | null> {
    try {
      return (await stat(this.file(id))).mtimeMs;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  /** Empty, for a browser to fill. */
  async begin(id: string, size: number, modifiedAt: number): Promise<void> {
    await (
      await this.#store
    ).create(new Upload({ id, size, offset: 0, metadata: { modified: String(modifiedAt) } }));
  }

  /** When the file was last changed at its sender's, as its browser said. */
  async modifiedAt(id: string): Promise<string | null> {
    const kept = await (await this.#store).configstore.get(id);
    return kept?.metadata?.['modified'] ?? null;
  }

  /** A file that is here already, copied. On the disk when it resolves. */
  async keep(id: string, path: string): Promise<void> {
    await this.#store;
    const partial = this.file(id);
    try {
      await pipeline(createReadStream(path), createWriteStream(partial, { flags: 'wx' }));
      await sync(partial);
      await syncFolder(this.path);
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  }

  /** A file that is made here. What was begun of it before goes. On the disk when it resolves. */
  async make(id: string, write: (path: string) => Promise<void>): Promise<void> {
    await this.#store;
    const partial = this.file(id);
    await rm(partial, { force: true });
    try {
      await write(partial);
      await sync(partial);
      await syncFolder(this.path);
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  }

  async remove(id: string): Promise<void> {
    await rm(this.file(id), { force: true });
    await rm(`${this.file(id)}.json`, { force: true });
  }

  async ids(): Promise<string[]> {
    await this.#store;
    const names = await readdir(this.path);
    return [...new Set(names.map((name) => name.replace(/\.json$/, '')))].filter((id) => idForm.test(id));
  }
}

/** What it says that it holds is on the disk. */
class DurableStore extends FileStore {
  override async create(upload: Upload): Promise<Upload> {
    const made = await super.create(upload);
    await sync(join(this.directory, upload.id));
    await sync(join(this.directory, `${upload.id}.json`));
    await syncFolder(this.directory);
    return made;
  }

  override async write(source: Readable, id: string, offset: number): Promise<number> {
    const path = join(this.directory, id);
    const file = createWriteStream(path, { flags: 'r+', start: offset });
    await pipeline(source, file);
    await sync(path);
    return offset + file.bytesWritten;
  }

  /** What came of a request that broke off is told, too. */
  override async getUpload(id: string): Promise<Upload> {
    const upload = await super.getUpload(id);
    await sync(join(this.directory, id));
    return upload;
  }
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Windows opens no folders and needs none of this. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
