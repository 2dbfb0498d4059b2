import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { oneRoster11, oneRosterZip } from '../../exam/roster/one-roster/one-roster.fixture.ts';
import { makeProject, openTestCentre, type TestCentre } from '../centre.fixture.ts';
import { candidateRows } from './candidates.ts';
import { importRoster, previewRoster } from './import-roster.ts';

let centre: TestCentre;
beforeAll(async () => {
  centre = await openTestCentre('file');
});
afterAll(() => centre.close());

const jpeg = (n: number): Uint8Array => Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, n);

test('a OneRoster package is previewed, compared and imported as any other roster, with photos beside it', async () => {
  const { projectId } = await makeProject(centre, 'P1', [
    '1,S1,M-1,1001,Anna Maria Öztürk',
    '1,S9,R9,9,Nobody',
  ]);
  const maths = { sessions: [{ sessionNumber: 1, course: 'c1' }], seats: 'name' as const };
  const file = await centre.file('one.zip', await oneRosterZip({ 'photos/1001.jpg': jpeg(1) }));
  const preview = expectOk(await previewRoster(centre.centre, projectId, file, null, maths));
  expect(preview).toMatchObject({
    rows: 3,
    sites: 2,
    rooms: 2,
    photos: 1,
    wrong: 0,
    columns: [],
    missing: [],
  });
  expect(preview.comparison).toMatchObject({ added: 2, changed: 1, removed: 1, same: 0 });
  expectOk(await importRoster(centre.centre, projectId, file, 'admin', null, { choice: maths }));
  const kept = await candidateRows(centre.centre, { projectId, search: '', offset: 0, limit: 10 }, null);
  expect(kept.rows.map((one) => [one.roomCode, one.seatNumber, one.admissionNumber, one.photo])).toEqual([
    ['M-1', 1, '1001', true],
    ['M-1', 2, '1002', false],
    ['M-2', 1, '1003', false],
  ]);
});

test('the only session is everybody’s, and whoever is enrolled twice is told with both lines', async () => {
  const { projectId } = await makeProject(centre, 'P2');
  const twice = await centre.file('one.zip', await oneRosterZip());
  const preview = expectOk(await previewRoster(centre.centre, projectId, twice));
  expect(preview.oneRoster?.choice.sessions).toEqual([{ sessionNumber: 1, course: null }]);
  expect(preview.errors).toEqual([
    {
      file: 'enrollments.csv',
      line: 7,
      column: 'userSourcedId',
      value: '1001',
      reason: { type: 'number-twice', line: 2 },
    },
  ]);
  expect(await importRoster(centre.centre, projectId, twice, 'admin')).toMatchObject({
    refusal: { type: 'roster-has-wrong-rows', count: 1 },
  });
});

test('a student without a number is told once, with the file that lacks it, and before anybody has chosen', async () => {
  const { projectId } = await makeProject(centre, 'P4');
  const users = String(oneRoster11['users.csv']).replace(',1002,', ',,');
  const file = await centre.file('one.zip', await oneRosterZip({ 'users.csv': users }));
  const wrong = [
    { file: 'users.csv', line: 3, column: 'identifier', value: '', reason: { type: 'cell-empty' } },
  ];
  for (const sessions of [[], [{ sessionNumber: 1, course: 'c1' }]]) {
    const choice = { sessions, seats: 'name' as const };
    const preview = expectOk(await previewRoster(centre.centre, projectId, file, null, choice));
    expect([preview.errors, preview.wrong]).toEqual([wrong, 1]);
    expect(preview.first.map((row) => row.admissionNumber)).toEqual(
      sessions.length === 0 ? [] : ['1001', '1003'],
    );
  }
});

test('nothing is imported before it is said who sits what, nor while a reference leads nowhere', async () => {
  const { projectId } = await makeProject(centre, 'P3');
  const nobody = { sessions: [], seats: 'name' as const };
  const file = await centre.file('one.zip', await oneRosterZip());
  expect(expectOk(await previewRoster(centre.centre, projectId, file, null, nobody))).toMatchObject({
    rows: 0,
    comparison: null,
  });
  expect(await importRoster(centre.centre, projectId, file, 'a', null, { choice: nobody })).toMatchObject({
    refusal: { type: 'one-roster-not-chosen' },
  });
  const none = { sessions: [{ sessionNumber: 1, course: 'of-nobody' }], seats: 'name' as const };
  expect(await importRoster(centre.centre, projectId, file, 'a', null, { choice: none })).toMatchObject({
    refusal: { type: 'one-roster-nobody' },
  });
  const users = String(oneRoster11['users.csv']).split('\n').slice(0, 1).join('\n');
  const dangling = await centre.file('one.zip', await oneRosterZip({ 'users.csv': `${users}\n` }));
  expect(expectOk(await previewRoster(centre.centre, projectId, dangling))).toMatchObject({
    rows: 0,
    wrong: 5,
  });
  const kept = await candidateRows(centre.centre, { projectId, search: '', offset: 0, limit: 10 }, null);
  expect(kept.total).toBe(3);
});
