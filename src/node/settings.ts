/** Small facts about a node that are no history: its address, its certificate chain, what it was told at registration. */
import type { DatabaseSync } from 'node:sqlite';
import type * as z from 'zod';
import { frozen } from '../base/json.ts';

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
  /** As read last: heartbeats of a thousand seats ask for the same again and again. */
  readonly #read = new Map<
    string,
    { readonly stored: string; readonly schema: z.ZodType; readonly value: unknown }
  >();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** @returns frozen: the next who asks gets the same. */
  read<S extends z.ZodType>(name: string, schema: S): z.infer<S> | null {
    const stored = this.#stored(name);
    if (stored === null) return null;
    const before = this.#read.get(name);
    if (before?.stored === stored && before.schema === schema) return before.value as z.infer<S>;
    const value = frozen(schema.parse(JSON.parse(stored)));
    this.#read.set(name, { stored, schema, value });
    return value;
  }

  write(name: string, value: unknown): void {
    const text = JSON.stringify(value);
    this.#db
      .prepare(
        'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      )
      .run(name, text);
    this.#known.set(name, text);
    this.#read.delete(name);
  }

  remove(name: string): void {
    this.#db.prepare('DELETE FROM setting WHERE name = ?').run(name);
    this.#known.set(name, null);
    // What is forgotten is forgotten in memory, too.
    this.#read.delete(name);
  }

  /** @param work a transaction that writes here: when it is rolled back, memory follows the disk. */
  together<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.#known.clear();
      this.#read.clear();
      throw error;
    }
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
