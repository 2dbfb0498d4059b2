/** Forward only: a migration that has run anywhere is never changed again. */
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { utf8 } from '../../base/bytes.ts';
import { sha256Hex } from '../../trust/digest.ts';
import { wordsOf } from '../roster/search-words.ts';
import type { Tables } from './tables.ts';

export type DatabaseKind = 'sqlite' | 'postgres';

/** `time`: ms or bytes, up to 2^53. A `?` allows null. */
type ColumnType = 'text' | 'integer' | 'time' | 'real' | 'text?' | 'integer?' | 'time?' | 'real?';

const types: Record<DatabaseKind, Record<string, string>> = {
  sqlite: { text: 'text', integer: 'integer', time: 'integer', real: 'real' },
  // "C" orders by code points, as SQLite does: lists look the same on both.
  postgres: { text: 'text collate "C"', integer: 'integer', time: 'bigint', real: 'double precision' },
};

interface Reference {
  readonly columns: readonly string[];
  readonly table: string;
  readonly target: readonly string[];
  /** The row goes with what it refers to. */
  readonly cascade?: boolean;
}

interface Table {
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** By constraint name. */
  readonly unique?: Readonly<Record<string, readonly string[]>>;
  readonly references?: Readonly<Record<string, Reference>>;
  /** By index name: named after the query that it serves. */
  readonly indices?: Readonly<Record<string, readonly string[]>>;
}

async function createTable(
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

const ofProject: Reference = { columns: ['project_id'], table: 'project', target: ['id'] };
const ofSession: Reference = { columns: ['session_id'], table: 'session', target: ['id'] };
const ofSitting: Reference = {
  columns: ['session_id', 'admission_number'],
  table: 'sitting',
  target: ['session_id', 'admission_number'],
  cascade: true,
};

/** In the order in which they refer to each other. */
const firstTables: Readonly<Record<string, Table>> = {
  project: {
    key: ['id'],
    columns: {
      id: 'text',
      code: 'text',
      name: 'text',
      mode: 'text',
      support_phone: 'text',
      created_at: 'time',
      changed_at: 'time',
    },
    unique: { project_by_code: ['code'] },
  },
  session: {
    key: ['id'],
    columns: { id: 'text', project_id: 'text', number: 'integer', body_json: 'text' },
    unique: { session_of_project: ['project_id', 'number'] },
    references: { session_project: ofProject },
  },
  site: {
    key: ['project_id', 'code'],
    columns: {
      project_id: 'text',
      code: 'text',
      name: 'text',
      registration_code: 'text?',
      node_id: 'text?',
      tls_fingerprint: 'text?',
      signing_key: 'text?',
      sealing_key: 'text?',
      lock_serial: 'text?',
      lock_recipient: 'text?',
      registered_at: 'time?',
      last_contact: 'time?',
      status_json: 'text?',
    },
    references: { site_project: ofProject },
  },
  room: {
    key: ['project_id', 'code'],
    columns: { project_id: 'text', site_code: 'text', code: 'text', name: 'text' },
    references: {
      room_site: {
        columns: ['project_id', 'site_code'],
        table: 'site',
        target: ['project_id', 'code'],
      },
    },
    indices: { room_of_site: ['project_id', 'site_code'] },
  },
  candidate: {
    key: ['id'],
    columns: {
      id: 'text',
      project_id: 'text',
      session_number: 'integer',
      site_code: 'text',
      room_code: 'text',
      position: 'integer',
      admission_number: 'text',
      name: 'text',
      name_folded: 'text',
      seat_number: 'integer?',
      extra_percent: 'real',
    },
    unique: { candidate_by_number: ['project_id', 'admission_number', 'session_number'] },
    references: {
      candidate_room: {
        columns: ['project_id', 'room_code'],
        table: 'room',
        target: ['project_id', 'code'],
      },
    },
    indices: { candidate_of_room: ['project_id', 'room_code', 'session_number', 'position'] },
  },
  paper: {
    key: ['id'],
    columns: {
      id: 'text',
      project_id: 'text',
      title: 'text',
      file_name: 'text',
      language: 'text',
      imported_at: 'time',
      items: 'integer',
      files: 'integer',
      bytes: 'time',
      body_digest: 'text',
      key_digest: 'text',
      report_json: 'text',
    },
    references: { paper_project: ofProject },
    indices: { paper_of_project: ['project_id', 'imported_at'] },
  },
  publication: {
    key: ['project_id', 'number'],
    columns: {
      project_id: 'text',
      number: 'integer',
      published_at: 'time',
      rooms: 'integer',
      bytes: 'time',
      by_account: 'text',
    },
    references: { publication_project: ofProject },
  },
  sealed_paper: {
    key: ['session_id', 'subject'],
    columns: {
      session_id: 'text',
      subject: 'integer',
      paper_id: 'text',
      digest: 'text',
      size: 'time',
      items: 'integer',
      recipient: 'text',
      sealed_key: 'text',
    },
    references: {
      sealed_paper_session: ofSession,
      sealed_paper_paper: { columns: ['paper_id'], table: 'paper', target: ['id'] },
    },
  },
  room_package: {
    key: ['project_id', 'room_code'],
    columns: { project_id: 'text', number: 'integer', site_code: 'text', room_code: 'text', jws: 'text' },
    references: {
      room_package_publication: {
        columns: ['project_id', 'number'],
        table: 'publication',
        target: ['project_id', 'number'],
      },
    },
    indices: { room_package_of_site: ['project_id', 'site_code'] },
  },
  authorisation: {
    key: ['session_id', 'site_code'],
    columns: {
      session_id: 'text',
      site_code: 'text',
      project_id: 'text',
      prepared_at: 'time',
      locked: 'text',
      sealed_secret: 'text',
      fetched_at: 'time?',
      released_at: 'time?',
    },
    references: {
      authorisation_session: ofSession,
      authorisation_site: {
        columns: ['project_id', 'site_code'],
        table: 'site',
        target: ['project_id', 'code'],
      },
    },
    indices: { authorisation_of_site: ['project_id', 'site_code'] },
  },
  result: {
    key: ['id'],
    columns: {
      id: 'text',
      project_id: 'text',
      session_id: 'text',
      site_code: 'text',
      room_code: 'text',
      parcel_digest: 'text',
      received_at: 'time',
      receipt: 'text',
      receipt_at: 'time',
      entries: 'integer',
      expected: 'integer',
      sat: 'integer',
      absent: 'integer',
      files: 'integer',
      files_missing: 'integer',
      problem_json: 'text?',
    },
    unique: { result_by_parcel: ['parcel_digest'] },
    references: { result_project: ofProject, result_session: ofSession },
    indices: {
      result_of_room: ['session_id', 'room_code'],
      result_of_site: ['project_id', 'site_code', 'received_at'],
    },
  },
  sitting: {
    key: ['session_id', 'admission_number'],
    columns: {
      project_id: 'text',
      session_id: 'text',
      admission_number: 'text',
      site_code: 'text',
      room_code: 'text',
      state: 'text',
      changes: 'integer',
    },
    references: { sitting_session: ofSession },
  },
  answer: {
    key: ['session_id', 'admission_number', 'item'],
    columns: {
      project_id: 'text',
      session_id: 'text',
      admission_number: 'text',
      item: 'text',
      changes: 'integer',
      kept_at: 'time',
      responses_json: 'text',
    },
    references: { answer_sitting: ofSitting },
  },
  answer_file: {
    key: ['session_id', 'admission_number', 'item', 'response'],
    columns: {
      project_id: 'text',
      session_id: 'text',
      admission_number: 'text',
      item: 'text',
      response: 'text',
      digest: 'text',
      name: 'text',
      media_type: 'text',
      size: 'time',
      kept: 'integer',
    },
    references: {
      answer_file_answer: {
        columns: ['session_id', 'admission_number', 'item'],
        table: 'answer',
        target: ['session_id', 'admission_number', 'item'],
        cascade: true,
      },
    },
    indices: { answer_file_of_project: ['project_id'] },
  },
  score: {
    key: ['session_id', 'admission_number'],
    columns: {
      project_id: 'text',
      session_id: 'text',
      admission_number: 'text',
      score: 'real?',
      max_score: 'real?',
      needs_marking: 'integer',
      items_json: 'text',
    },
    references: { score_sitting: ofSitting },
    indices: { score_of_project: ['project_id'] },
  },
};

const photoTable: Table = {
  key: ['project_id', 'admission_number'],
  columns: {
    project_id: 'text',
    admission_number: 'text',
    digest: 'text',
    size: 'integer',
    media_type: 'text',
  },
  references: { photo_project: { ...ofProject, cascade: true } },
};

const boardTables: Readonly<Record<string, Table>> = {
  board_sample: {
    key: ['session_id', 'at'],
    columns: {
      session_id: 'text',
      at: 'time',
      signed_in: 'integer',
      in_exam: 'integer',
      handed_in: 'integer',
    },
    references: { board_sample_session: { ...ofSession, cascade: true } },
  },
  board_acknowledgement: {
    key: ['session_id', 'site_code', 'kind', 'since'],
    columns: {
      session_id: 'text',
      site_code: 'text',
      kind: 'text',
      since: 'time',
      about_json: 'text',
      at: 'time',
      by_account: 'text',
      note: 'text',
    },
    references: { board_acknowledgement_session: { ...ofSession, cascade: true } },
  },
};

/** What a publication is made of, and what is known of it while it is made. None of it is in force before its row in `publication` is there. */
const publicationTables: Readonly<Record<string, Table>> = {
  publication_work: {
    key: ['project_id'],
    columns: {
      project_id: 'text',
      id: 'text',
      number: 'integer',
      by_account: 'text',
      begun_at: 'time',
      problem_json: 'text?',
    },
    references: { publication_work_project: ofProject },
  },
  next_paper: {
    key: ['session_id', 'subject'],
    columns: {
      session_id: 'text',
      subject: 'integer',
      paper_id: 'text',
      digest: 'text',
      size: 'time',
      items: 'integer',
      recipient: 'text',
      sealed_key: 'text',
    },
    references: {
      next_paper_session: { ...ofSession, cascade: true },
      next_paper_paper: { columns: ['paper_id'], table: 'paper', target: ['id'] },
    },
  },
  made_package: {
    key: ['project_id', 'digest'],
    columns: { project_id: 'text', digest: 'text', bytes: 'integer', jws: 'text' },
    references: { made_package_project: ofProject },
  },
  publication_room: {
    key: ['project_id', 'number', 'room_code'],
    columns: { project_id: 'text', number: 'integer', room_code: 'text', site_code: 'text', digest: 'text' },
    references: {
      publication_room_package: {
        columns: ['project_id', 'digest'],
        table: 'made_package',
        target: ['project_id', 'digest'],
      },
    },
    indices: {
      publication_room_of_site: ['project_id', 'number', 'site_code'],
      publication_room_with_package: ['project_id', 'digest'],
    },
  },
  publication_site: {
    key: ['project_id', 'site_code', 'number'],
    columns: {
      project_id: 'text',
      site_code: 'text',
      number: 'integer',
      digest: 'text',
      since: 'integer',
      since_at: 'time',
    },
    references: { publication_site_project: ofProject },
  },
  publication_download: {
    key: ['id'],
    columns: {
      id: 'text',
      project_id: 'text',
      site_code: 'text',
      number: 'integer',
      at: 'time',
      way: 'text',
      bytes: 'time',
      by_account: 'text?',
    },
    references: { publication_download_project: ofProject },
    indices: { publication_download_of_project: ['project_id', 'at'] },
  },
};

const wordTable: Table = {
  key: ['project_id', 'word', 'candidate_id'],
  columns: { project_id: 'text', word: 'text', candidate_id: 'text' },
  references: { candidate_word_project: ofProject },
};

/** For candidates that came before there was a search by words. */
async function findCandidates(db: Kysely<unknown>): Promise<void> {
  const tables = db as Kysely<Tables>;
  const rowsAtOnce = 500;
  for (let last = ''; ;) {
    const rows = await tables
      .selectFrom('candidate')
      .select(['id', 'project_id', 'admission_number', 'name'])
      .where('id', '>', last)
      .orderBy('id')
      .limit(rowsAtOnce)
      .execute();
    const end = rows.at(-1);
    if (!end) return;
    last = end.id;
    await tables
      .insertInto('candidate_word')
      .values(
        rows.flatMap((row) =>
          wordsOf(row).map((word) => ({ project_id: row.project_id, word, candidate_id: row.id })),
        ),
      )
      .execute();
  }
}

interface PackageOfBefore {
  readonly project_id: string;
  readonly number: number;
  readonly site_code: string;
  readonly room_code: string;
  readonly jws: string;
}

/** What was published before packages were kept by their content stays as it is; the next publication makes all of it anew. */
async function keepPublishedPackages(db: Kysely<unknown>): Promise<void> {
  const before = db as Kysely<{
    room_package: PackageOfBefore;
    publication: { project_id: string; number: number; published_at: number };
    made_package: Tables['made_package'];
    publication_room: Tables['publication_room'];
    publication_site: Tables['publication_site'];
  }>;
  const rows = await before
    .selectFrom('room_package')
    .innerJoin('publication', (join) =>
      join
        .onRef('publication.project_id', '=', 'room_package.project_id')
        .onRef('publication.number', '=', 'room_package.number'),
    )
    .selectAll('room_package')
    .select('published_at')
    .orderBy('room_code')
    .execute();
  for (const { project_id, number, site_code, room_code, jws } of rows) {
    const digest = sha256Hex(utf8(jws));
    await before.insertInto('made_package').values({ project_id, digest, bytes: jws.length, jws }).execute();
    await before
      .insertInto('publication_room')
      .values({ project_id, number, room_code, site_code, digest })
      .execute();
  }
  for (const [key, { project_id, number, site_code, published_at }] of new Map(
    rows.map((row) => [`${row.project_id} ${row.site_code}`, row]),
  ))
    await before
      .insertInto('publication_site')
      .values({
        project_id,
        site_code,
        number,
        digest: sha256Hex(utf8(key)),
        since: number,
        since_at: published_at,
      })
      .execute();
}

const supportTables: Readonly<Record<string, Table>> = {
  support_posting: {
    key: ['project_id', 'site_code', 'id'],
    columns: {
      project_id: 'text',
      site_code: 'text',
      id: 'text',
      seq: 'integer',
      entered: 'integer',
      posting_json: 'text',
    },
    unique: { support_posting_by_seq: ['project_id', 'site_code', 'seq'] },
    references: { support_posting_project: { ...ofProject, cascade: true } },
    indices: { support_posting_not_entered: ['entered'] },
  },
  support_seen: {
    key: ['project_id', 'site_code', 'thread_id'],
    columns: { project_id: 'text', site_code: 'text', thread_id: 'text', seq: 'integer' },
    references: { support_seen_project: { ...ofProject, cascade: true } },
  },
};

export function migrationsFor(kind: DatabaseKind): Record<string, Migration> {
  return {
    '0001-centre': {
      up: async (db: Kysely<unknown>) => {
        for (const [name, table] of Object.entries(firstTables)) await createTable(db, kind, name, table);
      },
    },
    '0002-what-a-room-has-no-say-in': {
      up: async (db: Kysely<unknown>) => {
        for (const column of ['foreign_changes', 'foreign_sittings'])
          await db.schema
            .alterTable('result')
            .addColumn(column, 'integer', (one) => one.notNull().defaultTo(0))
            .execute();
      },
    },
    '0003-photos': {
      up: (db: Kysely<unknown>) => createTable(db, kind, 'photo', photoTable),
    },
    '0004-one-time-codes': {
      up: async (db: Kysely<unknown>) => {
        await db.schema.alterTable('site').addColumn('code_key', 'text').execute();
        await db.schema.alterTable('result').addColumn('held_json', 'text').execute();
      },
    },
    '0005-accommodations': {
      up: (db: Kysely<unknown>) =>
        db.schema.alterTable('candidate').addColumn('accommodations_json', 'text').execute(),
    },
    '0006-sites-that-come-back': {
      up: (db: Kysely<unknown>) => db.schema.alterTable('site').addColumn('return_code', 'text').execute(),
    },
    '0007-board': {
      up: async (db: Kysely<unknown>) => {
        await db.schema
          .alterTable('site')
          .addColumn('told_at', sql.raw(types[kind]['time'] as string))
          .execute();
        await db.schema
          .alterTable('site')
          .addColumn('told_to', sql.raw(types[kind]['text'] as string))
          .execute();
        await db.schema.createIndex('site_told_since').on('site').column('told_at').execute();
        for (const [name, table] of Object.entries(boardTables)) await createTable(db, kind, name, table);
      },
    },
    '0008-publications-as-work': {
      up: async (db: Kysely<unknown>) => {
        await db.schema
          .alterTable('project')
          .addColumn('revision', 'integer', (one) => one.notNull().defaultTo(0))
          .execute();
        await db.schema.alterTable('publication').addColumn('revision', 'integer').execute();
        await db.schema.alterTable('publication').addColumn('changed_rooms', 'integer').execute();
        for (const [name, table] of Object.entries(publicationTables))
          await createTable(db, kind, name, table);
        await keepPublishedPackages(db);
        await db.schema.dropTable('room_package').execute();
      },
    },
    '0009-candidates-by-words': {
      up: async (db: Kysely<unknown>) => {
        await createTable(db, kind, 'candidate_word', wordTable);
        for (const column of ['code', 'site_code'])
          await db.schema
            .createIndex(`room_found_by_${column}`)
            .on('room')
            .column('project_id')
            .expression(sql`lower(${sql.ref(column)})`)
            .execute();
        await findCandidates(db);
      },
    },
    '0010-roster-columns': {
      up: (db: Kysely<unknown>) =>
        db.schema.alterTable('project').addColumn('roster_mapping_json', 'text').execute(),
    },
    '0010-support': {
      up: async (db: Kysely<unknown>) => {
        for (const [name, table] of Object.entries(supportTables)) await createTable(db, kind, name, table);
      },
    },
  };
}
