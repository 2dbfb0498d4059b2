/** `node lock-identity.ts FILE PIN`: prints the secret key of an exam lock that is a key file. */
import { readFileSync } from 'node:fs';
import { fromBase64, fromUtf8 } from '../../src/base/bytes.ts';
import { expectOk } from '../../src/base/result.ts';
import { openBytes } from '../../src/trust/seal.ts';

const [, , file = '', pin = ''] = process.argv;
const { key } = JSON.parse(readFileSync(file, 'utf8')) as { key: string };
process.stdout.write(fromUtf8(expectOk(await openBytes(fromBase64(key), { passphrase: pin }))));
