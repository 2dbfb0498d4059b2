/** Exam locks of a project's sites (机考锁注册): who has which, and what becomes of them. Browser-safe. */
import * as z from 'zod';
import { lockKindSchema, lockStateSchema } from '../../exam/lock/site-locks.ts';
import { code, downloadSchema, id, operation, shortText, time } from '../../node/contract.ts';
import { all, editors } from '../roles.ts';

const serial = z.string().trim().min(1).max(64);
const system = z.enum(['linux', 'windows']);
const lockOf = z.object({ projectId: id, siteCode: code, serial });

export const lockViewSchema = z.object({
  serial: z.string(),
  kind: lockKindSchema,
  state: lockStateSchema,
  note: z.string(),
  registeredAt: time,
  /** Who gave out the code with which it came; null: it came with the site. */
  registeredBy: z.string().nullable(),
  /** Last said by the site to be plugged in there. */
  seenAt: time.nullable(),
  calibrations: z.array(z.object({ sessionNumber: z.number().int(), at: time })),
  revoked: z.object({ at: time, by: z.string(), reason: z.string() }).nullable(),
});
export type LockView = z.infer<typeof lockViewSchema>;

export const locksOfSiteSchema = z.object({
  siteCode: z.string(),
  siteName: z.string(),
  /** Open code to register a lock: 16 letters and digits in groups. */
  code: z.object({ code: z.string(), expiresAt: time }).nullable(),
  locks: z.array(lockViewSchema),
});
export type LocksOfSite = z.infer<typeof locksOfSiteSchema>;

export const lockContract = {
  list: operation
    .everything(...all)
    .input(z.object({ projectId: id }))
    .output(z.array(locksOfSiteSchema)),
  /** A code with which a lock is registered without the site's program; one that is open already counts no more. */
  newCode: operation
    .everything('administrator')
    .input(z.object({ projectId: id, siteCode: code }))
    .output(z.object({ code: z.string(), expiresAt: time })),
  saveNote: operation
    .everything('administrator')
    .input(lockOf.extend({ note: shortText }))
    .output(z.object({})),
  /** @returns how many authorisations have to be prepared again, and how many were released and cannot be called back */
  revoke: operation
    .everything('administrator')
    .input(lockOf.extend({ reason: shortText.min(1) }))
    .output(z.object({ again: z.number().int(), released: z.number().int() })),
  /** The program with which locks are registered and calibrated on any computer. */
  helper: operation.own(...all).output(
    z.object({
      /** Where the centre is to be reached: one of these goes into the download. */
      addresses: z.array(z.string()),
      /** SHA-256 of the centre's certificate, which the program accepts and no other. */
      fingerprint: z.string(),
      here: z.array(system),
      away: z.array(z.object({ system, package: z.string() })),
    }),
  ),
  downloadHelper: operation
    .own(...editors)
    .input(z.object({ system, address: z.string().trim().min(1).max(200) }))
    .output(z.object({ download: downloadSchema, sha256: z.string() })),
};
