import { Decrypter, Encrypter } from 'age-encryption';
import { expect, test } from 'vitest';
import { fromUtf8, utf8 } from '../base/bytes.ts';
import { expectOk } from '../base/result.ts';
import { openBytes, sealBytes } from './seal.ts';

const passphrase = 'четыре слова, ein Satz 王';

test('what is sealed here is opened with the age library, and the other way round', async () => {
  const sealed = await sealBytes(utf8('a key'), { passphrase });
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  expect(await decrypter.decrypt(sealed, 'text')).toBe('a key');

  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(12);
  const other = await encrypter.encrypt('another key');
  expect(fromUtf8(expectOk(await openBytes(other, { passphrase })))).toBe('another key');
});

test('another passphrase, a changed stanza, and one that asks for too much work are refused', async () => {
  const sealed = await sealBytes(utf8('a key'), { passphrase });
  const refused = { ok: false, refusal: { type: 'wrong-key' } };
  expect(await openBytes(sealed, { passphrase: `${passphrase}.` })).toMatchObject(refused);
  const text = Buffer.from(sealed).toString('latin1');
  for (const changed of [
    text.replace(/(-> scrypt \S+) 16/, '$1 19'),
    text.replace(/(-> scrypt \S+) 16/, '$1 15'),
    text.replace(/(-> scrypt \S+) 16/, '$1 016'),
    text.replace(/-> scrypt (.)/, (_, letter) => `-> scrypt ${letter === 'A' ? 'B' : 'A'}`),
  ]) {
    expect(changed).not.toBe(text);
    expect(await openBytes(Buffer.from(changed, 'latin1'), { passphrase })).toMatchObject(refused);
  }
});

test('sealing under a passphrase does not hold the program up', async () => {
  let turns = 0;
  const counting = setInterval(() => turns++, 1);
  await sealBytes(utf8('a key'), { passphrase });
  clearInterval(counting);
  expect(turns).toBeGreaterThan(3);
});
