/** Signed heads: with one of them in hand, nobody can shorten or change what lies below it without being found out. */
import * as z from 'zod';
import { ok, refuse, type Result } from '../base/result.ts';
import { signJws, verifyJws } from '../trust/jws.ts';
import type { SigningKey } from '../trust/signing-key.ts';
import type { Head } from './entry.ts';

export const headTyp = 'invigil-head+jws';

const signedHeadSchema = z.object({
  origin: z.string(),
  epoch: z.string(),
  seq: z.number().int().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

export function signHead({ origin, epoch, seq, hash }: Head, key: SigningKey): string {
  return signJws(headTyp, { origin, epoch, seq, hash }, key);
}

/** @param publicKey raw Ed25519 public key of the head's origin, base64url. @returns refusal `bad-signature`, `wrong-signature-type` or `not-signed`. */
export function verifySignedHead(jws: string, publicKey: string): Result<Head> {
  const verified = verifyJws(jws, headTyp, publicKey);
  if (!verified.ok) return verified;
  const head = signedHeadSchema.safeParse(verified.value);
  return head.success ? ok(head.data) : refuse({ type: 'bad-signature' });
}
