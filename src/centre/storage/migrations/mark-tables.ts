/** Marks: pages that were read again with their form known, why people looked at a row, and what waits of a page. */
import type { Kysely } from 'kysely';
import { createTables, type DatabaseKind, type Table } from './create-table.ts';

const tables: Readonly<Record<string, Table>> = {
  mark_reading: {
    key: ['scan_id', 'seq'],
    columns: {
      scan_id: 'text',
      seq: 'integer',
      at: 'time',
      by_account: 'text',
      kind: 'text',
      side: 'integer',
      reading_json: 'text',
    },
    references: { mark_reading_scan: { columns: ['scan_id'], table: 'scan', target: ['id'] } },
  },
};

export async function markTables(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await createTables(db, kind, tables);
  await db.schema
    .alterTable('mark_decision')
    .addColumn('purpose', 'text', (one) => one.notNull().defaultTo('review'))
    .execute();
  await db.schema
    .alterTable('mark_decision')
    .addColumn('agreed', 'integer', (one) => one.notNull().defaultTo(0))
    .execute();
  for (const column of ['marks_rows', 'marks_unread'])
    await db.schema
      .alterTable('scan_standing')
      .addColumn(column, 'integer', (one) => one.notNull().defaultTo(0))
      .execute();
  await db.schema
    .createIndex('standing_of_open_marks')
    .on('scan_standing')
    .columns(['event_id', 'marks_open', 'scan_id'])
    .execute();
  await db.schema
    .createIndex('standing_of_unread_marks')
    .on('scan_standing')
    .columns(['event_id', 'marks_unread', 'scan_id'])
    .execute();
}
