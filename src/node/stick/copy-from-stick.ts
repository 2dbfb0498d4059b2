/** A file of a stick is copied first and judged as the copy: a stick that is pulled out or changed in between changes nothing. */
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { writeDurably } from '../../store/blobs.ts';
import { diskRefusal } from '../../store/disk-refusal.ts';

const pieceSize = 1 << 20;

/** @returns on the disk, whole. Refusals: `disk-full`, `stick-pulled-out`. */
export async function copyFromStick(path: string, to: string): Promise<Result<void>> {
  const partial = `${to}.part`;
  try {
    // A stream that opens for itself fails where nobody listens yet, and one of an open file closes it when nobody knows.
    const source = await open(path, 'r');
    try {
      await writeDurably(partial, piecesOf(source));
    } finally {
      await source.close();
    }
    await rename(partial, to);
    return ok();
  } catch (error) {
    await rm(partial, { force: true });
    if (diskRefusal(error)?.type === 'disk-full') return refuse({ type: 'disk-full', path: to });
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EIO' || code === 'ENOENT' || code === 'ENODEV')
      return refuse({ type: 'stick-pulled-out', path });
    throw error;
  }
}

/** Each is used up before the next is read into its place. */
async function* piecesOf(file: FileHandle): AsyncGenerator<Uint8Array> {
  const piece = Buffer.alloc(pieceSize);
  for (;;) {
    const { bytesRead } = await file.read(piece, 0, pieceSize);
    if (bytesRead === 0) return;
    yield piece.subarray(0, bytesRead);
  }
}

/** Works with a copy in `staging`, which is gone afterwards. Refusals: those of `copyFromStick` and of the work. */
export async function withCopy<T>(
  path: string,
  staging: string,
  work: (copy: string) => Promise<Result<T>>,
): Promise<Result<T>> {
  const copy = join(staging, `stick-${newId()}`);
  const copied = await copyFromStick(path, copy);
  if (!copied.ok) return copied;
  try {
    return await work(copy);
  } finally {
    await rm(copy, { force: true });
  }
}
