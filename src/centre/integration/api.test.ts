/** The integration API over HTTP: every operation called as another program would, by keys that may and keys that may not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isContractProcedure, type AnyContractProcedure } from '@orpc/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { expectOk } from '../../base/result.ts';
import { sha256Hex } from '../../trust/digest.ts';
import { listKeys, makeKey, revokeKey } from '../api-keys/api-keys.ts';
import { apiRights, type ApiRight } from '../api-keys/contract.ts';
import { joinRoom, makeProject, rosterText, type TestProject } from '../centre.fixture.ts';
import { sessionsOf } from '../project/projects.ts';
import { receiveResult } from '../result/receive-result.ts';
import { csv, json, serveCentre, type ServedCentre } from './api.fixture.ts';
import { answerLineSchema, integrationContract, linesType, type ApiMeta } from './contract.ts';
import { apiDocument } from './document.ts';
import { problemSchema, type Problem } from './problem.ts';
import { burst } from './rate.ts';

interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly meta: ApiMeta;
  readonly procedure: AnyContractProcedure;
}

function operations(of: object = integrationContract, at: readonly string[] = []): Operation[] {
  return Object.entries(of).flatMap(([name, part]: [string, object]) => {
    const here = [...at, name];
    if (!isContractProcedure(part)) return operations(part, here);
    const { route, meta } = part['~orpc'];
    return [
      {
        name: here.join('.'),
        method: route.method ?? '',
        path: route.path ?? '',
        meta: meta as ApiMeta,
        procedure: part,
      },
    ];
  });
}
const all = operations();

let centre: ServedCentre;
let project: TestProject;
let elsewhere: TestProject;
let resultId = '';
let full = '';
const essay = new TextEncoder().encode('An essay');

beforeAll(async () => {
  centre = await serveCentre();
  project = await makeProject(centre, 'P1');
  elsewhere = await makeProject(centre, 'P2', ['1,T1,T1-R1,5001,Other']);
  const { board } = centre.centre;
  // A look around that was on its way already began before there was a project.
  while (board.memory.sessions(project.projectId).length === 0) await board.tick();
  resultId = await handIn('S1', 'S1-R1', ['1001', '1002']);
  await centre.centre.db
    .insertInto('score')
    .values({
      project_id: project.projectId,
      session_id: project.sessionId,
      admission_number: '1001',
      score: 1.5,
      max_score: 2,
      needs_marking: 1,
      items_json: JSON.stringify([{ item: 'Q1', score: 1.5, maxScore: 2, needsMarking: true }]),
      change_number: 2,
    })
    .execute();
  full = await centre.key();
});
afterAll(() => centre.close());

/** A room's result with one answer that is a file. @returns its id */
async function handIn(site: string, room: string, sittings: readonly string[]): Promise<string> {
  const [session] = await sessionsOf(centre.centre, project.projectId);
  if (!session) throw new Error('no session');
  const joined = await joinRoom(centre, { ...project, site, room, session, sittings });
  try {
    const file = { digest: sha256Hex(essay), name: 'essay.txt', mediaType: 'text/plain', size: essay.length };
    const path = await joined.result({
      answers: [
        { admissionNumber: sittings[0] ?? '', item: 'Q1', responses: { RESPONSE: 'A' } },
        { admissionNumber: sittings[0] ?? '', item: 'Q2', responses: { FILE: { file } } },
      ],
      files: [essay],
    });
    expectOk(await receiveResult(centre.centre, path));
    return sha256Hex(readFileSync(path));
  } finally {
    await joined.close();
  }
}

/** The operation's path with what it needs to succeed. */
async function call(operation: Operation, key: string | null, of = project): Promise<Response> {
  const rosterId = operation.path.includes('{rosterId}') ? await uploaded(of) : '';
  const values: Record<string, string> = {
    ...of,
    rosterId,
    resultId,
    siteCode: 'S1',
    sha256: sha256Hex(essay),
  };
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? name);
  if (operation.method === 'GET') return centre.ask(path, key);
  if (operation.meta.takes) return centre.ask(path, key, csv(roster));
  return centre.ask(path, key, json({}, { 'idempotency-key': `once-${rosterId}` }));
}

const roster = rosterText([
  '1,S1,S1-R1,1001,Ахметова Айгуль',
  '1,S1,S1-R1,1002,王小明',
  '1,S2,S2-R1,1003,Öztürk',
]);

async function uploaded(
  of = project,
  content: string | Uint8Array = roster,
  type = 'text/csv',
): Promise<string> {
  const answer = await centre.ask(
    `/projects/${of.projectId}/rosters?fileName=r.csv`,
    full,
    csv(content, type),
  );
  return ((await answer.json()) as { rosterId: string }).rosterId;
}

async function problemOf(answer: Response): Promise<Problem & { headers: Headers }> {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const problem = problemSchema.parse(await answer.json());
  expect(problem.status).toBe(answer.status);
  return { ...problem, headers: answer.headers };
}

const refused = async (answer: Response): Promise<string> => {
  const { status, refusal } = await problemOf(answer);
  return `${status} ${refusal.type}`;
};

test.each(all.map((one) => [one.name, one] as const))(
  '%s answers what its contract and the OpenAPI document say',
  async (_, operation) => {
    const answer = await call(operation, full);
    const { route, outputSchema } = operation.procedure['~orpc'];
    const said = (await apiDocument()).paths?.[operation.path]?.[
      operation.method === 'POST' ? 'post' : 'get'
    ];
    expect(answer.status).toBe(route.successStatus ?? 200);
    expect(Object.keys(said?.responses ?? {})).toContain(String(answer.status));
    const type = answer.headers.get('content-type') ?? '';
    const response = said?.responses?.[String(answer.status)] as {
      content: Record<string, { schema: Parameters<typeof z.fromJSONSchema>[0] }>;
    };
    expect(Object.keys(response.content)).toEqual([type]);
    if (type === linesType) {
      const lines = (await answer.text()).trimEnd().split('\n');
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines)
        expect(z.strictObject(answerLineSchema.shape).safeParse(JSON.parse(line)).error).toBeUndefined();
      return;
    }
    if (type === 'application/octet-stream') {
      expect(new Uint8Array(await answer.arrayBuffer())).toEqual(essay);
      return;
    }
    const body: unknown = await answer.json();
    // What the server says, nothing more and nothing less: a field that the contract does not know would be gone after parsing.
    const parsed = await outputSchema?.['~standard'].validate(body);
    expect(parsed).toEqual({ value: body });
    expect(z.fromJSONSchema(response.content[type]?.schema ?? {}).safeParse(body).error).toBeUndefined();
    expect(JSON.stringify(body)).not.toBe('[]');
  },
);

test.each(all.map((one) => [one.name, one] as const))(
  '%s is for keys that may, and for no others',
  async (_, operation) => {
    const none = await call(operation, null);
    expect(none.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(await refused(none)).toBe('401 api-key-missing');
    for (const right of apiRights) {
      const answer = await call(operation, await centre.key([right]));
      if (operation.meta.rights.includes(right)) {
        expect([right, await maybeType(answer)]).toEqual([
          right,
          // An upload belongs to the key that made it.
          operation.path.includes('{rosterId}') ? 'upload-gone' : null,
        ]);
      } else expect([right, await refused(answer)]).toEqual([right, '403 api-key-may-not']);
    }
    const expired = await centre.key(apiRights, null, centre.centre.node.clock.now() + 1_000);
    centre.pass(1_000);
    expect(await refused(await call(operation, expired))).toBe('401 api-key-expired');
    const revoked = await centre.key();
    const { id } = (await listKeys(centre.centre)).find((one) => revoked.startsWith(one.start)) ?? { id: '' };
    expectOk(await revokeKey(centre.centre, id, 'admin'));
    expect(await refused(await call(operation, revoked))).toBe('401 api-key-revoked');
    expect(await refused(await call(operation, `ivk_${'x'.repeat(43)}`))).toBe('401 api-key-wrong');
  },
);

/** null: it went through. */
async function maybeType(answer: Response): Promise<string | null> {
  if (answer.ok) {
    await answer.arrayBuffer();
    return null;
  }
  return (await problemOf(answer)).refusal.type;
}

test('a key of one project sees no other one, whatever it asks', async () => {
  const limited = await centre.key(apiRights, elsewhere.projectId);
  for (const operation of all.filter(({ path }) => path.includes('{projectId}')))
    expect([operation.name, await refused(await call(operation, limited, project))]).toEqual([
      operation.name,
      '404 no-such-project',
    ]);
  const list = (await (await centre.ask('/projects', limited)).json()) as { code: string }[];
  expect(list.map(({ code }) => code)).toEqual(['P2']);
  expect((await centre.ask(`/projects/${elsewhere.projectId}`, limited)).status).toBe(200);
  // A session of another project, below the own one.
  const foreign = `/projects/${elsewhere.projectId}/sessions/${project.sessionId}`;
  expect(await refused(await centre.ask(foreign, limited))).toBe('404 no-such-session-here');
  const result = `/projects/${elsewhere.projectId}/results/${resultId}/exam-record`;
  expect(await refused(await centre.ask(result, limited))).toBe('404 no-such-result');
  const file = `/projects/${elsewhere.projectId}/answer-files/${sha256Hex(essay)}`;
  expect(await refused(await centre.ask(file, limited))).toBe('404 no-such-file');
});

test('the committed document is the one that the server gives, to anybody', async () => {
  const answer = await fetch(`${centre.origin}/api/v1/openapi.json`);
  const path = join(import.meta.dirname, '..', '..', '..', 'formats', 'integration-api', 'openapi.json');
  expect(await answer.json(), 'run node tools/api-document.ts').toEqual(
    JSON.parse(readFileSync(path, 'utf8')),
  );
});

test('a problem speaks the language that is wanted, and says what to do', async () => {
  const ask = async (language: string) =>
    problemOf(await centre.ask('/projects/none', full, { headers: { 'accept-language': language } }));
  const chinese = await ask('de, zh-CN;q=0.8, en;q=0.5');
  expect(chinese).toMatchObject({
    type: 'urn:invigil:refusal:no-such-project',
    title: expect.stringMatching(/项目/),
    detail: expect.any(String),
    status: 404,
    refusal: { type: 'no-such-project' },
  });
  expect(chinese.headers.get('content-language')).toBe('zh');
  expect((await ask('ru')).title).toMatch(/[а-я]/);
  expect((await ask('en;q=0, *')).title).toBe('There is no such project.');
});

test('what is no key of a header is none: not a cookie, not the address, not a page’s request', async () => {
  const { accounts } = centre.centre.node;
  await accounts.create('boss', 'administrator', 'chalk and slate', false);
  const { token } = expectOk(await accounts.signIn('boss', 'chalk and slate'));
  const port = new URL(centre.origin).port;
  const cookie = `invigil-session-${port}=${token}`;
  const console = (path: string, headers: Record<string, string>) =>
    fetch(`${centre.origin}${path}`, {
      method: 'POST',
      headers: { 'x-invigil': '1', 'content-type': 'application/json', ...headers },
      body: '{}',
    });
  // The cookie is a good one at the console, and the key is none there.
  expect((await console('/rpc/apiKey/list', { cookie })).status).toBe(200);
  for (const path of ['/rpc/apiKey/list', '/api/apiKey/list', '/rpc/project/list'])
    expect([path, (await console(path, { authorization: `Bearer ${full}` })).status]).toEqual([path, 401]);
  const files = await fetch(`${centre.origin}/files`, {
    method: 'POST',
    headers: { 'x-invigil': '1', authorization: `Bearer ${full}` },
    body: 'x',
  });
  expect(files.status).toBe(401);

  expect(await refused(await centre.ask('/projects', null, { headers: { cookie } }))).toBe(
    '401 api-key-missing',
  );
  expect(await refused(await centre.ask(`/projects?key=${full}`, null))).toBe('401 api-key-in-url');
  expect(await refused(await centre.ask(`/projects?access_token=${full}`, full))).toBe('401 api-key-in-url');
  expect(
    await refused(await centre.ask('/projects', full, { headers: { origin: 'https://elsewhere.example' } })),
  ).toBe('403 api-not-for-pages');
  const preflight = await centre.ask('/projects', null, {
    method: 'OPTIONS',
    headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'GET' },
  });
  expect(preflight.status).toBe(403);
  expect([...preflight.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  expect((await centre.ask('/nothing', full)).status).toBe(404);
  expect((await centre.ask('/projects', full, { method: 'DELETE' })).status).toBe(404);
});

test('of a key only its hash is kept, its use is noted, and both ends of it are in the journal', async () => {
  const key = expectOk(
    await makeKey(
      centre.centre,
      { name: 'Kept', rights: ['read-status'], projectId: null, expiresAt: null },
      'admin',
    ),
  );
  expect((await centre.ask('/health', key)).status).toBe(200);
  const row = await centre.centre.db
    .selectFrom('api_key')
    .selectAll()
    .where('name', '=', 'Kept')
    .executeTakeFirstOrThrow();
  expect(JSON.stringify(row)).not.toContain(key.slice(12));
  expect(row).toMatchObject({
    hash: sha256Hex(key),
    used_from: '127.0.0.1',
    used_at: centre.centre.node.clock.now(),
  });
  expectOk(await revokeKey(centre.centre, row.id, 'admin'));
  expect(await revokeKey(centre.centre, row.id, 'admin')).toMatchObject({
    refusal: { type: 'no-such-api-key' },
  });
  const kinds: string[] = [];
  centre.centre.node.journal.replay((entry) => {
    if (entry.subject === `api-key:${row.id}`) kinds.push(entry.kind);
    expect(JSON.stringify(entry)).not.toContain(key);
  });
  expect(kinds).toEqual(['api-key-made', 'api-key-revoked']);
  const late = { name: 'x', rights: apiRights, projectId: null, expiresAt: centre.centre.node.clock.now() };
  expect(await makeKey(centre.centre, late, 'a')).toMatchObject({
    refusal: { type: 'api-key-expires-in-past' },
  });
});

test('guessing is braked, and a key that was right here goes on', async () => {
  const other = await serveCentre();
  try {
    const key = await other.key();
    expect((await other.ask('/health', key)).status).toBe(200);
    const guess = (n: number) => other.ask('/health', `ivk_${String(n).padStart(43, '0')}`);
    const said: string[] = [];
    for (let n = 0; n < 40; n++) said.push(await refused(await guess(n)));
    expect(new Set(said)).toEqual(new Set(['401 api-key-wrong', '429 too-many-tries']));
    const braked = await guess(99);
    expect(Number(braked.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await other.ask('/health', key)).status).toBe(200);
    // A right key from a place that is being braked, and was never seen there, waits like everybody.
    expect(await refused(await other.ask('/health', await other.key()))).toBe('429 too-many-tries');
  } finally {
    await other.close();
  }
});

test('a key that asks too fast waits, and no other one does', async () => {
  const [fast, calm] = [await centre.key(['read-status']), await centre.key(['read-status'])];
  const said = new Map<number, number>();
  for (let n = 0; n < burst + 5; n++) {
    const { status } = await centre.ask('/health', fast);
    said.set(status, (said.get(status) ?? 0) + 1);
  }
  expect(said).toEqual(
    new Map([
      [200, burst],
      [429, 5],
    ]),
  );
  expect((await centre.ask('/health', calm)).status).toBe(200);
  centre.pass(1_000);
  expect((await centre.ask('/health', fast)).status).toBe(200);
});

test('a right that nobody knows opens nothing', () => {
  for (const { name, meta } of all) expect([name, meta.rights.length > 0]).toEqual([name, true]);
  const known: readonly ApiRight[] = apiRights;
  expect(all.flatMap(({ meta }) => meta.rights).every((right) => known.includes(right))).toBe(true);
});
