/** Asks which rooms there are, and listens for a moment. */
import { createSocket } from 'node:dgram';
import { bind } from './announcer.ts';
import { newNonce, question, readAnswer, type RoomNotice } from './datagram.ts';
import type { Spot } from './where.ts';

/** How long answers are waited for, ms. */
const patienceMs = 1_000;
/** A datagram can get lost: asked again after this, ms. */
const againMs = 300;
const mostRooms = 64;
/** Whoever floods a search ends it sooner. */
const mostDatagrams = 1_000;

export interface FoundRoom extends Omit<RoomNotice, 'port'> {
  /** `host:port` of its exchange, as the answer came from there. */
  readonly address: string;
}

/** @returns by code; what somebody in the network says, and no more than that. */
export async function searchRooms(
  spots: readonly Spot[],
  options: { readonly onError: (error: Error) => void; readonly patienceMs?: number },
): Promise<FoundRoom[]> {
  if (spots.length === 0) return [];
  const socket = createSocket('udp4');
  const alone = spots.every(({ host }) => host.startsWith('127.'));
  const bound = await bind(socket, { host: alone ? '127.0.0.1' : '0.0.0.0', port: 0 });
  if (bound !== null) {
    options.onError(bound);
    return [];
  }
  const nonce = newNonce();
  const found = new Map<string, FoundRoom>();
  await new Promise<void>((resolve) => {
    const ask = (): void => {
      for (const { host, port } of spots)
        socket.send(question(nonce), port, host, (error) => {
          // A network that is not there: the others are asked all the same.
          if (error) options.onError(error);
        });
    };
    const end = (): void => {
      clearTimeout(again);
      clearTimeout(over);
      socket.close(() => resolve());
    };
    let heard = 0;
    socket.on('error', options.onError);
    socket.on('message', (said, from) => {
      if (++heard > mostDatagrams) return end();
      const room = readAnswer(said, nonce);
      if (!room) return;
      const { port, ...notice } = room;
      const address = `${from.address}:${port}`;
      if (found.size < mostRooms || found.has(address)) found.set(address, { ...notice, address });
    });
    const again = setTimeout(ask, againMs);
    const over = setTimeout(end, options.patienceMs ?? patienceMs);
    socket.setBroadcast(true);
    ask();
  });
  return [...found.values()].toSorted((a, b) =>
    a.code < b.code || (a.code === b.code && a.address < b.address) ? -1 : 1,
  );
}
