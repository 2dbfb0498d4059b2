/** Forward only: a migration that has run anywhere is never changed again. */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

type Column = 'text' | 'integer' | 'bigint' | 'real';
const nullable = (type: Column): string => `${type}?`;

/** One table: `name: type`, with `?` for a column that may be null. */
async function table(
  db: Kysely<unknown>,
  name: string,
  key: readonly string[],
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  let builder = db.schema.createTable(name);
  for (const [column, type] of Object.entries(columns)) {
    const plain = type.replace('?', '') as Column;
    builder = builder.addColumn(column, plain, (definition) =>
      type.endsWith('?') ? definition : definition.notNull(),
    );
  }
  await builder.addPrimaryKeyConstraint(`${name}_key`, key as never).execute();
}

export const migrations: Record<string, Migration> = {
  '0001-projects': {
    up: async (db: Kysely<unknown>) => {
      const [text, integer, time] = ['text', 'integer', 'bigint'];
      await table(db, 'project', ['id'], {
        id: text,
        code: text,
        name: text,
        mode: text,
        support_phone: text,
        created_at: time,
        changed_at: time,
      });
      await table(db, 'session', ['id'], { id: text, project_id: text, number: integer, body_json: text });
      await table(db, 'site', ['project_id', 'code'], {
        project_id: text,
        code: text,
        name: text,
        registration_code: nullable('text'),
        node_id: nullable('text'),
        tls_fingerprint: nullable('text'),
        signing_key: nullable('text'),
        sealing_key: nullable('text'),
        lock_serial: nullable('text'),
        lock_recipient: nullable('text'),
        registered_at: nullable('bigint'),
        last_contact: nullable('bigint'),
        status_json: nullable('text'),
      });
      await table(db, 'room', ['project_id', 'code'], {
        project_id: text,
        site_code: text,
        code: text,
        name: text,
      });
      await table(db, 'candidate', ['id'], {
        id: text,
        project_id: text,
        session_number: integer,
        site_code: text,
        room_code: text,
        position: integer,
        admission_number: text,
        name: text,
        seat_number: nullable('integer'),
        extra_percent: 'real',
      });
      await table(db, 'paper', ['id'], {
        id: text,
        project_id: text,
        title: text,
        file_name: text,
        language: text,
        imported_at: time,
        items: integer,
        files: integer,
        bytes: time,
        body_digest: text,
        key_digest: text,
        report_json: text,
      });
      await table(db, 'publication', ['project_id', 'number'], {
        project_id: text,
        number: integer,
        published_at: time,
        rooms: integer,
        bytes: time,
        by_account: text,
      });
      await table(db, 'sealed_paper', ['session_id', 'subject'], {
        session_id: text,
        subject: integer,
        paper_id: text,
        digest: text,
        size: time,
        items: integer,
        recipient: text,
        sealed_key: text,
      });
      await table(db, 'room_package', ['project_id', 'room_code'], {
        project_id: text,
        number: integer,
        site_code: text,
        room_code: text,
        jws: text,
      });
      await table(db, 'authorisation', ['session_id', 'site_code'], {
        session_id: text,
        site_code: text,
        project_id: text,
        prepared_at: time,
        locked: text,
        sealed_secret: text,
        fetched_at: nullable('bigint'),
        released_at: nullable('bigint'),
      });
      await table(db, 'result', ['id'], {
        id: text,
        project_id: text,
        session_id: text,
        site_code: text,
        room_code: text,
        parcel_digest: text,
        received_at: time,
        receipt: nullable('text'),
        receipt_at: nullable('bigint'),
        entries: integer,
        expected: integer,
        sat: integer,
        absent: integer,
        problem_json: nullable('text'),
      });
      await table(db, 'answer', ['session_id', 'admission_number', 'item'], {
        project_id: text,
        session_id: text,
        admission_number: text,
        item: text,
        changes: integer,
        kept_at: time,
        responses_json: text,
      });
      await table(db, 'sitting', ['session_id', 'admission_number'], {
        project_id: text,
        session_id: text,
        admission_number: text,
        site_code: text,
        room_code: text,
        state: text,
        changes: integer,
      });
      await table(db, 'score', ['session_id', 'admission_number'], {
        project_id: text,
        session_id: text,
        admission_number: text,
        score: nullable('real'),
        max_score: nullable('real'),
        needs_marking: integer,
        items_json: text,
      });
      await db.schema
        .createIndex('session_of_project')
        .on('session')
        .columns(['project_id', 'number'])
        .execute();
      await db.schema
        .createIndex('candidate_by_number')
        .on('candidate')
        .columns(['project_id', 'admission_number'])
        .execute();
      await db.schema
        .createIndex('candidate_by_room')
        .on('candidate')
        .columns(['project_id', 'room_code', 'session_number', 'position'])
        .execute();
      await db.schema
        .createIndex('result_of_room')
        .on('result')
        .columns(['project_id', 'session_id', 'room_code'])
        .execute();
      await db.schema.createIndex('site_by_certificate').on('site').columns(['tls_fingerprint']).execute();
    },
  },
};
