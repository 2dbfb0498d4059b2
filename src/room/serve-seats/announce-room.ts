/** Seats that look for a room in the network find this one, unless that is switched off. */
import { startAnnouncer, type Announcer } from '../../courier/discovery/announcer.ts';
import { listensAt } from '../../courier/discovery/where.ts';
import { roomCodeOf, type Room } from '../room.ts';

export async function announceRoom(
  room: Room,
  { discovery, exchangeHost }: { readonly discovery: string; readonly exchangeHost: string },
  port: number,
): Promise<Announcer | null> {
  const { node } = room;
  const at = listensAt(discovery);
  // A room that only this computer reaches has nothing to say to a network.
  if (at === null || (discovery === 'lan' && /^(127\.|localhost$|::1$)/.test(exchangeHost))) return null;
  const announcer = await startAnnouncer({
    at,
    clock: node.clock,
    notice: () => ({
      code: roomCodeOf(room),
      name: room.state.package?.room.name ?? '',
      port,
      certificate: node.keys.tls.fingerprint,
    }),
    onError: (error) => node.log.warn({ err: error }, 'seats do not find this room by themselves'),
  });
  if (announcer) node.log.info({ port: announcer.port }, 'seats find this room');
  return announcer;
}
