/**
 * A ZIP of scans, file by file, without ever unpacking it to a disk. What it says of itself is never believed. What is wrong with the archive
 * refuses it as a whole, before a single page was taken; what is wrong with one file is that file's refusal, and the others go on.
 */
import { openAsBlob } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import {
  BlobReader,
  ERR_ENCRYPTED,
  ERR_INVALID_PASSWORD,
  ERR_SPLIT_ZIP_FILE,
  ZipReader,
  type Entry,
  type FileEntry,
} from '@zip.js/zip.js';
import { Refused } from '../base/refused.ts';
import { ok, refuse, type Refusal, type Result } from '../base/result.ts';
import { decodeName, encodingOfNames, type NameEncoding } from './archive-names.ts';
import { otherFormat } from './image-file.ts';

export interface ArchiveLimits {
  /** Of the archive, bytes. */
  readonly archive: number;
  readonly files: number;
  /** Unpacked: of a file, of all. */
  readonly file: number;
  readonly total: number;
  /** Unpacked to packed, of a file that is larger than `ratioFrom`. */
  readonly ratio: number;
  readonly ratioFrom: number;
}

const megabyte = 1_048_576;
export const archiveLimits: ArchiveLimits = {
  archive: 250 * megabyte,
  files: 5_000,
  file: 100 * megabyte,
  total: 2_000 * megabyte,
  ratio: 300,
  ratioFrom: 20 * megabyte,
};

export interface ArchivedFile {
  /** In its archive, from 0; what systems add does not count. */
  readonly position: number;
  readonly name: string;
  readonly encrypted: boolean;
  readonly content: Result<Uint8Array>;
}

export interface ScanArchive {
  /** Of names that are not plain; null: it is not certain, and what is not plain is left out of them. */
  readonly encoding: NameEncoding | null;
  /** `archive-several-folders`, `archive-names-unsure`. */
  readonly warnings: readonly Refusal[];
  /** What systems add by themselves: no pages, and no mistake. */
  readonly passedOver: number;
  readonly count: number;
  /**
   * One file at a time is in memory.
   * @param without positions that are not unpacked and do not come
   * @throws Refused `archive-bomb` when more comes out of it than it said
   */
  files(without?: ReadonlySet<number>): AsyncGenerator<ArchivedFile>;
  close(): Promise<void>;
}

/**
 * Refusals: `archive-empty`, `archive-other-format`, `archive-multi-part`, `archive-too-large`, `archive-damaged`, `archive-too-many-files`,
 * `archive-bomb`, `archive-password-missing`, `archive-password-wrong`, `archive-without-files`.
 */
export async function openScanArchive(
  path: string,
  {
    password,
    limits = archiveLimits,
    name = path,
  }: {
    password?: string | undefined;
    limits?: ArchiveLimits;
    /** As its sender called it, where it is kept under another name. */
    name?: string;
  } = {},
): Promise<Result<ScanArchive>> {
  const wrong = await looksWrong(path, name, limits);
  if (wrong !== null) return refuse(wrong);
  const reader = new ZipReader(new BlobReader(await openAsBlob(path)), {
    useWebWorkers: false,
    checkOverlappingEntry: true,
    // Of a name that leads out of the archive its own file is refused, not everything else with it.
    filenameValidation: 'tolerant',
  });
  const listed = await list(reader, limits);
  if (!listed.ok) {
    await reader.close();
    return listed;
  }
  const { entries, encoding, passedOver } = listed.value;
  const unlocked = await passwordProblem(entries, password);
  if (unlocked !== null) {
    await reader.close();
    return refuse(unlocked);
  }
  const folders = new Set(entries.map(({ name }) => folderOf(name)));
  const warnings: Refusal[] = [];
  if (folders.size > 1)
    warnings.push({
      type: 'archive-several-folders',
      folders: [...folders]
        .slice(0, 20)
        .map((one) => one || '/')
        .join(', '),
    });
  if (encoding === null) warnings.push({ type: 'archive-names-unsure' });
  return ok({
    encoding,
    warnings,
    passedOver,
    count: entries.length,
    files: (without = new Set()) => unpack(entries, without, password, limits),
    close: async () => {
      await reader.close();
    },
  });
}

/** By its length and first bytes: archives of other kinds are often named `.zip`. */
async function looksWrong(path: string, name: string, limits: ArchiveLimits): Promise<Refusal | null> {
  const { size } = await stat(path);
  if (size === 0) return { type: 'archive-empty' };
  if (/\.(zip\.\d{3}|z\d{2}|part\d+\.rar|7z\.\d{3})$/i.test(name)) return { type: 'archive-multi-part' };
  if (size > limits.archive)
    return { type: 'archive-too-large', limitMB: Math.round(limits.archive / megabyte) };
  const file = await open(path);
  try {
    const start = new Uint8Array(16);
    await file.read(start, 0, 16, 0);
    if (start[0] === 0x50 && start[1] === 0x4b && start[2] === 7 && start[3] === 8)
      return { type: 'archive-multi-part' };
    const format = otherFormat(start);
    if (format === null && (await isLastPart(file, size))) return { type: 'archive-multi-part' };
    if (format !== 'ZIP') return { type: 'archive-other-format', format: format ?? '?' };
  } finally {
    await file.close();
  }
  return null;
}

/** The last of several parts has an archive's end, which counts the parts before it, and no archive's start. */
async function isLastPart(file: FileHandle, size: number): Promise<boolean> {
  const end = Buffer.alloc(Math.min(size, 22));
  await file.read(end, 0, end.length, size - end.length);
  return end.length === 22 && end.readUInt32LE(0) === 0x06054b50 && end.readUInt16LE(4) > 0;
}

interface Named {
  readonly entry: FileEntry;
  readonly name: string;
}

async function list(
  reader: ZipReader<unknown>,
  limits: ArchiveLimits,
): Promise<Result<{ entries: Named[]; encoding: NameEncoding | null; passedOver: number }>> {
  const all: Entry[] = [];
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      all.push(entry);
      if (all.length > limits.files) return refuse({ type: 'archive-too-many-files', limit: limits.files });
    }
  } catch (error) {
    const { message } = error as Error;
    if (message === ERR_SPLIT_ZIP_FILE) return refuse({ type: 'archive-multi-part' });
    return refuse({ type: 'archive-damaged' });
  }
  const encoding = encodingOfNames(
    all.filter(({ filenameUTF8 }) => !filenameUTF8).map(({ rawFilename }) => rawFilename),
  );
  const named = all.flatMap((entry): Named[] =>
    entry.directory
      ? []
      : [
          {
            entry,
            name: decodeName(entry.rawFilename, entry.filenameUTF8 ? 'UTF-8' : encoding).replaceAll(
              '\\',
              '/',
            ),
          },
        ],
  );
  const entries = named.filter(({ name }) => !ofTheSystem(name));
  if (entries.length === 0) return refuse({ type: 'archive-without-files' });
  const said = entries.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0);
  if (said > limits.total || entries.some(({ entry }) => swollen(entry, entry.uncompressedSize, limits)))
    return refuse({ type: 'archive-bomb', limitMB: Math.round(limits.total / megabyte) });
  return ok({ entries, encoding, passedOver: named.length - entries.length });
}

function swollen({ compressedSize }: FileEntry, size: number, limits: ArchiveLimits): boolean {
  return size > limits.ratioFrom && size > Math.max(1, compressedSize) * limits.ratio;
}

/** What macOS and Windows put into folders by themselves. */
export function ofTheSystem(name: string): boolean {
  return /(^|\/)(__MACOSX\/|\.DS_Store$|\._[^/]*$|Thumbs\.db$|desktop\.ini$)/i.test(name);
}

function folderOf(name: string): string {
  return name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '';
}

/** Tried on the smallest file that has one: before any page was taken. */
async function passwordProblem(
  entries: readonly Named[],
  password: string | undefined,
): Promise<Refusal | null> {
  const [smallest] = entries
    .map(({ entry }) => entry)
    .filter(({ encrypted }) => encrypted)
    .toSorted((a, b) => a.compressedSize - b.compressedSize);
  if (!smallest) return null;
  if (password === undefined || password === '') return { type: 'archive-password-missing' };
  try {
    await smallest.getData(new WritableStream(), { password, checkPasswordOnly: true, useWebWorkers: false });
    return null;
  } catch (error) {
    if ((error as Error).message === ERR_INVALID_PASSWORD) return { type: 'archive-password-wrong' };
    // It is right, or the file is damaged: that is said when the file comes.
    return null;
  }
}

async function* unpack(
  entries: readonly Named[],
  without: ReadonlySet<number>,
  password: string | undefined,
  limits: ArchiveLimits,
): AsyncGenerator<ArchivedFile> {
  const known = new Set<string>();
  let total = 0;
  for (const [position, { entry, name }] of entries.entries()) {
    const wrong = nameProblem(name) ?? (isLink(entry) ? { type: 'archive-file-link' } : null);
    // Names that are one file on Windows are one here, too.
    const folded = `${name.normalize('NFC').toLowerCase()}${name.includes('\uFFFD') ? entry.offset : ''}`;
    const twice = known.has(folded);
    known.add(folded);
    if (without.has(position)) {
      total += entry.uncompressedSize;
      continue;
    }
    const refusal = wrong ?? (twice ? { type: 'archive-file-twice' } : null);
    if (refusal !== null) {
      yield { position, name: printable(name), encrypted: entry.encrypted, content: refuse(refusal) };
      continue;
    }
    const content = await extract(entry, password, limits);
    if (content.ok) {
      total += content.value.length;
      if (total > limits.total)
        throw new Refused({ type: 'archive-bomb', limitMB: Math.round(limits.total / megabyte) });
    }
    yield {
      position,
      name: printable(name),
      encrypted: entry.encrypted,
      content: content.ok ? nested(name, content.value) : content,
    };
  }
}

/** Control characters could write into a terminal or a list what they like. */
export function printable(name: string): string {
  // oxlint-disable-next-line no-control-regex
  return name.replaceAll(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD').slice(0, 300);
}

function nameProblem(name: string): Refusal | null {
  const leaves = /^\/|^[A-Za-z]:|\0/.test(name) || name.split('/').some((part) => part === '..');
  return leaves ? { type: 'archive-file-outside' } : null;
}

function isLink({ externalFileAttributes }: FileEntry): boolean {
  return (externalFileAttributes ?? 0) >>> 28 === 0xa;
}

const archives = new Set(['ZIP', 'RAR', '7z', 'gzip']);

function nested(name: string, bytes: Uint8Array): Result<Uint8Array> {
  const format = otherFormat(bytes);
  if (format === null || !archives.has(format)) return ok(bytes);
  return refuse({ type: name.includes('/') ? 'archive-in-folder' : 'archive-in-archive', format });
}

async function extract(
  entry: FileEntry,
  password: string | undefined,
  limits: ArchiveLimits,
): Promise<Result<Uint8Array>> {
  const chunks: Uint8Array[] = [];
  const stop = new AbortController();
  let size = 0;
  const over = (): boolean => size > limits.file || swollen(entry, size, limits);
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      size += chunk.length;
      if (over()) {
        stop.abort();
        throw new Error('limit');
      }
      chunks.push(chunk);
    },
  });
  try {
    await entry.getData(sink, {
      ...(password === undefined ? {} : { password }),
      signal: stop.signal,
      checkSignature: true,
      useWebWorkers: false,
    });
  } catch (error) {
    const { message } = error as Error;
    if (over())
      return refuse({ type: 'archive-file-too-large', limitMB: Math.round(limits.file / megabyte) });
    if (message === ERR_ENCRYPTED) return refuse({ type: 'archive-password-missing' });
    // The old encryption knows one wrong password in 256 only by what comes out of it.
    if (message === ERR_INVALID_PASSWORD || entry.zipCrypto)
      return refuse({ type: 'archive-password-wrong' });
    return refuse({ type: 'archive-file-damaged' });
  }
  return ok(new Uint8Array(Buffer.concat(chunks)));
}
