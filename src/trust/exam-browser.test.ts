/** The file is read back here by the published steps, not by code of ours. */
import { createDecipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { kioskSettings } from '../exam/exam-browser/settings.ts';
import { configKey, provesKey, quitPasswordHash, requestHash, sebFile } from './exam-browser.ts';

const settings = kioskSettings({
  seatPort: 7440,
  quitPasswordHash: quitPasswordHash('secret-12'),
  examKeySalt: new Uint8Array(32).fill(7),
});
const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

test('the Config Key is the SHA-256 of the settings, and changes with each of them', () => {
  expect(configKey({ b: 'x', A: 1 })).toBe(sha256('{"A":1,"b":"x"}'));
  expect(configKey({ ...settings, originatorVersion: 'SEB_Win_3.9' })).toBe(configKey(settings));
  for (const key of Object.keys(settings)) {
    const { [key]: _, ...without } = settings;
    expect(configKey(without)).not.toBe(configKey(settings));
  }
});

test('a request proves a key for its own address only, without what follows the #', () => {
  const key = configKey(settings);
  const url = 'http://127.0.0.1:7440/rpc/state/get?a=1';
  expect(requestHash(url, key)).toBe(sha256(`${url}${key}`));
  expect(requestHash(`${url}#part`, key)).toBe(requestHash(url, key));
  expect(provesKey(requestHash(url, key).toUpperCase(), url, ['0'.repeat(64), key])).toBe(true);
  expect(provesKey(requestHash(url, key), `${url}&b=2`, [key])).toBe(false);
  expect(provesKey(key, url, [key])).toBe(false);
  expect(provesKey('', url, [key])).toBe(false);
});

test('the quit password is hashed as SEB compares it, however its accents are written', () => {
  expect(quitPasswordHash('secret-12')).toBe(sha256('secret-12'));
  expect(quitPasswordHash('e\u0301')).toBe(sha256('\u00e9'));
});

test('without a password the file is a packed block of plain, packed XML', () => {
  const block = gunzipSync(sebFile(settings, null));
  expect(block.subarray(0, 4).toString()).toBe('plnd');
  const xml = gunzipSync(block.subarray(4)).toString('utf8');
  expect(xml).toContain('<key>startURL</key><string>http://127.0.0.1:7440/</string>');
  expect(xml).toContain(`<key>hashedQuitPassword</key><string>${sha256('secret-12')}</string>`);
});

test('with a password only that password opens it, and a changed byte is found', () => {
  const block = gunzipSync(sebFile(settings, 'open sesame'));
  expect(block.subarray(0, 4).toString()).toBe('pswd');
  const data = block.subarray(4);
  expect(open(data, 'open sesame')).toContain('<key>startURL</key>');
  expect(open(data, 'open sesamE')).toBeNull();
  const changed = Buffer.from(data);
  changed[40] = (changed[40] ?? 0) ^ 1;
  expect(open(changed, 'open sesame')).toBeNull();
  expect(data.includes('startURL')).toBe(false);
});

/** RNCryptor 2: version, options, encryption salt, HMAC salt, vector, cipher text, HMAC. null: the HMAC does not fit. */
function open(data: Buffer, password: string): string | null {
  expect([...data.subarray(0, 2)]).toEqual([2, 1]);
  const key = (salt: Buffer) => pbkdf2Sync(password, salt, 10_000, 32, 'sha1');
  const signed = data.subarray(0, -32);
  const hmac = createHmac('sha256', key(data.subarray(10, 18)))
    .update(signed)
    .digest();
  if (!hmac.equals(data.subarray(-32))) return null;
  const decipher = createDecipheriv('aes-256-cbc', key(data.subarray(2, 10)), data.subarray(18, 34));
  return gunzipSync(Buffer.concat([decipher.update(signed.subarray(34)), decipher.final()])).toString('utf8');
}
