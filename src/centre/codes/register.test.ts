import { afterEach, expect, test } from 'vitest';
import type { DeskCode } from '../../exam/code/desk.ts';
import { openTestCentre, makeProject, type TestCentre } from '../centre.fixture.ts';
import { csvText, xlsxOf } from '../export/table-text.ts';
import { codeRegister, codeTable } from './register.ts';

const open: TestCentre[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const act = (at: number, reason = 'power cut') => ({ at, by: 'Li Wei', reason });
const everything = { sessionId: null, siteCode: '', roomCode: '', kind: null, standing: null };

async function withCodes() {
  const made = await openTestCentre('file');
  open.push(made);
  const { projectId, sessionId } = await makeProject(made);
  const code = (challenge: string, more: Partial<DeskCode>): DeskCode => ({
    challenge,
    session: sessionId,
    room: 'S1-R1',
    action: 'extra-time',
    candidate: 0,
    amount: 20,
    asked: null,
    issued: null,
    used: null,
    accepted: null,
    ...more,
  });
  const codes = [
    code('A', { asked: act(1) }),
    code('B', { asked: act(2), issued: act(3, '=called at 9:40'), used: { at: 4, by: 'room' } }),
    code('C', { room: 'S2-R1', action: 'late-start', amount: 0, used: { at: 5, by: 'room' } }),
    code('D', { session: 'of another project', issued: act(6) }),
  ];
  const centre = {
    db: made.centre.db,
    codes: { list: (of: ReadonlySet<string>) => codes.filter((one) => of.has(one.session)).toReversed() },
  } as unknown as Parameters<typeof codeRegister>[0];
  return { centre, projectId, sessionId };
}

test('the desk lists every code of the project with what it is, by site, room, kind, session and state', async () => {
  const { centre, projectId, sessionId } = await withCodes();
  const found = async (part: object) =>
    (await codeRegister(centre, { ...everything, projectId, offset: 0, limit: 100, ...part })).rows.map(
      (row) => row.challenge,
    );
  expect(await found({})).toEqual(['C', 'B', 'A']);
  expect(await found({ siteCode: 'S2' })).toEqual(['C']);
  expect(await found({ roomCode: 'S1-' })).toEqual(['B', 'A']);
  expect(await found({ kind: 'late-start' })).toEqual(['C']);
  expect(await found({ sessionId })).toEqual(['C', 'B', 'A']);
  expect(await found({ sessionId: 'of another project' })).toEqual([]);
  expect(await found({ standing: 'unissued' })).toEqual(['C']);
  expect(await found({ standing: 'used' })).toEqual(['B']);
  expect(await found({ standing: 'asked' })).toEqual(['A']);
  expect(await found({ offset: 1, limit: 1 })).toEqual(['B']);
});

test('as a table it says in words what was asked, why and by whom it was permitted, and whether it was used', async () => {
  const { centre, projectId } = await withCodes();
  const table = await codeTable(centre, { ...everything, projectId }, 'zh');
  expect(table[2]?.slice(0, 9)).toEqual([
    1,
    'S1',
    'S1-R1',
    '补时（分钟）：20',
    '整个考场',
    null,
    'B',
    '已使用',
    '1970-01-01T00:00:00.002Z',
  ]);
  for (const row of table) expect(row).toHaveLength(table[0]?.length ?? 0);
  // What was typed as a reason is no formula.
  expect(csvText(table)).toContain(`,'=called at 9:40,`);
  expect((await xlsxOf('codes', table)).length).toBeGreaterThan(1_000);
  const english = await codeTable(centre, { ...everything, projectId }, 'en');
  expect(english[1]?.[7]).toBe('used, issued by nobody');
});
