/** A lock that comes back from the centre: its site takes what it brings by itself, and nothing that is not meant for it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toBase64, utf8 } from '../../base/bytes.ts';
import { expectOk } from '../../base/result.ts';
import { quickKeyFile } from '../../hardware/token/key-file.fixture.ts';
import { newestCalibration, type Calibration } from '../../exam/lock/calibration.ts';
import { besideKeyFile } from '../../hardware/token/beside-key-file.ts';
import { FakeTokens } from '../../hardware/token/fake.ts';
import { makeParcel, type ParcelHeading } from '../../parcel/parcel.ts';
import { lockSessionKeys, newReleaseSecret } from '../../trust/release.ts';
import { newSigningKeyPem, signingKeyFromPem } from '../../trust/signing-key.ts';
import { signTimeStatement } from '../../trust/time-statement.ts';
import { calibrate, verifyAuthorisation } from '../authorise/authorise.ts';
import type { OpenedSite } from '../open-site.ts';
import { callAs, openTrialSite } from '../opened-site.fixture.ts';
import type { SiteMembership } from '../site.ts';
import { takeCarried } from './carried-releases.ts';
import type { LockChoice } from '../setup/contract.ts';

const pin = 'pin-1234';
const centreKey = signingKeyFromPem(newSigningKeyPem());
const stranger = signingKeyFromPem(newSigningKeyPem());
const at = 1_790_000_000_000;
let data: string;
let tokens: FakeTokens;
let opened: OpenedSite;

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'invigil-carried-'));
  tokens = new FakeTokens();
  opened = await openTrialSite(join(data, 'site'), tokens);
});
afterEach(async () => {
  await opened.close();
  rmSync(data, { recursive: true, force: true });
});

const keyFile = (): string => join(data, 'lock.key');

async function setUp(lock: LockChoice): Promise<{ serial: string; recipient: string }> {
  const { site } = opened;
  const { node } = site;
  await callAs(null, site).setup.complete({
    siteCode: 'S1',
    mode: 'formal',
    centreAddress: null,
    registrationCode: null,
    account: 'admin',
    password: 'site-password',
    lock,
  });
  node.settings.write('membership', {
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
  const { serial, recipient } = expectOk(site.lock());
  return { serial, recipient };
}

const withKeyFile = async () => {
  await quickKeyFile(keyFile(), pin);
  return setUp({ kind: 'key-file', path: keyFile(), pin, create: false });
};

/** @returns the secret that opens what lies here now */
async function authorised(recipient: string, sessionId = 's1'): Promise<Uint8Array> {
  const releaseSecret = newReleaseSecret();
  const locked = await lockSessionKeys({
    sessionKeys: ['AGE-SECRET-KEY-1TEST'],
    lockRecipients: [recipient],
    releaseSecret,
    context: { project: 'p1', session: sessionId, site: 'S1' },
  });
  opened.site.node.db
    .prepare('INSERT OR REPLACE INTO authorisation (session_id, locked, received_at) VALUES (?, ?, ?)')
    .run(sessionId, toBase64(locked), 1);
  return releaseSecret;
}

async function calibration(
  serial: string,
  secret: Uint8Array,
  heading: Partial<ParcelHeading> = {},
  by = { parcel: centreKey, time: centreKey },
): Promise<Calibration> {
  const file = join(data, 'release.parcel');
  const content = { name: 'secret', content: secret, recipients: [opened.site.node.keys.sealing.recipient] };
  const about: ParcelHeading = {
    kind: 'release',
    id: 'release:s1:S1',
    to: { role: 'site', code: 'S1' },
    project: 'p1',
    session: 's1',
    mode: 'formal',
    createdAt: at,
    about: {},
    ...heading,
  };
  const name = { role: 'centre' as const, code: 'C', id: 'c' };
  expectOk(await makeParcel(file, about, [content], { name, key: by.parcel, chain: [] }));
  return {
    format: 'invigil-lock-calibration-1',
    serial,
    at,
    time: { nonce: 'n'.repeat(24), jws: signTimeStatement({ nonce: 'n'.repeat(24), at }, by.time) },
    sites: [],
    releases: [
      { sessionId: 's1', sessionNumber: 1, name: 'One', startAt: at, parcel: toBase64(readFileSync(file)) },
    ],
  };
}

const row = () =>
  opened.site.node.db
    .prepare("SELECT release_secret, carried_at, session_keys FROM authorisation WHERE session_id = 's1'")
    .get();

async function until(what: () => boolean): Promise<void> {
  while (!what()) await pause(20);
}

test('what lies beside the key file is found and taken; the PIN opens the key, without a network and whatever the clock says', async () => {
  const { serial, recipient } = await withKeyFile();
  const secret = await authorised(recipient);
  writeFileSync(besideKeyFile(keyFile()), JSON.stringify(await calibration(serial, secret)));
  await until(() => row()?.['carried_at'] === at);
  expect(row()?.['session_keys']).toBeNull();
  expect(await calibrate(opened.site, 's1', 'wrong')).toEqual({ ok: false, refusal: { type: 'wrong-pin' } });
  expectOk(await calibrate(opened.site, 's1', pin));
  expect(row()?.['session_keys']).toContain('AGE-SECRET-KEY-1TEST');
  expectOk(await verifyAuthorisation(opened.site, 's1'));
});

test('a token that is plugged in again brings the release', async () => {
  tokens.create('T1', pin);
  const { serial, recipient } = await setUp({ kind: 'pkcs11', library: tokens.library, serial: 'T1', pin });
  const secret = await authorised(recipient);
  tokens.pullOut('T1');
  expect(await tokens.carry(tokens.library, 'T1', pin, utf8('x'))).toMatchObject({ ok: false });
  tokens.plugIn('T1');
  const content = utf8(JSON.stringify(await calibration(serial, secret)));
  expectOk(await tokens.carry(tokens.library, 'T1', pin, content));
  tokens.pullOut('T1');
  tokens.plugIn('T1');
  await until(() => row()?.['carried_at'] === at);
  expectOk(await calibrate(opened.site, 's1', pin));
});

test.each([
  ['of another site', { to: { role: 'site', code: 'S2' } }, 'wrong-receiver'],
  ['of another project', { project: 'p2' }, 'wrong-project'],
  ['of the mock exam', { mode: 'mock' }, 'wrong-mode'],
  ['of another session', { session: 's2' }, 'site-not-authorised'],
  ['that is an authorisation', { kind: 'authorisation' }, 'wrong-kind'],
] as const)('a release %s changes nothing', async (_, heading, type) => {
  const { serial, recipient } = await withKeyFile();
  const secret = await authorised(recipient);
  const taken = await takeCarried(opened.site, await calibration(serial, secret, heading));
  expect(taken).toMatchObject([{ ok: false, refusal: { type } }]);
  expect(row()).toMatchObject({ release_secret: null, carried_at: null });
});

test('what another centre signed, or a time that the centre did not say, changes nothing', async () => {
  const { serial, recipient } = await withKeyFile();
  const secret = await authorised(recipient);
  const { site } = opened;
  const parcel = await calibration(serial, secret, {}, { parcel: stranger, time: centreKey });
  expect(await takeCarried(site, parcel)).toMatchObject([{ ok: false }]);
  const time = await calibration(serial, secret, {}, { parcel: centreKey, time: stranger });
  expect(await takeCarried(site, time)).toMatchObject([{ refusal: { type: 'bad-signature' } }]);
  const good = await calibration(serial, secret);
  expect(await takeCarried(site, { ...good, at: at + 1 })).toMatchObject([
    { refusal: { type: 'stale-time-statement' } },
  ]);
  expect(row()).toMatchObject({ release_secret: null, carried_at: null });
  expect(await takeCarried(site, good)).toEqual([{ ok: true, value: undefined }]);
});

test('a release from before the authorisation was prepared again does not stand in the way of the new one', async () => {
  const { serial, recipient } = await withKeyFile();
  const old = await calibration(serial, await authorised(recipient));
  const secret = await authorised(recipient);
  expect(await takeCarried(opened.site, old)).toMatchObject([{ refusal: { type: 'wrong-release' } }]);
  // What was cut off, and another lock's, counts for nothing.
  for (const lying of ['{"format":"invigil-lock-cal', JSON.stringify({ ...old, serial: 'ANOTHER' })])
    expect(newestCalibration([utf8(lying)], serial)).toBeNull();
  writeFileSync(besideKeyFile(keyFile()), JSON.stringify(await calibration(serial, secret)));
  await until(() => row()?.['carried_at'] === at);
});
