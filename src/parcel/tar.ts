/** The container of a parcel: an uncompressed ustar archive that any `tar` reads. */
import type { FileHandle } from 'node:fs/promises';
import { refuse, ok, type Result } from '../base/result.ts';

const block = 512;
/** Octal size field of ustar. */
const sizeLimit = 8 * 1024 ** 3 - 1;

export interface TarEntry {
  readonly name: string;
  /** Where its content starts in the file, bytes. */
  readonly offset: number;
  readonly size: number;
}

/** @param about of a file that is unpacked for use: who may run it, and its date, seconds since 1970. */
export function tarHeader(
  name: string,
  size: number,
  { mode = 0o644, mtime = 0 }: { readonly mode?: number; readonly mtime?: number } = {},
): Buffer {
  const { prefix, rest } = inTwo(name);
  if (Buffer.byteLength(rest) > 100 || Buffer.byteLength(prefix) > 155 || size > sizeLimit)
    throw new Error('does not fit into ustar');
  const header = Buffer.alloc(block);
  const octal = (value: number, at: number, length: number): void =>
    void header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
  header.write(rest, 0, 'utf8');
  header.write(prefix, 345, 'utf8');
  octal(mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(mtime, 136, 12);
  header.fill(' ', 148, 156);
  header.write('0', 156, 'latin1');
  header.write('ustar\0', 257, 'latin1');
  header.write('00', 263, 'latin1');
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return header;
}

/** ustar has 100 bytes for a name, and for one that is longer 155 more for the folders before it. */
function inTwo(name: string): { readonly prefix: string; readonly rest: string } {
  if (Buffer.byteLength(name) <= 100) return { prefix: '', rest: name };
  const folders = name.split('/');
  const rest: string[] = [];
  while (folders.length > 1 && Buffer.byteLength([folders.at(-1), ...rest].join('/')) <= 100)
    rest.unshift(folders.pop() as string);
  return { prefix: folders.join('/'), rest: rest.join('/') || name };
}

export function padding(size: number): Buffer {
  return Buffer.alloc((block - (size % block)) % block);
}

export const tarEnd = Buffer.alloc(2 * block);

const inParcels = /^(parts\/[a-z0-9][a-z0-9._-]{0,84}|manifest\.jws)$/;

/** Lists a parcel's entries without reading their content. @param names what else there is makes it none */
export async function readTar(
  file: FileHandle,
  names: RegExp = inParcels,
  most = 10_000,
): Promise<Result<TarEntry[]>> {
  const { size: length } = await file.stat();
  const entries: TarEntry[] = [];
  const header = Buffer.alloc(block);
  for (let at = 0; ;) {
    const { bytesRead } = await file.read(header, 0, block, at);
    if (bytesRead < block) return refuse({ type: entries.length === 0 ? 'not-a-parcel' : 'cut-short' });
    if (header.every((byte) => byte === 0)) return ok(entries);
    const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
    const text = (from: number, to: number): string =>
      header.toString('latin1', from, to).replace(/[\0 ].*$/s, '');
    if (Number.parseInt(text(148, 156), 8) !== sum || header.toString('latin1', 257, 262) !== 'ustar')
      return refuse({ type: entries.length === 0 ? 'not-a-parcel' : 'altered' });
    const size = /^[0-7]{1,11}$/.test(text(124, 136)) ? Number.parseInt(text(124, 136), 8) : -1;
    const name = header.toString('utf8', 0, 100).replace(/\0.*$/s, '');
    const regularFile = header.toString('latin1', 156, 157) === '0';
    if (size < 0 || !regularFile) return refuse({ type: 'not-a-parcel' });
    if (!names.test(name) || entries.length >= most) return refuse({ type: 'not-a-parcel' });
    if (at + block + size > length) return refuse({ type: 'cut-short' });
    entries.push({ name, offset: at + block, size });
    at += block + size + padding(size).length;
  }
}
