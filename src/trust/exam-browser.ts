/**
 * What Safe Exam Browser (SEB) proves itself with, and its file. Config Key and hashes: https://safeexambrowser.org/developer/seb-config-key.html;
 * the file: https://safeexambrowser.org/developer/seb-file-format.html.
 */
import { createCipheriv, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { concatBytes, utf8 } from '../base/bytes.ts';
import { propertyList } from '../exam/exam-browser/property-list.ts';
import { sebJson } from '../exam/exam-browser/seb-json.ts';
import type { SebSettings } from '../exam/exam-browser/settings.ts';
import { sameSecret, sha256Hex } from './digest.ts';

/** Config Key of these settings: 64 lower-case hexadecimal digits, the same in every version of SEB. */
export function configKey(settings: SebSettings): string {
  return sha256Hex(utf8(sebJson(settings)));
}

/** As SEB hashes the password that ends it. */
export function quitPasswordHash(password: string): string {
  // Both ways to write an accent are the same password, whatever system it is typed on.
  return sha256Hex(utf8(password.normalize('NFC')));
}

/** What SEB sends for a key with a request of this absolute address; what comes after `#` does not count. */
export function requestHash(url: string, key: string): string {
  return sha256Hex(utf8((url.split('#')[0] ?? '') + key));
}

/** Is it the hash of one of the keys? */
export function provesKey(hash: string, url: string, keys: readonly string[]): boolean {
  return keys.some((key) => sameSecret(utf8(hash.toLowerCase()), utf8(requestHash(url, key))));
}

/** @param password given: only who knows it opens the file, and nobody reads the quit password's hash out of it. Printable ASCII. */
export function sebFile(settings: SebSettings, password: string | null): Uint8Array {
  const packed = gzipSync(propertyList(settings));
  const block =
    password === null
      ? concatBytes(utf8('plnd'), packed)
      : concatBytes(utf8('pswd'), encrypted(packed, password));
  return gzipSync(block);
}

const iterations = 10_000;
const saltSize = 8;

/**
 * RNCryptor, data format 2, with a password: version and options, two salts, vector, AES-256-CBC, HMAC-SHA256 over all of it. SEB reads no
 * other one; PBKDF2 is with SHA-1 there.
 */
function encrypted(plain: Uint8Array, password: string): Uint8Array {
  const [encryptionSalt, authenticationSalt, vector] = [
    randomBytes(saltSize),
    randomBytes(saltSize),
    randomBytes(16),
  ];
  const key = (salt: Uint8Array): Buffer => pbkdf2Sync(password, salt, iterations, 32, 'sha1');
  const cipher = createCipheriv('aes-256-cbc', key(encryptionSalt), vector);
  const signed = concatBytes(
    new Uint8Array([2, 1]),
    encryptionSalt,
    authenticationSalt,
    vector,
    cipher.update(plain),
    cipher.final(),
  );
  return concatBytes(signed, createHmac('sha256', key(authenticationSalt)).update(signed).digest());
}
