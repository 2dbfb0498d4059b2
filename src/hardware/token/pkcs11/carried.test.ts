/** What a token carries beside its key, against SoftHSM2; and the lock helper with a token. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromUtf8, utf8 } from '../../../base/bytes.ts';
import { expectOk } from '../../../base/result.ts';
import type { ChosenToken } from '../port.ts';
import { CKA, CKF, CKO, CKU_USER } from './constants.ts';
import { Cryptoki } from './cryptoki.ts';
import { SoftHsm, softHsm } from './softhsm.fixture.ts';
import { pkcs11Tokens } from './tokens.ts';

const pin = '24681357';
const library = softHsm ?? '';

describe.runIf(softHsm !== null)('beside its key (left out where softhsm2 is not installed)', () => {
  let hsm: SoftHsm;
  let serial: string;
  let chosen: ChosenToken;

  beforeAll(async () => {
    hsm = new SoftHsm();
    serial = hsm.create('Школа 8', pin);
  });
  afterAll(() => hsm.remove());

  const carry = (content: string, typed = pin) => pkcs11Tokens.carry(library, serial, typed, utf8(content));
  const carried = async () =>
    expectOk(await pkcs11Tokens.carried(library, serial)).map((one) => fromUtf8(one));

  test('a key is looked for without making one', async () => {
    expect(await pkcs11Tokens.find(library, serial, pin)).toMatchObject({
      refusal: { type: 'token-without-key' },
    });
    chosen = expectOk(await pkcs11Tokens.prepare(library, serial, pin));
    expect(expectOk(await pkcs11Tokens.find(library, serial, pin))).toEqual(chosen);
  });

  test('a token carries what was written last, read without a PIN and written with it only', async () => {
    expect(await carried()).toEqual([]);
    expect(await carry('nothing', 'wrong')).toMatchObject({ refusal: { type: 'wrong-pin-few-tries' } });
    expect(await carried()).toEqual([]);
    expectOk(await carry('of yesterday'));
    const long = `of today: 校时 ${'x'.repeat(20_000)}`;
    expectOk(await carry(long));
    expect(await carried()).toEqual([long]);
    const followed = pkcs11Tokens.follow(chosen, () => undefined);
    await followed.known();
    expect(expectOk(await followed.carried()).map((one) => fromUtf8(one))).toEqual([long]);
    await followed.close();
  });

  test('pulled out, nothing is written; plugged in again, it has what it had', async () => {
    const before = await carried();
    hsm.pullOut(serial);
    expect(await carry('lost')).toMatchObject({ ok: false, refusal: { type: 'no-token' } });
    expect(await pkcs11Tokens.carried(library, serial)).toMatchObject({ ok: false });
    hsm.plugIn(serial);
    expect(await carried()).toEqual(before);
  });

  test('killed between writing the new one and removing the old one, it has both, and the next time one', async () => {
    const [before = ''] = await carried();
    const cryptoki = new Cryptoki(library);
    try {
      const slot = cryptoki.slotsWithToken().find((one) => cryptoki.tokenInfo(one).serial === serial) ?? -1;
      const session = cryptoki.openSession(slot, CKF.SERIAL_SESSION | CKF.RW_SESSION);
      cryptoki.login(session, CKU_USER, Buffer.from(pin));
      cryptoki.create(session, [
        [CKA.CLASS, CKO.DATA],
        [CKA.TOKEN, true],
        [CKA.PRIVATE, false],
        [CKA.LABEL, utf8('invigil calibration')],
        [CKA.VALUE, utf8('newer')],
      ]);
    } finally {
      cryptoki.finalise();
    }
    expect(new Set(await carried())).toEqual(new Set([before, 'newer']));
    expectOk(await carry('the newest'));
    expect(await carried()).toEqual(['the newest']);
  });
});
