/** Ed25519 signing keys. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign as edSign,
  type KeyObject,
} from 'node:crypto';
import { fromBase64Url } from '../base/bytes.ts';
import { sha256Hex } from './digest.ts';

export interface SigningKey {
  /** First 16 hexadecimal digits of SHA-256 of the raw public key. */
  readonly keyId: string;
  /** Raw Ed25519 public key, base64url. */
  readonly publicKey: string;
  sign(bytes: Uint8Array): Uint8Array;
  /** For the thread that commits the journal: it signs heads inside its transaction. */
  readonly privateKey: KeyObject;
}

export function newSigningKeyPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export function signingKeyFromPem(pem: string): SigningKey {
  return signingKeyFrom(createPrivateKey(pem));
}

export function signingKeyFrom(privateKey: KeyObject): SigningKey {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (typeof x !== 'string') throw new Error('not an Ed25519 key');
  return {
    keyId: sha256Hex(fromBase64Url(x)).slice(0, 16),
    publicKey: x,
    sign: (bytes) => edSign(null, bytes, privateKey),
    privateKey,
  };
}
