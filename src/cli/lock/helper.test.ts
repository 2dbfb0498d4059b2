/** The helper with tokens and sticks that fail, at a centre that is there. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectOk, type Result } from '../../base/result.ts';
import { prepareAuthorisations } from '../../centre/authorise/authorise.ts';
import {
  makeProject,
  openTestCentre,
  pin as releasePin,
  sealPaper,
  type TestCentre,
} from '../../centre/centre.fixture.ts';
import { newLockCode } from '../../centre/locks/register.ts';
import { lockRoutes } from '../../centre/locks/serve-locks.ts';
import { registerSite } from '../../centre/site/register-site.ts';
import { startExchangeServer, type ExchangeServer } from '../../courier/https/server.ts';
import { removableDrives } from '../../hardware/removable-drive/drives.ts';
import type { Drives } from '../../hardware/removable-drive/port.ts';
import { besideKeyFile } from '../../hardware/token/beside-key-file.ts';
import { FakeTokens } from '../../hardware/token/fake.ts';
import { createNodeKeys } from '../../trust/keys.ts';
import { LockHelper } from './helper.ts';

const pin = 'pin-1234';
let stick: string;
let open: TestCentre;
let server: ExchangeServer;
let tokens: FakeTokens;
let faults: Partial<Drives>;
let helper: LockHelper;
let code: string;

beforeEach(async () => {
  stick = mkdtempSync(join(tmpdir(), 'invigil-lock-stick-'));
  open = await openTestCentre('file');
  const { tls } = open.centre.node.keys;
  server = expectOk(
    await startExchangeServer({
      host: '127.0.0.1',
      port: 0,
      tls,
      routes: lockRoutes(open.centre),
      onError: (error) => {
        throw error;
      },
    }),
  );
  tokens = new FakeTokens();
  faults = {};
  const list = () => Promise.resolve([{ path: stick, name: 'STICK', freeBytes: 1_000_000 }]);
  helper = new LockHelper({
    centre: { address: `127.0.0.1:${server.port}`, fingerprint: tls.fingerprint },
    drives: {
      ...removableDrives,
      list,
      create: (path) => (faults.create ?? removableDrives.create)(path),
      rename: (from, to) => (faults.rename ?? removableDrives.rename)(from, to),
    },
    tokens,
    keyFiles: [],
    libraries: [],
  });
  const project = await makeProject(open);
  await sealPaper(open.centre, project);
  const keys = await createNodeKeys();
  expectOk(
    await registerSite(
      open.centre,
      project.projectId,
      {
        id: 'site-1',
        code: 'S1',
        keys: { signingKey: keys.signing.publicKey, sealingKey: keys.sealing.recipient },
        tlsFingerprint: keys.tls.fingerprint,
      },
      { serial: 'FIRST', recipient: keys.sealing.recipient },
    ),
  );
  ({ code } = expectOk(
    await newLockCode(open.centre, { projectId: project.projectId, siteCode: 'S1' }, 'admin'),
  ));
  expectOk(
    await prepareAuthorisations(open.centre, project.projectId, project.sessionId, releasePin, 'admin'),
  );
  open.pass(2 * 3_600_000);
});
afterEach(async () => {
  await server.close();
  await open.close();
  rmSync(stick, { recursive: true, force: true });
});

const failing = (code: string) => async (): Promise<never> => {
  throw Object.assign(new Error(code), { code });
};
const typeOf = <T>(result: Result<T>): string => (result.ok ? 'done' : result.refusal.type);
const only = async () => (await helper.locks(true))[0] ?? expect.fail();

test('a token is registered with its code, calibrated, and carries it; a wrong PIN costs one try', async () => {
  tokens.create('T1', pin);
  const { id } = await only();
  expect(typeOf(await helper.calibrate(id, pin))).toBe('token-without-key');
  expect(typeOf(await helper.register(id, { pin: 'wrong', code }))).toBe('wrong-pin-few-tries');
  expect(expectOk(await helper.register(id, { pin, code }))).toMatchObject({
    siteCode: 'S1',
    state: 'reserve',
  });
  expect(typeOf(await helper.calibrate(id, 'wrong'))).toBe('wrong-pin-few-tries');
  const { calibration } = expectOk(await helper.calibrate(id, pin));
  expect((await only()).calibration).toEqual(calibration);
});

test('a token that is pulled out in the middle, before and after the centre has answered, is not calibrated', async () => {
  tokens.create('T1', pin);
  const { id } = await only();
  expectOk(await helper.register(id, { pin, code }));
  const { carry } = tokens;
  tokens.carry = async (...given) => {
    tokens.pullOut('T1');
    return carry.apply(tokens, given);
  };
  expect(typeOf(await helper.calibrate(id, pin))).toBe('no-token');
  tokens.carry = carry;
  expect(typeOf(await helper.calibrate(id, pin))).toBe('no-token');
  tokens.plugIn('T1');
  expect((await only()).calibration).toBeNull();
  expectOk(await helper.calibrate(id, pin));
});

test('a stick that is full, or taken away while it is written, keeps the calibration before', async () => {
  expectOk(await helper.makeKeyFile(stick, pin));
  const { id, where } = await only();
  expectOk(await helper.register(id, { pin, code }));
  expectOk(await helper.calibrate(id, pin));
  const before = readFileSync(besideKeyFile(where), 'utf8');
  open.pass(60_000);
  faults.create = failing('ENOSPC');
  expect(typeOf(await helper.calibrate(id, pin))).toBe('lock-drive-full');
  faults.create = failing('EIO');
  expect(typeOf(await helper.calibrate(id, pin))).toBe('lock-not-writable');
  faults = { rename: failing('ENODEV') };
  expect(typeOf(await helper.calibrate(id, pin))).toBe('lock-not-writable');
  expect(readFileSync(besideKeyFile(where), 'utf8')).toBe(before);
  faults = {};
  const { calibration } = expectOk(await helper.calibrate(id, pin));
  expect((await only()).calibration).toEqual(calibration);
  expect(calibration.at).toBe((JSON.parse(before) as { at: number }).at + 60_000);
  rmSync(where);
  expect(typeOf(await helper.calibrate(id, pin))).toBe('no-such-lock-here');
});
