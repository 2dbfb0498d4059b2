/** The centre's database: SQLite in its data folder, or PostgreSQL by URL; the same tables and the same migrations for both. */
import { DatabaseSync } from 'node:sqlite';
import { Kysely, PostgresDialect, SqliteDialect, type SqliteDatabase } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { migrations } from './migrations.ts';
import type { Tables } from './tables.ts';

export type CentreDatabase = Kysely<Tables>;

export async function openCentreDatabase(
  target: { file: string } | { url: string },
): Promise<CentreDatabase> {
  const db = new Kysely<Tables>({ dialect: 'file' in target ? sqlite(target.file) : postgres(target.url) });
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error('migration failed');
  return db;
}

function sqlite(file: string): SqliteDialect {
  const db = new DatabaseSync(file);
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;',
  );
  type Bound = Parameters<ReturnType<typeof db.prepare>['all']>;
  const adapter = {
    close: () => db.close(),
    prepare: (sql: string) => {
      const statement = db.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters: readonly unknown[]) => statement.all(...(parameters as unknown as Bound)),
        run: (parameters: readonly unknown[]) => statement.run(...(parameters as unknown as Bound)),
        iterate: (parameters: readonly unknown[]) => statement.iterate(...(parameters as unknown as Bound)),
      };
    },
  };
  return new SqliteDialect({ database: adapter as unknown as SqliteDatabase });
}

function postgres(url: string): PostgresDialect {
  const int8 = 20;
  // Times in ms and counts stay far below 2^53.
  const types = {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
  };
  return new PostgresDialect({ pool: new pg.Pool({ connectionString: url, types, max: 10 }) });
}
