/**
 * Compact JWS (RFC 7515) with EdDSA over Ed25519 (RFC 8037). Each use has its own `typ`, and a verifier accepts exactly one
 * `typ` and this one algorithm: a signature made for one purpose is worth nothing for another.
 */
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import * as z from 'zod';
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from '../base/bytes.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import type { SigningKey } from './signing-key.ts';

/** Nobody has signed for what stands here while it is read. */
const headerSchema = z.object({
  alg: z.string(),
  typ: z.string(),
  kid: z.string().optional(),
  /** Certificate chain of the signer, leaf first, each a compact JWS itself. */
  chain: z.array(z.string()).readonly().optional(),
});
export type JwsHeader = z.infer<typeof headerSchema>;

export function signJws(
  typ: string,
  payload: object,
  key: SigningKey,
  more: { chain?: readonly string[] } = {},
): string {
  const header = { alg: 'EdDSA', typ, kid: key.keyId, ...more };
  const input = `${toBase64Url(utf8(JSON.stringify(header)))}.${toBase64Url(utf8(JSON.stringify(payload)))}`;
  return `${input}.${toBase64Url(key.sign(utf8(input)))}`;
}

/** @param publicKey raw Ed25519 public key, base64url. */
export function verifyJws(compact: string, typ: string, publicKey: string): Result<unknown> {
  const parts = compact.split('.');
  const read = peekJws(compact);
  if (!read.ok) return read;
  if (read.value.header.typ !== typ)
    return refuse({ type: 'wrong-signature-type', expected: typ, found: read.value.header.typ });
  if (read.value.header.alg !== 'EdDSA') return refuse({ type: 'bad-signature' });
  let good: boolean;
  try {
    const signature = fromBase64Url(parts[2] ?? '');
    good =
      verify(null, utf8(`${parts[0]}.${parts[1]}`), publicKeyObject(publicKey), signature) &&
      // The last letter has bits to spare: without this the same signature could be written in several ways.
      toBase64Url(signature) === parts[2];
  } catch {
    // A key or signature that cannot even be decoded proves nothing.
    good = false;
  }
  return good ? ok(read.value.payload) : refuse({ type: 'bad-signature' });
}

/** Reads without checking: only to learn whose key to check with. */
export function peekJws(compact: string): Result<{ header: JwsHeader; payload: unknown }> {
  const parts = compact.split('.');
  if (parts.length !== 3) return refuse({ type: 'not-signed' });
  try {
    const header = headerSchema.safeParse(JSON.parse(fromUtf8(fromBase64Url(parts[0] ?? ''))));
    const payload: unknown = JSON.parse(fromUtf8(fromBase64Url(parts[1] ?? '')));
    return header.success ? ok({ header: header.data, payload }) : refuse({ type: 'not-signed' });
  } catch {
    return refuse({ type: 'not-signed' });
  }
}

const keyObjects = new Map<string, KeyObject>();

function publicKeyObject(publicKey: string): KeyObject {
  let key = keyObjects.get(publicKey);
  if (!key) {
    key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
    if (keyObjects.size > 10_000) keyObjects.clear();
    keyObjects.set(publicKey, key);
  }
  return key;
}
