/** A room that answers those who look for it. It says nothing by itself: a network in which nobody looks hears nothing. */
import { createSocket, type Socket } from 'node:dgram';
import type { Clock } from '../../base/clock.ts';
import { answer, readQuestion, type RoomNotice } from './datagram.ts';
import type { Spot } from './where.ts';

/** A room full of seats asks some twenty times a second; a flood costs no more than this. */
const answersPerSecond = 100;

export interface Announcer {
  readonly port: number;
  close(): Promise<void>;
}

export interface AnnouncerOptions {
  readonly at: Spot;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Asked at each answer: code and name come with the exam. */
  readonly notice: () => RoomNotice;
  readonly onError: (error: Error) => void;
}

/** @returns null when the address is not to be had (`onError` says why): everything else works without. */
export async function startAnnouncer(options: AnnouncerOptions): Promise<Announcer | null> {
  const { at, clock, notice, onError } = options;
  // More than one room can run on a computer: each hears what is asked of all.
  const socket = createSocket({ type: 'udp4', reuseAddr: at.host === '0.0.0.0' });
  const bound = await bind(socket, at);
  if (bound !== null) {
    onError(bound);
    return null;
  }
  socket.on('error', onError);
  let second = 0;
  let given = 0;
  socket.on('message', (said, from) => {
    const now = Math.floor(clock.monotonic() / 1_000);
    if (now !== second) [second, given] = [now, 0];
    const asked = given < answersPerSecond ? readQuestion(said) : null;
    if (asked === null) return;
    given++;
    socket.send(answer(asked, notice()), from.port, from.address, (error) => {
      if (error) onError(error);
    });
  });
  return {
    port: socket.address().port,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

/** @returns why not. */
export function bind(socket: Socket, { host, port }: Spot): Promise<Error | null> {
  return new Promise((resolve) => {
    const failed = (error: Error): void => {
      socket.close();
      resolve(error);
    };
    socket.once('error', failed);
    socket.bind(port, host, () => {
      socket.off('error', failed);
      resolve(null);
    });
  });
}
