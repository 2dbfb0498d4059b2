/** The protocols of one site in an event beside what came of its rooms. */
import { ok, refuse, type Result } from '../../base/result.ts';
import {
  compareProtocol,
  missingOfRoom,
  protocolBodySchema,
  protocolDueAt,
  receivedOf,
  type RoomKit,
  type RoomRegister,
  type RoomSheet,
} from '../../exam/scan/protocol.ts';
import type { Centre } from '../centre.ts';
import { sheetsOf, sidesOf } from '../completeness/kits.ts';
import type { ProtocolRoom, ProtocolState, ProtocolVersion, SiteProtocols } from './contract.ts';

export interface OfSite {
  readonly projectId: string;
  readonly eventId: string;
  readonly siteCode: string;
}

/** @returns refusal `no-such-event`, also for one of another project. */
export async function dueEventOf(
  { db }: Pick<Centre, 'db'>,
  { projectId, eventId }: Pick<OfSite, 'projectId' | 'eventId'>,
): Promise<Result<SiteProtocols['event']>> {
  const event = await db
    .selectFrom('event')
    .select(['id', 'name', 'date', 'protocol_due_h'])
    .where('id', '=', eventId)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  if (!event) return refuse({ type: 'no-such-event' });
  const { id, name, date } = event;
  return ok({ id, name, date, dueAt: protocolDueAt(date, event.protocol_due_h) });
}

/** By room, in the order of their codes. */
export async function registerOf(
  centre: Pick<Centre, 'db'>,
  { eventId, siteCode }: OfSite,
): Promise<Map<string, RoomRegister>> {
  const kits = new Map<string, RoomKit & { room: string; sheets: RoomSheet[] }>();
  const rooms = new Map<string, { kits: RoomKit[]; loose: RoomSheet[] }>();
  for (const sheet of await sheetsOf(centre, eventId, siteCode)) {
    const room = rooms.get(sheet.room) ?? { kits: [], loose: [] };
    rooms.set(sheet.room, room);
    const kept = { kind: sheet.kind, number: sheet.number, sides: sidesOf(sheet) };
    if (sheet.kit === null) {
      room.loose.push(kept);
      continue;
    }
    const kit = kits.get(sheet.kit);
    if (kit) {
      kit.sheets.push(kept);
      continue;
    }
    const begun = { kit: sheet.kit, room: sheet.room, sheets: [kept] };
    kits.set(sheet.kit, begun);
    room.kits.push(begun);
  }
  // Sheets that nobody has lie in no room of an exam.
  return new Map(
    [...rooms].filter(([, { kits: of }]) => of.length > 0).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** By room, the newest first. */
export async function versionsOf(
  { db }: Pick<Centre, 'db'>,
  { eventId, siteCode }: OfSite,
): Promise<Map<string, ProtocolVersion[]>> {
  const rows = await db
    .selectFrom('protocol')
    .selectAll()
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .orderBy('version', 'desc')
    .execute();
  const versions = Map.groupBy(rows, ({ room_code }) => room_code);
  return new Map(
    [...versions].map(([room, all]) => [
      room,
      all.map(({ version, at, by_account, way, body_json }) => ({
        version,
        at,
        by: by_account,
        way: way === 'file' ? 'file' : 'form',
        body: protocolBodySchema.parse(JSON.parse(body_json)),
      })),
    ]),
  );
}

/** @returns refusals `no-such-event`, `no-such-site`: the register of this event names it not. */
export async function siteProtocols(
  centre: Pick<Centre, 'db' | 'node'>,
  of: OfSite,
): Promise<Result<SiteProtocols>> {
  const event = await dueEventOf(centre, of);
  if (!event.ok) return event;
  const register = await registerOf(centre, of);
  if (register.size === 0) return refuse({ type: 'no-such-site', site: of.siteCode });
  const versions = await versionsOf(centre, of);
  const site = await centre.db
    .selectFrom('site')
    .select('name')
    .where('project_id', '=', of.projectId)
    .where('code', '=', of.siteCode)
    .executeTakeFirst();
  const at = centre.node.clock.now();
  const { dueAt } = event.value;
  const rooms = [...register].map(([room, has]) => roomOf(room, has, versions.get(room) ?? [], dueAt));
  return ok({
    at,
    event: event.value,
    site: { code: of.siteCode, name: site?.name ?? null },
    state: stateOf(
      {
        rooms: rooms.length,
        given: rooms.filter(({ versions: all }) => all.length > 0).length,
        late: rooms.filter(({ late }) => late).length,
      },
      at > dueAt,
    ),
    rooms,
  });
}

function roomOf(
  room: string,
  register: RoomRegister,
  versions: ProtocolVersion[],
  dueAt: number,
): ProtocolRoom {
  const body = versions[0]?.body ?? null;
  const first = versions.at(-1);
  const missing = missingOfRoom(body, register);
  return {
    room,
    versions,
    late: first !== undefined && first.at > dueAt,
    received: receivedOf(register),
    differences:
      body === null ? [] : compareProtocol(body, register).map((one) => ({ ...one, kits: [...one.kits] })),
    missing: {
      sheets: missing.sheets.map((one) => ({ ...one, sides: [...one.sides] })),
      kits: missing.kits && { count: missing.kits.count, among: [...missing.kits.among] },
    },
  };
}

export function stateOf(
  { rooms, given, late }: { readonly rooms: number; readonly given: number; readonly late: number },
  isDue: boolean,
): ProtocolState {
  if (given < rooms) return isDue ? 'overdue' : 'open';
  return late > 0 ? 'late' : 'given';
}
