import { sql, type Kysely } from 'kysely';
import { createTables, type DatabaseKind, ofProject, type Table } from './create-table.ts';

const apiTables: Readonly<Record<string, Table>> = {
  api_key: {
    key: ['id'],
    columns: {
      id: 'text',
      name: 'text',
      start: 'text',
      hash: 'text',
      rights: 'text',
      project_id: 'text?',
      created_at: 'time',
      created_by: 'text',
      expires_at: 'time?',
      revoked_at: 'time?',
      revoked_by: 'text?',
      used_at: 'time?',
      used_from: 'text?',
    },
    unique: { api_key_by_hash: ['hash'] },
    references: { api_key_project: { ...ofProject, cascade: true } },
  },
  api_request: {
    key: ['key_id', 'idempotency_key'],
    columns: {
      key_id: 'text',
      idempotency_key: 'text',
      fingerprint: 'text',
      answer_json: 'text',
      at: 'time',
    },
    references: {
      api_request_of_key: { columns: ['key_id'], table: 'api_key', target: ['id'], cascade: true },
    },
    indices: { api_request_by_age: ['at'] },
  },
  change_count: {
    key: ['project_id'],
    columns: { project_id: 'text', last: 'integer' },
    references: { change_count_project: { ...ofProject, cascade: true } },
  },
};

/** Keys of other programs, and the numbers by which they follow what comes in. */
export async function apiKeys(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await createTables(db, kind, apiTables);
  for (const [table, column] of [
    ['result', 'change_number'],
    ['result', 'receipt_number'],
    ['score', 'change_number'],
  ] as const) {
    await db.schema
      .alterTable(table)
      .addColumn(column, 'integer', (one) => one.notNull().defaultTo(0))
      .execute();
    await db.schema.createIndex(`${table}_by_${column}`).on(table).columns(['project_id', column]).execute();
  }
  // Answers are read room by room.
  await db.schema
    .createIndex('sitting_of_room')
    .on('sitting')
    .columns(['session_id', 'room_code', 'admission_number'])
    .execute();
  // What is there already, in the order in which it came; scores have no order, and come behind.
  await sql`update result set change_number = ordered.n from (
    select id, row_number() over (partition by project_id order by received_at, id) as n from result
  ) as ordered where ordered.id = result.id`.execute(db);
  await sql`update result set receipt_number = change_number where held_json is null`.execute(db);
  await sql`insert into change_count (project_id, last)
    select id, 1 + (select count(*) from result where result.project_id = project.id) from project`.execute(
    db,
  );
  await sql`update score set change_number = (
    select last from change_count where change_count.project_id = score.project_id
  )`.execute(db);
}
