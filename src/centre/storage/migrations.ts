/** Forward only: a migration that has run anywhere is never changed again. */
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { apiKeys } from './migrations/api-tables.ts';
import { authorisationTables } from './migrations/authorisation-tables.ts';
import { boardTables } from './migrations/board-tables.ts';
import { createTable, createTables, types, type DatabaseKind } from './migrations/create-table.ts';
import { firstTables } from './migrations/first-tables.ts';
import { keepRegisteredLocks, lockTables } from './migrations/lock-tables.ts';
import { mailTables } from './migrations/mail-tables.ts';
import { markTables } from './migrations/mark-tables.ts';
import { dayPackageTables } from './migrations/day-package-tables.ts';
import { paperDayTables } from './migrations/paper-day-tables.ts';
import { paperEventTables } from './migrations/paper-event-tables.ts';
import { photoTable } from './migrations/photo-table.ts';
import { keepPublishedPackages, publicationTables } from './migrations/publication-tables.ts';
import { registerTables } from './migrations/register-tables.ts';
import { reserveConsoleTables } from './migrations/reserve-console-tables.ts';
import { archiveWorkTables, siteArchiveTables } from './migrations/site-archive-tables.ts';
import { supportTables } from './migrations/support-tables.ts';
import { findCandidates, wordTable } from './migrations/word-table.ts';

export function migrationsFor(kind: DatabaseKind): Record<string, Migration> {
  return {
    '0001-centre': {
      up: (db: Kysely<unknown>) => createTables(db, kind, firstTables),
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
        await createTables(db, kind, boardTables);
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
        await createTables(db, kind, publicationTables);
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
    '0011-support': {
      up: (db: Kysely<unknown>) => createTables(db, kind, supportTables),
    },
    '0012-limits': {
      up: async (db: Kysely<unknown>) => {
        await db.schema
          .alterTable('site')
          .addColumn('region', sql.raw(types[kind]['text'] as string))
          .execute();
        await db.schema.createIndex('site_of_region').on('site').columns(['region', 'project_id']).execute();
      },
    },
    '0013-mail-and-openid': {
      up: (db: Kysely<unknown>) => createTables(db, kind, mailTables),
    },
    '0014-api-keys': {
      up: (db: Kysely<unknown>) => apiKeys(db, kind),
    },
    '0016-locks': {
      up: async (db: Kysely<unknown>) => {
        await createTables(db, kind, lockTables);
        for (const column of ['sealed_to_json', 'again_json'])
          await db.schema.alterTable('authorisation').addColumn(column, 'text').execute();
        await keepRegisteredLocks(db);
      },
    },
    '0017-authorisations': {
      up: async (db: Kysely<unknown>) => {
        await db.schema
          .alterTable('project')
          .addColumn('two_persons', 'integer', (one) => one.notNull().defaultTo(0))
          .execute();
        await createTables(db, kind, authorisationTables);
      },
    },
    '0018-paper-events': {
      up: (db: Kysely<unknown>) => createTables(db, kind, paperEventTables),
    },
    '0019-register-of-forms': {
      up: (db: Kysely<unknown>) => createTables(db, kind, registerTables),
    },
    '0020-marks': {
      up: (db: Kysely<unknown>) => markTables(db, kind),
    },
    '0021-paper-day': {
      up: async (db: Kysely<unknown>) => {
        for (const column of ['variant', 'reserve'])
          await db.schema.alterTable('kit').addColumn(column, 'integer').execute();
        await createTables(db, kind, paperDayTables);
      },
    },
    '0022-day-packages': {
      up: (db: Kysely<unknown>) => createTables(db, kind, dayPackageTables),
    },
    '0023-forgotten-passwords': {
      up: (db: Kysely<unknown>) => db.schema.alterTable('mail').addColumn('about_json', 'text').execute(),
    },
    '0024-reserve-consoles': {
      up: (db: Kysely<unknown>) => createTables(db, kind, reserveConsoleTables),
    },
    '0025-site-archives': {
      up: async (db: Kysely<unknown>) => {
        await db.schema
          .alterTable('event_day')
          .addColumn('kept_afterwards', 'integer', (one) => one.notNull().defaultTo(0))
          .execute();
        await db.schema
          .alterTable('day_policy')
          .addColumn('posts_password', 'integer', (one) => one.notNull().defaultTo(1))
          .execute();
        await createTables(db, kind, siteArchiveTables);
      },
    },
    '0026-archive-work': {
      up: (db: Kysely<unknown>) => createTables(db, kind, archiveWorkTables),
    },
  };
}
