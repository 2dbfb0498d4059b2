/** What the centre's features promise about what they keep, the same on SQLite and on PostgreSQL. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { asResult, Refused } from '../../base/refused.ts';
import { expectOk, ok } from '../../base/result.ts';
import type { ItemResponses } from '../../exam/paper/response.ts';
import { sha256Hex } from '../../trust/digest.ts';
import { startPostgres, type TestPostgres } from '../../../tools/postgres/postgres.ts';
import { committedSchemas, schemasNow } from '../../../tools/schema/schema.ts';
import {
  authorisationRows,
  fetched,
  makeAuthorisation,
  makeRelease,
  prepareAuthorisations,
  release,
  words,
} from '../authorise/authorise.ts';
import { board, resultRows, siteRows } from '../board/board.ts';
import {
  joinRoom,
  makeProject,
  openTestCentre,
  pin,
  rosterText,
  sessionInput,
  type TestCentre,
  type TestProject,
} from '../centre.fixture.ts';
import { checkPaper, keepPaper, papersOf } from '../paper/import-paper.ts';
import {
  changeProject,
  createProject,
  projectSummaries,
  projectView,
  removeSession,
  saveSession,
  sessionsOf,
} from '../project/projects.ts';
import { makeSitePackage, publish } from '../publish/publish.ts';
import { answerFileRows, offerAnswerFile } from '../result/answer-files.ts';
import { receiveResults } from '../result/receive-file.ts';
import { receiveResult } from '../result/receive-result.ts';
import { exportAnswers, exportCsv, exportXlsx, scoreProject, scoreRows } from '../result/score-results.ts';
import { candidateRows } from '../roster/candidates.ts';
import { importRoster, previewRoster } from '../roster/import-roster.ts';
import { registerSite } from '../site/serve-sites.ts';
import { openCentreDatabase } from './database.ts';
import { postgresDialect } from './postgres-dialect.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

const samples = join(import.meta.dirname, '..', '..', '..', 'samples');
let postgres: TestPostgres;
const open: TestCentre[] = [];
/** What each database answered to the same day; compared at the end. */
const days = new Map<string, unknown>();

beforeAll(async () => {
  postgres = await startPostgres();
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
afterAll(() => postgres.close());

describe.each(['SQLite', 'PostgreSQL'])('on %s', (kind) => {
  const start = async (): Promise<TestCentre> => {
    const made = await openTestCentre(kind === 'SQLite' ? 'file' : { url: await postgres.newDatabase() });
    open.push(made);
    return made;
  };
  const withPaper = async (test: TestCentre, name = 'small.zip'): Promise<TestProject> =>
    makeProject(test, 'P1', undefined, async (projectId) => {
      const upload = await test.file(name, readFileSync(join(samples, name)));
      return expectOk(await keepPaper(test.centre, projectId, upload, [], 'admin')).id;
    });
  const room = async (test: TestCentre, project: TestProject) => {
    const [session] = await sessionsOf(test.centre, project.projectId);
    if (!session) throw new Error('no session');
    return joinRoom(test, { ...project, site: 'S1', room: 'S1-R1', session, sittings: ['1001', '1002'] });
  };
  const refusalOf = (result: { ok: boolean; refusal?: { type: string } }): string =>
    result.refusal?.type ?? 'done';

  test('of two projects with one code that are made at once, one is made and the other refused', async () => {
    const { centre } = await start();
    const made = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        createProject(centre, { code: 'P', name, mode: 'mock', supportPhone: '' }),
      ),
    );
    expect(made.map(refusalOf).toSorted()).toEqual(['done', 'project-code-taken', 'project-code-taken']);
    expect(await projectSummaries(centre)).toHaveLength(1);
  });

  test('of two sessions with one number that are saved at once, one is kept', async () => {
    const test = await start();
    const { projectId, sessionId } = await makeProject(test);
    const { centre } = test;
    const saved = await Promise.all(
      [1, 2, 3].map(() => saveSession(centre, projectId, null, sessionInput(2, 1))),
    );
    expect(saved.map(refusalOf).toSorted()).toEqual(['done', 'session-number-taken', 'session-number-taken']);
    expect(refusalOf(await saveSession(centre, projectId, sessionId, sessionInput(2, 1)))).toBe(
      'session-number-taken',
    );
    expect(refusalOf(await saveSession(centre, 'none', null, sessionInput(2, 1)))).toBe('no-such-project');
    expect(refusalOf(await saveSession(centre, projectId, 'none', sessionInput(3, 1)))).toBe(
      'no-such-session-here',
    );
    expectOk(await removeSession(centre, projectId, (await sessionsOf(centre, projectId))[1]?.id ?? ''));
    expect((await sessionsOf(centre, projectId)).map((one) => one.number)).toEqual([1]);
  });

  test('two rosters that are imported at once leave one of them whole', async () => {
    const test = await start();
    const { projectId } = await makeProject(test);
    const rows = (letter: string, n: number): string[] =>
      Array.from(
        { length: n },
        (_, i) => `1,${letter},${letter}-R${i % 7},${letter}${i},Candidate ${letter}`,
      );
    const files = await Promise.all([
      test.file('a.csv', rosterText(rows('A', 1_200))),
      test.file('b.csv', rosterText(rows('B', 1_100))),
    ]);
    for (const done of await Promise.all(
      files.map((one) => importRoster(test.centre, projectId, one, 'admin')),
    ))
      expectOk(done);
    const all = await candidateRows(test.centre, { projectId, search: '', offset: 0, limit: 500 });
    const [letter] = all.rows[0]?.siteCode ?? '';
    expect(all.total).toBe(letter === 'A' ? 1_200 : 1_100);
    expect(new Set(all.rows.map((row) => row.siteCode))).toEqual(new Set([letter]));
    expect((await siteRows(test.centre, projectId)).map((site) => [site.code, site.rooms])).toEqual([
      [letter, 7],
    ]);
  });

  test('a change that is refused or fails half-way is taken back whole', async () => {
    const test = await start();
    const { projectId } = await makeProject(test);
    const before = await candidateRows(test.centre, { projectId, search: '', offset: 0, limit: 10 });
    const wrong = await test.file('wrong.csv', rosterText(['1,S1,S1-R1,2001,A', '9,S1,S1-R1,2002,B']));
    expect(refusalOf(await importRoster(test.centre, projectId, wrong, 'admin'))).toBe(
      'roster-has-wrong-rows',
    );
    const emptied = changeProject(test.centre, projectId, async (db) => {
      await db.deleteFrom('candidate').where('project_id', '=', projectId).execute();
      await db.deleteFrom('room').where('project_id', '=', projectId).execute();
      // Refers to no site: the last statement of an import that came from damaged memory, say.
      await db
        .insertInto('room')
        .values({ project_id: projectId, site_code: 'none', code: 'X', name: 'X' })
        .execute();
      return ok();
    });
    await expect(emptied).rejects.toThrow(/foreign key/i);
    const refused = await changeProject(test.centre, projectId, async (db) => {
      await db.deleteFrom('candidate').where('project_id', '=', projectId).execute();
      throw new Refused({ type: 'no' });
    });
    expect(refusalOf(refused)).toBe('no');
    expect(await candidateRows(test.centre, { projectId, search: '', offset: 0, limit: 10 })).toEqual(before);
  });

  test('a preview keeps nothing, and a search knows no upper and lower case in any alphabet', async () => {
    const test = await start();
    const { projectId } = await makeProject(test, 'P1', [
      '1,S1,S1-R1,AB-1,Ахметова Айгуль',
      '1,S1,S1-R1,ab-2,100%_Öztürk',
      '1,S1,S1-R2,3,王小明',
    ]);
    const other = await test.file('x.csv', rosterText(['1,S9,S9-R1,9,Nobody']));
    expect(expectOk(await previewRoster(test.centre, projectId, other)).candidates).toBe(1);
    const find = async (search: string): Promise<string[]> =>
      (await candidateRows(test.centre, { projectId, search, offset: 0, limit: 10 })).rows.map(
        (row) => row.admissionNumber,
      );
    expect(await find('')).toEqual(['AB-1', 'ab-2', '3']);
    expect(await find('айГУЛЬ')).toEqual(['AB-1']);
    expect(await find('ÖZTÜRK')).toEqual(['ab-2']);
    expect(await find('小')).toEqual(['3']);
    expect(await find('Ab')).toEqual(['AB-1', 'ab-2']);
    expect(await find('%_ö')).toEqual(['ab-2']);
    expect(await find('%')).toEqual(['ab-2']);
    expect(await find('\0')).toEqual([]);
  });

  test('a paper is kept with its report; publishing twice at once makes two publications, the second one in force', async () => {
    const test = await start();
    const { centre } = test;
    const { projectId } = await withPaper(test);
    const upload = await test.file('small.zip', readFileSync(join(samples, 'small.zip')));
    const checked = expectOk(await checkPaper(upload));
    expect(await papersOf(centre, projectId)).toMatchObject([checked]);
    test.pass(1_000);
    const published = await Promise.all([publish(centre, projectId, 'a'), publish(centre, projectId, 'b')]);
    expect(published.map((one) => expectOk(one).rooms)).toEqual([2, 2]);
    const packages = await centre.db.selectFrom('room_package').select('number').execute();
    expect(packages.map((one) => one.number)).toEqual([2, 2]);
    const sealed = await centre.db.selectFrom('sealed_paper').selectAll().execute();
    expect(sealed).toHaveLength(1);
    const view = expectOk(await projectView(centre, projectId));
    expect(view.changedSince).toBe(false);
    test.pass(1_000);
    expectOk(await saveSession(centre, projectId, null, sessionInput(2, centre.node.clock.now())));
    expect(expectOk(await projectView(centre, projectId)).changedSince).toBe(true);
    expect(refusalOf(await removeSession(centre, projectId, view.sessions[0]?.id ?? ''))).toBe(
      'session-is-published',
    );
    expect(refusalOf(await publish(centre, projectId, 'a'))).toBe('publication-incomplete');
    expect(refusalOf(await makeSitePackage(centre, projectId, 'S1'))).toBe('site-not-registered');
  });

  test('an authorisation that is prepared twice at once is one, and is released at its time and not before', async () => {
    const test = await start();
    const { centre } = test;
    const project = await withPaper(test);
    const { projectId, sessionId } = project;
    expectOk(await publish(centre, projectId, 'admin'));
    await (await room(test, project)).close();
    expect(refusalOf(await prepareAuthorisations(centre, projectId, sessionId, 'wrong-pin', 'a'))).toBe(
      'wrong-pin',
    );
    for (const done of await Promise.all(
      ['a', 'b'].map((by) => prepareAuthorisations(centre, projectId, sessionId, pin, by)),
    ))
      expectOk(done);
    expect(await centre.db.selectFrom('authorisation').select('site_code').execute()).toEqual([
      { site_code: 'S1' },
    ]);
    expectOk(await makeAuthorisation(centre, sessionId, 'S1'));
    expectOk(await makeSitePackage(centre, projectId, 'S1'));
    await fetched(centre, sessionId, 'S1');
    expect(refusalOf(await release(centre, sessionId, 'S1'))).toBe('too-early');
    test.pass(7_200_000);
    const [first, second] = await Promise.all([
      release(centre, sessionId, 'S1'),
      release(centre, sessionId, 'S1'),
    ]);
    expect(expectOk(first)).toEqual(expectOk(second));
    expectOk(await makeRelease(centre, sessionId, 'S1'));
    expect(expectOk(await words(centre, sessionId, 'S1', 'en'))).toHaveLength(12);
    expect((await authorisationRows(centre, projectId)).map((row) => [row.siteCode, row.state])).toEqual([
      ['S1', 'released'],
      ['S2', 'site-not-registered'],
    ]);
    const releases = centre.node.journal
      .after(0, 1_000)
      .filter((row) => row.header.includes('"session-released"'));
    expect(releases).toHaveLength(1);
  });

  test('a registration code admits one site, also when two come at once', async () => {
    const test = await start();
    const { projectId } = await makeProject(test);
    const join = (id: string) =>
      registerSite(
        test.centre,
        projectId,
        { id, code: 'S1', keys: { signingKey: 'k', sealingKey: 'age1x' }, tlsFingerprint: id },
        { serial: 'L', recipient: 'age1y' },
      );
    const joined = await Promise.all([join('one'), join('two')]);
    expect(joined.map(refusalOf).toSorted()).toEqual(['done', 'registration-code-not-open']);
    const [site] = await siteRows(test.centre, projectId);
    expect(site).toMatchObject({ registrationCode: null, lockSerial: 'L', candidates: 2 });
    // A registered site stays when a new roster does not name it; one that never came goes.
    const next = await test.file('next.csv', rosterText(['1,S3,S3-R1,1,A']));
    expectOk(await importRoster(test.centre, projectId, next, 'admin'));
    expect((await siteRows(test.centre, projectId)).map((one) => one.code)).toEqual(['S1', 'S3']);
    expect((await board(test.centre, projectId)).sites).toHaveLength(2);
  });

  test('a result that arrives twice at once is kept once and has one receipt', async () => {
    const test = await start();
    const project = await withPaper(test);
    const from = await room(test, project);
    const file = await from.result({
      answers: [{ admissionNumber: '1001', item: 'a', responses: { R: 'x' } }],
    });
    const taken = await Promise.all([1, 2, 3].map(() => receiveResult(test.centre, file)));
    expect(new Set(taken.map((one) => expectOk(one).receipt)).size).toBe(1);
    expect(taken.filter((one) => !expectOk(one).known)).toHaveLength(1);
    expect((await resultRows(test.centre, project.projectId))[0]).toMatchObject({
      roomCode: 'S1-R1',
      sat: 2,
      absent: 0,
      problem: null,
    });
    await from.close();
  });

  test('a supplementary result takes the place of the first; an older one is kept beside it and changes nothing', async () => {
    const test = await start();
    const project = await withPaper(test);
    expectOk(await publish(test.centre, project.projectId, 'admin'));
    const from = await room(test, project);
    const first = await from.result({
      answers: [{ admissionNumber: '1001', item: 'a', responses: { R: 'early' } }],
    });
    const second = await from.result({
      answers: [{ admissionNumber: '1001', item: 'a', responses: { R: 'late' } }],
    });
    expect(expectOk(await receiveResults(test.centre, project.projectId, second)).taken).toBe(1);
    expectOk(await scoreProject(test.centre, project.projectId));
    expectOk(await receiveResult(test.centre, first));
    expect(await exportAnswers(test.centre, project.projectId)).toContain('"late"');
    const rows = await test.centre.db
      .selectFrom('result')
      .select('problem_json')
      .orderBy('entries')
      .execute();
    expect(rows.map((row) => row.problem_json !== null)).toEqual([true, false]);
    const third = await from.result({
      answers: [{ admissionNumber: '1002', item: 'a', responses: { R: 'new' } }],
    });
    expect(await scoreRows(test.centre, project.projectId)).toHaveLength(2);
    expectOk(await receiveResult(test.centre, third));
    // The scores were of answers that are in force no more.
    expect(await scoreRows(test.centre, project.projectId)).toEqual([]);
    await from.close();
  });

  test('files of answers are kept whole, listed, and taken away under a safe name; a result that lacks one is refused', async () => {
    const test = await start();
    const { centre } = test;
    const project = await withPaper(test);
    const from = await room(test, project);
    expectOk(await publish(centre, project.projectId, 'admin'));
    const content = new TextEncoder().encode('a drawing '.repeat(50_000));
    const reference = {
      digest: sha256Hex(content),
      name: '../plan\u202e.ods',
      mediaType: 'text/html',
      size: content.length,
    };
    const answers = [{ admissionNumber: '1001', item: 'a', responses: { R: { file: reference } } }];
    const lacking = await from.result({ answers });
    expect(refusalOf(await receiveResult(centre, lacking))).toBe('result-file-missing');
    const denied = await from.result({
      answers: [],
      record: (made) => ({
        ...made,
        sittings: made.sittings.map((one) => ({ ...one, missingFiles: [reference.digest] })),
      }),
    });
    expect(refusalOf(await receiveResult(centre, denied))).toBe('result-file-missing');
    expect(await resultRows(centre, project.projectId)).toMatchObject([{ files: null }, { files: null }]);
    const whole = await from.result({ answers: [], files: [content] });
    expectOk(await receiveResult(centre, whole));
    expect((await resultRows(centre, project.projectId))[0]).toMatchObject({ files: 1, filesMissing: 0 });
    const { rows } = await answerFileRows(centre, { projectId: project.projectId, offset: 0, limit: 10 });
    expect(rows).toMatchObject([
      { admissionNumber: '1001', item: 'a', response: 'R', sha256: reference.digest, kept: true },
    ]);
    const wanted = { ...project, admissionNumber: '1001', item: 'a', response: 'R' };
    const offered = expectOk(await offerAnswerFile(centre, wanted, 'op', centre.node.files));
    expect(offered).toMatchObject({ fileName: '1001__plan_.ods', size: content.length });
    const sent = expectOk(await centre.node.files.send(offered.ticket, 'op'));
    expect(new Uint8Array(await new Response(sent.body).arrayBuffer())).toEqual(content);
    expect(refusalOf(await offerAnswerFile(centre, { ...wanted, item: 'b' }, 'op', centre.node.files))).toBe(
      'no-such-file',
    );
    expectOk(await scoreProject(centre, project.projectId));
    expect(await exportCsv(centre, project.projectId)).toContain('a: ../plan');
    expect(await exportAnswers(centre, project.projectId)).toContain(reference.digest);
    await from.close();
  });

  test('a file that the room could not collect is named as missing, and the rest of the result counts', async () => {
    const test = await start();
    const project = await withPaper(test);
    const from = await room(test, project);
    const reference = { digest: 'd'.repeat(64), name: 'lost.txt', mediaType: '', size: 3 };
    const file = await from.result({
      answers: [
        { admissionNumber: '1001', item: 'a', responses: { R: { file: reference } } },
        { admissionNumber: '1002', item: 'a', responses: { R: 'x' } },
      ],
      record: (made) => ({
        ...made,
        sittings: made.sittings.map((one) =>
          one.admissionNumber === '1001'
            ? { ...one, state: 'closed', collected: false, missingFiles: [reference.digest] }
            : one,
        ),
      }),
    });
    expectOk(await receiveResult(test.centre, file));
    expect((await resultRows(test.centre, project.projectId))[0]).toMatchObject({
      files: 0,
      filesMissing: 1,
    });
    const wanted = { ...project, admissionNumber: '1001', item: 'a', response: 'R' };
    expect(refusalOf(await offerAnswerFile(test.centre, wanted, 'op', test.centre.node.files))).toBe(
      'answer-files-missing',
    );
    expect(await exportAnswers(test.centre, project.projectId)).toContain('"kept":false');
    await from.close();
  });

  test('one damaged or hostile character does not keep a result out', async () => {
    const test = await start();
    const project = await withPaper(test);
    const from = await room(test, project);
    const responses: ItemResponses = { R: 'nul \0 half \ud800 and 😀' };
    expectOk(
      await receiveResult(
        test.centre,
        await from.result({ answers: [{ admissionNumber: '1001', item: 'a\0b', responses }] }),
      ),
    );
    const [line] = (await exportAnswers(test.centre, project.projectId)).split('\n');
    expect(JSON.parse(line ?? '')).toMatchObject({ item: 'a\ufffdb', responses });
    await from.close();
  });

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

  test('the same day gives the same lists, scores and exports', async () => {
    const test = await start();
    const { centre } = test;
    const project = await withPaper(test);
    expectOk(await publish(centre, project.projectId, 'admin'));
    const from = await room(test, project);
    const answers = [
      { admissionNumber: '1001', item: 'planet', responses: { RESPONSE: 'mars' } },
      {
        admissionNumber: '1001',
        item: 'letter',
        responses: { RESPONSE: 'Дорогой друг, 你好 "quoted", and\nlines' },
      },
      { admissionNumber: '1002', item: 'primes', responses: { RESPONSE: ['p2', 'p3'] } },
    ];
    expectOk(
      await receiveResult(
        centre,
        await from.result({
          answers,
          record: (made) => ({
            ...made,
            sittings: made.sittings.map((one) =>
              one.admissionNumber === '1002' ? { ...one, state: 'absent' } : one,
            ),
          }),
        }),
      ),
    );
    const scored = await Promise.all([
      scoreProject(centre, project.projectId),
      scoreProject(centre, project.projectId),
    ]);
    expect(expectOk(scored[0])).toEqual(expectOk(scored[1]));
    expect((await exportXlsx(centre, project.projectId)).length).toBeGreaterThan(1_000);
    const plain = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(value, (key, one: unknown) =>
          /^(id|projectId|sessionId|registrationCode|paperId)$/.test(key) ? '-' : one,
        ),
      );
    const day = plain({
      csv: await exportCsv(centre, project.projectId),
      answers: await exportAnswers(centre, project.projectId),
      scores: await scoreRows(centre, project.projectId),
      sites: await siteRows(centre, project.projectId),
      board: await board(centre, project.projectId),
      results: await resultRows(centre, project.projectId),
      project: await projectView(centre, project.projectId),
      papers: await papersOf(centre, project.projectId),
      candidates: await candidateRows(centre, {
        projectId: project.projectId,
        search: '',
        offset: 0,
        limit: 9,
      }),
      authorisations: await authorisationRows(centre, project.projectId),
    });
    days.set(kind, day);
    expect(day).toEqual(days.get('SQLite'));
    await from.close();
  });

  test('a migration that fails half-way leaves nothing behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'invigil-half-'));
    const target = kind === 'SQLite' ? { file: join(folder, 'x.db') } : { url: await postgres.newDatabase() };
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
    const target = kind === 'SQLite' ? { file: join(test.folder, 'centre.db') } : { url: await urlOf(test) };
    const opened = await openCentreDatabase(target, { lost: () => undefined, back: () => undefined });
    expect(opened).toMatchObject({
      ok: false,
      refusal: { type: 'database-of-newer-version', migrations: ['0099-later'] },
    });
  });

  async function urlOf(test: TestCentre): Promise<string> {
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(test.centre.db);
    return `postgres://invigil:${encodeURIComponent('of the test')}@127.0.0.1:${postgres.port}/${rows[0]?.name}`;
  }
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
