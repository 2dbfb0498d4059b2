/** A room in the middle of an exam: real processes of centre, site and room, and seats that are paired, approved and (when asked) answering. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectOk } from '../../src/base/result.ts';
import { newId } from '../../src/base/ids.ts';
import { pairWithParent } from '../../src/courier/https/child.ts';
import { foundSchema, seatOrderSchema } from '../../src/exam/session/seat-order.ts';
import { createNodeKeys, type NodeKeys } from '../../src/trust/keys.ts';
import {
  approveSeats,
  authoriseSession,
  exchangeOf,
  openSignIn,
  prepareCentre,
  setUpRoom,
  setUpSite,
  signIn,
} from '../../tools/exam-day/exam-day.ts';
import {
  openConsole,
  startRole,
  until,
  type Console,
  type Contracts,
  type RoleProcess,
} from '../../tools/exam-day/process.ts';
import { openConnection, type Connection } from './connection.ts';

const password = 'bench-password';

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
  readonly folder: string;
  readonly sessionId: string;
  readonly seats: readonly BenchSeat[];
  room: RoleProcess;
  console: Console<Contracts['room']>;
  /** SIGKILL. */
  killRoom(): Promise<void>;
  /** Starts the room's program again on its data and ports. @param preload a module to run before it. */
  startRoom(preload?: string): Promise<void>;
  /** Both, and connects the console and every seat again. */
  restartRoom(preload?: string): Promise<void>;
  connectSeats(): Promise<void>;
  close(): Promise<void>;
}

export async function prepareRoomDay(
  seatCount: number,
  say: (text: string) => void,
  { countdownS }: { countdownS: number } = { countdownS: 0 },
): Promise<RoomDay> {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-bench-'));
  const loopback = { port: 0, 'exchange-host': '127.0.0.1', 'log-level': 'error' };
  const started: RoleProcess[] = [];
  const start = async (role: 'centre' | 'site' | 'room'): Promise<RoleProcess> => {
    const one = await startRole(role, { data: join(folder, role), ...loopback });
    started.push(one);
    return one;
  };
  say(`preparing a room with ${seatCount} seats …`);
  const centreProcess = await start('centre');
  const centre = await openConsole('centre', centreProcess.port);
  await signIn(centre, password);
  const { projectId, sessionIds } = await prepareCentre(centre, {
    code: 'BENCH',
    name: 'Bench',
    startAt: Date.now(),
    durationMin: 60,
    roster: { sessions: 1, sites: ['S1'], roomsPerSite: 1, candidatesPerRoom: seatCount },
    policy: { countdownS, earliestHandInMin: 0, lateLimitMin: 60 },
  });
  const sessionId = sessionIds[0] ?? '';
  const siteProcess = await start('site');
  const site = await openConsole('site', siteProcess.port);
  await setUpSite(centre, site, {
    projectId,
    siteCode: 'S1',
    centreAddress: exchangeOf(centreProcess),
    lockPath: join(folder, 'lock.key'),
    password,
  });
  const room = await start('room');
  const console = await openConsole('room', room.port);
  await setUpRoom(site, console, {
    roomCode: 'S1-R1',
    siteAddress: exchangeOf(siteProcess),
    ownAddress: exchangeOf(room),
    password,
  });
  await authoriseSession(centre, site, console, { projectId, sessionId });
  await openSignIn(console, sessionId);
  const { pairingCode } = await console.call.overview.get();
  const seats: BenchSeat[] = [];
  for (let number = 1; number <= seatCount; number++) {
    const keys = await createNodeKeys(`seat-${number}`);
    const id = newId();
    expectOk(
      await pairWithParent({
        address: exchangeOf(room),
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
  await approveSeats(console, seatCount);
  const day: RoomDay = {
    folder,
    sessionId,
    seats,
    room,
    console,
    killRoom: () => day.room.kill(),
    async startRoom(preload) {
      day.room = await startRole(
        'room',
        {
          data: join(folder, 'room'),
          ...loopback,
          port: room.port,
          'exchange-port': room.exchangePort,
        },
        { preload: preload === undefined ? [] : [join(import.meta.dirname, preload)] },
      );
      started.splice(-1, 1, day.room);
    },
    async restartRoom(preload) {
      await day.killRoom();
      await day.startRoom(preload);
      // The first request may still take a connection of the process that is gone.
      day.console = await until('the console', () => openConsole('room', day.room.port).catch(() => null));
      await signIn(day.console, password);
      await day.connectSeats();
    },
    async connectSeats() {
      for (const seat of seats) {
        seat.connection.close();
        seat.connection = await openConnection(room.exchangePort, seat.keys.tls);
      }
    },
    async close() {
      for (const seat of seats) seat.connection.close();
      for (const one of started.toReversed()) await one.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await day.connectSeats();
  return day;
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
export async function startAll({ console, sessionId, seats }: RoomDay): Promise<void> {
  await console.call.session.allowStart({ sessionId });
  await until('every sitting in the exam', async () => {
    const { counts } = await console.call.board.get();
    return counts.inExam === seats.length;
  });
}
