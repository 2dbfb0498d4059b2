/** Rosters from other programs: checked as data, applied once, by the same rules as at the console. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { oneRosterZip } from '../../exam/roster/one-roster/one-roster.fixture.ts';
import { makeProject, rosterText, sessionInput, type TestProject } from '../centre.fixture.ts';
import { projectView, saveSession } from '../project/projects.ts';
import { candidateRows } from '../roster/candidates.ts';
import { csv, json, serveCentre, type ServedCentre } from './api.fixture.ts';
import { problemSchema } from './problem.ts';
import type { Applied, Checked } from './rosters.ts';
import { serveIntegration } from './serve.ts';

let centre: ServedCentre;
let key = '';
beforeAll(async () => {
  centre = await serveCentre();
  key = await centre.key(['write-rosters']);
});
afterAll(() => centre.close());

const rosters = ({ projectId }: TestProject): string => `/projects/${projectId}/rosters`;

async function upload(
  project: TestProject,
  content: string | Uint8Array,
  type = 'text/csv',
  by = key,
): Promise<string> {
  const answer = await centre.ask(`${rosters(project)}?fileName=roster`, by, csv(content, type));
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { rosterId: string }).rosterId;
}

const apply = (project: TestProject, rosterId: string, once: string, said: object = {}, by = key) =>
  centre.ask(`${rosters(project)}/${rosterId}/apply`, by, json(said, { 'idempotency-key': once }));

async function numbersIn({ projectId }: TestProject): Promise<string[]> {
  const { rows } = await candidateRows(centre.centre, { projectId, search: '', offset: 0, limit: 100 }, null);
  return rows.map((row) => row.admissionNumber).toSorted();
}

async function refused(answer: Response): Promise<string> {
  const { status, refusal } = problemSchema.parse(await answer.json());
  return `${status} ${refusal.type}`;
}

/** Of the project: grows with every change. */
async function revision({ projectId }: TestProject): Promise<number> {
  const row = await centre.centre.db
    .selectFrom('project')
    .select('revision')
    .where('id', '=', projectId)
    .executeTakeFirstOrThrow();
  return row.revision;
}

test('errors and differences are an answer, and nothing is applied while one row is wrong', async () => {
  const project = await makeProject(centre, 'R1');
  const wrong = await upload(project, rosterText(['1,S1,S1-R1,1001,Ахметова', '7,S1,S1-R1,1002,王小明']));
  const check = async (rosterId: string) =>
    centre.ask(`${rosters(project)}/${rosterId}/check`, key, json({}));
  const said = (await (await check(wrong)).json()) as Checked;
  expect(said.errors).toMatchObject([
    {
      file: null,
      line: 3,
      column: 'session',
      value: '7',
      reason: { type: 'no-such-session', sessions: [1] },
    },
  ]);
  const answer = await apply(project, wrong, 'a');
  const problem = problemSchema.parse(await answer.json());
  expect([answer.status, problem.refusal]).toEqual([422, { type: 'roster-has-wrong-rows', count: 1 }]);
  expect(await numbersIn(project)).toEqual(['1001', '1002', '1003']);
  const right = await upload(project, rosterText(['1,S1,S1-R1,1001,Ахметова', '1,S3,S3-R1,1009,New']));
  expect(((await (await check(right)).json()) as Checked).comparison).toMatchObject({
    added: 1,
    changed: 1,
    removed: 2,
  });
  // Checking has changed nothing.
  expect(await numbersIn(project)).toEqual(['1001', '1002', '1003']);
  expect((await apply(project, right, 'a')).status).toBe(200);
  expect(await numbersIn(project)).toEqual(['1001', '1009']);
});

test('asked again with the same key it answers as it did and changes nothing, also after another upload', async () => {
  const project = await makeProject(centre, 'R2');
  const content = rosterText(['1,S1,S1-R1,2001,A']);
  const first = await apply(project, await upload(project, content), 'once');
  const applied = (await first.json()) as Applied;
  expect([first.status, first.headers.get('idempotency-replayed'), applied.rows]).toEqual([200, null, 1]);
  const before = await revision(project);
  const again = await apply(project, await upload(project, content), 'once');
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
  expect(await again.json()).toEqual(applied);
  expect(await revision(project)).toBe(before);
  // Something else under the same name is a mistake; the same key of another program is another one.
  const other = await upload(project, rosterText(['1,S1,S1-R1,2002,B']));
  expect(await refused(await apply(project, other, 'once'))).toBe('422 api-idempotency-key-reused');
  const elsewhere = await centre.key(['write-rosters']);
  const theirs = await upload(project, content, 'text/csv', elsewhere);
  expect(
    (await apply(project, theirs, 'once', {}, elsewhere)).headers.get('idempotency-replayed'),
  ).toBeNull();
  // What is remembered is in the database: a centre that was started anew knows it.
  serveIntegration(centre.centre);
  const kept = await centre.centre.db
    .selectFrom('api_request')
    .select('idempotency_key')
    .where('idempotency_key', '=', 'once')
    .execute();
  expect(kept).toHaveLength(2);
  centre.pass(25 * 60 * 60 * 1000);
  const late = await apply(project, await upload(project, content), 'once');
  expect([late.status, late.headers.get('idempotency-replayed')]).toEqual([200, null]);
});

test('two at once with the same key do it once', async () => {
  const project = await makeProject(centre, 'R3');
  const rosterId = await upload(project, rosterText(['1,S1,S1-R1,3001,A']));
  const before = await revision(project);
  const answers = await Promise.all([1, 2, 3].map(() => apply(project, rosterId, 'at-once')));
  expect(await refused(await apply(project, rosterId, 'with spaces'))).toBe(
    '422 api-idempotency-key-missing',
  );
  const done = await Promise.all(
    answers.map(async (answer) =>
      answer.ok ? (answer.headers.get('idempotency-replayed') ?? 'done') : refused(answer),
    ),
  );
  expect(done.filter((one) => one === 'done')).toHaveLength(1);
  expect(done.every((one) => ['done', 'true', '409 api-request-under-way'].includes(one))).toBe(true);
  expect(await revision(project)).toBe(before + 1);
});

test('a key works on one roster at a time, and holds up no other key', async () => {
  const project = await makeProject(centre, 'R8');
  const many = rosterText(Array.from({ length: 3_000 }, (_, i) => `1,S1,S1-R${i % 9},${i},Name`));
  const [own, other] = [key, await centre.key(['write-rosters'])];
  const ids = [await upload(project, many), await upload(project, many, 'text/csv', other)];
  const check = (rosterId: string, by: string) =>
    centre.ask(`${rosters(project)}/${rosterId}/check`, by, json({}));
  const [first, second, theirs] = await Promise.all([
    check(ids[0] ?? '', own),
    check(ids[0] ?? '', own),
    check(ids[1] ?? '', other),
  ]);
  expect(new Set([first.status, second.status])).toEqual(new Set([200, 409]));
  expect(theirs.status).toBe(200);
});

test('what was uploaded is of its key and its project, and a program that only uploads fills no disk', async () => {
  const project = await makeProject(centre, 'R4');
  const other = await makeProject(centre, 'R5', ['1,X1,X1-R1,9,Nobody']);
  const content = rosterText(['1,S1,S1-R1,4001,A']);
  const rosterId = await upload(project, content);
  const stranger = await centre.key(['write-rosters']);
  for (const [at, by] of [
    [project, stranger],
    [other, key],
  ] as const) {
    expect(await refused(await centre.ask(`${rosters(at)}/${rosterId}/check`, by, json({})))).toBe(
      '404 upload-gone',
    );
    expect(await refused(await apply(at, rosterId, 'x', {}, by))).toBe('404 upload-gone');
  }
  const staging = (): number =>
    readdirSync(join(centre.folder, 'staging')).filter((name) => name.startsWith('upload-')).length;
  for (let n = 0; n < 5; n++) await upload(project, content);
  const full = staging();
  for (let n = 0; n < 3; n++) await upload(project, content);
  expect(staging()).toBe(full);
  expect(await refused(await apply(project, rosterId, 'y'))).toBe('404 upload-gone');
  expect(existsSync(join(centre.folder, 'staging'))).toBe(true);
});

test('a OneRoster package is applied with what was said of it', async () => {
  const project = await makeProject(centre, 'R6');
  expectOk(
    await saveSession(
      centre.centre,
      project.projectId,
      null,
      sessionInput(2, centre.centre.node.clock.now() + 1),
    ),
  );
  const rosterId = await upload(project, await oneRosterZip(), 'application/zip');
  expect(await refused(await apply(project, rosterId, 'z'))).toBe('422 one-roster-not-chosen');
  const choice = {
    sessions: [
      { sessionNumber: 1, course: 'c1' },
      { sessionNumber: 2, course: 'c2' },
    ],
    seats: 'name',
  };
  const check = await centre.ask(`${rosters(project)}/${rosterId}/check`, key, json({ choice }));
  expect((await check.json()) as Checked).toMatchObject({ rows: 4, wrong: 0, oneRoster: { version: '1.1' } });
  expect((await apply(project, rosterId, 'z', { choice })).status).toBe(200);
  expect(await numbersIn(project)).toEqual(['1001', '1001', '1002', '1003']);
  expect(expectOk(await projectView(centre.centre, project.projectId, null)).rooms).toBe(3);
  const entries: unknown[] = [];
  centre.centre.node.journal.replay((entry) => {
    if (entry.kind === 'roster-imported' && entry.subject === `project:${project.projectId}`)
      entries.push(entry.data['by']);
  });
  // The journal names the key; nobody has to guess who it was.
  expect(entries.at(-1)).toMatch(/^api-key:/);
});

test('what cannot be taken is refused with its status, before it is on the disk', async () => {
  const project = await makeProject(centre, 'R7');
  const at = rosters(project);
  expect(await refused(await centre.ask(at, key, csv('x', 'text/html')))).toBe('415 api-content-type');
  expect(await refused(await centre.ask(at, key, { method: 'POST' }))).toBe('415 api-content-type');
  const rosterId = await upload(project, rosterText(['1,S1,S1-R1,7001,A']));
  expect(await refused(await centre.ask(`${at}/${rosterId}/check`, key, csv('x')))).toBe(
    '415 api-content-type',
  );
  expect(await refused(await centre.ask(`${at}/${rosterId}/check`, key, json({ mapping: 7 })))).toBe(
    '422 api-bad-input',
  );
  const broken = { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } };
  expect(await refused(await centre.ask(`${at}/${rosterId}/check`, key, broken))).toBe('422 api-bad-input');
  const long = json({ mapping: { x: 'y'.repeat(1_100_000) } });
  expect(await refused(await centre.ask(`${at}/${rosterId}/check`, key, long))).toBe(
    '413 api-body-too-large',
  );
  expect(await refused(await centre.ask(`${at}/${rosterId}/apply`, key, json({})))).toBe(
    '422 api-idempotency-key-missing',
  );
  const zip = await upload(project, await oneRosterZip({ 'users.csv': null }), 'application/zip');
  expect(await refused(await centre.ask(`${at}/${zip}/check`, key, json({})))).toBe(
    '422 one-roster-file-missing',
  );
  expect(
    await refused(await centre.ask(`/projects/${project.projectId}/sites?limit=0`, await centre.key())),
  ).toBe('422 api-bad-input');
  for (const after of ['x', 'WzFd', 'bnVsbA'])
    expect(
      await refused(
        await centre.ask(`/projects/${project.projectId}/sites?after=${after}`, await centre.key()),
      ),
    ).toBe('422 api-bad-cursor');
});
