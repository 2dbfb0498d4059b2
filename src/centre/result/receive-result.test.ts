/** What the centre believes of a result, and what not, although it is signed by a room that is somebody. */
import { afterEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { joinRoom, makeProject, openTestCentre, rosterText, type TestCentre } from '../centre.fixture.ts';
import { resultRows } from '../board/board.ts';
import { sessionsOf } from '../project/projects.ts';
import { importRoster } from '../roster/import-roster.ts';
import { receiveResult } from './receive-result.ts';

const open: TestCentre[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function exam(sittings = ['1001', '1002']) {
  const test = await openTestCentre('file');
  open.push(test);
  const project = await makeProject(test);
  const [session] = await sessionsOf(test.centre, project.projectId);
  if (!session) throw new Error('no session');
  const room = await joinRoom(test, { ...project, site: 'S1', room: 'S1-R1', session, sittings });
  const answers = async (): Promise<unknown[]> =>
    test.centre.db
      .selectFrom('answer')
      .select(['admission_number', 'responses_json'])
      .orderBy('admission_number')
      .execute();
  return { test, ...test, project, room, answers };
}

test('a change from a computer that does not hold the sitting counts for nobody, and the result says so', async () => {
  const { centre, project, room, answers } = await exam();
  const file = await room.result({
    answers: [
      { admissionNumber: '1001', item: 'a', responses: { R: 'own' } },
      { admissionNumber: '1001', item: 'a', responses: { R: 'by another seat' }, lease: 2 },
    ],
  });
  expectOk(await receiveResult(centre, file));
  expect(await answers()).toEqual([{ admission_number: '1001', responses_json: '{"R":"own"}' }]);
  expect((await resultRows(centre, project.projectId, null))[0]).toMatchObject({
    foreignChanges: 1,
    foreignSittings: 0,
    problem: null,
  });
  await room.close();
});

test('a room has no say in candidates of another site', async () => {
  const { centre, project, room, answers } = await exam(['1001', '1003']);
  const file = await room.result({
    answers: [
      { admissionNumber: '1001', item: 'a', responses: { R: 'own' } },
      { admissionNumber: '1003', item: 'a', responses: { R: 'not theirs' } },
    ],
  });
  expectOk(await receiveResult(centre, file));
  expect(await answers()).toEqual([{ admission_number: '1001', responses_json: '{"R":"own"}' }]);
  expect((await resultRows(centre, project.projectId, null))[0]).toMatchObject({ foreignSittings: 1 });
  await room.close();
});

test('a result of another room, site or project than the one that signs it is refused', async () => {
  const { centre, room, answers } = await exam();
  const said = [{ admissionNumber: '1001', item: 'a', responses: { R: 'x' } }];
  for (const lie of [{ room: 'S2-R1' }, { site: 'S2' }, { project: 'another' }]) {
    const file = await room.result({ answers: said, record: (made) => ({ ...made, ...lie }) });
    expect(await receiveResult(centre, file)).toMatchObject({ refusal: { type: 'untrusted-sender' } });
  }
  expect(await answers()).toEqual([]);
  await room.close();
});

test('an answer of which only the record came refuses the whole result', async () => {
  const { centre, room } = await exam();
  const file = await room.result({
    answers: [{ admissionNumber: '1001', item: 'a', responses: { R: 'x' } }],
    line: (stored) => ({ ...stored, payload: null }),
  });
  expect(await receiveResult(centre, file)).toMatchObject({ refusal: { type: 'answer-missing' } });
  const nonsense = await room.result({ answers: [], line: () => 'no entry' });
  expect(await receiveResult(centre, nonsense)).toMatchObject({ refusal: { type: 'result-unreadable' } });
  await room.close();
});

test('a change that is no answer at all counts as none and keeps nobody else out', async () => {
  const { centre, room, answers } = await exam();
  const file = await room.result({
    answers: [
      { admissionNumber: '1001', item: 'a', responses: 'nonsense' as never },
      { admissionNumber: '1002', item: 'a', responses: { R: 'x' } },
    ],
  });
  expectOk(await receiveResult(centre, file));
  expect(await answers()).toEqual([
    { admission_number: '1001', responses_json: '{}' },
    { admission_number: '1002', responses_json: '{"R":"x"}' },
  ]);
  await room.close();
});

test('a corrected roster does not make another candidate of somebody who may be sitting already', async () => {
  const { centre, file, project, room, answers } = await exam();
  const rows = ['1,S1,S1-R1,1001,Ахметова Айгерим', '1,S1,S1-R1,1002,王小明', '1,S2,S2-R1,1003,Öztürk'];
  const before = await centre.db.selectFrom('candidate').select(['id', 'name']).orderBy('id').execute();
  expectOk(
    await importRoster(centre, project.projectId, await file('roster.csv', rosterText(rows)), 'admin'),
  );
  const after = await centre.db.selectFrom('candidate').select(['id', 'name']).orderBy('id').execute();
  expect(after.map((one) => one.id)).toEqual(before.map((one) => one.id));
  expect(after).not.toEqual(before);
  expectOk(
    await receiveResult(
      centre,
      await room.result({ answers: [{ admissionNumber: '1001', item: 'a', responses: { R: 'x' } }] }),
    ),
  );
  expect(await answers()).toHaveLength(1);
  await room.close();
});
