import { expect, test } from 'vitest';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { toBase64Url, utf8 } from '../../base/bytes.ts';
import { refusal, room } from '../users/console.fixture.ts';
import { softAuthenticator } from './authenticator.fixture.ts';
import { isReadable, proven } from './readable.ts';

const origin = 'http://localhost:1';

/** As browsers send it, with some bytes changed or the end cut off. */
function damaged(text: string, at: number): string {
  const bytes = Buffer.from(text, 'base64url');
  if (at % 3 === 0) return bytes.subarray(0, at % bytes.length).toString('base64url');
  for (const place of [at, at * 7, at * 13]) bytes[place % bytes.length] = (at * 31) & 255;
  return bytes.toString('base64url');
}

test('damaged answers are refused, whatever is damaged in them, and nothing of that counts as a fault', async () => {
  const key = softAuthenticator(origin);
  const made = key.create({ challenge: 'AAAA', user: { id: 'AAAA' } });
  const registration = (attestationObject: string) =>
    verifyRegistrationResponse({
      response: { ...made, response: { ...made.response, attestationObject } },
      expectedChallenge: () => true,
      expectedOrigin: origin,
      expectedRPID: 'localhost',
      supportedAlgorithmIDs: [-8],
    });
  const whole = await registration(made.response.attestationObject);
  if (!whole.verified) throw new Error('the whole one is refused');
  for (let at = 1; at < 400; at++) {
    const attestationObject = damaged(made.response.attestationObject, at);
    if (isReadable({ ...made.response, attestationObject })) await proven(registration(attestationObject));
  }
  const { credential } = whole.registrationInfo;
  for (let at = 1; at < 400; at++) {
    const right = key.get({ challenge: 'AAAA' });
    const part = (['clientDataJSON', 'authenticatorData'] as const)[at % 2] ?? 'clientDataJSON';
    const response = { ...right.response, [part]: damaged(right.response[part], at) };
    if (!isReadable(response)) continue;
    const judged = proven(
      verifyAuthenticationResponse({
        response: { ...right, response },
        expectedChallenge: () => true,
        expectedOrigin: origin,
        expectedRPID: 'localhost',
        credential,
      }),
    );
    expect([at, (await judged)?.verified ?? false]).toEqual([at, false]);
  }
  for (const text of ['null', '[]', '1', '{"type":1}', '{', ''])
    expect([text, isReadable({ clientDataJSON: toBase64Url(utf8(text)) })]).toEqual([text, false]);
});

test('a fault is no refusal: it comes out', async () => {
  class Broken extends Error {}
  const coded = Object.assign(new Error('database is locked'), { code: 'ERR_SQLITE_ERROR' });
  for (const fault of [new TypeError('x is not a function'), new RangeError('x'), new Broken('x'), coded])
    await expect(proven(Promise.reject(fault))).rejects.toBe(fault);
  expect(await proven(Promise.reject(new Error('Unexpected authentication response origin')))).toBeNull();
});

test('who sends passkeys that nobody has registered is held off by address', async () => {
  const here = await room();
  const page = here.browser({ 'x-forwarded-for': '10.6.6.6' }, 'localhost');
  const key = softAuthenticator(`http://localhost:${here.port}`);
  const guess = async () => {
    const assertion = key.get(await page.passkey.signInOptions(), { userHandle: 'AAAA' });
    return refusal(page.passkey.signIn({ assertion }));
  };
  for (let i = 0; i < 30; i++) expect(await guess()).toBe('passkey-refused');
  expect(await guess()).toBe('too-many-tries');
  const elsewhere = here.browser({ 'x-forwarded-for': '10.0.0.1' }, 'localhost');
  await elsewhere.account.signIn({ account: 'admin', password: 'chalk and slate' });
});
