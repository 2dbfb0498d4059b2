/** What a roster comes as: a table by itself, or a ZIP of one table and the candidates' photos. */
import { Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import { ok, refuse, type Result } from '../../base/result.ts';
import { readPackageFiles, type PackageFiles } from '../paper/package-files.ts';
import { readTableFile, type TableFile } from './table-file.ts';

const limits = {
  entries: 20_000,
  file: 200 * 1024 * 1024,
  total: 500 * 1024 * 1024,
  nameLength: 300,
};

export interface RosterFile extends TableFile {
  /** What else is in the ZIP, by name. */
  readonly beside: PackageFiles;
}

export async function readRosterFile(bytes: Uint8Array<ArrayBuffer>): Promise<Result<RosterFile>> {
  if (!(await isArchive(bytes))) {
    const table = await readTableFile(bytes);
    return table.ok ? ok({ ...table.value, beside: new Map() }) : table;
  }
  const files = await readPackageFiles(bytes, limits);
  if (!files.ok) return files;
  const tables = [...files.value.keys()].filter((name) => /\.(csv|txt|xlsx)$/i.test(name));
  const [name] = tables;
  if (name === undefined || tables.length > 1)
    return refuse({ type: 'roster-zip-needs-one-table', tables: tables.slice(0, 5) });
  const table = await readTableFile(files.value.get(name) as Uint8Array);
  if (!table.ok) return table;
  return ok({ ...table.value, beside: new Map([...files.value].filter(([one]) => one !== name)) });
}

/** A ZIP that is not a spreadsheet, which is one, too. What cannot be read is left to those who say what is wrong with it. */
async function isArchive(bytes: Uint8Array): Promise<boolean> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return false;
  const reader = new ZipReader(new Uint8ArrayReader(bytes), { useWebWorkers: false });
  try {
    const entries = await reader.getEntries();
    return !entries.some((entry) => entry.filename === '[Content_Types].xml');
  } catch {
    return false;
  } finally {
    await reader.close();
  }
}
