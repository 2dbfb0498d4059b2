/** A signed statement of the parent's time that answers a nonce: an old one cannot be passed off as fresh. */
import * as z from 'zod';
import { ok, refuse, type Result } from '../base/result.ts';
import { signJws, verifyJws } from './jws.ts';
import type { SigningKey } from './signing-key.ts';

const typ = 'invigil-time+jws';
const schema = z.object({ nonce: z.string(), at: z.number().int() });

export function signTimeStatement(statement: { nonce: string; at: number }, key: SigningKey): string {
  return signJws(typ, statement, key);
}

/** @returns the parent's wall clock in ms. */
export function readTimeStatement(jws: string, nonce: string, publicKey: string): Result<number> {
  const verified = verifyJws(jws, typ, publicKey);
  if (!verified.ok) return verified;
  const parsed = schema.safeParse(verified.value);
  if (!parsed.success || parsed.data.nonce !== nonce) return refuse({ type: 'stale-time-statement' });
  return ok(parsed.data.at);
}
