/** Zips each folder under `samples/` into the package that people import: the same bytes for the same content. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';

const samples = join(import.meta.dirname, '../../samples');

/** A folder's files as a package. */
export function zipFolder(folder: string): Promise<Uint8Array> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
  return zipPackage(
    new Map(paths.map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path)])),
  );
}

/** Stored without compression and with one fixed date, so that neither zlib's version nor the clock shows. @param files by path */
export async function zipPackage(files: ReadonlyMap<string, Uint8Array | string>): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    level: 0,
    useWebWorkers: false,
    extendedTimestamp: false,
    lastModDate: new Date(1980, 0, 1),
    keepOrder: true,
  });
  for (const [path, content] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
    await writer.add(path, new Uint8ArrayReader(bytes));
  }
  return writer.close();
}

export function samplePackages(): string[] {
  return readdirSync(samples, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

if (import.meta.main) {
  for (const name of samplePackages()) {
    const zip = await zipFolder(join(samples, name));
    writeFileSync(join(samples, `${name}.zip`), zip);
    console.log(`samples/${name}.zip ${zip.length} bytes`);
  }
}
