/** What somebody in the network, in a browser, or with another's certificate can try at the servers of centre, site and room. */
import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { request as requestTls } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isContractProcedure } from '@orpc/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { centreContract } from '../../src/centre/contract.ts';
import { roomContract } from '../../src/room/contract.ts';
import { siteContract } from '../../src/site/contract.ts';
import { expectOk } from '../../src/base/result.ts';
import { pairWithParent } from '../../src/courier/https/child.ts';
import { createNodeKeys, loadOrCreateNodeKeys, type NodeKeys } from '../../src/trust/keys.ts';
import { closeWindows, sharedBrowser } from '../../tools/exam-day/browser.ts';
import {
  authoriseSession,
  lockPin,
  openSignIn,
  prepareCentre,
  releasePin,
} from '../../tools/exam-day/exam-day.ts';
import { password, startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { openConsole, until } from '../../tools/exam-day/process.ts';
import { Screen } from '../e2e/browser.ts';

const consoles = ['centre', 'site', 'room'] as const;
type Role = (typeof consoles)[number];
const contracts = { centre: centreContract, site: siteContract, room: roomContract };
/** A question that everybody signed in may ask. */
const asks = '/rpc/frame';
/** One that changes something. */
const changes = { centre: '/rpc/project/create', site: '/rpc/exam/load', room: '/rpc/exam/load' } as const;

let exam: Exam;
let folder: string;
/** Everything that the three wrote into their logs, at their most talkative. */
let logs = '';
/** Cookies of a browser that is signed in. */
const signedIn = new Map<Role, string>();
/** What nobody may ever read in a log. */
const secrets = new Map<string, string>([
  ['password', password],
  ['release PIN', releasePin],
  ['lock PIN', lockPin],
]);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-attacks-'));
  const talkative = { 'log-level': 'debug' };
  exam = await startExam({
    seats: 0,
    until: 'loaded',
    roster: { sites: ['S1', 'S2'], roomsPerSite: 2 },
    policy: { lateLimitMin: 0 },
    options: { centre: talkative, site: talkative, room: talkative },
  });
  for (const role of consoles) {
    exam.process(role).child?.stderr?.on('data', (chunk: Buffer) => (logs += chunk.toString()));
    signedIn.set(role, await enter(role));
  }
});
afterAll(async () => {
  await exam?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

function send(role: Role, { path = '/', method = 'GET', headers = {}, body }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: exam.process(role).port, path, method, headers, agent: false },
      (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
        answer.on('error', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** As it stands here, and then no more. @returns all that was answered */
function raw(role: Role, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(exam.process(role).port, '127.0.0.1', () => socket.write(text));
    let heard = '';
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(heard));
  });
}

const own = (role: Role, more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  cookie: signedIn.get(role) ?? '',
  'content-type': 'application/json',
  'x-invigil': '1',
  ...more,
});

/** @returns the cookie */
async function enter(role: Role, cookie = ''): Promise<string> {
  const answer = await send(role, {
    path: '/rpc/account/signIn',
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-invigil': '1', cookie },
    body: JSON.stringify({ json: { account: 'admin', password } }),
  });
  expect(answer.status).toBe(200);
  const [set = ''] = answer.headers['set-cookie'] ?? [];
  expect(set).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
  return set.split(';')[0] ?? '';
}

const mayAsk = async (role: Role, cookie: string): Promise<boolean> =>
  (await send(role, { path: asks, method: 'POST', headers: own(role, { cookie }), body: '{}' })).status ===
  200;

test.each(consoles)('a page from elsewhere has the %s do nothing, and reads nothing of it', async (role) => {
  const post = (headers: Record<string, string>, path: string = changes[role]) =>
    send(role, { path, method: 'POST', headers: own(role, headers), body: '{"json":{}}' });
  const withoutOwn = own(role);
  delete withoutOwn['x-invigil'];
  const here = `http://127.0.0.1:${exam.process(role).port}`;
  for (const headers of [
    { origin: 'https://example.org' },
    { origin: 'null' },
    { origin: 'file://' },
    { origin: here.replace('http:', 'https:').replace(/\d+$/, '1') },
    { origin: `${here}.example.org` },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  ] as Record<string, string>[])
    for (const path of [changes[role], '/files', '/rpc/support/live', '/api/frame'])
      expect({ headers, path, status: (await post(headers, path)).status }).toEqual({
        headers,
        path,
        status: 403,
      });
  // A form needs nobody's leave; the own header it cannot send.
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
    for (const path of [changes[role], '/files', '/api/frame'])
      expect(
        (
          await send(role, {
            path,
            method: 'POST',
            headers: { ...withoutOwn, 'content-type': type },
            body: '{"json":{}}',
          })
        ).status,
      ).toBe(403);
  // Pictures, scripts and frames of other pages.
  for (const path of [asks, `${changes[role]}?data=%7B%7D`, '/files/x', '/health', '/'])
    for (const mode of ['no-cors', 'cors', 'navigate'])
      expect(
        (
          await send(role, {
            path,
            headers: {
              cookie: signedIn.get(role) ?? '',
              'sec-fetch-site': 'cross-site',
              'sec-fetch-mode': mode,
              'sec-fetch-dest': 'iframe',
            },
          })
        ).status,
      ).toBe(403);
});

test.each(consoles)('looking changes nothing: no operation of the %s is called by GET', async (role) => {
  const before = await send(role, { path: asks, method: 'POST', headers: own(role), body: '{}' });
  expect(before.status).toBe(200);
  for (const path of operations(contracts[role]))
    for (const prefix of ['/rpc', '/api']) {
      const answer = await send(role, {
        path: `${prefix}/${path}?data=%7B%22json%22%3A%7B%7D%7D`,
        headers: own(role),
      });
      expect({ path, prefix, refused: answer.status >= 400 }).toEqual({ path, prefix, refused: true });
    }
});

/** None names a method of its own: everything that is asked goes in a body, never in an address. */
function operations(contract: object, path: readonly string[] = []): string[] {
  return Object.entries(contract).flatMap(([name, part]: [string, object]) => {
    if (!isContractProcedure(part)) return operations(part, [...path, name]);
    expect(part['~orpc'].route.method).toBeUndefined();
    return [[...path, name].join('/')];
  });
}

test.each(consoles)('the %s answers only under its own names', async (role) => {
  for (const host of [
    'exam.example',
    '127.0.0.1.example.org',
    'localhost.',
    '[::1',
    '0x7f000001',
    '127.0.0.1@example.org',
  ]) {
    const answer = await send(role, { headers: { host } });
    // What is no host name at all is no request.
    expect({ host, refused: [400, 421].includes(answer.status) }).toEqual({ host, refused: true });
    expect(answer.text).not.toContain('<');
  }
});

test.each(consoles)(
  'every answer of the %s forbids frames, foreign code and caches, also those that refuse',
  async (role) => {
    for (const asked of [
      {},
      { path: '/index.html' },
      { path: '/nothing' },
      { path: '/health' },
      { path: '/doctor' },
      { path: '/files/none' },
      { path: asks, method: 'POST', headers: own(role), body: '{}' },
      { path: asks, method: 'POST', headers: own(role), body: '{' },
      { path: asks, method: 'POST' },
      { headers: { host: 'exam.example' } },
      { headers: { origin: 'https://example.org' } },
    ] as Asked[]) {
      const { headers } = await send(role, asked);
      const policy = String(headers['content-security-policy']);
      expect({ asked, policy }).toEqual({ asked, policy: expect.stringContaining("frame-ancestors 'none'") });
      expect(policy).toContain("default-src 'self'");
      expect(policy).not.toMatch(/script-src|unsafe-eval|https?:|\*/);
      expect(headers).toMatchObject({
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(headers['x-powered-by'] ?? headers['server']).toBeUndefined();
    }
  },
);

test('the pages of the consoles keep to their policy in a browser, and no code slips in through an address', async () => {
  const browser = await sharedBrowser();
  try {
    for (const role of consoles) {
      const window = await browser.newContext();
      const [name = '', value = ''] = (signedIn.get(role) ?? '').split('=');
      await window.addCookies([{ name, value, domain: '127.0.0.1', path: '/' }]);
      const screen = await Screen.open(window, exam.process(role).port);
      await screen.page.getByRole('button', { name: /admin/ }).first().waitFor();
      const broken = screen.page.evaluate(
        () =>
          new Promise((resolve) => {
            document.addEventListener(
              'securitypolicyviolation',
              (event) => resolve(event.violatedDirective),
              { once: true },
            );
            const script = document.createElement('script');
            script.textContent = 'window.slipped = 1';
            document.body.append(script);
          }),
      );
      // Until here nothing was complained about; this one is, so it would have been.
      expect(screen.complaints).toEqual([]);
      expect(await broken).toMatch(/^script-src/);
      expect(await screen.page.evaluate(() => 'slipped' in window)).toBe(false);
    }
  } finally {
    await closeWindows(browser);
  }
});

test.each(consoles)(
  'a sign-in at the %s is a new session each time, and ends on the server',
  async (role) => {
    const port = exam.process(role).port;
    // One that an attacker has put there beforehand is never taken over.
    const planted = `invigil-session-${port}=${'A'.repeat(43)}`;
    const first = await enter(role, planted);
    expect(first).not.toBe(planted);
    expect(await mayAsk(role, planted)).toBe(false);
    const second = await enter(role, first);
    expect(second).not.toBe(first);
    expect(await mayAsk(role, first)).toBe(false);
    expect(await mayAsk(role, second)).toBe(true);
    await send(role, {
      path: '/rpc/account/signOut',
      method: 'POST',
      headers: own(role, { cookie: second }),
      body: '{}',
    });
    expect(await mayAsk(role, second)).toBe(false);
    const behindProxy = await send(role, {
      path: '/rpc/account/signIn',
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-invigil': '1', 'x-forwarded-proto': 'https' },
      body: JSON.stringify({ json: { account: 'admin', password } }),
    });
    expect(behindProxy.headers['set-cookie']?.[0]).toMatch(/; Secure/);
  },
);

test('who changes a password signs out everywhere else', async () => {
  const { call } = exam.centre;
  await call.user.add({
    account: 'other',
    name: 'O',
    phone: '',
    role: 'operator',
    password: 'first-password',
  } as never);
  const one = await openConsole('centre', exam.process('centre').port);
  const other = await openConsole('centre', exam.process('centre').port);
  for (const console of [one, other])
    await console.call.account.signIn({ account: 'other', password: 'first-password' });
  await one.call.account.changePassword({ current: 'first-password', next: 'second-password' });
  await one.call.project.list();
  await expect(other.call.project.list()).rejects.toMatchObject({ status: 401 });
  secrets.set('another password', 'second-password');
  // What one account has made nobody else takes away, and what it has sent nobody else uses.
  const ticket = await call.publication.exportSite({ projectId: exam.projectId, siteCode: 'S1' });
  await expect(one.download(ticket)).rejects.toThrow(/download-gone/);
  const uploadId = await exam.centre.upload('roster.csv', Buffer.from('x'));
  await expect(one.call.roster.preview({ projectId: exam.projectId, uploadId })).rejects.toMatchObject({
    data: { type: 'upload-gone' },
  });
});

test.each(consoles)(
  'files reach the %s only from whom is signed in, and half of one stays nowhere',
  async (role) => {
    const staging = join(exam.data(role), 'staging');
    const before = readdirSync(staging);
    const anonymous = own(role, { cookie: '' });
    expect((await send(role, { path: '/files', method: 'POST', headers: anonymous, body: 'x' })).status).toBe(
      401,
    );
    expect((await send(role, { path: '/files/0123456789abcdef', headers: { cookie: '' } })).status).toBe(401);
    // Declares more than it sends, and goes.
    const port = exam.process(role).port;
    const head = `POST /files HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nx-invigil: 1\r\ncookie: ${signedIn.get(role)}\r\n`;
    for (const body of [
      'content-length: 1000000\r\n\r\nhalf',
      'transfer-encoding: chunked\r\n\r\nff\r\nhalf',
    ])
      await new Promise<void>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () =>
          socket.write(head + body, () => setTimeout(() => socket.destroy(), 50)),
        );
        socket.once('error', reject);
        socket.once('close', () => resolve());
      });
    await expect.poll(() => readdirSync(staging)).toEqual(before);
  },
);

test.each(consoles)(
  'what is too long, too deep or too much is refused by the %s without harm',
  async (role) => {
    const post = (body: string | Buffer, path = asks) =>
      send(role, { path, method: 'POST', headers: own(role), body });
    expect((await send(role, { path: `/${'x'.repeat(20_000)}` })).status).toBe(431);
    expect((await send(role, { headers: { 'x-long': 'x'.repeat(20_000) } })).status).toBe(431);
    const deep = `{"json":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    expect((await post(deep, '/rpc/account/signIn')).status).toBe(400);
    const headers = Object.entries({ ...own(role), 'content-length': String(5 * 1024 * 1024) });
    const host = `host: 127.0.0.1:${exam.process(role).port}\r\nconnection: close\r\n`;
    const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    expect(await raw(role, `POST ${asks} HTTP/1.1\r\n${host}${head}\r\n`)).toMatch(/^HTTP\/1\.1 413/);
    for (const body of ['', '{', 'null', '[]', '"x"', '{"json":{},"meta":[[1,"x"]]}', '\0'])
      expect((await post(body, '/rpc/account/signIn')).status).toBeLessThan(500);
    for (const meta of [[[0, '__proto__', 'polluted']], [[1, 'constructor', 'prototype', 'polluted']]]) {
      const body = `{"json":{"__proto__":{"polluted":1},"account":"a","password":"b"},"meta":${JSON.stringify(meta)}}`;
      expect((await post(body, '/rpc/account/signIn')).status).toBeLessThan(500);
    }
    expect(await mayAsk(role, signedIn.get(role) ?? '')).toBe(true);
  },
);

test.each(consoles)('no address of the %s leads out of its screens and files', async (role) => {
  const page = (await send(role, {})).text;
  for (const path of [
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/%252e%252e/%252e%252e/package.json',
    '/..%5c..%5cpackage.json',
    '/..\\..\\package.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/C:/windows/win.ini',
    '/con',
    '/nul.html',
    '/aux.js',
    '/index.html::$DATA',
    '/index.html%00.js',
    '/%',
    '/%c0%ae%c0%ae/x',
    '/files/..%2f..%2fnode.json',
    '/files/%2e%2e%2fnode.json',
    '//etc/passwd',
  ]) {
    const answer = await send(role, { path, headers: { cookie: signedIn.get(role) ?? '' } });
    expect({ path, found: answer.status === 200 && answer.text !== page }).toEqual({ path, found: false });
    expect({ path, text: answer.text }).toEqual({
      path,
      text: expect.not.stringMatching(/invigil"|root:|keys|node-keys/),
    });
  }
});

test.each(consoles)(
  'methods that nobody needs, and requests that two servers read differently, get nowhere at the %s',
  async (role) => {
    const port = exam.process(role).port;
    const host = `host: 127.0.0.1:${port}\r\nx-invigil: 1\r\nconnection: close\r\n`;
    for (const method of ['TRACE', 'CONNECT', 'PROPFIND', 'NONSENSE', 'DELETE', 'PUT']) {
      const heard = await raw(role, `${method} / HTTP/1.1\r\n${host}x-secret: abc\r\n\r\n`);
      expect({ method, heard }).toEqual({
        method,
        heard: expect.not.stringMatching(/^HTTP\/1\.1 (2|5)|abc/),
      });
    }
    for (const head of [
      'content-length: 4\r\ntransfer-encoding: chunked\r\n',
      'transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n',
      'transfer-encoding: xchunked\r\n',
      'content-length: 4\r\ncontent-length: 5\r\n',
      'content-length: +4\r\n',
      'content-length : 4\r\n',
      'x: 1\n\nGET /health HTTP/1.1\r\n',
    ]) {
      const heard = await raw(
        role,
        `POST ${asks} HTTP/1.1\r\n${host}${head}\r\n0\r\n\r\nGET /health HTTP/1.1\r\nhost: x\r\n\r\n`,
      );
      expect({ head, heard }).toEqual({ head, heard: expect.stringMatching(/^HTTP\/1\.1 400/) });
      expect(heard.match(/HTTP\/1\.1/g)).toHaveLength(1);
    }
  },
);

/** As a child does, with these keys or none. */
function exchange(
  role: 'centre' | 'site',
  keys: NodeKeys | null,
  { path = '/', method = 'GET', headers = {}, body }: Asked,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = requestTls(
      {
        host: '127.0.0.1',
        port: exam.process(role).exchangePort,
        path,
        method,
        headers,
        agent: false,
        rejectUnauthorized: false,
        ...(keys ? { key: keys.tls.keyPem, cert: keys.tls.certPem } : {}),
      },
      (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const keysOf = (role: Role): Promise<NodeKeys> =>
  loadOrCreateNodeKeys(join(exam.data(role), 'keys'), { name: '' });

test('whoever asks for the head of a download alone leaves no file open', async () => {
  const { centre, projectId } = exam;
  const { ticket } = await centre.call.publication.exportSite({ projectId, siteCode: 'S1' });
  for (let i = 0; i < 3; i++) {
    const head = await centre.request(`/files/${ticket}`, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(0);
  }
  if (process.platform === 'linux') {
    const open = `/proc/${exam.process('centre').child?.pid}/fd`;
    const opened = () =>
      readdirSync(open).flatMap((name) => {
        try {
          return readlinkSync(join(open, name));
        } catch {
          return [];
        }
      });
    await until('all files closed', async () => !opened().some((path) => path.includes(ticket)));
  }
  expect((await centre.download({ ticket })).length).toBeGreaterThan(0);
});

test('nobody is a child without a certificate that was paired', async () => {
  const stranger = await createNodeKeys();
  for (const role of ['centre', 'site'] as const)
    for (const keys of [null, stranger, await keysOf(role === 'centre' ? 'room' : 'centre')])
      for (const [method, path] of [
        ['POST', '/hello'],
        ['POST', '/journal'],
        ['POST', '/journal/kept'],
        ['POST', '/deliveries'],
        ['POST', '/publication'],
        ['POST', '/support'],
        ['GET', '/parcels'],
        ['GET', '/parcels/room-package'],
        ['GET', `/papers/${'a'.repeat(64)}`],
        ['GET', `/release/${exam.sessionId}`],
        ['GET', `/authorisation/${exam.sessionId}`],
        ['POST', '/uploads'],
        ['PATCH', '/uploads/x-y'],
      ] as const) {
        const answer = await exchange(role, keys, {
          method,
          path,
          headers: { 'content-type': 'application/json' },
          ...(method === 'GET' ? {} : { body: '{}' }),
        });
        expect({ role, path, refused: [403, 404].includes(answer.status) }).toEqual({
          role,
          path,
          refused: true,
        });
        expect(answer.text).not.toMatch(/ at |\/src\/|node_modules/);
      }
});

test('a stranger is read no further than a pairing is long', async () => {
  const answer = await exchange('centre', null, {
    method: 'POST',
    path: '/pair/begin',
    headers: { 'content-type': 'application/json', 'content-length': String(2 ** 40) },
  }).catch(() => null);
  expect(answer?.status ?? 413).toBe(413);
  const endless = await exchange('site', null, {
    method: 'POST',
    path: '/pair/begin',
    headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
    body: Buffer.alloc(1024 * 1024, ' '),
  }).catch(() => null);
  expect(endless?.status ?? 413).toBe(413);
});

test("a child reaches nothing of another's: neither release nor authorisation nor package nor upload", async () => {
  const { centre, site, projectId, sessionId } = exam;
  await centre.call.authorisation.prepare({ projectId, sessionId, pin: releasePin });
  // The same site's code in another project of this centre.
  const other = await prepareCentre(centre, {
    code: 'P2',
    name: 'Another',
    startAt: Date.now(),
    durationMin: 60,
    roster: { sessions: 1, sites: ['S1'], roomsPerSite: 1, candidatesPerRoom: 1 },
  });
  const [row] = await centre.call.site.list({ projectId: other.projectId });
  const codes = await site.call.room.list();
  const roomCode = 'S1-R2';
  const ofRoom = codes.find((one) => one.roomCode === roomCode)?.registrationCode ?? '';
  secrets.set("a site's registration code", row?.registrationCode ?? '');
  secrets.set("a room's registration code", ofRoom);
  const [siteKeys, roomKeys] = await Promise.all([createNodeKeys(), createNodeKeys()]);
  expectOk(
    await pairWithParent({
      address: `127.0.0.1:${exam.process('centre').exchangePort}`,
      code: row?.registrationCode ?? '',
      child: { role: 'site', code: 'S1', id: '0'.repeat(16) },
      keys: siteKeys,
      details: { mode: 'formal', lock: { serial: 'X', recipient: siteKeys.sealing.recipient } },
    }),
  );
  expectOk(
    await pairWithParent({
      address: `127.0.0.1:${exam.process('site').exchangePort}`,
      code: ofRoom,
      child: { role: 'room', code: roomCode, id: '1'.repeat(16) },
      keys: roomKeys,
      details: {},
    }),
  );
  for (const [role, keys, path] of [
    ['centre', siteKeys, `/release/${sessionId}`],
    ['centre', siteKeys, `/parcels/authorisation.${sessionId}`],
    ['centre', siteKeys, '/parcels/site-package.0'],
    ['site', roomKeys, `/authorisation/${sessionId}`],
  ] as const) {
    const answer = await exchange(role, keys, { path });
    expect({ path, status: answer.status }).toEqual({ path, status: 422 });
    expect(answer.text).not.toMatch(/secret|sealedKeys/);
  }
  const mine = '1'.repeat(16);
  const { id: theirs } = JSON.parse(
    (await exchange('site', await keysOf('room'), { path: '/parcels' })).text || '{"id":""}',
  ) as { id?: string };
  expect(theirs).toBeUndefined();
  const uploads = join(exam.data('site'), 'uploads');
  writeFileSync(join(uploads, 'ffffffffffffffff-x'), 'whole');
  writeFileSync(
    join(uploads, 'ffffffffffffffff-x.json'),
    JSON.stringify({ id: 'ffffffffffffffff-x', size: 5, offset: 5, metadata: {} }),
  );
  const before = readdirSync(uploads).toSorted();
  for (const path of [
    '/uploads/ffffffffffffffff-x',
    `/uploads/${mine}-x/ffffffffffffffff-x`,
    `/uploads/${mine}-x%2fffffffffffffffff-x`,
    `/uploads/${mine}-x?/ffffffffffffffff-x`,
    `/uploads/${mine}-x/..%2fffffffffffffffff-x`,
    `/uploads/${mine}-x%2f..%2f..%2fkeys%2fnode-keys.json`,
    `/uploads//ffffffffffffffff-x`,
  ])
    for (const method of ['DELETE', 'HEAD', 'GET', 'PATCH']) {
      const answer = await exchange('site', roomKeys, {
        method,
        path,
        headers: {
          'tus-resumable': '1.0.0',
          'upload-offset': '0',
          'content-type': 'application/offset+octet-stream',
        },
      });
      expect({ path, method, status: answer.status }).toEqual({ path, method, status: 403 });
    }
  for (const [path, name] of [
    ['/uploads', 'ffffffffffffffff-y'],
    [`/uploads/${mine}-x`, 'ffffffffffffffff-y'],
    ['/uploads', `${mine}-../../x`],
  ] as const)
    expect(
      (
        await exchange('site', roomKeys, {
          method: 'POST',
          path,
          headers: { 'tus-resumable': '1.0.0', 'upload-length': '1', 'x-upload-name': name },
        })
      ).status,
    ).toBe(403);
  expect(readdirSync(uploads).toSorted()).toEqual(before);
  for (const name of before.filter((one) => one.startsWith('ffff'))) rmSync(join(uploads, name));
});

test('no secret that was typed, told or shown stands in a log, however talkative it is', async () => {
  const { centre, site, room, projectId, sessionId } = exam;
  for (const role of consoles)
    await send(role, {
      path: '/rpc/account/signIn',
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-invigil': '1' },
      body: JSON.stringify({ json: { account: 'admin', password: 'a-wrong-password' } }),
    });
  secrets.set('wrong password', 'a-wrong-password');
  secrets.set('wrong PIN', '0000-wrong-pin');
  await site.call.authorisation.fetch();
  await site.call.authorisation.calibrate({ sessionId, pin: '0000-wrong-pin' }).catch(() => undefined);
  await authoriseSession(centre, site, room, { projectId, sessionId });
  await openSignIn(room, sessionId);
  await exam.allowStart();
  const { words } = await room.call.session.startPhrase({ sessionId });
  secrets.set('start phrase', words.join(' '));
  secrets.set('pairing code', (await room.call.overview.get()).pairingCode);
  secrets.set('seat code', (await room.call.answerPackage.seatCode()).seatCode);
  const { request: asked } = await room.call.code.ask({
    sessionId,
    action: 'late-candidate',
    sittingId: (await room.call.board.get()).sittings[0]?.sittingId ?? '',
    minutes: 0,
    reason: 'power cut',
  });
  const { answer } = await centre.call.code.issue({
    projectId,
    roomCode: 'S1-R1',
    sessionId,
    challenge: asked?.challenge ?? '',
    reason: 'by phone',
  });
  await room.call.code.answer({ challenge: asked?.challenge ?? '', answer });
  secrets.set('one-time code', answer);
  for (const [role, cookie] of signedIn) secrets.set(`session at the ${role}`, cookie.split('=')[1] ?? '');
  // What goes wrong is logged with the most around it.
  for (const body of [
    `{"json":{"password":${password}}}`,
    `{"json":{"account":"admin","password":"${password}`,
    `${password}{}`,
  ])
    await send('centre', { path: '/rpc/account/signIn', method: 'POST', headers: own('centre'), body });
  const { ticket } = await centre.call.publication.exportSite({ projectId, siteCode: 'S1' });
  rmSync(join(exam.data('centre'), 'staging', `download-${ticket}`));
  expect((await send('centre', { path: `/files/${ticket}`, headers: own('centre') })).status).toBe(500);
  for (const role of consoles) {
    const keys = await keysOf(role);
    secrets.set(`signing key of the ${role}`, keys.signing.privateKey.export({ format: 'jwk' }).d ?? '');
    secrets.set(`sealing key of the ${role}`, keys.sealing.identity);
  }
  await expect.poll(() => logs).toContain('request failed');
  for (const [what, secret] of secrets) {
    expect(secret.length).toBeGreaterThan(5);
    expect({ what, found: logs.includes(secret) }).toEqual({ what, found: false });
  }
  // Of all that was tried, this one alone was a failure of the program.
  expect(logs.match(/"level":(50|60)/g)).toHaveLength(1);
});
