/** A site's exam locks as its centre knows them: the one in use, any number of reserves, and those that nobody takes any more. */
import * as z from 'zod';
import type { Refusal } from '../../base/result.ts';

export const lockKindSchema = z.enum(['key-file', 'pkcs11']);
export type LockKind = z.infer<typeof lockKindSchema>;
/** `active`: the one that the site uses. A revoked one stays revoked. */
export const lockStateSchema = z.enum(['active', 'reserve', 'revoked']);

export const siteLockSchema = z.object({
  serial: z.string().max(64),
  kind: lockKindSchema,
  /** age recipient of its key. */
  recipient: z.string().max(128),
  state: lockStateSchema,
  revoked: z.object({ at: z.number().int(), reason: z.string().max(400) }).nullable(),
});
export type SiteLock = z.infer<typeof siteLockSchema>;

export const siteLocksSchema = z.object({
  /** The centre's wall clock when it said so, ms: what was said later counts. */
  at: z.number().int(),
  locks: z.array(siteLockSchema).max(200),
});
export type SiteLocks = z.infer<typeof siteLocksSchema>;

/** Part of a parcel of the centre's by which a site without a network hears of its locks. */
export const locksPart = 'locks.json';

/** Recipients of tokens are points of P-256, those of key files are X25519. */
export function lockKindOf(recipient: string): LockKind {
  return recipient.startsWith('age1tag1') ? 'pkcs11' : 'key-file';
}

/** Everything that is not revoked: what is sealed for the site is sealed to all of these. */
export function acceptedLocks<L extends Pick<SiteLock, 'state'>>(locks: readonly L[]): L[] {
  return locks.filter(({ state }) => state !== 'revoked');
}

/** Why a site does not take this lock; null: it does, or its centre has never spoken of it. */
export function revokedRefusal(locks: readonly SiteLock[], serial: string): Refusal | null {
  const revoked = locks.find((one) => one.serial === serial)?.revoked;
  return revoked ? { type: 'lock-revoked', serial, reason: revoked.reason, at: revoked.at } : null;
}
