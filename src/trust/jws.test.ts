import { expect, test } from 'vitest';
import { signJws, verifyJws } from './jws.ts';
import { newSigningKeyPem, signingKeyFromPem } from './signing-key.ts';

const key = signingKeyFromPem(newSigningKeyPem());
const typ = 'invigil-test+jws';
const signed = signJws(typ, { answer: 42 }, key);

test('what was signed is read with its key and for its purpose only', () => {
  expect(verifyJws(signed, typ, key.publicKey)).toEqual({ ok: true, value: { answer: 42 } });
  expect(verifyJws(signed, 'invigil-other+jws', key.publicKey)).toMatchObject({
    refusal: { type: 'wrong-signature-type', found: typ },
  });
  const other = signingKeyFromPem(newSigningKeyPem());
  expect(verifyJws(signed, typ, other.publicKey)).toMatchObject({ refusal: { type: 'bad-signature' } });
});

test('no other letter anywhere in it passes', () => {
  const passing = [...signed].flatMap((letter, at) =>
    ['A', 'B', 'Q', 'R', 'S', 'g', 'w', '-', '_', '.']
      .filter((wrong) => wrong !== letter)
      .filter((wrong) => verifyJws(signed.slice(0, at) + wrong + signed.slice(at + 1), typ, key.publicKey).ok)
      .map((wrong) => `${wrong} at ${at}`),
  );
  expect(passing).toEqual([]);
});

test('a header that asks for no signature or another algorithm is not obeyed', () => {
  const [, payload] = signed.split('.');
  for (const alg of ['none', 'HS256', 'Ed448']) {
    const header = Buffer.from(JSON.stringify({ alg, typ })).toString('base64url');
    expect(verifyJws(`${header}.${payload}.`, typ, key.publicKey)).toMatchObject({
      refusal: { type: 'bad-signature' },
    });
  }
  for (const text of ['', 'a.b', 'a.b.c', `${signed}.x`])
    expect(verifyJws(text, typ, key.publicKey)).toMatchObject({ refusal: { type: 'not-signed' } });
});
