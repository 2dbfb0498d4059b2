/** A protocol is handed in: a newer version counts, the older ones stay. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { protocolProblems, type ProtocolBody } from '../../exam/scan/protocol.ts';
import { sha256Hex } from '../../trust/digest.ts';
import type { Centre } from '../centre.ts';
import { changeScans } from '../scans/change-scans.ts';
import { dueEventOf, registerOf, siteProtocols, type OfSite } from './site-protocols.ts';
import type { SiteProtocols } from './contract.ts';

export interface RoomProtocol {
  readonly room: string;
  readonly body: ProtocolBody;
}

/**
 * All of them or none; also after they were due: then the first one of a room is late.
 * @returns refusals `no-such-event`, `protocol-room-unknown`, and those of `protocolProblems`
 */
export async function handIn(
  centre: Pick<Centre, 'db' | 'node'>,
  of: OfSite,
  protocols: readonly RoomProtocol[],
  { way, account }: { readonly way: 'form' | 'file'; readonly account: string },
): Promise<Result<SiteProtocols>> {
  const event = await dueEventOf(centre, of);
  if (!event.ok) return event;
  const kept = await changeScans(centre, of.projectId, async (db, at) => {
    const register = await registerOf({ db }, of);
    const entries: { room: string; version: number; digest: string; late: boolean }[] = [];
    for (const { room, body } of protocols) {
      const has = register.get(room);
      if (!has) return refuse({ type: 'protocol-room-unknown', room });
      const [problem] = protocolProblems(body, has);
      if (problem) return refuse(problem);
      const newest = await db
        .selectFrom('protocol')
        .select((eb) => eb.fn.max('version').as('version'))
        .where('event_id', '=', of.eventId)
        .where('site_code', '=', of.siteCode)
        .where('room_code', '=', room)
        .executeTakeFirst();
      const version = Number(newest?.version ?? 0) + 1;
      const body_json = JSON.stringify(body);
      await db
        .insertInto('protocol')
        .values({
          event_id: of.eventId,
          site_code: of.siteCode,
          room_code: room,
          version,
          at,
          by_account: account,
          way,
          body_json,
        })
        .execute();
      entries.push({
        room,
        version,
        digest: sha256Hex(Buffer.from(body_json)),
        late: at > event.value.dueAt,
      });
    }
    return ok(entries);
  });
  if (!kept.ok) return kept;
  await centre.node.journal.append(
    kept.value.map(({ room, ...more }) => ({
      kind: 'protocol-handed-in',
      subject: `event:${of.eventId}`,
      data: { project: of.projectId, site: of.siteCode, room, way, by: account, ...more },
    })),
  );
  return siteProtocols(centre, of);
}
