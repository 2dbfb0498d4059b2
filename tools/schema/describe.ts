/** The schema as a database itself tells it, for the committed copies that reviewers read: `npm run schema` writes them. */
import { sql } from 'kysely';
import type { CentreDatabase } from '../../src/centre/storage/database.ts';

export const schemaFiles = { sqlite: 'schema.sqlite.sql', postgres: 'schema.postgres.sql' } as const;

const head = '-- Written by `npm run schema` from the migrations. Not read by the program.\n\n';

export async function sqliteSchema(db: CentreDatabase): Promise<string> {
  const { rows } = await sql<{ sql: string }>`
    select sql from sqlite_schema where sql is not null and tbl_name not like 'kysely_%' order by rowid`.execute(
    db,
  );
  return head + rows.map((row) => `${inLines(row.sql.replaceAll('"', ''))};\n`).join('\n');
}

/** One column, key or constraint a line. */
function inLines(statement: string): string {
  if (!/^create table/i.test(statement)) return statement;
  let depth = 0;
  let text = '';
  for (const sign of statement) {
    if (sign === ')' && --depth === 0) text += '\n';
    text += sign;
    if (sign === '(' && ++depth === 1) text += '\n  ';
    if (sign === ',' && depth === 1) text += '\n ';
  }
  return text;
}

export async function postgresSchema(db: CentreDatabase): Promise<string> {
  const tables = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = current_schema()::regnamespace and relkind = 'r' and relname not like 'kysely_%' order by oid`.execute(
    db,
  );
  let text = head;
  for (const { name } of tables.rows) {
    const columns = await sql<{ line: string }>`
      select quote_ident(attname) || ' ' || format_type(atttypid, atttypmod)
        || case when collname is null or collname = 'default' then '' else ' collate ' || quote_ident(collname) end
        || case when attnotnull then ' not null' else '' end as line
      from pg_attribute left join pg_collation on pg_collation.oid = attcollation
      where attrelid = ${name}::regclass and attnum > 0 and not attisdropped order by attnum`.execute(db);
    // Not-null constraints stand with their columns.
    const constraints = await sql<{ line: string }>`
      select 'constraint ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) as line
      from pg_constraint where conrelid = ${name}::regclass and contype <> 'n' order by contype = 'f', contype = 'u', conname`.execute(
      db,
    );
    const lines = [...columns.rows, ...constraints.rows].map((row) => `  ${row.line}`);
    text += `create table ${name} (\n${lines.join(',\n')}\n);\n`;
    const indices = await sql<{ line: string }>`
      select pg_get_indexdef(indexrelid) as line from pg_index
      where indrelid = ${name}::regclass
        and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))
      order by indexrelid`.execute(db);
    text += `${indices.rows.map((row) => `${row.line};\n`).join('')}\n`;
  }
  return `${text.trimEnd()}\n`;
}
