/** A key file whose PIN costs nothing: opening a real one takes longer than most of what is tried with it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { toBase64, utf8 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { expectOk } from '../../base/result.ts';
import { passphraseRecipient } from '../../trust/passphrase.ts';
import { openKeyFile } from './key-file.ts';
import type { Token } from './port.ts';

/** Of scrypt's work; the file says so itself, and opens like any other. */
const workFactor = 4;

export async function quickKeyFile(path: string, pin: string): Promise<Token> {
  const identity = await generateX25519Identity();
  const encrypter = new Encrypter();
  encrypter.addRecipient(passphraseRecipient(pin, workFactor));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    JSON.stringify({
      format: 'invigil-key-file-1',
      serial: newId().toUpperCase(),
      recipient: await identityToRecipient(identity),
      key: toBase64(await encrypter.encrypt(utf8(identity))),
    }),
  );
  return expectOk(openKeyFile(path));
}
