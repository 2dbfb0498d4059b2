/** What the centre says of results that are missing: who is late, since when, and what the site says of it. */
import { afterEach, expect, test } from 'vitest';
import { room, status } from '../../exam/board/board.fixture.ts';
import { expectOk } from '../../base/result.ts';
import { joinRoom, makeProject, openTestCentre, type TestCentre } from '../centre.fixture.ts';
import { sessionsOf } from '../project/projects.ts';
import { receiveResult } from '../result/receive-result.ts';
import type { DueFilter } from './contract.ts';
import { dueResults } from './due-results.ts';
import { dueTable } from './due-tables.ts';

const open: TestCentre[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** Starts in two hours, lasts one, is due two hours after that. */
async function exam() {
  const made = await openTestCentre('file');
  open.push(made);
  const project = await makeProject(made);
  await made.centre.board.tick();
  const [session] = await sessionsOf(made.centre, project.projectId);
  if (!session) throw new Error('no session');
  const look = (more: Partial<DueFilter & { offset: number; limit: number }> = {}) =>
    dueResults(made.centre, {
      projectId: project.projectId,
      sessionId: null,
      by: 'room',
      missingOnly: true,
      search: '',
      offset: 0,
      limit: 100,
      ...more,
    });
  return { ...made, made, project, session, look };
}

const hour = 3_600_000;

test('a room is late from the policy’s time after the end on, and a result that is here and proved is not missing', async () => {
  const { made, pass, project, session, look, centre } = await exam();
  const before = await look();
  expect(before.rows.map(({ roomCode, lateMs, state }) => [roomCode, lateMs, state])).toEqual([
    ['S1-R1', null, 'missing'],
    ['S2-R1', null, 'missing'],
  ]);
  expect(before.rows[0]?.dueAt).toBe(session.startAt + 3 * hour);
  const sender = await joinRoom(made, {
    ...project,
    site: 'S1',
    room: 'S1-R1',
    session,
    sittings: ['1001', '1002'],
  });
  expectOk(await receiveResult(centre, await sender.result({ answers: [] })));
  await sender.close();
  pass(5 * hour);
  expect((await look()).rows).toHaveLength(1);
  pass(hour);
  const late = await look();
  expect(late).toMatchObject({
    total: 1,
    sums: { rooms: 2, roomsVerified: 1, late: 1, expected: 3, received: 2, verified: 2, missing: 1 },
    rows: [{ roomCode: 'S2-R1', lateMs: hour, missing: 1, remedy: 'site-never-registered' }],
  });
  const all = await look({ missingOnly: false });
  expect(all.rows.map(({ roomCode, state }) => [roomCode, state])).toEqual([
    ['S2-R1', 'missing'],
    ['S1-R1', 'verified'],
  ]);
});

test('a result without some candidates of the roster is not whole', async () => {
  const { made, project, session, look, centre } = await exam();
  const sender = await joinRoom(made, {
    ...project,
    site: 'S1',
    room: 'S1-R1',
    session,
    sittings: ['1001'],
  });
  expectOk(await receiveResult(centre, await sender.result({ answers: [] })));
  await sender.close();
  expect((await look({ search: 's1' })).rows).toMatchObject([
    { roomCode: 'S1-R1', state: 'partial', expected: 2, received: 1, missing: 1 },
  ]);
});

test('what the site says of the room stands beside it, also what was said just now', async () => {
  const { made, project, session, look, centre } = await exam();
  const sender = await joinRoom(made, { ...project, site: 'S1', room: 'S1-R1', session, sittings: ['1001'] });
  await sender.close();
  await centre.board.tick();
  centre.board.heard(
    project.projectId,
    'S1',
    status({
      rooms: [
        room('S1-R1', {
          sessionId: session.id,
          stages: { startedAt: 5, endedAt: 6, reportedAt: 7 },
          lastContact: 9,
          collectedAt: 8,
        }),
      ],
    }),
  );
  expect((await look({ search: 'S1-R1' })).rows).toMatchObject([
    { remedy: 'site-has-it', said: { progress: 'reported', collectedAt: 8, handedUpAt: null } },
  ]);
  expect((await look({ by: 'site', search: 'S1' })).rows).toMatchObject([
    { roomCode: null, rooms: 1, missing: 2, remedy: 'look-at-rooms' },
  ]);
});

test('pages follow each other, and the file has all of them in the language of who takes it', async () => {
  const { centre, project, look } = await exam();
  const [first, second] = [await look({ limit: 1 }), await look({ limit: 1, offset: 1 })];
  expect([first.rows[0]?.roomCode, second.rows[0]?.roomCode, first.total]).toEqual(['S1-R1', 'S2-R1', 2]);
  const filter = { projectId: project.projectId, sessionId: null, missingOnly: true, search: '' } as const;
  const csv = await dueTable(centre, { ...filter, by: 'room', format: 'csv', language: 'ru' });
  expect(String(csv.content).split('\r\n')).toHaveLength(4);
  expect(csv.content).toContain('S2-R1');
  expect(csv.content).toContain('Недостаёт');
  const xlsx = await dueTable(centre, { ...filter, by: 'site', format: 'xlsx', language: 'zh' });
  expect(Buffer.from(xlsx.content).subarray(0, 2).toString()).toBe('PK');
});
