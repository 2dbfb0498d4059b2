/** Content kept by its SHA-256: papers, photos, answer files, parcels. Putting the same content twice is putting it once. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { newId } from '../base/ids.ts';

export interface BlobStore {
  /** Durable when it resolves. */
  put(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<{ digest: string; size: number }>;
  read(digest: string): Promise<Uint8Array | null>;
  stream(digest: string): Promise<Readable | null>;
  has(digest: string): Promise<boolean>;
  remove(digest: string): Promise<void>;
}

/** Files below a folder: `ab/abcdef…`. */
export function openBlobs(folder: string): BlobStore & { path(digest: string): string } {
  const path = (digest: string): string => {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new Error('not a digest');
    return join(folder, digest.slice(0, 2), digest);
  };
  return {
    path,
    async put(content) {
      await mkdir(folder, { recursive: true });
      const partial = join(folder, `${newId()}.part`);
      const digest = createHash('sha256');
      let size = 0;
      const file = await open(partial, 'wx');
      try {
        for await (const chunk of content instanceof Uint8Array ? [content] : content) {
          digest.update(chunk);
          size += chunk.length;
          await file.write(chunk);
        }
        await file.sync();
        await file.close();
        const name = digest.digest('hex');
        await mkdir(join(folder, name.slice(0, 2)), { recursive: true });
        await rename(partial, path(name));
        return { digest: name, size };
      } catch (error) {
        await file.close().catch(() => undefined);
        await rm(partial, { force: true });
        throw error;
      }
    },
    async read(digest) {
      return existsSync(path(digest)) ? new Uint8Array(await readFile(path(digest))) : null;
    },
    stream(digest) {
      return Promise.resolve(existsSync(path(digest)) ? createReadStream(path(digest)) : null);
    },
    has(digest) {
      return Promise.resolve(existsSync(path(digest)));
    },
    remove(digest) {
      return rm(path(digest), { force: true });
    },
  };
}
