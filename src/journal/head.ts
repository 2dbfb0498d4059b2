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

/** Raw Ed25519 public keys, base64url, of a journal's writer: more than one where it was restored, because keys are in no backup. */
export type SignedBy = string | readonly string[];

/** @param by one of these keys must have signed it. @returns refusal `bad-signature`, `wrong-signature-type` or `not-signed`. */
export function verifySignedHead(jws: string, by: SignedBy): Result<Head> {
  let refused: Result<never> = refuse({ type: 'bad-signature' });
  for (const publicKey of typeof by === 'string' ? [by] : by) {
    const verified = verifyJws(jws, headTyp, publicKey);
    if (verified.ok) {
      const head = signedHeadSchema.safeParse(verified.value);
      return head.success ? ok(head.data) : refuse({ type: 'bad-signature' });
    }
    refused = verified;
  }
  return refused;
}
