/** A site whose exam lock is a token: set up, followed, used. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toBase64 } from '../../base/bytes.ts';
import { expectOk } from '../../base/result.ts';
import { FakeTokens } from '../../hardware/token/fake.ts';
import { Refused } from '../../node/refused.ts';
import { lockSessionKeys, newReleaseSecret, releaseWords } from '../../trust/release.ts';
import { enterWords, verifyAuthorisation } from '../authorise/authorise.ts';
import type { OpenedSite } from '../open-site.ts';
import { callAs, openTrialSite } from '../opened-site.fixture.ts';
import { runSealCheck } from '../seal-check/seal-check.ts';
import type { SiteMembership } from '../site.ts';

const pin = 'pin-1234';
let data: string;
let tokens: FakeTokens;
let opened: OpenedSite;

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'invigil-lock-'));
  tokens = new FakeTokens();
  await open();
});
afterEach(async () => {
  await opened.close();
  rmSync(data, { recursive: true, force: true });
});

async function open(): Promise<void> {
  opened = await openTrialSite(data, tokens);
}

function call() {
  return callAs(null, opened.site);
}

const firstStart = (serial: string, typed = pin) =>
  call().setup.complete({
    siteCode: 'S1',
    mode: 'formal',
    centreAddress: null,
    registrationCode: null,
    account: 'admin',
    password: 'site-password',
    lock: { kind: 'pkcs11', library: tokens.library, serial, pin: typed },
  });

const refused = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof Refused ? error.refusal : error),
  );

const lockShown = async () => (await call().frame()).indicators.find(({ id }) => id === 'lock');

/** As if the centre had admitted the site, prepared a session and read the words of its release out. */
async function authorised(): Promise<{ words: string }> {
  const { site } = opened;
  site.node.settings.write('membership', {
    centreAddress: '127.0.0.1:1',
    certPem: '',
    centreSigningKey: '',
    centreSealingKey: '',
    centreCode: 'C',
    chain: [],
    project: { id: 'p1', name: 'Trial', mode: 'formal', supportPhone: '' },
    siteName: 'School',
    returnCode: null,
  } satisfies SiteMembership);
  const releaseSecret = newReleaseSecret();
  const locked = await lockSessionKeys({
    sessionKeys: ['AGE-SECRET-KEY-1TEST'],
    lockRecipients: [expectOk(site.lock()).recipient],
    releaseSecret,
    context: { project: 'p1', session: 's1', site: 'S1' },
  });
  site.node.db
    .prepare('INSERT INTO authorisation (session_id, locked, received_at) VALUES (?, ?, ?)')
    .run('s1', toBase64(locked), 1);
  return { words: releaseWords(releaseSecret, 'en').join(' ') };
}

const keysOpen = () =>
  opened.site.node.db.prepare('SELECT session_keys FROM authorisation').get()?.['session_keys'] ?? null;

test('the first start offers the tokens that are plugged in and takes one; afterwards nobody may load a library', async () => {
  tokens.create('A1', pin);
  expect(await call().setup.state()).toMatchObject({
    done: false,
    lockSerial: null,
    lockLibraries: tokens.libraries(),
  });
  expect(await call().setup.tokens({ library: tokens.library })).toEqual([
    { serial: 'A1', label: 'token A1', model: 'Fake', problem: null },
  ]);
  await firstStart('A1');
  expect(await call().setup.state()).toMatchObject({
    done: true,
    lockKind: 'pkcs11',
    lockPath: tokens.library,
    lockSerial: 'A1',
    lockLibraries: [],
  });
  expect(await refused(call().setup.tokens({ library: tokens.library }))).toEqual({
    type: 'setup-already-done',
  });
  expect(expectOk(opened.site.lock()).recipient).toMatch(/^age1tag1/);
});

test('what the token refuses leaves nothing set up, and the first start can be tried again', async () => {
  tokens.create('A1', pin);
  expect(await refused(firstStart('A1', 'wrong'))).toEqual({ type: 'wrong-pin-few-tries' });
  tokens.failNext({ type: 'token-process-ended' });
  expect(await refused(firstStart('A1'))).toEqual({ type: 'token-process-ended' });
  expect(await refused(firstStart('A2'))).toMatchObject({ type: 'wrong-lock', found: 'A1', expected: 'A2' });
  expect((await call().setup.state()).done).toBe(false);
  await firstStart('A1');
  expect((await call().setup.state()).done).toBe(true);
});

test('status bar and seal check follow the token, and views are told when it comes and goes', async () => {
  tokens.create('A1', pin);
  await firstStart('A1');
  expect(await lockShown()).toEqual({ id: 'lock', state: 'passed', values: { serial: 'A1' } });
  let told = 0;
  const stop = opened.site.changed.subscribe(() => told++);
  tokens.pullOut('A1');
  expect(told).toBe(1);
  const reason = { type: 'lock-pulled-out', serial: 'A1' };
  expect(await lockShown()).toMatchObject({ state: 'failed', reason, remedy: { type: 'insert-the-lock' } });
  const check = async () =>
    (await runSealCheck(opened.site, 'admin')).checks.find(({ id }) => id === 'lock-present');
  expect(await check()).toMatchObject({ state: 'failed', reason });
  tokens.create('B2', pin);
  expect(await lockShown()).toMatchObject({
    state: 'failed',
    reason: { type: 'wrong-lock', found: 'B2', expected: 'A1' },
  });
  tokens.plugIn('A1');
  expect(await lockShown()).toMatchObject({ state: 'passed' });
  expect(await check()).toEqual({ id: 'lock-present', state: 'passed' });
  stop();
});

test('a site that starts without its token knows it again when it is plugged in', async () => {
  tokens.create('A1', pin);
  await firstStart('A1');
  await opened.close();
  tokens.pullOut('A1');
  await open();
  expect(await lockShown()).toMatchObject({ state: 'failed', reason: { type: 'no-token' } });
  tokens.plugIn('A1');
  expect(await lockShown()).toMatchObject({ state: 'passed', values: { serial: 'A1' } });
});

test('session keys open with token and PIN only; pulled out, nothing new opens, and what is open stays', async () => {
  tokens.create('A1', pin);
  await firstStart('A1');
  const { words } = await authorised();
  const { site } = opened;
  const enter = async (typed: string) => {
    const entered = await enterWords(site, 's1', words, typed);
    return entered.ok ? null : entered.refusal.type;
  };
  tokens.pullOut('A1');
  expect(await enter(pin)).toBe('lock-pulled-out');
  tokens.plugIn('A1');
  expect(await enter('wrong')).toBe('wrong-pin-few-tries');
  tokens.failNext({ type: 'lock-pulled-out', serial: 'A1' });
  expect(await enter(pin)).toBe('lock-pulled-out');
  expect(keysOpen()).toBeNull();
  expect(await enter(pin)).toBeNull();
  const open = keysOpen();
  expect(open).toContain('AGE-SECRET-KEY-1TEST');
  tokens.pullOut('A1');
  expect(await verifyAuthorisation(site, 's1')).toMatchObject({ ok: false });
  expect(keysOpen()).toBe(open);
  tokens.plugIn('A1');
  expect(await verifyAuthorisation(site, 's1')).toEqual({ ok: true, value: undefined });
});

test('three wrong PINs lock the token, which the right one does not open any more', async () => {
  tokens.create('A1', pin);
  await firstStart('A1');
  const { words } = await authorised();
  const said: unknown[] = [];
  for (const typed of ['1', '2', '3', pin]) {
    const entered = await enterWords(opened.site, 's1', words, typed);
    said.push(entered.ok ? null : entered.refusal.type);
  }
  expect(said).toEqual(['wrong-pin-few-tries', 'wrong-pin-last-try', 'pin-locked', 'pin-locked']);
  expect(keysOpen()).toBeNull();
});

test('a site whose exams are all on paper has no lock and misses none, until an exam on computers comes', async () => {
  await call().setup.complete({
    siteCode: 'S1',
    mode: 'formal',
    centreAddress: null,
    registrationCode: null,
    account: 'admin',
    password: 'site-password',
    lock: { kind: 'none' },
  });
  expect(await call().setup.state()).toMatchObject({ done: true, lockKind: 'none', lockSerial: null });
  expect(await lockShown()).toBeUndefined();
  const { settings } = opened.site.node;
  settings.write('exam', { number: 1, publishedAt: 1, importedAt: 2, checkedAt: null, newest: null });
  expect(await lockShown()).toMatchObject({
    state: 'failed',
    reason: { type: 'site-set-up-without-lock' },
    remedy: { type: 'ask-for-a-lock' },
  });
});
