/** Content kept by its SHA-256: papers, photos, answer files, parcels. Putting the same content twice is putting it once. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { concatBytes } from '../base/bytes.ts';
import { newId } from '../base/ids.ts';
import { Refused } from '../base/refused.ts';

export interface BlobStore {
  /** Durable when it resolves. Content of any length, never held in memory whole when it comes as a stream. */
  put(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<{ digest: string; size: number }>;
  /** null: not here. @throws Refused `blob-damaged` when it is not what was put. */
  read(digest: string): Promise<Uint8Array | null>;
  /** null: not here. The stream fails with Refused `blob-damaged` before its end when it is not what was put. */
  stream(digest: string): Promise<Readable | null>;
  has(digest: string): Promise<boolean>;
  remove(digest: string): Promise<void>;
}

export interface FileBlobs extends BlobStore {
  path(digest: string): string;
  /** As `has`, at once. */
  holds(digest: string): boolean;
}

/** @throws when it is none: a digest becomes part of a path. */
export function checkDigest(digest: string): string {
  if (!/^[0-9a-f]{64}$/.test(digest)) throw new Error('not a digest');
  return digest;
}

/** Files below a folder: `ab/abcdef…`. */
export function openBlobs(folder: string): FileBlobs {
  const path = (digest: string): string => join(folder, checkDigest(digest).slice(0, 2), digest);
  const holds = (digest: string): boolean => existsSync(path(digest));
  const stream = (digest: string): Readable | null =>
    holds(digest) ? verified(createReadStream(path(digest), { highWaterMark: 1 << 20 }), digest) : null;
  return {
    path,
    holds,
    async put(content) {
      await mkdir(folder, { recursive: true });
      const partial = join(folder, `${newId()}.part`);
      try {
        const kept = await writeDurably(partial, content);
        const place = join(folder, kept.digest.slice(0, 2));
        if ((await mkdir(place, { recursive: true })) !== undefined) await syncFolder(folder);
        await rename(partial, path(kept.digest));
        await syncFolder(place);
        return kept;
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
    },
    async read(digest) {
      const found = stream(digest);
      return found === null ? null : collect(found);
    },
    stream: (digest) => Promise.resolve(stream(digest)),
    has: (digest) => Promise.resolve(holds(digest)),
    remove: (digest) => rm(path(digest), { force: true }),
  };
}

/** On the disk when it resolves; the caller gives it its name. */
export async function writeDurably(
  path: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<{ digest: string; size: number }> {
  const digest = createHash('sha256');
  let size = 0;
  const file = await open(path, 'wx');
  try {
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      digest.update(chunk);
      size += chunk.length;
      // Not `write`: that one may write less than it was given.
      await file.appendFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { digest: digest.digest('hex'), size };
}

/** Without it a power cut can take back the new name of a file whose content is on the disk. Windows opens no folders and needs none of this. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const opened = await open(folder, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

/** The same bytes; the end comes only when they are what the digest says. */
export function verified(source: AsyncIterable<Uint8Array>, digest: string): Readable {
  const read = async function* (): AsyncGenerator<Uint8Array> {
    const sum = createHash('sha256');
    for await (const chunk of source) {
      sum.update(chunk);
      yield chunk;
    }
    if (sum.digest('hex') !== digest) throw new Refused({ type: 'blob-damaged', digest });
  };
  return Readable.from(read(), { objectMode: false });
}

export async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return concatBytes(...chunks);
}
