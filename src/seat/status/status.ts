import { hostname } from 'node:os';
import { freeBytes, programVersion } from '../../node/indicators.ts';
import type { Node } from '../../node/node.ts';
import type { SeatAgent } from '../agent/seat-agent.ts';
import type { SeatStatus } from './contract.ts';

export async function seatStatus(node: Node, agent: SeatAgent): Promise<SeatStatus> {
  const { phase, seatNumber, roomCode, pending } = agent.page.state();
  const { membership, link } = agent.room;
  const failure = node.journal.failing();
  const { origin, epoch } = node.journal.self;
  return {
    version: programVersion,
    computer: hostname(),
    data: node.data,
    phase,
    seatNumber,
    room: membership && {
      code: roomCode ?? membership.roomCode,
      address: membership.roomAddress,
      online: link?.online ?? false,
      lastContact: link?.lastContact ?? null,
      problem: link?.online ? null : (link?.problem ?? null),
    },
    kept: node.journal.head(origin, epoch)?.seq ?? 0,
    pending,
    failing: failure && { type: failure.type, reason: failure.reason },
    freeBytes: await freeBytes(node.data),
    supportPhone: agent.word.order?.supportPhone || null,
  };
}
