/** What the centre's features promise about what they keep, the same on SQLite and on PostgreSQL. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { asResult, Refused } from '../../src/base/refused.ts';
import { expectOk } from '../../src/base/result.ts';
import { openTestCentre, type TestCentre } from '../../src/centre/centre.fixture.ts';
import { openCentreDatabase } from '../../src/centre/storage/database.ts';
import { startPostgres, type TestPostgres } from '../../tools/postgres/postgres.ts';
import { committedSchemas, schemasNow } from '../../tools/schema/schema.ts';
import { keepsBoard } from './board.ts';
import type { Tried } from './centre-on.ts';
import { keepsMarks } from './marks.ts';
import { collectsScans } from './completeness.ts';
import { readsUploads } from './scan-uploads.ts';
import { sendsMail } from './mail.ts';
import { isFollowed } from './followed.ts';
import { keepsLocks } from './locks.ts';
import { receivesDays } from './day-packages.ts';
import { preparesDays } from './paper-day.ts';
import { keepsConsoles } from './reserve-consoles.ts';
import { keepsProjects } from './projects.ts';
import { keepsPublications } from './publications.ts';
import { publishesAsWork } from './publishing.ts';
import { keepsRegisters } from './registers.ts';
import { keepsReleases } from './releases.ts';
import { keepsResults } from './results.ts';
import { readsColumns } from './roster-columns.ts';
import { keepsRosters } from './rosters.ts';
import { keepsSupport } from './support.ts';
import { keepsValues } from './values.ts';

let postgres: TestPostgres;
/** Its tables are made once: making them takes longer than most of what is tried with them. */
let withTables: string;
const open: TestCentre[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  withTables = await postgres.newDatabase();
  const watcher = { lost: () => undefined, back: () => undefined };
  await expectOk(await openCentreDatabase({ url: withTables }, watcher)).destroy();
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
afterAll(() => postgres.close());

describe.each(['SQLite', 'PostgreSQL'] as const)('on %s', (kind) => {
  const tried: Tried = {
    emptyDatabase: async (folder) =>
      kind === 'SQLite' ? { file: join(folder, 'empty.db') } : { url: await postgres.newDatabase() },
    async start() {
      const made = await openTestCentre(
        kind === 'SQLite' ? 'file' : { url: await postgres.newDatabase(withTables) },
      );
      open.push(made);
      return made;
    },
  };
  keepsProjects(tried);
  keepsRosters(tried);
  readsColumns(tried);
  keepsPublications(tried);
  publishesAsWork(tried);
  keepsRegisters(tried);
  keepsReleases(tried);
  preparesDays(tried);
  keepsConsoles(tried);
  receivesDays(tried);
  keepsResults(tried);
  keepsSupport(tried);
  keepsLocks(tried);
  keepsMarks(tried);
  collectsScans(tried);
  keepsValues(tried);
  keepsBoard(tried);
  sendsMail(tried);
  isFollowed(tried);
  readsUploads(tried);
});

test('the committed schemas are what the migrations make', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-schema-'));
  try {
    const now = await schemasNow(folder, postgres);
    for (const { kind, path } of committedSchemas)
      expect(readFileSync(path, 'utf8').replaceAll('\r\n', '\n'), 'run npm run schema').toBe(now[kind]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a database that is not there, or does not let us in, is said in one line without its password', async () => {
  const said: unknown[] = [];
  const watcher = { lost: (refusal: unknown) => void said.push(refusal), back: () => undefined };
  const at = `127.0.0.1:${postgres.port}`;
  for (const [url, type] of [
    [`postgres://invigil:secret-word@127.0.0.1:1/x`, 'database-unreachable'],
    [`postgres://invigil:secret-word@${at}/postgres`, 'database-refused'],
    [`postgres://invigil:${encodeURIComponent('of the test')}@${at}/none`, 'database-refused'],
  ] as const) {
    const opened = await openCentreDatabase({ url }, watcher);
    expect(opened).toMatchObject({ ok: false, refusal: { type } });
    expect(JSON.stringify([opened, said])).not.toContain('secret-word');
  }
  expect(await asResult(() => Promise.reject(new Refused({ type: 'x' })))).toEqual({
    ok: false,
    refusal: { type: 'x' },
  });
});
