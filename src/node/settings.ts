/** Small facts about a node that are no history: its address, its certificate chain, what it was told at registration. */
import type { DatabaseSync } from 'node:sqlite';
import type * as z from 'zod';

export const settingMigrations = [
  {
    id: 'settings-1',
    sql: 'CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;',
  },
];

export class Settings {
  readonly #db: DatabaseSync;
  /** As stored. Nobody else writes here while the process runs: it holds the data folder. */
  readonly #known = new Map<string, string | null>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  read<S extends z.ZodType>(name: string, schema: S): z.infer<S> | null {
    const stored = this.#stored(name);
    return stored === null ? null : schema.parse(JSON.parse(stored));
  }

  write(name: string, value: unknown): void {
    const text = JSON.stringify(value);
    this.#db
      .prepare(
        'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      )
      .run(name, text);
    this.#known.set(name, text);
  }

  remove(name: string): void {
    this.#db.prepare('DELETE FROM setting WHERE name = ?').run(name);
    this.#known.set(name, null);
  }

  #stored(name: string): string | null {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const row = this.#db.prepare('SELECT value FROM setting WHERE name = ?').get(name);
    const stored = row ? String(row['value']) : null;
    this.#known.set(name, stored);
    return stored;
  }
}
