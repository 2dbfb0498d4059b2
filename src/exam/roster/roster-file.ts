/** What a roster comes as: a table by itself, a ZIP of one table and the candidates' photos, or a OneRoster package. */
import { Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import { ok, refuse, type Result } from '../../base/result.ts';
import { readPackageFiles, type PackageFiles, type PackageLimits } from '../paper/package-files.ts';
import { oneRosterFolder } from './one-roster/tables.ts';
import { readTableFile, type TableFile } from './table-file.ts';

export const rosterZipLimits: PackageLimits = {
  entries: 20_000,
  file: 200 * 1024 * 1024,
  total: 500 * 1024 * 1024,
  nameLength: 300,
};

export interface RosterFile extends TableFile {
  /** What else is in the ZIP, by name. */
  readonly beside: PackageFiles;
  /** The files of a OneRoster package and the folder that they are in; its `rows` are made of them. */
  readonly oneRoster: { readonly files: PackageFiles; readonly folder: string } | null;
}

export async function readRosterFile(
  bytes: Uint8Array<ArrayBuffer>,
  limits = rosterZipLimits,
): Promise<Result<RosterFile>> {
  if (!(await isArchive(bytes))) {
    const table = await readTableFile(bytes);
    return table.ok ? ok({ ...table.value, beside: new Map(), oneRoster: null }) : table;
  }
  const files = await readZip(bytes, limits);
  if (!files.ok) return files;
  const folder = oneRosterFolder(files.value.keys());
  if (folder !== null) {
    const beside = [...files.value].filter(([one]) => !isTable(one));
    return ok({
      rows: [],
      encoding: 'UTF-8',
      beside: new Map(beside),
      oneRoster: { files: files.value, folder },
    });
  }
  const tables = [...files.value.keys()].filter(isTable);
  const [name] = tables;
  if (name === undefined || tables.length > 1)
    return refuse({ type: 'roster-zip-needs-one-table', tables: tables.slice(0, 5) });
  const table = await readTableFile(files.value.get(name) as Uint8Array);
  if (!table.ok) return table;
  const beside = [...files.value].filter(([one]) => one !== name);
  return ok({ ...table.value, beside: new Map(beside), oneRoster: null });
}

/** Tables and photos of a ZIP. */
export async function readZip(
  bytes: Uint8Array<ArrayBuffer>,
  limits = rosterZipLimits,
): Promise<Result<PackageFiles>> {
  const files = await readPackageFiles(bytes, limits);
  // Its text there speaks of papers.
  return !files.ok && files.refusal.type === 'not-a-zip'
    ? refuse({ ...files.refusal, type: 'roster-zip-unreadable' })
    : files;
}

function isTable(name: string): boolean {
  return /\.(csv|txt|xlsx)$/i.test(name);
}

/** A ZIP that is not a spreadsheet, which is one, too. What cannot be listed goes by the name of the part that every spreadsheet has. */
async function isArchive(bytes: Uint8Array): Promise<boolean> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return false;
  const reader = new ZipReader(new Uint8ArrayReader(bytes), { useWebWorkers: false });
  try {
    const entries = await reader.getEntries();
    return !entries.some((entry) => entry.filename === '[Content_Types].xml');
  } catch {
    return !Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('[Content_Types].xml');
  } finally {
    await reader.close();
  }
}
