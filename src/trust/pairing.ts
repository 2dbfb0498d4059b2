/**
 * Pairing: both sides prove that they know a registration code of 80 bits, bound to both TLS certificates and both sets of
 * keys. The code is never sent, and with 80 random bits a recorded proof cannot be searched for it.
 */
import { fromHex, normaliseReadable, toHex, toReadable, utf8 } from '../base/bytes.ts';
import { randomBytes } from '../base/ids.ts';
import { hkdf, hmacSha256, sameSecret } from './digest.ts';

/** 16 readable letters and digits in four groups: `7K2M-9QXR-4TBN-0WZE`. */
export function newRegistrationCode(): string {
  return toReadable(randomBytes(10)).match(/.{4}/g)?.join('-') ?? '';
}

export interface PairingBinding {
  readonly code: string;
  readonly childNonce: string;
  readonly parentNonce: string;
  /** Hexadecimal SHA-256 of the TLS certificates, each as the proving side sees it. */
  readonly childTls: string;
  readonly parentTls: string;
  readonly childKeys: string;
  readonly parentKeys: string;
}

/** @returns 64 hexadecimal digits. */
export function pairingProof(binding: PairingBinding & { side: 'child' | 'parent' }): string {
  const key = hkdf(utf8(normaliseReadable(binding.code)), 'invigil pairing 1', 32);
  const fields = [
    binding.side,
    binding.childNonce,
    binding.parentNonce,
    binding.childTls,
    binding.parentTls,
    binding.childKeys,
    binding.parentKeys,
  ];
  // Lengths first: no two different lists of fields give the same text.
  return toHex(hmacSha256(key, fields.map((field) => `${field.length}:${field}`).join('')));
}

export function proofMatches(given: string, expected: string): boolean {
  return /^[0-9a-f]{64}$/.test(given) && sameSecret(fromHex(given), fromHex(expected));
}
