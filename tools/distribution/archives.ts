/**
 * Archives that are the same whenever they are made from the same files: names in one order, one date, no owner. `tar.gz` is ustar in several gzip
 * members one after the other (RFC 1952, 2.2), `zip` is PKWARE's APPNOTE 6.3 without anything that is optional; neither needs more than what Linux,
 * macOS and Windows bring. Large files come in every role's archive and are compressed once.
 */
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { crc32, deflateRaw, gzip } from 'node:zlib';
import { padding, tarEnd, tarHeader } from '../../src/parcel/tar.ts';

export interface ArchiveFile {
  /** Below the archive's one folder, with `/`. */
  readonly path: string;
  readonly content: { readonly file: string } | string | Uint8Array;
  readonly executable: boolean;
}

export const fromFile = (path: string, file: string, executable = false): ArchiveFile => ({
  path,
  content: { file },
  executable,
});

/** 2000-01-01: what is older, some programs take for a mistake. */
const date = { unixSeconds: 946_684_800, dos: ((2000 - 1980) << 9) | (1 << 5) | 1 };
/** Compressed alone, and kept for the next archive. */
const largeBytes = 1024 * 1024;
/** No archive needs the 64-bit form of zip. */
const zipLimit = 0xffff_ffff;

/** For archives that have files in common. */
export interface Compression {
  /** Of zlib, 1 to 9. */
  readonly level: number;
  /** What was compressed before, by file. */
  readonly before: Map<string, Promise<Buffer>>;
}

const gzipped = promisify<Buffer, { level: number }, Buffer>(gzip);
const deflated = promisify<Buffer, { level: number }, Buffer>(deflateRaw);

/** @param top the one folder in it. */
export async function writeArchive(
  out: string,
  form: 'tar.gz' | 'zip',
  top: string,
  files: readonly ArchiveFile[],
  compression: Compression,
): Promise<void> {
  const ordered = files
    .map((file) => ({ ...file, path: `${top}/${file.path}` }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const twice = ordered.find((file, i) => file.path.toLowerCase() === ordered[i + 1]?.path.toLowerCase());
  if (twice) throw new Error(`${twice.path} comes twice`);
  const bytes = form === 'zip' ? zipBytes(ordered, compression) : tarBytes(ordered, compression);
  await pipeline(Readable.from(bytes), createWriteStream(out, { flags: 'wx' }));
}

const contentOf = async ({ content }: ArchiveFile): Promise<Buffer> =>
  typeof content === 'object' && 'file' in content ? readFile(content.file) : Buffer.from(content);

/** @param how of one content, whatever archive it stands in. */
function once(
  { content }: ArchiveFile,
  bytes: Buffer,
  how: string,
  compression: Compression,
  make: () => Promise<Buffer>,
): Promise<Buffer> {
  if (bytes.length < largeBytes || !(typeof content === 'object' && 'file' in content)) return make();
  const key = `${how} ${content.file}`;
  const made = compression.before.get(key) ?? make();
  compression.before.set(key, made);
  return made;
}

async function* tarBytes(files: readonly ArchiveFile[], compression: Compression): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  const wait = (...parts: Buffer[]): void => {
    waiting.push(...parts);
    waitingBytes += parts.reduce((sum, part) => sum + part.length, 0);
  };
  const member = async (): Promise<Buffer> => {
    const made = await gzipped(Buffer.concat(waiting), compression);
    waiting = [];
    waitingBytes = 0;
    return made;
  };
  for (const file of files) {
    const content = await contentOf(file);
    const mode = file.executable ? 0o755 : 0o644;
    wait(tarHeader(file.path, content.length, { mode, mtime: date.unixSeconds }));
    const whole = [content, padding(content.length)];
    if (content.length < largeBytes) wait(...whole);
    else {
      yield await member();
      yield await once(file, content, 'gzip', compression, () => gzipped(Buffer.concat(whole), compression));
    }
    if (waitingBytes > 16 * largeBytes) yield await member();
  }
  wait(tarEnd);
  yield await member();
}

async function* zipBytes(files: readonly ArchiveFile[], compression: Compression): AsyncGenerator<Buffer> {
  const directory: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const content = await contentOf(file);
    const stored = await once(file, content, 'deflate', compression, () => deflated(content, compression));
    const name = Buffer.from(file.path, 'utf8');
    const about = zipAbout({ crc: crc32(content), stored: stored.length, size: content.length, name });
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), about, name]);
    const central = Buffer.alloc(14);
    // Comment, disk and internal attributes stay 0; the others as Unix has them, for whoever unpacks it there.
    central.writeUInt32LE((0o100_000 | (file.executable ? 0o755 : 0o644)) * 0x1_0000, 6);
    central.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), about, central, name]));
    yield local;
    yield stored;
    at += local.length + stored.length;
    if (at > zipLimit) throw new Error('the archive is too large for zip');
  }
  const all = Buffer.concat(directory);
  yield all;
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(all.length, 8);
  end.writeUInt32LE(at, 12);
  yield Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), end]);
}

/** What stands before the name in both places: version, flags (names in UTF-8), deflate, date, checksum, sizes, lengths. */
function zipAbout(of: {
  readonly crc: number;
  readonly stored: number;
  readonly size: number;
  readonly name: Buffer;
}): Buffer {
  const about = Buffer.alloc(26);
  about.writeUInt16LE(20, 0);
  about.writeUInt16LE(0x0800, 2);
  about.writeUInt16LE(8, 4);
  about.writeUInt16LE(0, 6);
  about.writeUInt16LE(date.dos, 8);
  about.writeUInt32LE(of.crc, 10);
  about.writeUInt32LE(of.stored, 14);
  about.writeUInt32LE(of.size, 18);
  about.writeUInt16LE(of.name.length, 22);
  return about;
}
