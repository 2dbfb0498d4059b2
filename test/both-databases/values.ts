/** The database itself: values as they were given, migrations, versions. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { makeProject } from '../../src/centre/centre.fixture.ts';
import { openCentreDatabase } from '../../src/centre/storage/database.ts';
import { postgresDialect } from '../../src/centre/storage/postgres-dialect.ts';
import { sqliteDialect } from '../../src/centre/storage/sqlite-dialect.ts';
import type { Tried } from './centre-on.ts';

export function keepsValues({ start, emptyDatabase }: Tried): void {
  test('numbers, times and texts come back as they were given', async () => {
    const test = await start();
    const { projectId } = await makeProject(test);
    const { db } = test.centre;
    const values = {
      project_id: projectId,
      number: 7,
      published_at: 8_640_000_000_000_000,
      rooms: 2_147_483_647,
      bytes: Number.MAX_SAFE_INTEGER,
      by_account: '{"a":"\\u0000 é 王 😀"}',
      revision: null,
      changed_rooms: 1,
    };
    await db.insertInto('publication').values(values).execute();
    expect(await db.selectFrom('publication').selectAll().execute()).toEqual([values]);
    const real = await db.selectFrom('candidate').select('id').executeTakeFirstOrThrow();
    for (const value of [0.1 + 0.2, 1 / 3, 25, 123_456_789.123_456_78]) {
      await db.updateTable('candidate').set({ extra_percent: value }).where('id', '=', real.id).execute();
      expect(
        await db.selectFrom('candidate').select('extra_percent').where('id', '=', real.id).executeTakeFirst(),
      ).toEqual({ extra_percent: value });
    }
    const counted = await db
      .selectFrom('candidate')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirst();
    expect(counted).toEqual({ n: 3 });
    // Neither takes a text for a number.
    await expect(
      db
        .updateTable('candidate')
        .set({ position: 'many' as never })
        .execute(),
    ).rejects.toThrow(/integer/i);
  });

  test('a migration that fails half-way leaves nothing behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'invigil-half-'));
    const target = await emptyDatabase(folder);
    const watcher = { lost: () => undefined, back: () => undefined };
    const dialect = 'file' in target ? sqliteDialect(target.file) : postgresDialect(target.url, watcher);
    const db = new Kysely<Record<string, { id: string }>>({ dialect });
    try {
      // In the way of a table that comes late.
      await db.schema.createTable('score').addColumn('id', 'text').execute();
      await expect(openCentreDatabase(target, watcher)).rejects.toThrow(/already exists/);
      const tables = await db.introspection.getTables();
      expect(tables.map((table) => table.name)).toEqual(['score']);
    } finally {
      await db.destroy();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('a database that a newer version has used is refused with that word', async () => {
    const test = await start();
    await sql`insert into kysely_migration (name, timestamp) values ('0099-later', '2030')`.execute(
      test.centre.db,
    );
    const opened = await openCentreDatabase(test.target, { lost: () => undefined, back: () => undefined });
    expect(opened).toMatchObject({
      ok: false,
      refusal: { type: 'database-of-newer-version', migrations: ['0099-later'] },
    });
  });
}
