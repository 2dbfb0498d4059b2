/** A member's token of hardware at a station, by a real library. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { pkcs11Tokens } from '../hardware/token/pkcs11/tokens.ts';
import { SoftHsm, softHsm } from '../hardware/token/pkcs11/softhsm.fixture.ts';
import { loadKey } from './access-key/access-key.ts';
import { activateWithToken, tokensHere } from './access-key/tokens-here.ts';
import { takeAdmission } from './admission/take-admission.ts';
import { loadMaterials } from './materials/load-materials.ts';
import { saveSettings } from './settings/settings.ts';
import { makeAuthorities, openTestStation, type TestStation } from './station.fixture.ts';

describe.runIf(softHsm !== null)('a token by PKCS#11 (left out where softhsm2 is not installed)', () => {
  let hsm: SoftHsm;
  let here: TestStation;
  beforeEach(async () => {
    hsm = new SoftHsm();
    here = await openTestStation('print', pkcs11Tokens);
  });
  afterEach(async () => {
    await here.close();
    hsm.remove();
  });

  test('opens the materials with its PIN; a wrong one, another member’s token and one that is pulled out open nothing', async () => {
    const { station } = here;
    const [own, other] = [hsm.create('member', '4321'), hsm.create('other', '4321')];
    const { recipient } = expectOk(await pkcs11Tokens.prepare(softHsm ?? '', own, '4321'));
    expectOk(await pkcs11Tokens.prepare(softHsm ?? '', other, '4321'));
    const above = await makeAuthorities(here.folder);
    expectOk(await saveSettings(station, { siteCode: '0801', room: '0001', number: '3' }));
    expectOk(await takeAdmission(station, await above.admission(station), above.root));
    expectOk(await loadMaterials(station, await above.materials()));
    const members = [{ name: 'Petrov', serial: own, recipient }];
    expectOk(await loadKey(station, await above.key(station, { members })));
    expect(await tokensHere(station)).toEqual(
      expect.arrayContaining([
        { serial: own, kind: 'pkcs11', member: 'Petrov', problem: null },
        { serial: other, kind: 'pkcs11', member: null, problem: null },
      ]),
    );
    expect((await activateWithToken(station, own, '0000')).ok).toBe(false);
    expect(await activateWithToken(station, other, '4321')).toMatchObject({
      refusal: { type: 'token-opens-nothing' },
    });
    hsm.pullOut(own);
    expect(await activateWithToken(station, own, '4321')).toMatchObject({
      refusal: { type: 'token-missing' },
    });
    expect(station.day()).toBeNull();
    hsm.plugIn(own);
    expectOk(await activateWithToken(station, own, '4321'));
    expect(station.day()).toMatchObject({ token: own, kits: 5 });
  });
});
