/** All contents that are kept by digest, as one file: an uncompressed tar that any `tar` reads. */
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, refuse, type Result } from '../../base/result.ts';
import { padding, readTar, tarEnd, tarHeader } from '../../parcel/tar.ts';
import { openBlobs } from '../../store/blobs.ts';

const digest = /^[0-9a-f]{64}$/;
/** A thousand rooms ship for days before anything is cleared away. */
const mostBlobs = 5_000_000;

export async function packBlobs(folder: string, file: string): Promise<void> {
  const out = await open(file, 'w');
  try {
    for (const group of await readdir(folder).catch(() => []))
      for (const name of digest.test(group) ? [] : await readdir(join(folder, group)).catch(() => [])) {
        if (!digest.test(name)) continue;
        const path = join(folder, group, name);
        const { size } = await stat(path);
        await out.appendFile(tarHeader(name, size));
        for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 }))
          await out.appendFile(bytes as Buffer);
        await out.appendFile(padding(size));
      }
    await out.appendFile(tarEnd);
    await out.sync();
  } finally {
    await out.close();
  }
}

/** @returns refusal `altered` with the digest when a content is not what its name says. */
export async function unpackBlobs(file: string, folder: string): Promise<Result<void>> {
  await mkdir(folder, { recursive: true });
  const blobs = openBlobs(folder);
  const archive = await open(file, 'r');
  try {
    const entries = await readTar(archive, digest, mostBlobs);
    if (!entries.ok) return entries;
    for (const { name, offset, size } of entries.value) {
      const content =
        size === 0
          ? new Uint8Array()
          : createReadStream(file, { start: offset, end: offset + size - 1, highWaterMark: 1 << 20 });
      const kept = await blobs.put(content);
      if (kept.digest !== name) return refuse({ type: 'altered', part: name });
    }
    return ok();
  } finally {
    await archive.close();
  }
}
