/** Kysely on node:sqlite: one file in the centre's data folder. */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { SqliteAdapter, SqliteDialect, type SqliteDatabase } from 'kysely';
import { storable } from './storable.ts';

/** SQLite rolls back changes of the schema like any other; with this, a migration that was interrupted leaves nothing behind. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class CentreSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

function bound(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map(storable) as SQLInputValue[];
}

/** @throws when the file cannot be opened. */
export function sqliteDialect(file: string): SqliteDialect {
  const db = new DatabaseSync(file);
  // FULL: in WAL mode NORMAL would lose the last commits with a power cut.
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;',
  );
  const adapter = {
    close: () => db.close(),
    prepare: (sql: string) => {
      const statement = db.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters: readonly unknown[]) => statement.all(...bound(parameters)),
        run: (parameters: readonly unknown[]) => statement.run(...bound(parameters)),
        iterate: (parameters: readonly unknown[]) => statement.iterate(...bound(parameters)),
      };
    },
  };
  return new CentreSqliteDialect({ database: adapter as unknown as SqliteDatabase });
}
