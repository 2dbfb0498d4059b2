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

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  read<S extends z.ZodType>(name: string, schema: S): z.infer<S> | null {
    const row = this.#db.prepare('SELECT value FROM setting WHERE name = ?').get(name) as
      | { value: string }
      | undefined;
    return row ? schema.parse(JSON.parse(row.value)) : null;
  }

  write(name: string, value: unknown): void {
    this.#db
      .prepare(
        'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      )
      .run(name, JSON.stringify(value));
  }

  remove(name: string): void {
    this.#db.prepare('DELETE FROM setting WHERE name = ?').run(name);
  }
}
