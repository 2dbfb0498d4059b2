/**
 * What an installer carries behind its executable: the files of a seat's folder, each compressed with Zstandard (RFC 8878), then their list as JSON, its
 * length (64 bit, big endian) and 16 bytes that say what this is. Executables of Linux and Windows are not read beyond their own end.
 */
import { createHash } from 'node:crypto';
import { appendFile, readdir, readFile, stat, type FileHandle } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';

const mark = Buffer.from('INVIGIL-SEAT-01\0', 'latin1');
const tailSize = 8 + mark.length;
/** Of the list: a seat's folder has some hundred files. */
const listLimit = 4 * 1024 * 1024;

export interface CarriedFile {
  /** Below the program's folder, with `/`. */
  readonly path: string;
  /** Where its compressed bytes begin in the installer, and how many there are. */
  readonly at: number;
  readonly stored: number;
  readonly size: number;
  readonly sha256: string;
  readonly executable: boolean;
}

export interface Carried {
  readonly version: string;
  readonly system: 'linux' | 'windows';
  readonly files: readonly CarriedFile[];
}

/** Adds a folder to an executable. @param installer a file that ends with the executable, and may be written to. */
export async function carry(
  installer: string,
  folder: string,
  about: Pick<Carried, 'version' | 'system'>,
): Promise<void> {
  const files: CarriedFile[] = [];
  let { size: at } = await stat(installer);
  const found = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) =>
    one.isFile(),
  );
  for (const one of found) {
    const from = join(one.parentPath, one.name);
    const content = await readFile(from);
    // Three times as fast as the usual level would be for a runtime of 150 MB, and 4 MB larger.
    const stored = await promisify(zstdCompress)(content, {
      params: { [constants.ZSTD_c_compressionLevel]: 3 },
    });
    await appendFile(installer, stored);
    const path = from.slice(folder.length + 1).replaceAll(sep, '/');
    files.push({
      path,
      at,
      stored: stored.length,
      size: content.length,
      sha256: digest(content),
      executable: path.endsWith('.sh') || path === 'runtime/linux/node',
    });
    at += stored.length;
  }
  const list = Buffer.from(JSON.stringify({ ...about, files } satisfies Carried));
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(list.length));
  await appendFile(installer, Buffer.concat([list, length, mark]));
}

/** @returns null: nothing is carried, or the end of the file is missing. */
export async function readCarried(file: FileHandle): Promise<Carried | null> {
  const { size } = await file.stat();
  if (size < tailSize) return null;
  const tail = await bytes(file, size - tailSize, tailSize);
  const length = Number(tail.readBigUInt64BE());
  if (!tail.subarray(8).equals(mark) || length > Math.min(listLimit, size - tailSize)) return null;
  return JSON.parse((await bytes(file, size - tailSize - length, length)).toString('utf8')) as Carried;
}

/** @returns null: the bytes are not those that were put in. */
export async function readFileOf(file: FileHandle, one: CarriedFile): Promise<Buffer | null> {
  const stored = await bytes(file, one.at, one.stored);
  const content = await promisify(zstdDecompress)(stored).catch(() => null);
  return content !== null && digest(content) === one.sha256 ? content : null;
}

async function bytes(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, at);
  return buffer.subarray(0, bytesRead);
}

function digest(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
