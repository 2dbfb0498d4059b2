/** An exam on real processes: centre, site, room and seats, brought as far as it is wanted, and taken from there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy } from '../../src/exam/project/policy.ts';
import {
  approveSeats,
  authoriseSession,
  endAndReport,
  openSignIn,
  scoreAndExport,
  takeSeat,
  type KeptAnswer,
  type RosterPlan,
} from './exam-day.ts';
import {
  openConsole,
  until,
  type Console,
  type Contracts,
  type Disturbance,
  type RoleProcess,
} from './process.ts';
import { Processes, type RoleOptions } from './processes.ts';
import { loadExam, startTiers } from './tiers.ts';
import { Wire } from './wire.ts';

/** Of every account of an exam that `startExam` starts. */
export const password = 'exam-password';
export const siteCode = 'S1';
export const roomCode = 'S1-R1';

type SeatName = `seat-${number}`;
/** A process with several seats. */
type HostName = `seats-${number}`;
export type Names = 'centre' | 'site' | 'room' | SeatName | HostName;
/** A child and its parent. */
type Line = 'room-site' | 'seat-room';

interface Plan {
  /** How far: the exam loaded in the room; sign-in open; everybody answering. */
  readonly until: 'loaded' | 'sign-in' | 'answering';
  /** Candidates are `1000001` and so on; with `answering`, each of the first sits at the seat of that number. */
  readonly seats: number;
  readonly startAt?: number;
  readonly durationMin?: number;
  readonly policy?: Partial<Policy>;
  readonly mode?: 'formal' | 'mock';
  readonly packageFile?: string;
  /** Seats that share a process, `seats-1` and so on; not given: each has its own. */
  readonly seatsPerProcess?: number;
  /** One session at one site with one room, and a candidate for every seat, unless it says otherwise. */
  readonly roster?: Partial<RosterPlan>;
  /** Beside the roster, by name: photos and PNP files. */
  readonly beside?: Readonly<Record<string, Uint8Array>>;
  /** Where the roles keep their data; a new folder that goes with the exam, when not given. */
  readonly folder?: string;
  /** Lines in which a wire stands. */
  readonly cuttable?: readonly Line[];
  readonly options?: Partial<Record<Names, RoleOptions>>;
  readonly disturbances?: Partial<Record<Names, Disturbance>>;
  /** Those that run beside others in one process: it saves a second of the processor each, and they cannot be killed. None, when not given. */
  readonly hosted?: readonly Names[];
}

export interface Exam {
  readonly folder: string;
  readonly projectId: string;
  /** The first session. */
  readonly sessionId: string;
  readonly centre: Console<Contracts['centre']>;
  readonly site: Console<Contracts['site']>;
  readonly room: Console<Contracts['room']>;
  readonly seats: readonly Console<Contracts['seat']>[];
  process(name: Names): RoleProcess;
  data(name: Names): string;
  /** Starts it again where it was: same folder, same ports. Whoever ran there must have ended. */
  again(name: Names, disturbance?: Disturbance): Promise<void>;
  /** Starts another seat in this room. */
  addSeat(name: SeatName): Promise<Console<Contracts['seat']>>;
  wire(line: Line): Wire;
  /** @returns room time of the start */
  allowStart(): Promise<number>;
  /** Ends the session and takes its results up. @returns what the centre has */
  collect(): Promise<{ csv: string; answers: KeptAnswer[] }>;
  close(): Promise<void>;
}

export async function startExam(plan: Plan): Promise<Exam> {
  const folder = plan.folder ?? mkdtempSync(join(tmpdir(), 'invigil-exam-'));
  const processes = new Processes(folder, { dataStays: plan.folder !== undefined });
  const wires = new Map<Line, Wire>();
  const close = async (): Promise<void> => {
    // Data that stays is left as at the end of any day; for data that goes nobody has to wait.
    if (plan.folder === undefined) {
      await processes.kill();
      rmSync(folder, { recursive: true, force: true });
    } else await processes.stop();
    for (const wire of wires.values()) wire.close();
  };
  /** @returns where the child finds its parent */
  const connect = async (line: Line, { exchangePort }: RoleProcess): Promise<string> => {
    if (!plan.cuttable?.includes(line)) return `127.0.0.1:${exchangePort}`;
    const wire = new Wire(exchangePort);
    wires.set(line, wire);
    await wire.open();
    return `127.0.0.1:${wire.port}`;
  };
  try {
    const tiers = await startTiers(processes, plan);
    const { projectId, sessionIds } = await loadExam(tiers, {
      project: {
        code: 'P1',
        name: 'Trial',
        startAt: plan.startAt ?? Date.now(),
        durationMin: plan.durationMin ?? 60,
        roster: {
          sessions: 1,
          sites: [siteCode],
          roomsPerSite: 1,
          candidatesPerRoom: Math.max(1, plan.seats),
          ...plan.roster,
        },
        // Nobody has to wait for anything.
        policy: { countdownS: 0, earliestHandInMin: 0, lateLimitMin: 60, ...plan.policy },
        ...(plan.mode === undefined ? {} : { mode: plan.mode }),
        ...(plan.packageFile === undefined ? {} : { packageFile: plan.packageFile }),
        ...(plan.beside === undefined ? {} : { beside: plan.beside }),
      },
      siteCode,
      roomCode,
      siteAddress: await connect('room-site', tiers.site.process),
      lockPath: join(folder, 'lock.key'),
      password,
    });
    const [centre, site, room] = [tiers.centre.console, tiers.site.console, tiers.room.console];
    const sessionId = sessionIds[0] ?? '';
    if (plan.until !== 'loaded') {
      await authoriseSession(centre, site, room, { projectId, sessionId });
      await openSignIn(room, sessionId);
    }
    const roomAddress = await connect('seat-room', tiers.room.process);
    const seats: Exam['seats'][number][] = [];
    const startSeat = (name: SeatName, pairingCode: string): Promise<RoleProcess> =>
      processes.start('seat', {
        name,
        options: { room: roomAddress, 'pairing-code': pairingCode, ...plan.options?.[name] },
        disturbance: plan.disturbances?.[name],
        hosted: plan.hosted?.includes(name),
      });
    let hosts = 0;
    const startHost = (names: readonly SeatName[], pairingCode: string): Promise<RoleProcess[]> =>
      processes.startHost(
        `seats-${++hosts}`,
        names.map((name) => ({ name, options: { room: roomAddress, 'pairing-code': pairingCode } })),
      );
    const addSeats = async (names: readonly SeatName[]): Promise<Exam['seats']> => {
      const { pairingCode } = await room.call.overview.get();
      const started: RoleProcess[] = [];
      const { seatsPerProcess } = plan;
      const groups = inGroups(names, seatsPerProcess ?? 1);
      // More than there are processors would only wait for each other.
      for (const some of inGroups(groups, availableParallelism()))
        started.push(
          ...(
            await Promise.all(
              some.map((group) =>
                seatsPerProcess === undefined
                  ? Promise.all(group.map((name) => startSeat(name, pairingCode)))
                  : startHost(group, pairingCode),
              ),
            )
          ).flat(),
        );
      await approveSeats(room, seats.length + started.length);
      const added = await Promise.all(started.map(({ port }) => openConsole('seat', port)));
      seats.push(...added);
      for (const seat of added)
        await until('a ready seat', async () => (await seat.call.state.get()).phase === 'ready');
      return added;
    };
    const exam: Exam = {
      folder,
      projectId,
      sessionId,
      centre,
      site,
      room,
      seats,
      process: (name) => processes.get(name),
      data: (name) => processes.get(name).data,
      again: async (name, disturbance) => void (await processes.again(name, disturbance)),
      addSeat: async (name) => (await addSeats([name]))[0] as Exam['seats'][number],
      wire(line) {
        const wire = wires.get(line);
        if (!wire) throw new Error(`no wire stands between ${line.replace('-', ' and ')}`);
        return wire;
      },
      async allowStart() {
        const { session } = await room.call.session.allowStart({ sessionId });
        if (session?.startsAt == null) throw new Error('the room did not say when it starts');
        return session.startsAt;
      },
      async collect() {
        await endAndReport(site, room, {
          sessionId,
          roomPassword: password,
          backupFolder: join(folder, 'backup'),
        });
        return scoreAndExport(centre, projectId);
      },
      close,
    };
    await addSeats(Array.from({ length: plan.seats }, (_, i) => `seat-${i + 1}` as const));
    if (plan.until === 'answering') await startAnswering(exam);
    return exam;
  } catch (error) {
    await close();
    throw error;
  }
}

function inGroups<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

async function startAnswering(exam: Exam): Promise<void> {
  for (const [i, seat] of exam.seats.entries()) await takeSeat(seat, `100000${i + 1}`);
  await exam.allowStart();
  for (const seat of exam.seats) await isAnswering(seat);
}

export function isAnswering(seat: Console<Contracts['seat']>): Promise<unknown> {
  return until('the questions at the seat', async () => (await seat.call.state.get()).phase === 'answering');
}
