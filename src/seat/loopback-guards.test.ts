/** What the agent's server on loopback gives to whom: its own page, and nobody else on this computer or beyond it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import type { Running } from '../node/running.ts';
import { build } from '../../tools/build.ts';
import { seatOptionsSchema, startSeat } from './main.ts';

let data = '';
let seat: Running;
/** The cookie that the page comes with. */
let token = '';

beforeAll(async () => {
  if (!build()) throw new Error('the screens do not build');
  data = mkdtempSync(join(tmpdir(), 'invigil-guards-'));
  seat = expectOk(await startSeat(seatOptionsSchema.parse({ data, port: 0, logLevel: 'silent' })));
  const page = await ask({ path: '/' });
  token = page.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
});
afterAll(async () => {
  await seat.close();
  rmSync(data, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function ask(options: {
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}): Promise<Answer> {
  const { path, method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: seat.port, path, method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const state = (headers: Record<string, string>): Promise<Answer> =>
  ask({
    path: '/rpc/state/get',
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{}',
  });

test('the page itself gets its answers', async () => {
  const answer = await state({ cookie: token, 'x-invigil': '1', origin: `http://127.0.0.1:${seat.port}` });
  expect(answer.status).toBe(200);
  expect(answer.body.toString()).toContain('unpaired');
});

test.each([
  ['without the token', { 'x-invigil': '1' }, 'screen-only'],
  ['with another token', { 'x-invigil': '1', cookie: 'TOKEN=guess' }, 'screen-only'],
  ['as a simple request of another page (no own header)', { cookie: 'TOKEN' }, 'header-missing'],
  [
    'from another origin',
    { cookie: 'TOKEN', 'x-invigil': '1', origin: 'https://example.org' },
    'foreign-origin',
  ],
  [
    'from another program of this computer',
    { cookie: 'TOKEN', 'x-invigil': '1', origin: 'http://127.0.0.1:9' },
    'foreign-origin',
  ],
  ['from a sandboxed frame', { cookie: 'TOKEN', 'x-invigil': '1', origin: 'null' }, 'foreign-origin'],
  [
    'from another site that hides its origin',
    { cookie: 'TOKEN', 'x-invigil': '1', 'sec-fetch-site': 'cross-site' },
    'foreign-origin',
  ],
  [
    'under a name that was pointed here',
    { cookie: 'TOKEN', 'x-invigil': '1', host: 'exam.example' },
    'wrong-host',
  ],
] as const)('a request %s is turned away', async (_who, headers, refusal) => {
  const own = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value === 'TOKEN' ? token : value.replace('TOKEN', token.split('=')[0] ?? ''),
    ]),
  );
  const answer = await state(own);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(JSON.parse(answer.body.toString())).toEqual({ type: refusal });
});

test.each(['/paper/0123', '/rpc/state/get', '/files/abc'])(
  'another page of this computer cannot embed or read %s',
  async (path) => {
    const headers = { cookie: token, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' };
    expect((await ask({ path, headers })).status).toBe(403);
  },
);

test('reading does not change: an operation asked by GET is not carried out', async () => {
  const answer = await ask({ path: '/rpc/sitting/leave?data=%7B%7D', headers: { cookie: token } });
  expect(answer.status).toBeGreaterThanOrEqual(400);
});

test('a link to the page may be followed from anywhere', async () => {
  const answer = await ask({
    path: '/',
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  });
  expect(answer.status).toBe(200);
});

test('the page may load only what it is made of, and nobody may frame it', async () => {
  const { headers } = await ask({ path: '/' });
  const policy = headers['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  expect(headers['x-frame-options']).toBe('DENY');
  expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test('the token is for the page alone: no script reads it, no other site sends it', async () => {
  const { headers } = await ask({ path: '/' });
  expect(headers['set-cookie']?.[0]).toMatch(/HttpOnly/);
  expect(headers['set-cookie']?.[0]).toMatch(/SameSite=Strict/);
});

test('built files are sent small and may be cached for ever; nothing else is cached', async () => {
  const page = await ask({ path: '/' });
  expect(page.headers['cache-control']).toBe('no-store');
  const script = /src="\.?(\/assets\/[^"]+\.js)"/.exec(page.body.toString())?.[1] ?? '';
  const plain = await ask({ path: script });
  const small = await ask({ path: script, headers: { 'accept-encoding': 'gzip, deflate, br' } });
  const older = await ask({ path: script, headers: { 'accept-encoding': 'gzip' } });
  expect([plain, small, older].map(({ headers }) => headers['content-encoding'])).toEqual([
    undefined,
    'br',
    'gzip',
  ]);
  expect(small.body.length).toBeLessThan(plain.body.length / 2);
  expect(older.body.length).toBeLessThan(plain.body.length / 2);
  expect(small.headers['vary']).toMatch(/accept-encoding/i);
  expect(small.headers['content-type']).toMatch(/javascript/);
  expect(small.headers['cache-control']).toContain('immutable');
  const asked = await state({ cookie: token, 'x-invigil': '1' });
  expect(asked.headers['cache-control']).toBe('no-store');
  expect((await ask({ path: '/assets/none.js' })).headers['cache-control']).toBe('no-store');
});
