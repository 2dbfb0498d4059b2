/**
 * The access key of a site as a grant (ключ доступа к ЭМ): who may open the materials of an event there, in which rooms, how many kits, and
 * when. A later one with a higher number contains all that the earlier ones allowed (reserve keys are cumulative): the highest counts.
 * What it opens lies beside it, locked (`trust/release.ts`). Browser-safe.
 */
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';

const code = z.string().min(1).max(64);

export const grantSchema = z.object({
  v: z.literal(1),
  eventId: z.string().max(64),
  siteCode: code,
  /** From 1. */
  number: z.number().int().min(1).max(999),
  /** `token`: a commission member opens it with token and PIN. `password`: the project opens with the key alone. */
  opens: z.enum(['token', 'password']),
  /** Whose tokens open it. */
  members: z
    .array(
      z.object({ name: z.string().max(200), serial: z.string().max(64), recipient: z.string().max(200) }),
    )
    .max(100),
  /** How many kits may be printed there, reserves included; a station without a room of its own prints for any. */
  rooms: z
    .array(z.object({ room: code, kits: z.number().int().min(0).max(10_000) }))
    .min(1)
    .max(1_000),
  /** Numbers of the stations that may use it; empty: every station of the site. */
  stations: z.array(z.string().max(16)).max(1_000),
  /** Wall clock, ms. */
  notBefore: z.number().int(),
  notAfter: z.number().int(),
  reason: z.string().max(500),
});
export type Grant = z.infer<typeof grantSchema>;

/** What a newer grant takes away that an older one allowed; null: nothing, as it must be. */
export function takenAway(older: Grant, newer: Grant): { readonly what: string } | null {
  if (newer.number <= older.number) return { what: 'number' };
  const kits = new Map(newer.rooms.map(({ room, kits: n }) => [room, n]));
  const less = older.rooms.find(({ room, kits: n }) => (kits.get(room) ?? -1) < n);
  if (less) return { what: less.room };
  const members = new Set(newer.members.map(({ serial }) => serial));
  const gone = older.members.find(({ serial }) => !members.has(serial));
  if (gone) return { what: gone.name };
  const narrower =
    newer.stations.length > 0 &&
    (older.stations.length === 0 || older.stations.some((one) => !newer.stations.includes(one)));
  if (narrower) return { what: 'stations' };
  if (newer.notBefore > older.notBefore || newer.notAfter < older.notAfter) return { what: 'validity' };
  return null;
}

/** Of several the highest number; the same number twice is the same grant. */
export function newestGrant<G extends { readonly number: number }>(grants: readonly G[]): G | null {
  return grants.reduce<G | null>(
    (best, one) => (best === null || one.number > best.number ? one : best),
    null,
  );
}

export interface StationPlace {
  readonly siteCode: string;
  /** null: a reserve station. */
  readonly room: string | null;
  readonly station: string;
}

/**
 * May this station use the grant now, and for how many kits? Refusals: `key-of-another-site`, `key-not-for-station`, `key-not-for-room`,
 * `key-too-early`, `key-expired`.
 * @param at wall clock in ms, as sure as the station knows it
 */
export function mayUse(grant: Grant, { siteCode, room, station }: StationPlace, at: number): Result<number> {
  if (grant.siteCode !== siteCode) return refuse({ type: 'key-of-another-site', site: grant.siteCode });
  if (grant.stations.length > 0 && !grant.stations.includes(station))
    return refuse({ type: 'key-not-for-station', station, stations: grant.stations });
  const rooms = room === null ? grant.rooms : grant.rooms.filter((one) => one.room === room);
  if (rooms.length === 0) return refuse({ type: 'key-not-for-room', room });
  if (at < grant.notBefore) return refuse({ type: 'key-too-early', from: grant.notBefore });
  if (at > grant.notAfter) return refuse({ type: 'key-expired', since: grant.notAfter });
  return ok(rooms.reduce((sum, one) => sum + one.kits, 0));
}

/** Whose token this is; null: it opens nothing here. */
export function memberOf(grant: Grant, recipient: string): Grant['members'][number] | null {
  return grant.members.find((one) => one.recipient === recipient) ?? null;
}
