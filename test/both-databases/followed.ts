/** What other programs read of the centre: page by page, and on from where they were. */
import { expect, test } from 'vitest';
import { expectOk, type Result } from '../../src/base/result.ts';
import { findKey, keepUse, listKeys, makeKey, revokeKey } from '../../src/centre/api-keys/api-keys.ts';
import { makeProject, type TestCentre, type TestProject } from '../../src/centre/centre.fixture.ts';
import { releaseHeld } from '../../src/centre/codes/codes.ts';
import type { Paged } from '../../src/centre/integration/cursor.ts';
import {
  answerLines,
  completenessPage,
  receiptsPage,
  resultsPage,
  scoresPage,
} from '../../src/centre/integration/results.ts';
import {
  authorisationsPage,
  candidatesPage,
  sitesPage,
  type Wanted,
} from '../../src/centre/integration/status.ts';
import { sessionsOf } from '../../src/centre/project/projects.ts';
import { publish } from '../../src/centre/publish/publisher.ts';
import { receiveResult } from '../../src/centre/result/receive-result.ts';
import { scoreProject } from '../../src/centre/result/score-results.ts';
import { refusalOf, room, type Tried, withPaper } from './centre-on.ts';

/** Every row, two at a time. */
async function allOf<T>(
  { projectId }: TestProject,
  page: (wanted: Wanted) => Promise<Result<Paged<T>>>,
  from?: string,
): Promise<{ rows: T[]; cursor: string | undefined }> {
  const rows: T[] = [];
  for (let after = from; ;) {
    const next = expectOk(await page({ projectId, after, limit: 2 }));
    rows.push(...next.rows);
    after = next.cursor ?? undefined;
    if (!next.more) return { rows, cursor: after };
  }
}

interface Line {
  readonly admissionNumber: string;
  readonly item: string;
  readonly responses: unknown;
  readonly resultId: string;
  readonly cursor: string;
}

async function answersAfter(test: TestCentre, { projectId }: TestProject, after?: string): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const some of expectOk(answerLines(test.centre, projectId, after))) {
    expect(some.endsWith('\n')).toBe(true);
    for (const line of some.trimEnd().split('\n')) lines.push(JSON.parse(line) as Line);
  }
  return lines;
}

export function isFollowed({ start }: Tried): void {
  test('whoever follows hears every result, receipt, answer and score once, and what changes again', async () => {
    const test = await start();
    const { centre } = test;
    const project = await withPaper(test);
    expectOk(await publish(centre, project.projectId, 'admin'));
    const from = await room(test, project);
    const receive = async (answers: Parameters<typeof from.result>[0]['answers']): Promise<void> => {
      test.pass(1_000);
      expectOk(await receiveResult(centre, await from.result({ answers })));
    };
    const results = (after?: string) => allOf(project, (wanted) => resultsPage(centre, wanted), after);
    const receipts = (after?: string) => allOf(project, (wanted) => receiptsPage(centre, wanted), after);
    const scores = (after?: string) => allOf(project, (wanted) => scoresPage(centre, wanted), after);

    expect(await results()).toEqual({ rows: [], cursor: undefined });
    await receive([
      { admissionNumber: '1001', item: 'a', responses: { R: 'x' } },
      { admissionNumber: '1001', item: 'b', responses: { R: 'y' } },
      { admissionNumber: '1002', item: 'a', responses: { R: 'z' } },
    ]);
    const [first, firstReceipts, firstAnswers] = [
      await results(),
      await receipts(),
      await answersAfter(test, project),
    ];
    expect(first.rows).toMatchObject([{ roomCode: 'S1-R1', inForce: true, sat: 2 }]);
    expect(firstReceipts.rows).toHaveLength(1);
    expect(firstAnswers.map(({ admissionNumber, item }) => admissionNumber + item)).toEqual([
      '1001a',
      '1001b',
      '1002a',
    ]);
    // Cut off behind any line: what follows is what comes behind it.
    for (const [i, { cursor }] of firstAnswers.entries())
      expect(await answersAfter(test, project, cursor)).toEqual(firstAnswers.slice(i + 1));

    // A later result of the room brings all its answers again; nothing else comes behind the cursors.
    await receive([{ admissionNumber: '1002', item: 'a', responses: { R: 'new' } }]);
    const second = await results(first.cursor);
    expect(second.rows).toMatchObject([{ inForce: true }]);
    expect((await results()).rows.map(({ inForce }) => inForce)).toEqual([false, true]);
    expect((await results(second.cursor)).rows).toEqual([]);
    const later = await answersAfter(test, project, firstAnswers.at(-1)?.cursor);
    expect(later.map(({ admissionNumber, item }) => admissionNumber + item)).toEqual([
      '1001a',
      '1001b',
      '1002a',
    ]);
    expect(new Set(later.map(({ resultId }) => resultId))).toEqual(new Set([second.rows[0]?.resultId]));
    expect(later.at(-1)?.responses).toEqual({ R: 'new' });
    // From the beginning there is nothing but what counts.
    expect(await answersAfter(test, project)).toEqual(later);

    // A receipt that was held back comes when it is given, behind those that were given before.
    const seen = await receipts(firstReceipts.cursor);
    expect(seen.rows).toHaveLength(1);
    await centre.db
      .updateTable('result')
      .set({ held_json: '[]', receipt_number: 0 })
      .where('parcel_digest', '=', first.rows[0]?.resultId ?? '')
      .execute();
    expect((await receipts()).rows.map(({ resultId }) => resultId)).toEqual([second.rows[0]?.resultId]);
    await releaseHeld(centre);
    expect((await receipts(seen.cursor)).rows.map(({ resultId }) => resultId)).toEqual([
      first.rows[0]?.resultId,
    ]);

    expectOk(await scoreProject(centre, project.projectId));
    const scored = await scores();
    expect(scored.rows.map(({ admissionNumber }) => admissionNumber).toSorted()).toEqual(['1001', '1002']);
    // Scored again without a change: nothing new. With one: whom it concerns.
    expectOk(await scoreProject(centre, project.projectId));
    expect((await scores(scored.cursor)).rows).toEqual([]);
    await centre.db.updateTable('score').set({ score: 99 }).where('admission_number', '=', '1001').execute();
    expectOk(await scoreProject(centre, project.projectId));
    expect((await scores(scored.cursor)).rows.map(({ admissionNumber }) => admissionNumber)).toEqual([
      '1001',
    ]);
    await from.close();
  });

  test('pages are whole and in order, whatever their size', async () => {
    const test = await start();
    const { centre } = test;
    const rows = Array.from(
      { length: 11 },
      (_, i) => `1,S${i % 3},S${i % 3}-R${i % 2},${1_000 + i},Candidate ${i}`,
    );
    const project = await makeProject(test, 'P1', rows);
    const [session] = await sessionsOf(centre, project.projectId);
    if (!session) throw new Error('no session');
    const sites = await allOf(project, (wanted) => sitesPage(centre, wanted));
    expect(sites.rows.map(({ code, rooms, candidates }) => [code, rooms, candidates])).toEqual([
      ['S0', 2, 4],
      ['S1', 2, 4],
      ['S2', 2, 3],
    ]);
    const candidates = await allOf(project, (wanted) => candidatesPage(centre, wanted, session));
    expect(candidates.rows.map((one) => one.admissionNumber).toSorted()).toEqual(
      rows.map((_, i) => String(1_000 + i)).toSorted(),
    );
    const places = candidates.rows.map((one) => one.roomCode);
    expect(places).toEqual(places.toSorted());
    const ofSite = await allOf(project, (wanted) =>
      candidatesPage(centre, { ...wanted, siteCode: 'S2' }, session),
    );
    expect(ofSite.rows).toHaveLength(3);
    const complete = await allOf(project, (wanted) => completenessPage(centre, wanted, session));
    expect(
      complete.rows.map(({ roomCode, expected, receivedAt }) => [roomCode, expected, receivedAt]),
    ).toEqual([
      ['S0-R0', 2, null],
      ['S0-R1', 2, null],
      ['S1-R0', 2, null],
      ['S1-R1', 2, null],
      ['S2-R0', 2, null],
      ['S2-R1', 1, null],
    ]);
    const states = await allOf(project, (wanted) => authorisationsPage(centre, wanted, session));
    expect(states.rows.map(({ siteCode, state }) => `${siteCode} ${state}`)).toEqual([
      'S0 site-not-registered',
      'S1 site-not-registered',
      'S2 site-not-registered',
    ]);
    const wanted = { projectId: project.projectId, after: candidates.cursor, limit: 2 };
    expect(refusalOf(await sitesPage(centre, wanted))).toBe('api-bad-cursor');
  });

  test('a key is found by its hash alone, and a revoked one never again', async () => {
    const test = await start();
    const { centre } = test;
    const wanted = { name: 'Wall', rights: ['read-status' as const], projectId: null, expiresAt: null };
    const key = expectOk(await makeKey(centre, wanted, 'admin'));
    const other = expectOk(await makeKey(centre, { ...wanted, name: 'Other' }, 'admin'));
    const found = expectOk(await findKey(centre, key));
    expect(found).toMatchObject({ name: 'Wall', rights: ['read-status'], state: 'valid', usedAt: null });
    await keepUse(centre, found, '10.0.0.7');
    expect(refusalOf(await findKey(centre, `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`))).toBe(
      'api-key-wrong',
    );
    expect(refusalOf(await findKey(centre, ''))).toBe('api-key-wrong');
    expectOk(await revokeKey(centre, found.id, 'admin'));
    expect(refusalOf(await findKey(centre, key))).toBe('api-key-revoked');
    expect(expectOk(await findKey(centre, other)).name).toBe('Other');
    const kept = (await listKeys(centre)).find((one) => one.id === found.id);
    expect(kept).toMatchObject({
      state: 'revoked',
      revokedBy: 'admin',
      usedFrom: '10.0.0.7',
      usedAt: expect.any(Number),
    });
  });
}
