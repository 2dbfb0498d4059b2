/**
 * Membership certificates: who a node is, said by its parent. Chain: centre (the project's root) → site → room → seat, or
 * site → station, leaf first.
 * Which room belongs to which site is the roster's word: who takes a room's word compares the issuer with it.
 */
import * as z from 'zod';
import { newId } from '../base/ids.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import { peekJws, signJws, verifyJws } from './jws.ts';
import type { SigningKey } from './signing-key.ts';

const typ = 'invigil-certificate+jws';

export const nodeNameSchema = z.object({
  role: z.enum(['centre', 'site', 'room', 'seat', 'station']),
  /** The field's code: site code, room code; for a seat and a station its id. */
  code: z.string().min(1).max(64),
  id: z.string().min(1).max(64),
});
export type NodeName = z.infer<typeof nodeNameSchema>;

export const certificateSchema = z.object({
  v: z.literal(1),
  serial: z.string(),
  subject: nodeNameSchema,
  /** Raw Ed25519 public key, base64url. */
  signingKey: z.string().max(64),
  /** age recipient */
  sealingKey: z.string().max(128),
  notBefore: z.number().int(),
  notAfter: z.number().int(),
  issuer: nodeNameSchema,
});
export type Certificate = z.infer<typeof certificateSchema>;

const parentOf = { site: 'centre', room: 'site', seat: 'room', station: 'site' } as const;

export function issueCertificate(
  subject: { name: NodeName; signingKey: string; sealingKey: string },
  issuer: { name: NodeName; key: SigningKey },
  validity: { notBefore: number; notAfter: number },
): string {
  const certificate: Certificate = {
    v: 1,
    serial: newId(),
    subject: subject.name,
    signingKey: subject.signingKey,
    sealingKey: subject.sealingKey,
    ...validity,
    issuer: issuer.name,
  };
  return signJws(typ, certificate, issuer.key);
}

/**
 * @param chain leaf first; the last one is issued by a root. Empty: the signer is a root itself.
 * @param at wall clock in ms; null where no clock can be trusted (a seat whose PC says 1980 must still join its room).
 * @returns the certificates, leaf first.
 */
export function verifyChain(
  chain: readonly string[],
  trust: { roots: readonly string[]; at: number | null },
): Result<Certificate[]> {
  if (chain.length > 4) return refuse({ type: 'untrusted-sender', problem: 'chain too long' });
  const read: Certificate[] = [];
  for (const jws of chain) {
    const peeked = peekJws(jws);
    const parsed = peeked.ok ? certificateSchema.safeParse(peeked.value.payload) : null;
    if (!parsed?.success) return refuse({ type: 'untrusted-sender', problem: 'damaged certificate' });
    read.push(parsed.data);
  }
  for (const [i, certificate] of read.entries()) {
    const jws = chain[i] as string;
    const above = read[i + 1];
    const signed = above
      ? verifyJws(jws, typ, above.signingKey).ok
      : trust.roots.some((root) => verifyJws(jws, typ, root).ok);
    if (!signed) return refuse({ type: 'untrusted-sender', code: certificate.subject.code });
    if (
      above &&
      (certificate.issuer.id !== above.subject.id || certificate.issuer.role !== above.subject.role)
    )
      return refuse({ type: 'untrusted-sender', code: certificate.subject.code });
    const { role } = certificate.subject;
    const directRoom = role === 'room' && certificate.issuer.role === 'centre';
    if (role === 'centre' || (parentOf[role] !== certificate.issuer.role && !directRoom))
      return refuse({ type: 'untrusted-sender', code: certificate.subject.code });
    if (trust.at !== null && trust.at < certificate.notBefore)
      return refuse({
        type: 'certificate-not-yet-valid',
        code: certificate.subject.code,
        from: certificate.notBefore,
      });
    if (trust.at !== null && trust.at > certificate.notAfter)
      return refuse({
        type: 'certificate-expired',
        code: certificate.subject.code,
        since: certificate.notAfter,
      });
  }
  return ok(read);
}
