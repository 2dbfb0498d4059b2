/** Which sites have given their protocols, and which are late. */
import { ok, type Result } from '../../base/result.ts';
import type { Limit } from '../../node/users/limit.ts';
import type { Centre } from '../centre.ts';
import { completenessEvents } from '../completeness/events.ts';
import { siteRowsOf } from '../completeness/sites.ts';
import { within } from '../limits/within.ts';
import type { ProtocolEvent, ProtocolSite, ProtocolState } from './contract.ts';
import { dueEventOf, siteProtocols, stateOf } from './site-protocols.ts';

export interface SitesAsked {
  readonly projectId: string;
  readonly eventId: string;
  readonly show: ProtocolState | 'all';
  readonly search: string;
  readonly offset: number;
  readonly limit: number;
}

/** Events with a register of forms. */
export async function protocolEvents(
  centre: Pick<Centre, 'db' | 'node'>,
  projectId: string,
  limit: Limit | null,
): Promise<ProtocolEvent[]> {
  const events: ProtocolEvent[] = [];
  for (const { id: eventId, sites } of await completenessEvents(centre, projectId, limit)) {
    const event = await dueEventOf(centre, { projectId, eventId });
    if (event.ok && sites > 0)
      events.push(
        eventLine(event.value, await linesOf(centre, { projectId, eventId }, event.value.dueAt, limit)),
      );
  }
  return events;
}

/** Those that are late before the others. @returns refusal `no-such-event` */
export async function protocolSites(
  centre: Pick<Centre, 'db' | 'node'>,
  asked: SitesAsked,
  limit: Limit | null,
): Promise<Result<{ event: ProtocolEvent; total: number; rows: ProtocolSite[] }>> {
  const event = await dueEventOf(centre, asked);
  if (!event.ok) return event;
  const every = await linesOf(centre, asked, event.value.dueAt, limit);
  const term = asked.search.toLowerCase();
  const found = every.filter(
    ({ state, siteCode, siteName }) =>
      (asked.show === 'all' || state === asked.show) &&
      (siteCode.toLowerCase().startsWith(term) || siteName?.toLowerCase().includes(term) === true),
  );
  const shown = found.slice(asked.offset, asked.offset + asked.limit);
  const rows: ProtocolSite[] = [];
  for (const line of shown) {
    const { projectId, eventId } = asked;
    const site =
      line.given > 0 ? await siteProtocols(centre, { projectId, eventId, siteCode: line.siteCode }) : null;
    const differences = site?.ok
      ? site.value.rooms.reduce((sum, one) => sum + one.differences.length, 0)
      : null;
    rows.push({ ...line, differences });
  }
  return ok({ event: eventLine(event.value, every), total: found.length, rows });
}

const rank: Readonly<Record<ProtocolState, number>> = { overdue: 0, open: 1, late: 2, given: 3 };

function eventLine(
  event: Pick<ProtocolEvent, 'id' | 'name' | 'date' | 'dueAt'>,
  sites: readonly ProtocolSite[],
): ProtocolEvent {
  const count = (state: ProtocolState): number => sites.filter((one) => one.state === state).length;
  return {
    ...event,
    sites: sites.length,
    given: count('given') + count('late'),
    late: count('late'),
    overdue: count('overdue'),
  };
}

/** Without what compares them with their sheets. */
async function linesOf(
  centre: Pick<Centre, 'db' | 'node'>,
  of: { readonly projectId: string; readonly eventId: string },
  dueAt: number,
  limit: Limit | null,
): Promise<ProtocolSite[]> {
  const rooms = await centre.db
    .selectFrom('kit')
    .select(['site_code', 'room_code'])
    .distinct()
    .where('event_id', '=', of.eventId)
    .where(within(limit, of.projectId, 'site_code'))
    .execute();
  const given = await centre.db
    .selectFrom('protocol')
    .select((eb) => ['site_code', 'room_code', eb.fn.min('at').as('first'), eb.fn.max('at').as('newest')])
    .where('event_id', '=', of.eventId)
    .where(within(limit, of.projectId, 'site_code'))
    .groupBy(['site_code', 'room_code'])
    .execute();
  const bySite = Map.groupBy(rooms, ({ site_code }) => site_code);
  const givenBySite = Map.groupBy(given, ({ site_code }) => site_code);
  const isDue = centre.node.clock.now() > dueAt;
  const lines = (await siteRowsOf(centre, of, limit)).flatMap(({ siteCode, siteName, region }) => {
    const known = new Set(bySite.get(siteCode)?.map(({ room_code }) => room_code));
    if (known.size === 0) return [];
    // A room that the register no longer has counts for nothing.
    const mine = (givenBySite.get(siteCode) ?? []).filter(({ room_code }) => known.has(room_code));
    const counts = {
      rooms: known.size,
      given: mine.length,
      late: mine.filter(({ first }) => Number(first) > dueAt).length,
    };
    return [
      {
        siteCode,
        siteName,
        region,
        rooms: counts.rooms,
        given: counts.given,
        state: stateOf(counts, isDue),
        at: mine.length === 0 ? null : Math.max(...mine.map(({ newest }) => Number(newest))),
        differences: null,
      },
    ];
  });
  return lines.toSorted((a, b) => rank[a.state] - rank[b.state] || (a.siteCode < b.siteCode ? -1 : 1));
}
