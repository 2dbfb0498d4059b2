/** The centre's database: SQLite in its data folder, or PostgreSQL by URL; the same tables and the same migrations for both. */
import { Kysely, sql, type Dialect } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { asResult, Refused, unwrap } from '../../base/refused.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { migrationsFor } from './migrations.ts';
import { postgresDialect, type DatabaseWatcher } from './postgres-dialect.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import type { Tables } from './tables.ts';

export type CentreDatabase = Kysely<Tables>;
export type DatabaseTarget = { readonly file: string } | { readonly url: string };

/**
 * Opens it and brings it to this version's tables.
 * @returns refusals `database-cannot-be-opened`, `database-unreachable`, `database-refused`, `database-of-newer-version`.
 */
export async function openCentreDatabase(
  target: DatabaseTarget,
  watcher: DatabaseWatcher,
): Promise<Result<CentreDatabase>> {
  const dialect = dialectFor(target, watcher);
  if (!dialect.ok) return dialect;
  const db = new Kysely<Tables>({ dialect: dialect.value });
  const [name, kind] =
    'file' in target ? ([target.file, 'sqlite'] as const) : (['PostgreSQL', 'postgres'] as const);
  try {
    unwrap(await migrate(db, name, migrationsFor(kind)));
    return ok(db);
  } catch (error) {
    await db.destroy();
    if (error instanceof Refused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

/** Does it answer now? */
export async function databaseAnswers(db: CentreDatabase): Promise<Result<void>> {
  return asResult(async () => void (await sql`select 1`.execute(db)));
}

function dialectFor(target: DatabaseTarget, watcher: DatabaseWatcher): Result<Dialect> {
  if ('url' in target) return ok(postgresDialect(target.url, watcher));
  try {
    return ok(sqliteDialect(target.file));
  } catch (error) {
    return refuse({
      type: 'database-cannot-be-opened',
      file: target.file,
      problem: (error as Error).message,
    });
  }
}

const migrationTable = 'kysely_migration';

async function migrate(
  db: CentreDatabase,
  name: string,
  migrations: Readonly<Record<string, Migration>>,
): Promise<Result<void>> {
  const newer = (await applied(db)).filter((one) => !(one in migrations));
  if (newer.length > 0) return refuse({ type: 'database-of-newer-version', file: name, migrations: newer });
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    migrationTableName: migrationTable,
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return ok();
}

async function applied(db: CentreDatabase): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === migrationTable)) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(migrationTable)}`.execute(db);
  return rows.map((row) => row.name);
}
