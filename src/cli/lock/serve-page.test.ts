/** What the lock helper's server on loopback gives to whom: its own page, and nobody else on this computer or beyond it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { removableDrives } from '../../hardware/removable-drive/drives.ts';
import { FakeTokens } from '../../hardware/token/fake.ts';
import { LockHelper } from './helper.ts';
import { servePage, type ServedPage } from './serve-page.ts';
import { readCentre } from './start.ts';

let stick = '';
let page: ServedPage;
let tokens: FakeTokens;
let token = '';

beforeEach(async () => {
  stick = mkdtempSync(join(tmpdir(), 'invigil-helper-'));
  tokens = new FakeTokens();
  const helper = new LockHelper({
    centre: { address: '127.0.0.1:1', fingerprint: 'f'.repeat(64) },
    drives: {
      ...removableDrives,
      list: () => Promise.resolve([{ path: stick, name: 'STICK', freeBytes: 1_000_000 }]),
    },
    tokens,
    keyFiles: [],
    libraries: [],
  });
  page = expectOk(await servePage(helper, 0));
  token = page.address.split('#')[1] ?? '';
});
afterEach(async () => {
  await page.close();
  rmSync(stick, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function ask(options: {
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
}): Promise<Answer> {
  const { path, method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: page.port, path, method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const act = (
  what: string,
  body: object = {},
  headers: Record<string, string> = { 'x-invigil-lock': token },
) => ask({ path: `/do/${what}`, method: 'POST', headers, body: { language: 'en', ...body } });

test('the page that was opened gets its answers: locks on sticks and tokens, and why the centre is not reached', async () => {
  tokens.create('T1', '1234');
  const made = await act('make', { drive: stick, pin: '1234' });
  expect(made.status).toBe(200);
  const state = await act('state', { again: true });
  expect(state.status).toBe(200);
  expect(JSON.parse(state.body)).toMatchObject({
    centre: { offset: null, problem: { type: 'parent-unreachable' } },
    locks: [
      { kind: 'key-file', where: join(stick, 'invigil-lock.key'), calibration: null },
      { kind: 'pkcs11', serial: 'T1', calibration: null },
    ],
  });
  const again = await act('make', { drive: stick, pin: '1234' });
  expect([again.status, JSON.parse(again.body)]).toMatchObject([422, { type: 'key-file-exists' }]);
  for (const [drive, pin, type] of [
    [stick, '123', 'pin-too-short'],
    ['/etc', '1234', 'no-such-lock-here'],
  ])
    expect(JSON.parse((await act('make', { drive, pin })).body)).toMatchObject({ type });
  expect(JSON.parse((await act('calibrate', { id: 'file /etc/passwd', pin: '1234' })).body)).toMatchObject({
    type: 'no-such-lock-here',
  });
});

test.each([
  ['without the token', {}, 403, 'page-only'],
  ['with another token', { 'x-invigil-lock': 'guess' }, 403, 'page-only'],
  [
    'from another origin',
    { 'x-invigil-lock': 'TOKEN', origin: 'https://example.org' },
    403,
    'foreign-origin',
  ],
  [
    'from another program of this computer',
    { 'x-invigil-lock': 'TOKEN', origin: 'http://127.0.0.1:9' },
    403,
    'foreign-origin',
  ],
  ['from a sandboxed frame', { 'x-invigil-lock': 'TOKEN', origin: 'null' }, 403, 'foreign-origin'],
  [
    'from another site that hides its origin',
    { 'x-invigil-lock': 'TOKEN', 'sec-fetch-site': 'cross-site' },
    403,
    'foreign-origin',
  ],
  [
    'under a name that was pointed here',
    { 'x-invigil-lock': 'TOKEN', host: 'lock.example' },
    421,
    'wrong-host',
  ],
] as const)('a request %s is turned away', async (_, headers, status, type) => {
  const own = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value === 'TOKEN' ? token : value]),
  );
  for (const what of ['state', 'texts', 'calibrate', 'here']) {
    const answer = await act(what, {}, own);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { type }]);
  }
});

test('reading does nothing, what is not understood is refused, and there is nothing else to be had', async () => {
  expect((await ask({ path: '/do/state', headers: { 'x-invigil-lock': token } })).status).toBe(404);
  expect((await act('state', { again: 'yes' })).status).toBe(422);
  expect((await act('state', { again: true, language: 'xx' })).status).toBe(400);
  expect((await act('calibrate', { id: 'x', pin: 'x'.repeat(200) })).status).toBe(422);
  expect((await ask({ path: '/../../etc/passwd' })).status).toBe(404);
});

test('the page may load only itself, nobody may frame or embed it, and it says no token', async () => {
  const shown = await ask({
    path: '/',
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  });
  expect(shown.status).toBe(200);
  expect(shown.body).not.toContain(token);
  const policy = shown.headers['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  expect(shown.headers['x-frame-options']).toBe('DENY');
  expect(shown.headers['cache-control']).toBe('no-store');
  const script = await ask({ path: '/page.js', headers: { 'sec-fetch-site': 'same-origin' } });
  expect(script.headers['content-type']).toMatch(/javascript/);
  // Valid as it stands, without anything of this program around it.
  expect(() => new Script(script.body)).not.toThrow();
  expect((await ask({ path: '/page.js', headers: { 'sec-fetch-site': 'same-site' } })).status).toBe(403);
});

test('where the centre is has to be said with its fingerprint', () => {
  const digits = 'AB'.repeat(32);
  expect(readCentre(`https://centre.example:7411#${digits}`)).toEqual({
    ok: true,
    value: { address: 'centre.example:7411', fingerprint: digits.toLowerCase() },
  });
  expect(readCentre(`centre.example:7411#${digits.match(/../g)?.join(':')}`)).toMatchObject({ ok: true });
  for (const wrong of ['https://centre.example:7411', `#${digits}`, 'https://centre.example:7411#abc'])
    expect(readCentre(wrong)).toMatchObject({ ok: false, refusal: { type: 'bad-option' } });
});
