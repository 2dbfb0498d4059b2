/** The register by site and by room. */
import { sql } from 'kysely';
import type { Limit } from '../../node/users/limit.ts';
import type { Centre } from '../centre.ts';
import { within } from '../limits/within.ts';
import { foldedForSearch } from '../roster/search-words.ts';

export interface SitesWish {
  readonly projectId: string;
  readonly eventId: string;
  readonly search: string;
  readonly offset: number;
  readonly limit: number;
}

export async function registerSites(
  { db }: Pick<Centre, 'db'>,
  { projectId, eventId, search, offset, limit: atMost }: SitesWish,
  limit: Limit | null,
) {
  const rows = await db
    .selectFrom('event_site')
    .innerJoin('event', 'event.id', 'event_site.event_id')
    .leftJoin('site', (join) =>
      join.onRef('site.code', '=', 'event_site.site_code').on('site.project_id', '=', projectId),
    )
    .select([
      'event_site.site_code as code',
      'site.name',
      'event_site.kits',
      'event_site.sides',
      'event_site.came',
    ])
    .where('event_site.event_id', '=', eventId)
    .where('event.project_id', '=', projectId)
    .where(within(limit, projectId, 'event_site.site_code'))
    .orderBy('event_site.site_code')
    .execute();
  const wanted = foldedForSearch(search.trim());
  const found = rows
    .map((row) => ({ ...row, name: row.name ?? row.code }))
    .filter(({ code, name }) => foldedForSearch(`${code} ${name}`).includes(wanted));
  return { total: found.length, rows: found.slice(offset, offset + atMost) };
}

export async function registerRooms(
  { db }: Pick<Centre, 'db'>,
  { projectId, eventId, siteCode }: { projectId: string; eventId: string; siteCode: string },
) {
  const ofProject = db
    .selectFrom('event')
    .select('id')
    .where('id', '=', eventId)
    .where('project_id', '=', projectId);
  const kits = await db
    .selectFrom('kit')
    .select((eb) => [
      'room_code',
      eb.fn.countAll<number>().as('n'),
      sql<string>`min(kit)`.as('first'),
      sql<string>`max(kit)`.as('last'),
    ])
    .where('event_id', 'in', ofProject)
    .where('site_code', '=', siteCode)
    .groupBy('room_code')
    .execute();
  const loose = await db
    .selectFrom('sheet')
    .select((eb) => ['room_code', eb.fn.countAll<number>().as('n')])
    .where('event_id', 'in', ofProject)
    .where('site_code', '=', siteCode)
    .where('kit', 'is', null)
    .groupBy('room_code')
    .execute();
  const rooms = [...new Set([...kits, ...loose].map(({ room_code }) => room_code))].toSorted();
  return rooms.map((roomCode) => {
    const of = kits.find(({ room_code }) => room_code === roomCode);
    return {
      roomCode,
      kits: Number(of?.n ?? 0),
      firstKit: of?.first ?? null,
      lastKit: of?.last ?? null,
      additional: Number(loose.find(({ room_code }) => room_code === roomCode)?.n ?? 0),
    };
  });
}
