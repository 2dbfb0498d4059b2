import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { nextChange } from '../result/change-count.ts';
import { publicationOfSite, packagesOfSite } from '../publish/published.ts';
import { candidateRows } from '../roster/candidates.ts';
import { openCentreDatabase } from './database.ts';
import { migrationsFor } from './migrations.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

test('what was published, imported and received before packages were kept by content, candidates by words and results by number is there after it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-migrations-'));
  const file = join(folder, 'centre.db');
  try {
    const before = new Kysely<unknown>({ dialect: sqliteDialect(file) });
    const known = Object.entries(migrationsFor('sqlite')).filter(([name]) => name < '0007');
    const migrator = new Migrator({
      db: before,
      provider: { getMigrations: () => Promise.resolve(Object.fromEntries(known)) },
    });
    expect((await migrator.migrateToLatest()).error).toBeUndefined();
    for (const statement of [
      `insert into project values ('p', 'P', 'Name', 'formal', '', 1, 5)`,
      `insert into site (project_id, code, name) values ('p', 'S1', 'School'), ('p', 'S2', 'School')`,
      `insert into room values ('p', 'S1', 'R1', 'Room'), ('p', 'S1', 'R2', 'Room'), ('p', 'S2', 'R3', 'Room')`,
      `insert into candidate values ('c', 'p', 1, 'S1', 'R1', 1, '1001', '王小明', '王小明', null, 0, null)`,
      `insert into publication values ('p', 1, 2, 3, 30, 'admin'), ('p', 2, 4, 3, 30, 'admin')`,
      `insert into session values ('s', 'p', 1, '{}')`,
      ...['first', 'second'].map(
        (id, i) =>
          `insert into result (id, project_id, session_id, site_code, room_code, parcel_digest, received_at, receipt, receipt_at,
             entries, expected, sat, absent, files, files_missing)
           values ('${id}', 'p', 's', 'S1', 'R1', '${id}', ${5 + i}, 'jws', 5, 1, 1, 1, 0, 0, 0)`,
      ),
      `insert into room_package values ('p', 2, 'S1', 'R1', 'one'), ('p', 2, 'S1', 'R2', 'two'), ('p', 2, 'S2', 'R3', 'three')`,
    ])
      await sql.raw(statement).execute(before);
    await before.destroy();
    const db = expectOk(await openCentreDatabase({ file }, { lost: () => undefined, back: () => undefined }));
    expect(await packagesOfSite(db, 'p', 'S1')).toEqual({
      publication: { number: 2, at: 4 },
      packages: ['one', 'two'],
    });
    expect(await publicationOfSite(db, 'p', 'S2')).toEqual({ number: 2, at: 4 });
    const found = await candidateRows({ db }, { projectId: 'p', search: '小明', offset: 0, limit: 10 }, null);
    expect(found.rows.map((row) => row.admissionNumber)).toEqual(['1001']);
    const numbers = await db
      .selectFrom('result')
      .select(['id', 'change_number', 'receipt_number'])
      .orderBy('id')
      .execute();
    expect(numbers).toEqual([
      { id: 'first', change_number: 1, receipt_number: 1 },
      { id: 'second', change_number: 2, receipt_number: 2 },
    ]);
    expect(await db.transaction().execute((trx) => nextChange(trx, 'p'))).toBe(4);
    await db.destroy();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
