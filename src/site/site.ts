/** What the site's features share. */
import * as z from 'zod';
import type { ExchangeClient } from '../courier/https/client.ts';
import type { Uplink } from '../courier/https/uplink.ts';
import { roomPackageSchema, type RoomPackage } from '../exam/package/room-package.ts';
import { roomStatusSchema, type RoomStatus } from '../exam/session/room-view.ts';
import type { Token, Tokens } from '../hardware/token/port.ts';
import type { ChangeSignal } from '../node/change-signal.ts';
import type { CodeDesk } from '../node/code-desk.ts';
import type { Node } from '../node/node.ts';
import type { Refusal, Result } from '../base/result.ts';
import { verifyChain } from '../trust/certificate.ts';
import { peekJws } from '../trust/jws.ts';
import { lockKindSchema } from './setup/contract.ts';

export const siteSetupSchema = z.object({
  siteCode: z.string(),
  mode: z.enum(['formal', 'mock']),
  lockKind: lockKindSchema.default('key-file'),
  /** Of the key file, or of the library that reaches the token. */
  lockPath: z.string(),
  /** Of the lock that the centre knows; null: set up before it was kept. */
  lockSerial: z.string().nullable().default(null),
  /** Of a token; a key file names its own. */
  lockRecipient: z.string().nullable().default(null),
});
export type SiteSetup = z.infer<typeof siteSetupSchema>;

/** What registration at the centre gave. */
export const siteMembershipSchema = z.object({
  centreAddress: z.string(),
  certPem: z.string(),
  centreSigningKey: z.string(),
  centreSealingKey: z.string(),
  centreCode: z.string(),
  chain: z.array(z.string()),
  project: z.object({
    id: z.string(),
    name: z.string(),
    mode: z.enum(['formal', 'mock']),
    supportPhone: z.string(),
  }),
  siteName: z.string(),
  /** With it this site comes back to its centre, once; null: registered before there were any. */
  returnCode: z.string().nullable().default(null),
});
export type SiteMembership = z.infer<typeof siteMembershipSchema>;

export const loadedExamSchema = z.object({
  number: z.number().int(),
  publishedAt: z.number().int(),
  importedAt: z.number().int(),
  checkedAt: z.number().int().nullable(),
  newest: z.boolean().nullable(),
});
export type LoadedExam = z.infer<typeof loadedExamSchema>;

export interface Site {
  readonly node: Node;
  readonly changed: ChangeSignal;
  readonly codes: CodeDesk;
  /** Code of the room that this site is a part of; null: a site of its own, with any number of rooms. */
  readonly ownRoom: (() => string) | null;
  setup(): SiteSetup | null;
  membership(): SiteMembership | null;
  exam(): LoadedExam | null;
  /** Refused while it is not here. */
  lock(): Result<Token>;
  /** Resolves when it is known whether the lock is here. */
  lockKnown(): Promise<void>;
  readonly tokens: Tokens;
  /** Present once the site is registered. */
  link: { client: ExchangeClient; uplink: Uplink } | null;
  connect(): void;
  /** Closes everything and opens it again, with the data that lie there then. */
  beginAnew(): void;
}

export interface RoomRow {
  readonly code: string;
  readonly name: string;
  readonly package: string;
  readonly registration_code: string | null;
  readonly return_code: string | null;
  readonly node_id: string | null;
  readonly tls_fingerprint: string | null;
  readonly signing_key: string | null;
  readonly sealing_key: string | null;
  readonly registered_at: number | null;
  readonly address: string | null;
  readonly last_contact: number | null;
  readonly loaded_at: number | null;
  readonly status: string | null;
  readonly seal_check: string | null;
  readonly note: string;
}

/** Those of the loaded exam. A room that only stays registered, because its exam is still to come, is none of them. */
export function roomRows(site: Site): RoomRow[] {
  return site.node.db
    .prepare('SELECT * FROM room WHERE package IS NOT NULL ORDER BY code')
    .all() as unknown as RoomRow[];
}

/** The package was checked against the centre's signature when it was loaded. */
export function packageOf(row: Pick<RoomRow, 'package'>): RoomPackage {
  const read = peekJws(row.package);
  if (!read.ok) throw new Error('stored room package is damaged');
  return roomPackageSchema.parse(read.value.payload);
}

export function statusesOf(row: Pick<RoomRow, 'status'>): RoomStatus[] {
  return row.status === null ? [] : z.array(roomStatusSchema).parse(JSON.parse(row.status));
}

/** Does the centre's certificate name the keys that this site has now? Not when it was restored and has not been heard at the centre since. */
export function isCertified({ node }: Site, { chain, centreSigningKey }: SiteMembership): boolean {
  const verified = verifyChain(chain, { roots: [centreSigningKey], at: null });
  return verified.ok && verified.value[0]?.signingKey === node.keys.signing.publicKey;
}

/** Why its key cannot be used; null: it is here. */
export function lockProblem(site: Site): Refusal | null {
  const lock = site.lock();
  if (!lock.ok) return lock.refusal;
  return lock.value.present() ? null : { type: 'lock-absent', path: site.setup()?.lockPath ?? '' };
}
