/** The site's own locks: what the centre says of them, by whichever way, and a reserve instead of the one that is gone. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toBase64, utf8 } from '../../base/bytes.ts';
import { Refused } from '../../base/refused.ts';
import { expectOk } from '../../base/result.ts';
import { lockKindOf, type SiteLock } from '../../exam/lock/site-locks.ts';
import { FakeTokens } from '../../hardware/token/fake.ts';
import { quickKeyFile } from '../../hardware/token/key-file.fixture.ts';
import { makeParcel } from '../../parcel/parcel.ts';
import { lockSessionKeys, newReleaseSecret, releaseWords } from '../../trust/release.ts';
import { newSigningKeyPem, signingKeyFromPem } from '../../trust/signing-key.ts';
import { enterWords, takeAuthorisation, verifyAuthorisation } from '../authorise/authorise.ts';
import type { OpenedSite } from '../open-site.ts';
import { callAs, openTrialSite } from '../opened-site.fixture.ts';
import type { SiteMembership } from '../site.ts';
import { hearOfLocks, knownLocks, lockRecipients } from './known-locks.ts';

const pin = 'pin-1234';
const centreKey = signingKeyFromPem(newSigningKeyPem());
let data: string;
let tokens: FakeTokens;
let opened: OpenedSite;
let said = 0;

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'invigil-locks-'));
  tokens = new FakeTokens();
  opened = await openTrialSite(join(data, 'site'), tokens);
});
afterEach(async () => {
  await opened.close();
  rmSync(data, { recursive: true, force: true });
});

function call() {
  return callAs(
    { account: 'admin', name: '', role: 'administrator', mustChangePassword: false, limit: null },
    opened.site,
  );
}

const refused = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof Refused ? error.refusal : error),
  );

const keyFile = (name: string): string => join(data, `${name}.key`);

/** A site with key file A, as if the centre had admitted it. */
async function setUp(): Promise<{ serial: string; recipient: string }> {
  await quickKeyFile(keyFile('A'), pin);
  await call().setup.complete({
    siteCode: 'S1',
    mode: 'formal',
    centreAddress: null,
    registrationCode: null,
    account: 'admin',
    password: 'site-password',
    lock: { kind: 'key-file', path: keyFile('A'), pin, create: false },
  });
  opened.site.node.settings.write('membership', {
    centreAddress: '127.0.0.1:1',
    certPem: '',
    centreSigningKey: centreKey.publicKey,
    centreSealingKey: '',
    centreCode: 'C',
    chain: [],
    project: { id: 'p1', name: 'Trial', mode: 'formal', supportPhone: '' },
    siteName: 'School',
    returnCode: null,
  } satisfies SiteMembership);
  const { serial, recipient } = expectOk(opened.site.lock());
  return { serial, recipient };
}

function known(
  { serial, recipient }: { serial: string; recipient: string },
  state: SiteLock['state'],
): SiteLock {
  const revoked = state === 'revoked' ? { at: 5, reason: 'lost on the way' } : null;
  return { serial, recipient, kind: lockKindOf(recipient), state, revoked };
}

const hear = (...locks: SiteLock[]) => hearOfLocks(opened.site, { at: ++said, locks });

/** A session whose authorisation is sealed to these locks lies here. */
async function authorised(...recipients: string[]): Promise<string> {
  const releaseSecret = newReleaseSecret();
  const locked = await lockSessionKeys({
    sessionKeys: ['AGE-SECRET-KEY-1TEST'],
    lockRecipients: recipients,
    releaseSecret,
    context: { project: 'p1', session: 's1', site: 'S1' },
  });
  opened.site.node.db
    .prepare('INSERT INTO authorisation (session_id, locked, received_at) VALUES (?, ?, ?)')
    .run('s1', toBase64(locked), 1);
  return releaseWords(releaseSecret, 'en').join(' ');
}

const shown = async () => (await call().frame()).indicators.find(({ id }) => id === 'lock');

test('the first lock is revoked: it opens nothing, title and status bar say why, and the reserve opens what is here', async () => {
  const first = await setUp();
  const second = await quickKeyFile(keyFile('B'), pin);
  const words = await authorised(first.recipient, second.recipient);
  await hear(known(first, 'active'), known(second, 'reserve'));
  expect(await shown()).toMatchObject({ state: 'passed', values: { serial: first.serial } });
  await hear(known(first, 'revoked'), known(second, 'reserve'));
  const why = { type: 'lock-revoked', serial: first.serial, reason: 'lost on the way', at: 5 };
  expect(await shown()).toMatchObject({
    state: 'failed',
    reason: why,
    remedy: { type: 'choose-the-reserve' },
  });
  expect((await call().frame()).notice).toEqual(why);
  expect(await enterWords(opened.site, 's1', words, pin)).toEqual({ ok: false, refusal: why });
  expect(await verifyAuthorisation(opened.site, 's1')).toMatchObject({ ok: false });

  const take = (path: string, typed = pin) => call().lock.choose({ kind: 'key-file', path, pin: typed });
  expect(await refused(take(keyFile('B'), 'wrong'))).toEqual({ type: 'wrong-pin' });
  expect(await refused(take(keyFile('A')))).toEqual(why);
  await quickKeyFile(keyFile('stranger'), pin);
  expect(await refused(take(keyFile('stranger')))).toMatchObject({ type: 'lock-not-registered' });
  expect(expectOk(lockRecipients(opened.site))).toEqual([second.recipient]);
  await take(keyFile('B'));
  expect(await shown()).toMatchObject({ state: 'passed', values: { serial: second.serial } });
  expect((await call().frame()).notice).toBeUndefined();
  expectOk(await enterWords(opened.site, 's1', words, pin));
  expectOk(await verifyAuthorisation(opened.site, 's1'));
  expect(await call().lock.list()).toMatchObject({ inUse: second.serial });
});

test('any of the site’s key files that lies in the place of the chosen one opens; a stranger’s does not', async () => {
  const first = await setUp();
  const second = await quickKeyFile(keyFile('B'), pin);
  const words = await authorised(first.recipient, second.recipient);
  copyFileSync(keyFile('B'), keyFile('A'));
  expect(await shown()).toMatchObject({ reason: { type: 'wrong-lock' } });
  await hear(known(first, 'active'), known(second, 'reserve'));
  expect(await shown()).toMatchObject({ state: 'passed', values: { serial: second.serial } });
  expectOk(await enterWords(opened.site, 's1', words, pin));
});

test('a token takes the place of a broken key file, through a library that makers’ programs have installed and no other', async () => {
  const first = await setUp();
  tokens.create('T1', pin);
  tokens.create('T2', pin);
  const { recipient } = expectOk(await tokens.prepare(tokens.library, 'T1', pin));
  expect(await refused(call().lock.tokens({ library: '/home/pupil/library.so' }))).toMatchObject({
    type: 'token-library-not-offered',
  });
  const take = (serial: string, typed = pin, library = tokens.library) =>
    refused(call().lock.choose({ kind: 'pkcs11', library, serial, pin: typed }));
  // Before the centre has spoken of it.
  expect(await take('T1')).toMatchObject({ type: 'lock-not-registered' });
  await hear(known(first, 'active'), known({ serial: 'T1', recipient }, 'reserve'));
  rmSync(keyFile('A'));
  expect(await shown()).toMatchObject({
    reason: { type: 'lock-absent' },
    remedy: { type: 'insert-the-lock-or-choose' },
  });
  expect(await take('T1', pin, '/home/pupil/library.so')).toMatchObject({
    type: 'token-library-not-offered',
  });
  expect(await take('T1', 'wrong')).toEqual({ type: 'wrong-pin-few-tries' });
  tokens.failNext({ type: 'lock-pulled-out', serial: 'T1' });
  expect(await take('T1')).toEqual({ type: 'lock-pulled-out', serial: 'T1' });
  expect(await take('T2')).toMatchObject({ type: 'lock-not-registered' });
  expect(await take('T1')).toBeNull();
  expect(await shown()).toMatchObject({ state: 'passed', values: { serial: 'T1' } });
  tokens.pullOut('T1');
  expect(await shown()).toMatchObject({ state: 'failed' });
});

test('a site without a network hears of a revocation from the next file of its centre, and an older file takes nothing back', async () => {
  const first = await setUp();
  const parcel = async (at: number, lock: SiteLock, key = centreKey): Promise<string> => {
    const recipients = [opened.site.node.keys.sealing.recipient];
    const file = join(data, `${at}-${lock.state}.ptq`);
    const locked = await lockSessionKeys({
      sessionKeys: ['AGE-SECRET-KEY-1TEST'],
      lockRecipients: [await identityToRecipient(await generateX25519Identity())],
      releaseSecret: newReleaseSecret(),
      context: { project: 'p1', session: 's1', site: 'S1' },
    });
    expectOk(
      await makeParcel(
        file,
        {
          kind: 'authorisation',
          id: `authorisation:s1:S1:${at}`,
          to: { role: 'site', code: 'S1' },
          project: 'p1',
          session: 's1',
          mode: 'formal',
          createdAt: at,
          about: { preparedAt: at },
        },
        [
          { name: 'locked', content: locked, recipients },
          { name: 'locks.json', content: utf8(JSON.stringify({ at, locks: [lock] })), recipients },
        ],
        { name: { role: 'centre', code: 'C', id: 'c' }, key, chain: [] },
      ),
    );
    return file;
  };
  const stranger = signingKeyFromPem(newSigningKeyPem());
  expect(
    await takeAuthorisation(opened.site, await parcel(30, known(first, 'revoked'), stranger)),
  ).toMatchObject({
    ok: false,
  });
  expect(knownLocks(opened.site)).toEqual([]);
  const older = await parcel(10, known(first, 'active'));
  expectOk(await takeAuthorisation(opened.site, await parcel(20, known(first, 'revoked'))));
  expect(opened.site.lock()).toMatchObject({ ok: false, refusal: { type: 'lock-revoked' } });
  expect(await takeAuthorisation(opened.site, older)).toMatchObject({
    refusal: { type: 'authorisation-older' },
  });
  expect(opened.site.lock()).toMatchObject({ ok: false, refusal: { type: 'lock-revoked' } });
  const kinds = opened.site.node.journal
    .after(0, 50)
    .map(({ header }) => (JSON.parse(header) as { kind: string }).kind);
  expect(kinds.filter((kind) => kind === 'lock-refused')).toHaveLength(1);
});
