/** One room with its seats, up to open sign-in, on a centre and site of its own: for trying the candidate's screen. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  approveSeats,
  authoriseSession,
  endAndReport,
  exchangeOf,
  openSignIn,
  prepareCentre,
  scoreAndExport,
  setUpRoom,
  setUpSite,
  signIn,
  type KeptAnswer,
} from './exam-day.ts';
import { openConsole, startRole, type Console, type Contracts, type RoleProcess } from './process.ts';
import { Wire } from './wire.ts';

const password = 'exam-room-password';

export interface ExamRoom {
  readonly room: Console<Contracts['room']>;
  readonly sessionId: string;
  readonly seats: readonly Seat[];
  /** Between the seats and the room. */
  readonly wire: Wire;
  /** Room time of the start. */
  allowStart(): Promise<number>;
  /** Ends the session and takes its results up. @returns the answers that the centre has */
  collect(): Promise<KeptAnswer[]>;
  close(): Promise<void>;
}

/** A seat's agent that can be killed and started again at the same address. */
export class Seat {
  readonly #options: Parameters<typeof startRole>[1];
  #process: RoleProcess;

  private constructor(options: Parameters<typeof startRole>[1], started: RoleProcess) {
    this.#options = { ...options, port: started.port };
    this.#process = started;
  }

  static async start(options: Parameters<typeof startRole>[1]): Promise<Seat> {
    return new Seat(options, await startRole('seat', options));
  }

  get port(): number {
    return this.#process.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  kill(): Promise<void> {
    return this.#process.kill();
  }

  async startAgain(): Promise<void> {
    this.#process = await startRole('seat', this.#options);
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }
}

export async function openExamRoom(options: {
  readonly seats: number;
  readonly candidates?: number;
  readonly durationMin: number;
  readonly packageFile: string;
  readonly policy: Parameters<typeof prepareCentre>[1]['policy'];
}): Promise<ExamRoom> {
  const data = mkdtempSync(join(tmpdir(), 'invigil-exam-room-'));
  const exchange = { port: 0, 'exchange-host': '127.0.0.1', 'log-level': 'error' };
  const running: { stop(): Promise<void> }[] = [];
  const start = async (role: 'centre' | 'site' | 'room'): Promise<RoleProcess> => {
    const started = await startRole(role, { data: join(data, role), ...exchange });
    running.push(started);
    return started;
  };
  const close = async (): Promise<void> => {
    for (const one of running.toReversed()) await one.stop();
    rmSync(data, { recursive: true, force: true });
  };
  try {
    const centreProcess = await start('centre');
    const centre = await openConsole('centre', centreProcess.port);
    await signIn(centre, password);
    const { projectId, sessionIds } = await prepareCentre(centre, {
      code: 'ROOM',
      name: 'State examination',
      startAt: Date.now(),
      durationMin: options.durationMin,
      roster: {
        sessions: 1,
        sites: ['S1'],
        roomsPerSite: 2,
        candidatesPerRoom: options.candidates ?? Math.max(4, options.seats),
      },
      policy: options.policy ?? {},
      packageFile: options.packageFile,
    });
    const sessionId = sessionIds[0] ?? '';
    const siteProcess = await start('site');
    const site = await openConsole('site', siteProcess.port);
    await setUpSite(centre, site, {
      projectId,
      siteCode: 'S1',
      centreAddress: exchangeOf(centreProcess),
      lockPath: join(data, 'lock.key'),
      password,
    });
    const roomProcess = await start('room');
    const room = await openConsole('room', roomProcess.port);
    await setUpRoom(site, room, {
      roomCode: 'S1-R1',
      siteAddress: exchangeOf(siteProcess),
      ownAddress: exchangeOf(roomProcess),
      password,
    });
    await authoriseSession(centre, site, room, { projectId, sessionId });
    await openSignIn(room, sessionId);
    const wire = new Wire(roomProcess.exchangePort);
    await wire.open();
    running.push({ stop: () => Promise.resolve(wire.close()) });
    const { pairingCode } = await room.call.overview.get();
    const seats: Seat[] = [];
    for (let number = 1; number <= options.seats; number++) {
      const seat = await Seat.start({
        data: join(data, `seat-${number}`),
        port: 0,
        room: `127.0.0.1:${wire.port}`,
        'pairing-code': pairingCode,
        'log-level': 'error',
      });
      running.push(seat);
      seats.push(seat);
      await approveSeats(room, number);
    }
    return {
      room,
      sessionId,
      seats,
      wire,
      async allowStart() {
        const { session } = await room.call.session.allowStart({ sessionId });
        if (session?.startsAt == null) throw new Error('the room did not say when it starts');
        return session.startsAt;
      },
      async collect() {
        await endAndReport(site, room, {
          sessionId,
          roomPassword: password,
          backupFolder: join(data, 'backup'),
        });
        return (await scoreAndExport(centre, projectId)).answers;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
