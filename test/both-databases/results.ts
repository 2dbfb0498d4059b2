/** Results, the files in them, and what is scored and exported. */
import { expect, test } from 'vitest';
import { expectOk, ok } from '../../src/base/result.ts';
import { authorisationRows } from '../../src/centre/authorise/authorise.ts';
import { resultRows, siteRows } from '../../src/centre/board/board.ts';
import { withDossier } from '../../src/centre/dossier/make-dossier.ts';
import { dueResults } from '../../src/centre/due/due-results.ts';
import { papersOf } from '../../src/centre/paper/import-paper.ts';
import { projectView } from '../../src/centre/project/projects.ts';
import { publish } from '../../src/centre/publish/publisher.ts';
import { answerFileRows, offerAnswerFile } from '../../src/centre/result/answer-files.ts';
import { receiveResults } from '../../src/centre/result/receive-file.ts';
import { receiveResult } from '../../src/centre/result/receive-result.ts';
import {
  countUnscored,
  exportAnswers,
  exportCsv,
  exportXlsx,
  scoreProject,
  scoreRows,
} from '../../src/centre/result/score-results.ts';
import { candidateRows } from '../../src/centre/roster/candidates.ts';
import type { ItemResponses } from '../../src/exam/paper/response.ts';
import { sha256Hex } from '../../src/trust/digest.ts';
import { refusalOf, room, type Tried, withPaper } from './centre-on.ts';

/** What the database that is tried first answered to the same day. */
let firstDay: unknown;

export function keepsResults({ start }: Tried): void {
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
    expect((await resultRows(test.centre, project.projectId, null))[0]).toMatchObject({
      roomCode: 'S1-R1',
      sat: 2,
      absent: 0,
      problem: null,
    });
    await test.centre.board.tick();
    const { projectId, sessionId } = project;
    const filter = { projectId, sessionId, by: 'room', missingOnly: true, search: '' } as const;
    expect(await dueResults(test.centre, { ...filter, offset: 0, limit: 10 })).toMatchObject({
      sums: { rooms: 2, roomsVerified: 1, expected: 3, received: 2, verified: 2, missing: 1 },
      rows: [{ roomCode: 'S2-R1', state: 'missing' }],
    });
    const whose = { projectId, sessionId, admissionNumber: '1001' };
    const dossier = await withDossier(test.centre, whose, { form: 'page', by: 'op' }, (one) =>
      Promise.resolve(ok(one.dossier)),
    );
    expect(expectOk(dossier)).toMatchObject({
      state: 'handed-in',
      results: [{ inForce: true, held: 'held-1.jws' }],
      answers: [{ item: 'a', responses: { R: 'x' }, changes: 1 }],
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
    expect(await exportAnswers(test.centre, project.projectId, null)).toContain('"late"');
    const rows = await test.centre.db
      .selectFrom('result')
      .select('problem_json')
      .orderBy('entries')
      .execute();
    expect(rows.map((row) => row.problem_json !== null)).toEqual([true, false]);
    const third = await from.result({
      answers: [{ admissionNumber: '1002', item: 'a', responses: { R: 'new' } }],
    });
    expect(await scoreRows(test.centre, project.projectId, null)).toHaveLength(2);
    expect(await countUnscored(test.centre, project.projectId, null)).toBe(0);
    expectOk(await receiveResult(test.centre, third));
    // The scores were of answers that are in force no more.
    expect(await scoreRows(test.centre, project.projectId, null)).toEqual([]);
    expect(await countUnscored(test.centre, project.projectId, null)).toBe(2);
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
    expect(await resultRows(centre, project.projectId, null)).toMatchObject([
      { files: null },
      { files: null },
    ]);
    const whole = await from.result({ answers: [], files: [content] });
    expectOk(await receiveResult(centre, whole));
    expect((await resultRows(centre, project.projectId, null))[0]).toMatchObject({
      files: 1,
      filesMissing: 0,
    });
    const { rows } = await answerFileRows(
      centre,
      { projectId: project.projectId, offset: 0, limit: 10 },
      null,
    );
    expect(rows).toMatchObject([
      { admissionNumber: '1001', item: 'a', response: 'R', sha256: reference.digest, kept: true },
    ]);
    const wanted = { ...project, admissionNumber: '1001', item: 'a', response: 'R' };
    const offered = expectOk(
      await offerAnswerFile(centre, wanted, { account: 'op', files: centre.node.files, limit: null }),
    );
    expect(offered).toMatchObject({ fileName: '1001__plan_.ods', size: content.length });
    const sent = expectOk(await centre.node.files.send(offered.ticket, 'op', 0));
    expect(new Uint8Array(await new Response(sent.body).arrayBuffer())).toEqual(content);
    expect(
      refusalOf(
        await offerAnswerFile(
          centre,
          { ...wanted, item: 'b' },
          { account: 'op', files: centre.node.files, limit: null },
        ),
      ),
    ).toBe('no-such-file');
    expectOk(await scoreProject(centre, project.projectId));
    expect(await exportCsv(centre, project.projectId, null)).toContain('a: ../plan');
    expect(await exportAnswers(centre, project.projectId, null)).toContain(reference.digest);
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
    expect((await resultRows(test.centre, project.projectId, null))[0]).toMatchObject({
      files: 0,
      filesMissing: 1,
    });
    const wanted = { ...project, admissionNumber: '1001', item: 'a', response: 'R' };
    expect(
      refusalOf(
        await offerAnswerFile(test.centre, wanted, {
          account: 'op',
          files: test.centre.node.files,
          limit: null,
        }),
      ),
    ).toBe('answer-files-missing');
    expect(await exportAnswers(test.centre, project.projectId, null)).toContain('"kept":false');
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
    const [line] = (await exportAnswers(test.centre, project.projectId, null)).split('\n');
    expect(JSON.parse(line ?? '')).toMatchObject({ item: 'a\ufffdb', responses });
    await from.close();
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
    expect((await exportXlsx(centre, project.projectId, null)).length).toBeGreaterThan(1_000);
    await centre.board.tick();
    const plain = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(value, (key, one: unknown) =>
          /^(id|projectId|sessionId|registrationCode|paperId)$/.test(key) ? '-' : one,
        ),
      );
    const day = plain({
      csv: await exportCsv(centre, project.projectId, null),
      answers: await exportAnswers(centre, project.projectId, null),
      scores: await scoreRows(centre, project.projectId, null),
      sites: await siteRows(centre, project.projectId, null),
      board: centre.board.viewer(project.projectId, null, null)(),
      results: await resultRows(centre, project.projectId, null),
      project: await projectView(centre, project.projectId, null),
      papers: await papersOf(centre, project.projectId),
      candidates: await candidateRows(
        centre,
        {
          projectId: project.projectId,
          search: '',
          offset: 0,
          limit: 9,
        },
        null,
      ),
      authorisations: await authorisationRows(centre, project.projectId, null),
    });
    firstDay ??= day;
    expect(day).toEqual(firstDay);
    await from.close();
  });
}
