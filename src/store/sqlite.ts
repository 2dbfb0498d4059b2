/** Opening a SQLite database so that a commit is on the disk when it returns, with forward-only migrations. */
import { DatabaseSync } from 'node:sqlite';
import { ok, refuse, type Result } from '../base/result.ts';
import { diskRefusal } from './disk-refusal.ts';

export interface Migration {
  readonly id: string;
  readonly sql: string;
}

export function openDatabase(
  file: string,
  options: { migrations: readonly Migration[] },
): Result<DatabaseSync> {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file);
    // FULL: in WAL mode NORMAL would lose the last commits with a power cut.
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;',
    );
    const migrated = migrate(db, file, options.migrations);
    if (migrated.ok) return ok(db);
    db.close();
    return migrated;
  } catch (error) {
    db?.close();
    const failure = diskRefusal(error);
    if (failure) return refuse({ ...failure, path: file });
    return refuse({ type: 'database-cannot-be-opened', file, problem: (error as Error).message });
  }
}

function migrate(db: DatabaseSync, file: string, migrations: readonly Migration[]): Result<void> {
  db.exec(
    'CREATE TABLE IF NOT EXISTS migration (id TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;',
  );
  const applied = new Set(
    db
      .prepare('SELECT id FROM migration')
      .all()
      .map((row) => String(row['id'])),
  );
  const known = new Set(migrations.map((migration) => migration.id));
  const newer = [...applied].filter((id) => !known.has(id));
  if (newer.length > 0) return refuse({ type: 'database-of-newer-version', file, migrations: newer });
  for (const migration of migrations) {
    if (applied.has(migration.id)) continue;
    transaction(db, () => {
      db.exec(migration.sql);
      db.prepare(
        "INSERT INTO migration (id, applied_at) VALUES (?, CAST(unixepoch('subsec') * 1000 AS INTEGER))",
      ).run(migration.id);
    });
  }
  return ok();
}

/** Synchronous: nothing else of this process can come between. Rolls back and throws on when `work` throws. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    db.exec('COMMIT');
    return value;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
