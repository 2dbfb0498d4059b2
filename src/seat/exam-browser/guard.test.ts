import { Hono } from 'hono';
import { beforeEach, expect, test } from 'vitest';
import type { ExamBrowserOrder } from '../../exam/exam-browser/proof.ts';
import { requestHash } from '../../trust/exam-browser.ts';
import { ExamBrowserGuard } from './guard.ts';

const configKey = 'c'.repeat(64);
const [allowed, old] = ['a'.repeat(64), 'b'.repeat(64)];
const order: ExamBrowserOrder = { required: true, configKey, browserExamKeys: [] };
const origin = 'http://127.0.0.1:7440';

let app: Hono;
let guard: ExamBrowserGuard;
let seen: string[];

beforeEach(() => {
  seen = [];
  guard = new ExamBrowserGuard(() => seen.push(guard.seen));
  app = new Hono();
  guard.guard(app);
  app.get('*', (c) => c.json({ path: c.req.path }));
  app.post('/rpc/*', (c) => c.json({}));
});

async function ask(path: string, headers: Record<string, string> = {}): Promise<[number, unknown]> {
  const answer = await app.request(`${origin}${path}`, { headers });
  return [answer.status, ((await answer.json()) as { type?: unknown }).type];
}

const keys = (path: string, key = configKey, browserExamKey?: string): Record<string, string> => ({
  'x-safeexambrowser-configkeyhash': requestHash(`${origin}${path}`, key),
  ...(browserExamKey === undefined
    ? {}
    : { 'x-safeexambrowser-requesthash': requestHash(`${origin}${path}`, browserExamKey) }),
});

const prove = (body: unknown) =>
  app.request(`${origin}/exam-browser`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('where the session does not ask for it every browser is answered, and is seen', async () => {
  expect(await ask('/rpc/state')).toEqual([200, undefined]);
  guard.follow({ ...order, required: false });
  expect(await ask('/rpc/state')).toEqual([200, undefined]);
  expect(await ask('/rpc/state', keys('/rpc/state'))).toEqual([200, undefined]);
  expect(seen).toEqual(['other', 'seb']);
});

test('where it does, everything that tells of the exam wants the key with its own address', async () => {
  guard.follow(order);
  for (const path of ['/rpc/state/get', '/api/state', '/paper/ab', '/files/cd?e=f']) {
    expect(await ask(path)).toEqual([403, 'exam-browser-needed']);
    expect(await ask(path, keys(path, '0'.repeat(64)))).toEqual([403, 'exam-browser-other-settings']);
    expect(await ask(path, keys('/rpc/other'))).toEqual([403, 'exam-browser-other-settings']);
    expect(await ask(path, keys(path))).toEqual([200, undefined]);
  }
  // Or it could not say what to do.
  expect(await ask('/index.html')).toEqual([200, undefined]);
  expect(seen.slice(0, 2)).toEqual(['refused', 'seb']);
});

test('only allowed versions, when any are named', async () => {
  guard.follow({ ...order, browserExamKeys: [allowed] });
  expect(await ask('/rpc/x', keys('/rpc/x'))).toEqual([403, 'exam-browser-other-settings']);
  expect(await ask('/rpc/x', keys('/rpc/x', configKey, old))).toEqual([403, 'exam-browser-other-settings']);
  expect(await ask('/rpc/x', keys('/rpc/x', configKey, allowed))).toEqual([200, undefined]);
});

test('a page without headers proves itself by the JavaScript API, until the rule changes', async () => {
  guard.follow(order);
  const page = requestHash(`${origin}/`, configKey);
  for (const wrong of [
    { configKey: requestHash(`${origin}/other`, configKey), browserExamKey: null },
    { configKey, browserExamKey: null },
  ])
    expect((await prove(wrong)).status).toBe(403);
  expect((await prove({ configKey: 'x' })).status).toBe(422);
  expect((await prove('not even an object')).status).toBe(422);
  const proved = await prove({ configKey: page, browserExamKey: null });
  expect(proved.status).toBe(200);
  const cookie = proved.headers.get('set-cookie')?.split(';')[0] ?? '';
  expect(await ask('/paper/ab', { cookie })).toEqual([200, undefined]);
  expect(await ask('/paper/ab', { cookie: cookie.replace(/.$/, 'x') })).toEqual([403, 'exam-browser-needed']);
  guard.follow({ ...order, browserExamKeys: [allowed] });
  expect(await ask('/paper/ab', { cookie })).toEqual([403, 'exam-browser-needed']);
});

test('a stream that was opened before the rule ends with it, and not with the same rule said again', () => {
  guard.follow({ ...order, required: false });
  const stream = guard.until(undefined);
  guard.follow({ ...order, required: false });
  expect(stream.aborted).toBe(false);
  guard.follow(order);
  expect(stream.aborted).toBe(true);
});
