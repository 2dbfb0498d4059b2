/** Unpacks a QTI content package with limits: what a ZIP says of itself is never believed, only what comes out of it. */
import { BlobReader, ZipReader, type Entry } from '@zip.js/zip.js';
import { ok, refuse, type Result } from '../../base/result.ts';

export interface PackageLimits {
  readonly entries: number;
  /** Bytes of one file, of all together; characters of a name. */
  readonly file: number;
  readonly total: number;
  readonly nameLength: number;
}

export const packageLimits: PackageLimits = {
  entries: 5_000,
  file: 200 * 1024 * 1024,
  total: 500 * 1024 * 1024,
  nameLength: 300,
};

export type PackageFiles = ReadonlyMap<string, Uint8Array>;

export async function readPackageFiles(
  zip: Uint8Array<ArrayBuffer>,
  limits = packageLimits,
): Promise<Result<PackageFiles>> {
  const reader = new ZipReader(new BlobReader(new Blob([zip])), {
    useWebWorkers: false,
    strictness: 'strict',
  } as object);
  let entries: Entry[];
  try {
    entries = await reader.getEntries();
  } catch (error) {
    return refuse({ type: 'not-a-zip', problem: (error as Error).message });
  }
  if (entries.length > limits.entries)
    return refuse({ type: 'package-too-many-files', limit: limits.entries });
  const files = new Map<string, Uint8Array>();
  const names = new Set<string>();
  let total = 0;
  for (const entry of entries) {
    const name = nameOf(entry);
    // What macOS adds to every ZIP.
    if (entry.directory || /(^|\/)(__MACOSX\/|\.DS_Store$)/.test(name)) continue;
    const wrong =
      badName(name, limits.nameLength) ??
      (entry.encrypted
        ? 'file-encrypted'
        : isLink(entry)
          ? 'file-is-link'
          : names.has(folded(name))
            ? 'file-twice'
            : null);
    if (wrong !== null) return refuse({ type: wrong, name: name.slice(0, 200) });
    const content = await extract(entry, Math.min(limits.file, limits.total - total));
    if (!content.ok) return content;
    total += content.value.length;
    files.set(name, content.value);
    names.add(folded(name));
  }
  await reader.close();
  return ok(files);
}

/** Tools that do not mark their names as UTF-8 write them so all the same; some write Windows' separator. */
function nameOf(entry: Entry): string {
  const { filename, rawFilename } = entry as Entry & { rawFilename?: Uint8Array };
  let name = filename;
  if (rawFilename?.some((byte) => byte > 127)) {
    try {
      name = new TextDecoder('utf-8', { fatal: true }).decode(rawFilename);
    } catch {
      // Not UTF-8: as the ZIP declares it.
    }
  }
  return name.replaceAll('\\', '/');
}

/** Names that are one file on some systems: unpacked there, the author would look at another than we do. */
function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function badName(name: string, longest: number): string | null {
  if (name.length > longest) return 'file-name-too-long';
  if (/^[/\\]|^[A-Za-z]:|\\|\0/.test(name) || name.split('/').some((part) => part === '..' || part === '.'))
    return 'file-name-leaves-package';
  return null;
}

function isLink(entry: Entry): boolean {
  return ((entry as { externalFileAttributes?: number }).externalFileAttributes ?? 0) >>> 28 === 0xa;
}

/** Counts while unpacking: 10 GB of zeros stop at the limit, not at the end of memory. */
async function extract(entry: Entry, limit: number): Promise<Result<Uint8Array>> {
  const stop = new AbortController();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      size += chunk.length;
      if (size > limit) {
        stop.abort();
        throw new Error('limit');
      }
      chunks.push(chunk);
    },
  });
  try {
    await (entry as { getData?: (writer: unknown, options: object) => Promise<unknown> }).getData?.(
      { writable: sink },
      { signal: stop.signal, checkSignature: true },
    );
  } catch (error) {
    if (size > limit) return refuse({ type: 'package-too-large', name: entry.filename, limit });
    return refuse({ type: 'file-damaged', name: entry.filename, problem: (error as Error).message });
  }
  return ok(new Uint8Array(await new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer()));
}
