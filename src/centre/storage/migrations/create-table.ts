/** How migrations make tables, the same in both databases. */
import { sql, type Kysely } from 'kysely';

export type DatabaseKind = 'sqlite' | 'postgres';

/** `time`: ms or bytes, up to 2^53. A `?` allows null. */
type ColumnType = 'text' | 'integer' | 'time' | 'real' | 'text?' | 'integer?' | 'time?' | 'real?';

export const types: Record<DatabaseKind, Record<string, string>> = {
  sqlite: { text: 'text', integer: 'integer', time: 'integer', real: 'real' },
  // "C" orders by code points, as SQLite does: lists look the same on both.
  postgres: { text: 'text collate "C"', integer: 'integer', time: 'bigint', real: 'double precision' },
};

export interface Reference {
  readonly columns: readonly string[];
  readonly table: string;
  readonly target: readonly string[];
  /** The row goes with what it refers to. */
  readonly cascade?: boolean;
}

export interface Table {
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** By constraint name. */
  readonly unique?: Readonly<Record<string, readonly string[]>>;
  readonly references?: Readonly<Record<string, Reference>>;
  /** By index name: named after the query that it serves. */
  readonly indices?: Readonly<Record<string, readonly string[]>>;
}

export async function createTable(
  db: Kysely<unknown>,
  kind: DatabaseKind,
  name: string,
  table: Table,
): Promise<void> {
  let builder = db.schema.createTable(name);
  for (const [column, type] of Object.entries(table.columns))
    builder = builder.addColumn(column, sql.raw(types[kind][type.replace('?', '')] as string), (one) =>
      type.endsWith('?') ? one : one.notNull(),
    );
  builder = builder.addPrimaryKeyConstraint(`${name}_key`, table.key as never);
  for (const [constraint, columns] of Object.entries(table.unique ?? {}))
    builder = builder.addUniqueConstraint(constraint, columns as never);
  for (const [constraint, { columns, table: other, target, cascade }] of Object.entries(
    table.references ?? {},
  ))
    builder = builder.addForeignKeyConstraint(constraint, columns as never, other, target as never, (one) =>
      cascade ? one.onDelete('cascade') : one,
    );
  await (kind === 'sqlite' ? builder.modifyEnd(sql`strict`) : builder).execute();
  for (const [index, columns] of Object.entries(table.indices ?? {}))
    await db.schema
      .createIndex(index)
      .on(name)
      .columns([...columns])
      .execute();
}

/** In the order in which they refer to each other. */
export async function createTables(
  db: Kysely<unknown>,
  kind: DatabaseKind,
  tables: Readonly<Record<string, Table>>,
): Promise<void> {
  for (const [name, table] of Object.entries(tables)) await createTable(db, kind, name, table);
}

export const ofProject: Reference = { columns: ['project_id'], table: 'project', target: ['id'] };
export const ofSession: Reference = { columns: ['session_id'], table: 'session', target: ['id'] };
