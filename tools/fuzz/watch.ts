/** What lies in a folder of nodes' data, and what stands in their databases, looked at from outside. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What comes and goes by itself: a database's own files, and uploads, which stay for their hour. */
const passing = /(-wal|-shm|-journal)$|staging[\\/]upload-[0-9a-z]+$|\.log$/;

/** Columns that a heartbeat writes, and what in a setting follows from one. */
const passingColumns = new Set([
  'last_contact',
  'told_at',
  'told_to',
  'status',
  'status_json',
  'seal_check',
  'loaded_at',
]);
const passingInSettings = /"(checkedAt|newest)":[^,}]*/g;
/** Work that goes on by itself after something was taken. */
const passingTables = new Set(['board_state', 'board_sample', 'publication_work', 'payload']);

function nodeId(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'node.json'), 'utf8')) as { id: string }).id;
}

export interface Seen {
  readonly files: ReadonlySet<string>;
  readonly tables: ReadonlyMap<string, string>;
}

export class Watch {
  readonly #folder: string;
  readonly #databases: {
    readonly name: string;
    /** The node's own id. */
    readonly self: string;
    readonly db: DatabaseSync;
    version: unknown;
    tables: Map<string, string>;
  }[];

  /** @param nodes whose databases are looked at: those of others hear what was taken before, in their own time */
  constructor(folder: string, nodes: readonly string[]) {
    this.#folder = folder;
    this.#databases = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      // The lock on a data folder is a database that lets nobody look.
      .filter(
        (name) =>
          name.endsWith('.db') &&
          basename(name) !== 'in-use.db' &&
          nodes.some((node) => dirname(name) === node),
      )
      .map((name) => ({
        name,
        self: nodeId(join(folder, dirname(name))),
        db: new DatabaseSync(join(folder, name), { readOnly: true }),
        version: null,
        tables: new Map<string, string>(),
      }));
  }

  look(): Seen {
    const tables = new Map<string, string>();
    for (const one of this.#databases) {
      const version = one.db.prepare('PRAGMA data_version').get()?.['data_version'];
      // Reading everything anew is only needed when somebody committed.
      if (version !== one.version) one.tables = tablesOf(one.db, one.self);
      one.version = version;
      for (const [table, rows] of one.tables) tables.set(`${one.name} ${table}`, rows);
    }
    return { files: filesBelow(this.#folder), tables };
  }

  close(): void {
    for (const { db } of this.#databases) db.close();
  }
}

/** @returns null: nothing. */
export function difference(before: Seen, after: Seen): string | null {
  const more = [...after.files].filter((name) => !before.files.has(name));
  const less = [...before.files].filter((name) => !after.files.has(name));
  const tables = [...after.tables].filter(([table, rows]) => before.tables.get(table) !== rows);
  const said = [
    ...more.map((name) => `left ${name}`),
    ...less.map((name) => `removed ${name}`),
    ...tables.map(
      ([table, rows]) => `changed ${table}: ${changedRows(before.tables.get(table) ?? '', rows)}`,
    ),
  ];
  return said.length === 0 ? null : said.slice(0, 5).join('; ');
}

function changedRows(before: string, after: string): string {
  const known = new Set(before.split('\n'));
  return (
    after
      .split('\n')
      .find((row) => !known.has(row))
      ?.slice(0, 400) ?? 'rows are gone'
  );
}

function filesBelow(folder: string): Set<string> {
  try {
    return new Set(
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !passing.test(name)),
    );
  } catch (error) {
    // A folder that was there a moment ago.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && statSync(folder).isDirectory())
      return filesBelow(folder);
    throw error;
  }
}

function tablesOf(db: DatabaseSync, self: string): Map<string, string> {
  const names = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all()
    .map((row) => String(row['name']))
    .filter((name) => !passingTables.has(name));
  return new Map(
    names.map((name) => [
      name,
      db
        .prepare(`SELECT * FROM "${name}"`)
        .all()
        // Copies of others' entries come whenever they come.
        .filter((row) => row['origin'] === undefined || row['origin'] === self)
        .map((row) => JSON.stringify(row, (column, value: unknown) => stable(name, column, value)))
        .join('\n'),
    ]),
  );
}

function stable(table: string, column: string, value: unknown): unknown {
  if (passingColumns.has(column)) return undefined;
  if (value instanceof Uint8Array) return value.toHex();
  return table === 'setting' && typeof value === 'string' ? value.replaceAll(passingInSettings, '') : value;
}
