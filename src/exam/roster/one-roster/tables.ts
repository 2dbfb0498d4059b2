/** The files of a OneRoster package as tables: 1EdTech OneRoster CSV 1.1 and 1.2, bulk. */
import { parse } from 'csv-parse/sync';
import { ok, refuse, type Result } from '../../../base/result.ts';
import type { PackageFiles } from '../../paper/package-files.ts';

export const oneRosterFiles = [
  'academicSessions',
  'classes',
  'courses',
  'enrollments',
  'orgs',
  'roles',
  'users',
] as const;
export type OneRosterFile = (typeof oneRosterFiles)[number];

const manifest = 'manifest.csv';
const mostRows = 2_000_000;

/** What each has to have for a roster; the others may be absent. */
const needed: Partial<Record<OneRosterFile, readonly string[]>> = {
  orgs: ['sourcedId', 'name'],
  users: ['sourcedId', 'givenName', 'familyName'],
  classes: ['sourcedId', 'title', 'schoolSourcedId'],
  enrollments: ['classSourcedId', 'userSourcedId', 'role'],
};
const neededIfThere: Partial<Record<OneRosterFile, readonly string[]>> = {
  academicSessions: ['sourcedId'],
  courses: ['sourcedId', 'title'],
  roles: ['userSourcedId', 'role'],
};

export interface OneRosterRow {
  /** Where it ends in the file, from 1, as an editor shows it. */
  readonly line: number;
  /** Empty where there is no such column. */
  get(column: string): string;
}

export interface OneRosterTables {
  readonly version: string;
  /** Absent ones are missing here. */
  readonly tables: ReadonlyMap<OneRosterFile, readonly OneRosterRow[]>;
}

/** Where the package's files lie in the ZIP: at its root, or in one folder; null: it is no OneRoster package. */
export function oneRosterFolder(names: Iterable<string>): string | null {
  const folders = [...names]
    .filter((name) => name === manifest || name.endsWith(`/${manifest}`))
    .map((name) => name.slice(0, -manifest.length))
    .toSorted((a, b) => a.length - b.length);
  return folders[0] ?? null;
}

export function readOneRosterTables(files: PackageFiles, folder: string): Result<OneRosterTables> {
  const said = readTable(files, folder, manifest);
  if (!said.ok) return said;
  const properties = new Map(said.value.map((row) => [row.get('propertyName'), row.get('value')]));
  const version = properties.get('oneroster.version') ?? '';
  if (!/^1\.[12](\.\d+)?$/.test(version))
    return refuse({ type: 'one-roster-version', version: version.slice(0, 40) });
  const tables = new Map<OneRosterFile, readonly OneRosterRow[]>();
  for (const name of oneRosterFiles) {
    const file = `${name}.csv`;
    const way = (properties.get(`file.${name}`) ?? 'absent').trim().toLowerCase();
    if (way === 'absent' || way === '') {
      if (needed[name]) return refuse({ type: 'one-roster-file-missing', file });
      continue;
    }
    if (way !== 'bulk') return refuse({ type: 'one-roster-not-bulk', file, way: way.slice(0, 40) });
    const table = readTable(files, folder, file, needed[name] ?? neededIfThere[name]);
    if (!table.ok) return table;
    tables.set(name, table.value);
  }
  return ok({ version, tables });
}

function readTable(
  files: PackageFiles,
  folder: string,
  file: string,
  columns: readonly string[] = ['propertyName', 'value'],
): Result<OneRosterRow[]> {
  const bytes = files.get(folder + file);
  if (!bytes) return refuse({ type: 'one-roster-file-missing', file });
  const text = utf8Text(bytes);
  if (text === null) return refuse({ type: 'one-roster-not-utf8', file });
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 100_000,
      to: mostRows,
    }) as unknown as typeof records;
  } catch (error) {
    const { message, lines = null } = error as Error & { lines?: number };
    return refuse({ type: 'one-roster-unreadable', file, problem: message, line: lines });
  }
  const [head, ...rows] = records;
  const places = new Map((head?.record ?? []).map((name, i) => [name.trim(), i]));
  const missing = columns.filter((name) => !places.has(name));
  if (missing.length > 0) return refuse({ type: 'one-roster-columns-missing', file, columns: missing });
  return ok(
    rows.map(({ record, info }) => ({
      line: info.lines,
      get: (column) => (record[places.get(column) ?? -1] ?? '').trim(),
    })),
  );
}

/** OneRoster is UTF-8 with or without its mark; anything else would garble names. */
function utf8Text(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    // UTF-16 of plain letters is valid UTF-8 with a zero beside each.
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
