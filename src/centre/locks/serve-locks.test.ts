/** What the centre gives to whoever says to be a lock: over the real exchange, with real key files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fromBase64, toBase64 } from '../../base/bytes.ts';
import { expectOk, type Result } from '../../base/result.ts';
import { ExchangeClient } from '../../courier/https/client.ts';
import { startExchangeServer, type ExchangeServer } from '../../courier/https/server.ts';
import {
  calibrateLockAt,
  registerLockAt,
  seeCentre,
  type CentreToAsk,
} from '../../courier/lock/ask-centre.ts';
import { quickKeyFile } from '../../hardware/token/key-file.fixture.ts';
import type { Token } from '../../hardware/token/port.ts';
import { inspectParcel } from '../../parcel/parcel.ts';
import { createNodeKeys } from '../../trust/keys.ts';
import { lockProof } from '../../trust/lock-proof.ts';
import { readTimeStatement } from '../../trust/time-statement.ts';
import { prepareAuthorisations } from '../authorise/authorise.ts';
import {
  makeProject,
  openTestCentre,
  pin as releasePin,
  sealPaper,
  type TestCentre,
} from '../centre.fixture.ts';
import { registerSite } from '../site/register-site.ts';
import { revokeLock } from './locks.ts';
import { newLockCode } from './register.ts';
import { lockRoutes } from './serve-locks.ts';
import { locksOfProject } from './view.ts';

const pin = 'pin-1234';
const hour = 3_600_000;
let folder: string;
let open: TestCentre;
let server: ExchangeServer;
let at: CentreToAsk;
let projectId: string;
let sessionId: string;
let lock: Token;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-serve-locks-'));
  open = await openTestCentre('file');
  const { centre } = open;
  const { tls } = centre.node.keys;
  server = expectOk(
    await startExchangeServer({
      host: '127.0.0.1',
      port: 0,
      tls,
      routes: lockRoutes(centre),
      onError: (error) => {
        throw error;
      },
    }),
  );
  at = { address: `127.0.0.1:${server.port}`, fingerprint: tls.fingerprint };
  const project = await makeProject(open);
  ({ projectId, sessionId } = project);
  await sealPaper(centre, project);
  lock = await newLock('A');
});
afterEach(async () => {
  await server.close();
  await open.close();
  rmSync(folder, { recursive: true, force: true });
});

const newLock = (name: string): Promise<Token> => quickKeyFile(join(folder, `${name}.key`), pin);
const code = async () =>
  expectOk(await newLockCode(open.centre, { projectId, siteCode: 'S1' }, 'admin')).code;
const typeOf = <T>(result: Result<T>): unknown => (result.ok ? 'done' : result.refusal.type);

/** The site has come with this lock, and its session is prepared. */
async function site(): Promise<void> {
  const { signing, sealing, tls } = await createNodeKeys();
  expectOk(
    await registerSite(
      open.centre,
      projectId,
      {
        id: 'site-1',
        code: 'S1',
        keys: { signingKey: signing.publicKey, sealingKey: sealing.recipient },
        tlsFingerprint: tls.fingerprint,
      },
      { serial: lock.serial, recipient: lock.recipient },
    ),
  );
  expectOk(await prepareAuthorisations(open.centre, projectId, sessionId, releasePin, 'admin'));
}

test('a lock is registered with a code and its PIN: the first one of a site is its lock, the next one a reserve', async () => {
  expect(typeOf(await registerLockAt(at, lock, { pin: 'wrong', code: await code() }))).toBe('wrong-pin');
  expect(typeOf(await registerLockAt(at, lock, { pin, code: 'AAAA-BBBB-CCCC-DDDD' }))).toBe(
    'lock-code-not-open',
  );
  const first = await code();
  expect(expectOk(await registerLockAt(at, lock, { pin, code: first }))).toEqual({
    siteCode: 'S1',
    siteName: 'S1',
    state: 'active',
  });
  const reserve = await newLock('B');
  expect(typeOf(await registerLockAt(at, reserve, { pin, code: first }))).toBe('lock-code-not-open');
  expect(expectOk(await registerLockAt(at, reserve, { pin, code: await code() })).state).toBe('reserve');
  const [shown] = await locksOfProject(open.centre, projectId);
  expect(new Map(shown?.locks.map(({ serial, state }) => [serial, state]))).toEqual(
    new Map([
      [lock.serial, 'active'],
      [reserve.serial, 'reserve'],
    ]),
  );
});

test('calibrated is by the centre’s clock: too early it says from when, at its time it gives the releases', async () => {
  await site();
  expect(typeOf(await calibrateLockAt(at, lock, 'wrong'))).toBe('wrong-pin');
  const early = await calibrateLockAt(at, lock, pin);
  const startAt = open.centre.node.clock.now() + 2 * hour;
  expect(early).toMatchObject({ ok: false, refusal: { type: 'calibration-too-early' } });
  const opensAt = Number(early.ok ? 0 : early.refusal['opensAt']);
  expect(opensAt).toBeLessThan(startAt);
  open.pass(2 * hour - (startAt - opensAt) - 1);
  expect(typeOf(await calibrateLockAt(at, lock, pin))).toBe('calibration-too-early');
  open.pass(1);
  const { calibration, waiting } = expectOk(await calibrateLockAt(at, lock, pin));
  // Years away from the clock of whoever runs this.
  expect(calibration.at).toBe(opensAt);
  const { signing } = open.centre.node.keys;
  expect(readTimeStatement(calibration.time.jws, calibration.time.nonce, signing.publicKey)).toEqual({
    ok: true,
    value: opensAt,
  });
  expect(waiting).toEqual([]);
  expect(calibration.releases).toMatchObject([{ sessionId, sessionNumber: 1, startAt }]);
  const parcel = join(folder, 'release.parcel');
  writeFileSync(parcel, fromBase64(calibration.releases[0]?.parcel ?? ''));
  expect(expectOk(await inspectParcel(parcel)).manifest).toMatchObject({
    kind: 'release',
    to: { role: 'site', code: 'S1' },
    session: sessionId,
  });
  const [shown] = await locksOfProject(open.centre, projectId);
  expect(shown?.locks[0]?.calibrations).toEqual([{ sessionNumber: 1, at: opensAt }]);
  // Long over: nothing of it is carried about any more.
  open.pass(48 * hour);
  expect(typeOf(await calibrateLockAt(at, lock, pin))).toBe('nothing-to-calibrate');
});

test('a lock that nobody registered, and one that was revoked, are given nothing', async () => {
  await site();
  open.pass(2 * hour);
  expect(typeOf(await calibrateLockAt(at, await newLock('stranger'), pin))).toBe('lock-not-registered');
  // With the number of the site's lock, and its own key.
  const forged = { ...(await newLock('forged')), serial: lock.serial };
  expect(typeOf(await calibrateLockAt(at, forged, pin))).toBe('lock-not-registered');
  const of = { projectId, siteCode: 'S1' };
  expectOk(await revokeLock(open.centre, of, lock.serial, { reason: 'found in a bus', by: 'admin' }));
  expect(await calibrateLockAt(at, lock, pin)).toMatchObject({
    ok: false,
    refusal: { type: 'lock-revoked', serial: lock.serial, reason: 'found in a bus' },
  });
});

test('a challenge is good once, for its lock, its purpose and two minutes', async () => {
  await site();
  open.pass(2 * hour);
  const client = new ExchangeClient(
    { address: at.address, certPem: open.centre.node.keys.tls.certPem },
    null,
  );
  const { serial, recipient } = lock;
  const challenge = async (asked = { serial, recipient }) =>
    expectOk(await client.post<{ id: string; sealed: string }>('/lock/challenge', asked));
  const proofOf = async (
    { id, sealed }: { id: string; sealed: string },
    by = lock,
    purpose: 'register' | 'calibrate' = 'calibrate',
  ) => {
    const secret = expectOk(await by.unseal(fromBase64(sealed), pin));
    const about = { purpose, serial, recipient, centreTls: at.fingerprint };
    return { id, proof: lockProof(secret, about), nonce: '0'.repeat(24) };
  };
  const calibrate = (body: unknown) => client.post('/lock/calibrate', body);
  try {
    const answer = await proofOf(await challenge());
    expect(typeOf(await calibrate(answer))).toBe('done');
    expect(typeOf(await calibrate(answer))).toBe('lock-challenge-gone');
    const guessed = { ...(await proofOf(await challenge())), proof: '0'.repeat(64) };
    expect(typeOf(await calibrate(guessed))).toBe('lock-not-proved');
    expect(
      typeOf(await calibrate({ ...guessed, ...(await proofOf(await challenge(), lock, 'register')) })),
    ).toBe('lock-not-proved');
    // What is sealed to one lock another one does not open.
    const other = await newLock('B');
    const sealed = fromBase64((await challenge()).sealed);
    expect(typeOf(await other.unseal(sealed, pin))).toBe('wrong-key');
    const own = await challenge({ serial, recipient: other.recipient });
    expect(typeOf(await calibrate(await proofOf(own, other)))).toBe('lock-not-proved');
    const late = await proofOf(await challenge());
    open.pass(121_000);
    expect(typeOf(await calibrate(late))).toBe('lock-challenge-gone');
    const nobody = { serial, recipient: `age1${'q'.repeat(58)}` };
    expect(typeOf(await client.post('/lock/challenge', nobody))).toBe('bad-request');
    expect(typeOf(await client.post('/lock/challenge', { serial: toBase64(sealed) }))).toBe('bad-request');
  } finally {
    client.close();
  }
});

test('the helper asks the centre that it was given, and tells nobody else who answers at its address', async () => {
  await site();
  expect(expectOk(await seeCentre(at))).toMatchObject({ code: 'CENTRE', at: expect.any(Number) as number });
  const another = { ...at, fingerprint: 'f'.repeat(64) };
  expect(typeOf(await seeCentre(another))).toBe('parent-is-another');
  expect(typeOf(await calibrateLockAt(another, lock, pin))).toBe('parent-is-another');
  expect(typeOf(await registerLockAt(another, lock, { pin, code: await code() }))).toBe('parent-is-another');
});
