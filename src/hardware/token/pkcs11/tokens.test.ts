/** Against a real library, SoftHSM2. */
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { utf8 } from '../../../base/bytes.ts';
import { expectOk } from '../../../base/result.ts';
import { sealBytes } from '../../../trust/seal.ts';
import type { ChosenToken, FollowedToken } from '../port.ts';
import { SoftHsm, softHsm } from './softhsm.fixture.ts';
import { pkcs11Tokens } from './tokens.ts';

const pin = '24681357';
const secret = utf8('["AGE-SECRET-KEY-1…"]');
const library = softHsm ?? '';

describe.runIf(softHsm !== null)('an exam lock on a token (left out where softhsm2 is not installed)', () => {
  let hsm: SoftHsm;
  let serial: string;
  let chosen: ChosenToken;
  let sealed: Uint8Array;
  let followed: FollowedToken | null = null;
  const changes: (string | null)[] = [];

  beforeAll(async () => {
    hsm = new SoftHsm();
    serial = hsm.create('Школа 7', pin);
    chosen = expectOk(await pkcs11Tokens.prepare(library, serial, pin));
    sealed = await sealBytes(secret, { recipients: [chosen.recipient] });
  });

  afterAll(async () => {
    await followed?.close();
    hsm.remove();
  });

  async function follow(): Promise<FollowedToken> {
    if (followed) return followed;
    const now = pkcs11Tokens.follow(chosen, () => changes.push(now.problem()?.type ?? null));
    followed = now;
    await now.known();
    return now;
  }

  test('it is found by its serial number, with its name and maker', async () => {
    const found = expectOk(await pkcs11Tokens.list(library));
    expect(found).toEqual([
      { serial, label: 'Школа 7', model: expect.stringContaining('SoftHSM') as string, problem: null },
    ]);
  });

  test('its key is made once: prepared again, it has the same recipient', async () => {
    expect(chosen.recipient).toMatch(/^age1tag1[0-9a-z]+$/);
    expect(expectOk(await pkcs11Tokens.prepare(library, serial, pin))).toEqual(chosen);
  });

  test('the secret half cannot be read from the token, not even with the PIN', async () => {
    const { Cryptoki } = await import('./cryptoki.ts');
    const { CKA, CKO, CKU_USER, CKF } = await import('./constants.ts');
    const cryptoki = new Cryptoki(library);
    try {
      const slot = cryptoki.slotsWithToken().find((one) => cryptoki.tokenInfo(one).serial === serial) ?? -1;
      const session = cryptoki.openSession(slot, CKF.SERIAL_SESSION);
      cryptoki.login(session, CKU_USER, Buffer.from(pin));
      const [key] = cryptoki.find(session, [[CKA.CLASS, CKO.PRIVATE_KEY]]);
      expect(cryptoki.attribute(session, key ?? -1, CKA.LABEL)).toEqual(utf8('invigil exam lock'));
      expect(cryptoki.attribute(session, key ?? -1, CKA.SENSITIVE)).toEqual(Uint8Array.of(1));
      expect(cryptoki.attribute(session, key ?? -1, CKA.EXTRACTABLE)).toEqual(Uint8Array.of(0));
      expect(cryptoki.attribute(session, key ?? -1, CKA.VALUE)).toBeNull();
    } finally {
      cryptoki.finalise();
    }
  });

  test('it unseals with its PIN what the age format sealed to it', async () => {
    const { token } = await follow();
    expect(token.present()).toBe(true);
    expect(await token.unseal(sealed, pin)).toEqual({ ok: true, value: secret });
  });

  test('a wrong PIN is refused as often as it is said, with what the token tells of the tries left; then the right one unseals', async () => {
    const { token } = await follow();
    for (let i = 0; i < 3; i++)
      // SoftHSM says after the first that tries are running out, and never locks itself.
      expect(await token.unseal(sealed, `${pin}${i}`)).toEqual({
        ok: false,
        refusal: { type: 'wrong-pin-few-tries' },
      });
    expect(await token.unseal(sealed, pin)).toEqual({ ok: true, value: secret });
  });

  test('what is sealed to another key is refused without asking for the PIN', async () => {
    const { token } = await follow();
    const other = expectOk(await pkcs11Tokens.prepare(library, hsm.create('other', '1234'), '1234'));
    const foreign = await sealBytes(secret, { recipients: [other.recipient] });
    expect(await token.unseal(foreign, 'not even the PIN')).toEqual({
      ok: false,
      refusal: { type: 'wrong-key' },
    });
    hsm.pullOut(other.serial);
  });

  test('twenty unseals at once are done one after the other', async () => {
    const { token } = await follow();
    const all = await Promise.all(Array.from({ length: 20 }, () => token.unseal(sealed, pin)));
    expect(all.every((one) => one.ok)).toBe(true);
    expect(hsm.processes()).toHaveLength(1);
  });

  test('when its process is killed in the middle of a call, that call is refused and the next one works', async () => {
    const { token } = await follow();
    const [before] = hsm.processes();
    const under = Array.from({ length: 3 }, () => token.unseal(sealed, pin));
    process.kill(before ?? 0, 'SIGKILL');
    expect(await under[0]).toEqual({ ok: false, refusal: { type: 'token-process-ended' } });
    // Those that had to wait were not begun, so they are done by the next process.
    for (const later of under.slice(1)) expect(await later).toEqual({ ok: true, value: secret });
    expect(await token.unseal(sealed, pin)).toEqual({ ok: true, value: secret });
    expect(hsm.processes()).not.toContain(before);
  });

  test('pulled out, it is missed and opens nothing; plugged in again, it does', async () => {
    const { token, problem } = await follow();
    await vi.waitFor(() => expect(token.present()).toBe(true), { timeout: 120_000, interval: 20 });
    changes.length = 0;
    hsm.pullOut(serial);
    await vi.waitFor(() => expect(token.present()).toBe(false), { timeout: 120_000, interval: 20 });
    expect(problem()).toEqual({ type: 'lock-pulled-out', serial });
    expect(changes).toEqual(['lock-pulled-out']);
    expect(await token.unseal(sealed, pin)).toEqual({
      ok: false,
      refusal: { type: 'lock-pulled-out', serial },
    });
    hsm.plugIn(serial);
    await vi.waitFor(() => expect(token.present()).toBe(true), { timeout: 120_000, interval: 20 });
    expect(await token.unseal(sealed, pin)).toEqual({ ok: true, value: secret });
  });

  test('another token in its place is named', async () => {
    const { token, problem } = await follow();
    const other = hsm.create('of another school', '1234');
    hsm.pullOut(serial);
    const refusal = { type: 'wrong-lock', found: other, expected: serial };
    await vi.waitFor(() => expect(problem()).toEqual(refusal), { timeout: 120_000, interval: 20 });
    expect(await token.unseal(sealed, '1234')).toEqual({ ok: false, refusal });
    hsm.pullOut(other);
    hsm.plugIn(serial);
    await vi.waitFor(() => expect(token.present()).toBe(true), { timeout: 120_000, interval: 20 });
  });

  test('a token whose key was deleted says so', async () => {
    const bare = hsm.create('bare', '1234');
    const empty = hsm.copy(bare);
    const one = expectOk(await pkcs11Tokens.prepare(library, bare, '1234'));
    hsm.emptied(bare, empty);
    const now = pkcs11Tokens.follow(one, () => undefined);
    try {
      const unsealed = await now.token.unseal(
        await sealBytes(secret, { recipients: [one.recipient] }),
        '1234',
      );
      expect(unsealed).toEqual({ ok: false, refusal: { type: 'token-without-key', serial: bare } });
    } finally {
      await now.close();
    }
  });

  test('no process is left when nobody follows a token any more', async () => {
    await followed?.close();
    followed = null;
    expect(hsm.processes()).toEqual([]);
  });

  test('a library that others may change is not loaded', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'invigil-library-'));
    try {
      const path = join(folder, 'libsofthsm2.so');
      copyFileSync(library, path);
      chmodSync(path, 0o666);
      expect(await pkcs11Tokens.list(path)).toEqual({
        ok: false,
        refusal: { type: 'token-library-not-local', path },
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test('a library that is not there, or lies elsewhere, or is none, is refused with its path', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-library-'));
  try {
    const none = join(folder, 'none.so');
    writeFileSync(none, 'text', { mode: 0o644 });
    const [missing, elsewhere] = [join(folder, 'missing.so'), '//server/share/token.dll'];
    expect(await pkcs11Tokens.list(missing)).toEqual({
      ok: false,
      refusal: { type: 'token-library-missing', path: missing },
    });
    for (const path of [elsewhere, '\\\\server\\share\\token.dll', 'token.so', `${folder}/../token.so`])
      expect(await pkcs11Tokens.list(path)).toEqual({
        ok: false,
        refusal: { type: 'token-library-not-local', path },
      });
    expect(await pkcs11Tokens.list(none)).toMatchObject({
      ok: false,
      refusal: { type: 'token-library-unusable', path: none },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
