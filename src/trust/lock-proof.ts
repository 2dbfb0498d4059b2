/** A lock proves to the centre that it is there: the centre seals a secret to it, and whoever opens that with the PIN says so of one purpose, once. */
import { fromHex, toHex } from '../base/bytes.ts';
import { hmacSha256, sameSecret } from './digest.ts';

export interface LockProof {
  readonly purpose: 'register' | 'calibrate';
  readonly serial: string;
  readonly recipient: string;
  /** Hexadecimal SHA-256 of the centre's certificate, as the proving side sees it: one given to somebody in between is worth nothing elsewhere. */
  readonly centreTls: string;
}

/** @param secret 32 bytes that were sealed to the lock. @returns 64 hexadecimal digits */
export function lockProof(secret: Uint8Array, { purpose, serial, recipient, centreTls }: LockProof): string {
  // Lengths first: no two different lists of fields give the same text.
  const fields = ['invigil lock 1', purpose, serial, recipient, centreTls];
  return toHex(hmacSha256(secret, fields.map((field) => `${field.length}:${field}`).join('')));
}

export function lockProofMatches(given: string, secret: Uint8Array, proof: LockProof): boolean {
  return /^[0-9a-f]{64}$/.test(given) && sameSecret(fromHex(given), fromHex(lockProof(secret, proof)));
}
