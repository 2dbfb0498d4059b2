/** What a new key of a site allows: from the register and the members, never less than the keys before it. */
import { ok, refuse, type Result } from '../../../base/result.ts';
import { takenAway, type Grant } from '../../../exam/paper-day/grant.ts';

export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** More than a register and the members say: for a reserve key. */
export interface More {
  readonly rooms: readonly { readonly room: string; readonly kits: number }[];
  readonly stations: readonly string[];
  readonly reason: string;
}

const hourMs = 60 * 60_000;

/** A station's clock may be wrong by hours, and a day's work goes on into the night. */
export function usualValidity(startAt: number): Validity {
  return { notBefore: startAt - 12 * hourMs, notAfter: startAt + 24 * hourMs };
}

/** Kits by room, with reserves. @param rooms of the roster, for a register that names none */
export function roomsToGrant(
  kits: readonly { readonly room: string; readonly kits: number }[],
  rooms: readonly string[],
): { room: string; kits: number }[] {
  const ofSite = kits.find(({ room }) => room === '')?.kits ?? 0;
  const named = kits.filter(({ room }) => room !== '');
  // Reserves of the site may be needed in any of its rooms; each is printed once all the same.
  if (named.length > 0) return named.map(({ room, kits: n }) => ({ room, kits: n + ofSite }));
  return ofSite === 0 ? [] : rooms.map((room) => ({ room, kits: ofSite }));
}

/**
 * @param older newest key of the site that counts; null: none
 * @param gone serial numbers of tokens that were revoked: they are left out, also where an older key names them
 * @returns refusals `grant-without-rooms`, `grant-without-members`, `grant-takes-away`
 */
export function nextGrant(of: {
  readonly eventId: string;
  readonly siteCode: string;
  readonly number: number;
  readonly opens: Grant['opens'];
  readonly members: Grant['members'];
  readonly rooms: Grant['rooms'];
  readonly stations: readonly string[];
  readonly validity: Validity;
  readonly older: Grant | null;
  readonly gone: ReadonlySet<string>;
  readonly more: More | null;
}): Result<Grant> {
  const { older, more } = of;
  const kits = new Map(of.rooms.map(({ room, kits: n }) => [room, n]));
  for (const { room, kits: n } of older?.rooms ?? []) kits.set(room, Math.max(kits.get(room) ?? 0, n));
  for (const { room, kits: n } of more?.rooms ?? []) kits.set(room, (kits.get(room) ?? 0) + n);
  const before = (older?.members ?? []).filter(({ serial }) => !of.gone.has(serial));
  const members = new Map([...before, ...of.members].map((member) => [member.serial, member]));
  const stations = stationsOf(older, [...of.stations, ...(more?.stations ?? [])]);
  const grant: Grant = {
    v: 1,
    eventId: of.eventId,
    siteCode: of.siteCode,
    number: of.number,
    opens: of.opens,
    members: of.opens === 'token' ? [...members.values()] : [],
    rooms: [...kits].map(([room, n]) => ({ room, kits: n })).toSorted((a, b) => (a.room < b.room ? -1 : 1)),
    stations,
    notBefore: Math.min(of.validity.notBefore, older?.notBefore ?? Infinity),
    notAfter: Math.max(of.validity.notAfter, older?.notAfter ?? -Infinity),
    reason: more?.reason ?? '',
  };
  if (grant.rooms.length === 0) return refuse({ type: 'grant-without-rooms', site: of.siteCode });
  if (of.opens === 'token' && grant.members.length === 0)
    return refuse({ type: 'grant-without-members', site: of.siteCode });
  const less = older && takenAway({ ...older, members: of.opens === 'token' ? before : [] }, grant);
  return less ? refuse({ type: 'grant-takes-away', site: of.siteCode, what: less.what }) : ok(grant);
}

/** None named: every station. Once that was allowed it stays. */
function stationsOf(older: Grant | null, named: readonly string[]): string[] {
  if (older !== null && older.stations.length === 0) return [];
  return named.length === 0 && older === null ? [] : [...new Set([...(older?.stations ?? []), ...named])];
}
