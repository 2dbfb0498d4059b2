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
import { frozen } from '../base/json.ts';
import type { Refusal, Result } from '../base/result.ts';
import { verifyChain } from '../trust/certificate.ts';
import { peekJws } from '../trust/jws.ts';
import type { DayCourier } from './paper-day/day-courier.ts';
import { siteLockKindSchema } from './setup/contract.ts';

export const siteSetupSchema = z.object({
  siteCode: z.string(),
  mode: z.enum(['formal', 'mock']),
  lockKind: siteLockKindSchema.default('key-file'),
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
  /** Exchanges with the centre what there is of exams on paper. */
  readonly dayCourier: DayCourier;
  connect(): void;
  /** Closes everything and opens it again, with the data that lie there then. */
  beginAnew(): void;
}

export interface RoomRow {
  readonly code: string;
  readonly name: string;
  /** Of its package: another one once it is published anew. */
  readonly package_number: number;
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
  return site.node.db.prepare(`${roomSelection} ORDER BY code`).all() as unknown as RoomRow[];
}

/** Null: none of the loaded exam. */
export function roomRow(site: Site, code: string): RoomRow | null {
  const row = site.node.db.prepare(`${roomSelection} WHERE code = ?`).get(code);
  return (row as unknown as RoomRow | undefined) ?? null;
}

const roomSelection =
  'SELECT room.*, room_package.number AS package_number FROM room JOIN room_package USING (code)';

/** Packages as they were parsed, by their number: each view of a hundred rooms asks for all of them. */
const parsed = new WeakMap<Site['node']['db'], Map<number, RoomPackage>>();
const parsedAtMost = 2_000;

/** The package was checked against the centre's signature when it was loaded. @returns frozen: the next who asks gets the same */
export function packageOf(site: Site, row: Pick<RoomRow, 'package_number'>): RoomPackage {
  const { db } = site.node;
  const known = parsed.get(db) ?? new Map<number, RoomPackage>();
  parsed.set(db, known);
  const before = known.get(row.package_number);
  if (before) return before;
  const read = peekJws(packageText(site, row));
  if (!read.ok) throw new Error('stored room package is damaged');
  const content = frozen(roomPackageSchema.parse(read.value.payload));
  if (known.size >= parsedAtMost) known.clear();
  known.set(row.package_number, content);
  return content;
}

/** As the centre signed it. */
export function packageText(site: Site, { package_number }: Pick<RoomRow, 'package_number'>): string {
  const row = site.node.db.prepare('SELECT package FROM room_package WHERE number = ?').get(package_number);
  if (!row) throw new Error('a room package is gone');
  return String(row['package']);
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
