/**
 * The passphrase of the age format (age-encryption.org/v1, "The scrypt recipient type") on Node's own scrypt: it works beside the program
 * instead of holding it up for as long as a passphrase is meant to take.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { Stanza, type Identity, type Recipient } from 'age-encryption';
import { concatBytes, utf8 } from '../base/bytes.ts';

const label = utf8('age-encryption.org/v1/scrypt');
const saltSize = 16;
const fileKeySize = 16;
const tagSize = 16;
/** The key is of one use. */
const nonce = new Uint8Array(12);

/** @param workFactor logarithm of scrypt's N. */
export function passphraseRecipient(passphrase: string, workFactor: number): Recipient {
  return {
    async wrapFileKey(fileKey) {
      const salt = randomBytes(saltSize);
      const cipher = createCipheriv('chacha20-poly1305', await derive(passphrase, salt, workFactor), nonce, {
        authTagLength: tagSize,
      });
      const body = cipher.update(fileKey);
      cipher.final();
      return [
        new Stanza(
          ['scrypt', unpadded(salt), String(workFactor)],
          new Uint8Array(concatBytes(body, cipher.getAuthTag())),
        ),
      ];
    },
  };
}

/** @param mostWork the largest work factor that a file may ask for. */
export function passphraseIdentity(passphrase: string, mostWork: number): Identity {
  return {
    async unwrapFileKey(stanzas) {
      const [stanza] = stanzas;
      // A passphrase is the only way in, or none: a file must not say both.
      if (stanzas.length !== 1 || stanza?.args.length !== 3 || stanza.args[0] !== 'scrypt') return null;
      const [, saltText = '', workText = ''] = stanza.args;
      const salt = Buffer.from(saltText, 'base64');
      const workFactor = Number(workText);
      if (
        salt.length !== saltSize ||
        unpadded(salt) !== saltText ||
        !/^[1-9]\d?$/.test(workText) ||
        workFactor > mostWork ||
        stanza.body.length !== fileKeySize + tagSize
      )
        return null;
      const decipher = createDecipheriv(
        'chacha20-poly1305',
        await derive(passphrase, salt, workFactor),
        nonce,
        { authTagLength: tagSize },
      );
      decipher.setAuthTag(stanza.body.subarray(fileKeySize));
      const fileKey = decipher.update(stanza.body.subarray(0, fileKeySize));
      try {
        decipher.final();
      } catch {
        return null;
      }
      return new Uint8Array(fileKey);
    },
  };
}

function derive(passphrase: string, salt: Uint8Array, workFactor: number): Promise<Buffer> {
  const N = 2 ** workFactor;
  return new Promise((resolve, reject) => {
    scrypt(
      passphrase,
      concatBytes(label, salt),
      32,
      // What it needs is 128 · N · r bytes, and a little for itself.
      { N, r: 8, p: 1, maxmem: 128 * N * 8 + 32 * 1024 * 1024 },
      (error, key) => (error ? reject(error) : resolve(key)),
    );
  });
}

function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}
