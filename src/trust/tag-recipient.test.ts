import { createECDH } from 'node:crypto';
import { bech32 } from '@scure/base';
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { expect, test } from 'vitest';
import { utf8 } from '../base/bytes.ts';
import { openBytes, sealBytes } from './seal.ts';
import { isLockRecipient, pointOfTagRecipient, TagIdentity, tagRecipientOf } from './tag-recipient.ts';

const secret = utf8('what only the token opens');

function newKey() {
  const key = createECDH('prime256v1');
  key.generateKeys();
  return { key, recipient: tagRecipientOf(new Uint8Array(key.getPublicKey())) };
}

test('what the age library seals to a tag recipient is opened with the key agreement alone', async () => {
  const { key, recipient } = newKey();
  const { recipient: other } = newKey();
  const sealed = await sealBytes(secret, { recipients: [other, recipient] });
  let asked = 0;
  const identity = new TagIdentity(recipient, async (point) => {
    asked++;
    return new Uint8Array(key.computeSecret(point));
  });
  expect(await openBytes(sealed, { identities: [identity] })).toEqual({ ok: true, value: secret });
  // The stanza of the other recipient is told apart without the token.
  expect(asked).toBe(1);
});

test('a token that agrees on something else opens nothing', async () => {
  const { recipient } = newKey();
  const sealed = await sealBytes(secret, { recipients: [recipient] });
  for (const answer of [new Uint8Array(32), new Uint8Array(0), null])
    expect(await openBytes(sealed, { identities: [new TagIdentity(recipient, async () => answer)] })).toEqual(
      {
        ok: false,
        refusal: { type: 'wrong-key' },
      },
    );
});

test('a changed stanza is refused', async () => {
  const { key, recipient } = newKey();
  const sealed = await sealBytes(secret, { recipients: [recipient] });
  const identity = new TagIdentity(recipient, async (point) => new Uint8Array(key.computeSecret(point)));
  const text = Buffer.from(sealed).toString('latin1');
  const stanza = /-> p256tag (\S+) (\S+)\n(\S+)\n/.exec(text);
  const [whole = '', tag = '', sent = '', body = ''] = stanza ?? [];
  for (const changed of [
    `-> p256tag ${tag}\n${body}\n`,
    `-> p256tag ${tag} ${sent.slice(0, 40)}\n${body}\n`,
    `-> p256tag ${tag} ${sent}\n${body.slice(0, 20)}\n`,
    `-> p256tag ${tag} ${sent}\n${body.startsWith('A') ? 'B' : 'A'}${body.slice(1)}\n`,
  ])
    expect(
      await openBytes(Buffer.from(text.replace(whole, changed), 'latin1'), { identities: [identity] }),
    ).toEqual({ ok: false, refusal: { type: 'wrong-key' } });
});

test('a lock has a recipient of one of two kinds, well formed, and nothing else is taken for one', async () => {
  const file = await identityToRecipient(await generateX25519Identity());
  const { recipient: token } = newKey();
  expect([file, token].map(isLockRecipient)).toEqual([true, true]);
  const point = pointOfTagRecipient(token)?.compressed ?? new Uint8Array();
  const last = (text: string): string => text.slice(0, -1) + (text.endsWith('q') ? 'p' : 'q');
  for (const other of [
    '',
    'age1',
    'age1tag1',
    last(file),
    last(token),
    file.toUpperCase(),
    ` ${file}`,
    // A number that belongs to no point of the curve.
    bech32.encodeFromBytes('age1tag', Uint8Array.of(2, ...new Uint8Array(32).fill(0xff))),
    bech32.encodeFromBytes('age1tag', point.subarray(1)),
    bech32.encodeFromBytes('age', point),
    bech32.encodeFromBytes('age1yubikey', point),
    await identityToRecipient(await generateHybridIdentity()),
    await generateX25519Identity(),
  ])
    expect([other, isLockRecipient(other)]).toEqual([other, false]);
});
