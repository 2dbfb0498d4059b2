/** What joining asks of the seat's agent. */
import { ExchangeClient } from '../../courier/https/client.ts';
import type { Node } from '../../node/node.ts';
import { certificateFingerprint } from '../../trust/keys.ts';
import type { SeatAgent } from '../agent/seat-agent.ts';
import type { JoinRoomOptions } from './join-room.ts';

export function roomOfSeat(agent: SeatAgent, node: Node): JoinRoomOptions['seat'] {
  let known = { certPem: '', certificate: '' };
  const fingerprintOf = (certPem: string): string => {
    if (known.certPem !== certPem) known = { certPem, certificate: certificateFingerprint(certPem) };
    return known.certificate;
  };
  return {
    room() {
      const { membership, online } = agent.room;
      return (
        membership && {
          address: membership.roomAddress,
          certificate: fingerprintOf(membership.certPem),
          online,
        }
      );
    },
    pair: (address, code, pin) => agent.pair(address, code, pin),
    async answersAt(address) {
      const { membership } = agent.room;
      if (!membership) return false;
      const client = new ExchangeClient({ address, certPem: membership.certPem }, node.keys.tls);
      try {
        // Any question that only a child of this room has answered.
        return (await client.get('/parcels')).ok;
      } finally {
        client.close();
      }
    },
    roomMoved: (address) => agent.room.moved(address),
  };
}
