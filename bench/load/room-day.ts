/** A room in the middle of an exam: real processes of centre, site and room, and seats without agents that are paired, approved and (when asked) answering. */
import { join } from 'node:path';
import { expectOk } from '../../src/base/result.ts';
import { newId } from '../../src/base/ids.ts';
import { pairWithParent } from '../../src/courier/https/child.ts';
import { foundSchema, seatOrderSchema } from '../../src/exam/session/seat-order.ts';
import { createNodeKeys, type NodeKeys } from '../../src/trust/keys.ts';
import { startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { approveSeats, exchangeOf } from '../../tools/exam-day/exam-day.ts';
import { until } from '../../tools/exam-day/process.ts';
import { openConnection, type Connection } from './connection.ts';

export interface BenchSeat {
  readonly id: string;
  readonly keys: NodeKeys;
  connection: Connection;
  sittingId: string;
  lease: number;
}

const closed: Connection = {
  post: () => Promise.reject(new Error('the connection is closed')),
  stream: () => undefined,
  close: () => undefined,
};

export interface RoomDay {
  readonly exam: Exam;
  /** Of the room's exchange. */
  readonly exchangePort: number;
  readonly seats: readonly BenchSeat[];
  /** Kills the room, starts it again with this module before its own, and connects the console and every seat again. */
  restartRoom(preload: string): Promise<void>;
  close(): Promise<void>;
}

export async function prepareRoomDay(
  seatCount: number,
  say: (text: string) => void,
  { countdownS }: { countdownS: number } = { countdownS: 0 },
): Promise<RoomDay> {
  say(`preparing a room with ${seatCount} seats …`);
  const exam = await startExam({
    until: 'sign-in',
    seats: 0,
    roster: { candidatesPerRoom: seatCount },
    policy: { countdownS },
  });
  const { room } = exam;
  const { exchangePort } = exam.process('room');
  const { pairingCode } = await room.call.overview.get();
  const seats: BenchSeat[] = [];
  for (let number = 1; number <= seatCount; number++) {
    const keys = await createNodeKeys(`seat-${number}`);
    const id = newId();
    expectOk(
      await pairWithParent({
        address: exchangeOf(exam.process('room')),
        code: pairingCode,
        child: { role: 'seat', code: id, id },
        keys,
        details: { computer: `PC-${number}` },
      }),
    );
    seats.push({
      id,
      keys,
      sittingId: '',
      lease: 0,
      connection: closed,
    });
  }
  say('all paired');
  await approveSeats(room, seatCount);
  const connectSeats = async (): Promise<void> => {
    for (const seat of seats) {
      seat.connection.close();
      seat.connection = await openConnection(exchangePort, seat.keys.tls);
    }
  };
  await connectSeats();
  return {
    exam,
    exchangePort,
    seats,
    async restartRoom(preload) {
      await exam.process('room').kill();
      await exam.again('room', { preload: [join(import.meta.dirname, preload)] });
      // The first request may still take a connection of the process that is gone.
      await until('the console', () => room.call.board.get().catch(() => null));
      await connectSeats();
    },
    async close() {
      for (const seat of seats) seat.connection.close();
      await exam.close();
    },
  };
}

/** Every candidate signs in at a seat and reads the rules. */
export async function signInAll({ seats }: Pick<RoomDay, 'seats'>): Promise<void> {
  await Promise.all(
    seats.map(async (seat, i) => {
      const admissionNumber = `1${String(i + 1).padStart(6, '0')}`;
      const post = async (path: string, body: object): Promise<unknown> =>
        JSON.parse(await seat.connection.post(path, JSON.stringify(body)));
      const found = foundSchema.parse(await post('/sitting/look-up', { admissionNumber }));
      seat.sittingId = found.sittingId;
      const claim = { sittingId: found.sittingId, lease: 0 };
      const order = seatOrderSchema.parse(await post('/sitting/sign-in', claim));
      seat.lease = order.sitting?.lease ?? 0;
      await post('/sitting/rules-read', { ...claim, lease: seat.lease });
      await post('/hello', helloOf(seat));
    }),
  );
}

/** What a seat says every few seconds. */
export function helloOf(seat: BenchSeat): object {
  const { sittingId, lease } = seat;
  return {
    nonce: '0123456789abcdef',
    version: '1',
    heads: [],
    status: { computer: 'PC', pending: 0, sittingId, lease, screenOpen: true },
  };
}

/** Starts the session; resolves when every sitting has begun. */
export async function startAll({ exam, seats }: RoomDay): Promise<void> {
  await exam.allowStart();
  await until('every sitting in the exam', async () => {
    const { counts } = await exam.room.call.board.get();
    return counts.inExam === seats.length;
  });
}
