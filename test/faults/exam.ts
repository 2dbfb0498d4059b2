/** An exam day on real processes for tests that break something in it: set up once, then taken from there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { policySchema } from '../../src/exam/project/policy.ts';
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
  type Disturbance,
  type RoleName,
  type RoleProcess,
} from '../../tools/exam-day/process.ts';

export const password = 'exam-password';
export const siteCode = 'S1';
export const roomCode = 'S1-R1';

export type Names = 'centre' | 'site' | 'room' | `seat-${number}`;

export interface Exam {
  readonly folder: string;
  readonly projectId: string;
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
  addSeat(name: `seat-${number}`, disturbance?: Disturbance): Promise<Console<Contracts['seat']>>;
  close(): Promise<void>;
}

export interface Plan {
  /** Candidates are `1000001` and so on; each of the first `seats` sits at the seat of that number. */
  readonly seats: number;
  readonly candidates?: number;
  readonly startAt?: number;
  readonly durationMin?: number;
  readonly policy?: Partial<ReturnType<typeof policySchema.parse>>;
  /** How far: rooms registered and loaded; sign-in open; everybody answering. */
  readonly until: 'loaded' | 'sign-in' | 'answering';
  /** Where a role keeps its data, when not below the exam's folder. */
  readonly places?: Partial<Record<Names, string>>;
  readonly disturbances?: Partial<Record<Names, Disturbance>>;
}

export async function startExam(plan: Plan): Promise<Exam> {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-fault-'));
  const running = new Map<Names, RoleProcess>();
  const data = (name: Names): string => plan.places?.[name] ?? join(folder, name);
  const roleOf = (name: Names): RoleName => (name.startsWith('seat-') ? 'seat' : (name as RoleName));
  const begin = async (
    name: Names,
    options: Record<string, string | number> = {},
    disturbance = plan.disturbances?.[name],
  ): Promise<RoleProcess> => {
    const started = await startRole(
      roleOf(name),
      { data: data(name), port: 0, 'log-level': 'warn', ...options },
      disturbance,
    );
    running.set(name, started);
    return started;
  };
  const found = (name: Names): RoleProcess => {
    const one = running.get(name);
    if (!one) throw new Error(`${name} was never started`);
    return one;
  };
  const close = async (): Promise<void> => {
    for (const one of [...running.values()].toReversed()) await one.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const centreProcess = await begin('centre');
    const siteProcess = await begin('site');
    const roomProcess = await begin('room');
    const centre = await openConsole('centre', centreProcess.port);
    const site = await openConsole('site', siteProcess.port);
    const room = await openConsole('room', roomProcess.port);
    await signIn(centre, password);
    const { projectId, sessionIds } = await prepareCentre(centre, {
      code: 'P1',
      name: 'Trial',
      startAt: plan.startAt ?? Date.now(),
      durationMin: plan.durationMin ?? 60,
      roster: {
        sessions: 1,
        sites: [siteCode],
        roomsPerSite: 1,
        candidatesPerRoom: plan.candidates ?? Math.max(1, plan.seats),
      },
      policy: { countdownS: 0, earliestHandInMin: 0, lateLimitMin: 60, ...plan.policy },
    });
    const sessionId = sessionIds[0] ?? '';
    await setUpSite(centre, site, {
      projectId,
      siteCode,
      centreAddress: exchangeOf(centreProcess),
      lockPath: join(folder, 'lock.key'),
      password,
    });
    await setUpRoom(site, room, {
      roomCode,
      siteAddress: exchangeOf(siteProcess),
      ownAddress: exchangeOf(roomProcess),
      password,
    });
    const seats: Console<Contracts['seat']>[] = [];
    const addSeat: Exam['addSeat'] = async (name, disturbance) => {
      const { pairingCode } = await room.call.overview.get();
      const started = await begin(
        name,
        { room: exchangeOf(roomProcess), 'pairing-code': pairingCode },
        disturbance,
      );
      await approveSeats(room, [...running.keys()].filter((one) => one.startsWith('seat-')).length);
      const seat = await openConsole('seat', started.port);
      seats.push(seat);
      await until('a ready seat', async () => (await seat.call.state.get()).phase === 'ready');
      return seat;
    };
    const again: Exam['again'] = async (name, disturbance) => {
      const { port, exchangePort } = found(name);
      const ports = exchangePort === 0 ? { port } : { port, 'exchange-port': exchangePort };
      await begin(name, ports, disturbance);
    };
    const exam = { folder, projectId, sessionId, centre, site, room, seats };
    if (plan.until !== 'loaded') {
      await authoriseSession(centre, site, room, { projectId, sessionId });
      await openSignIn(room, sessionId);
    }
    for (let number = 1; number <= plan.seats; number++) await addSeat(`seat-${number}`);
    if (plan.until === 'answering') await startAnswering(exam);
    return { ...exam, process: found, data, again, addSeat, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Signs a candidate in at a seat, up to the page that waits for the start. */
export async function takeSeat(seat: Console<Contracts['seat']>, admissionNumber: string): Promise<void> {
  await seat.call.sitting.signIn({ admissionNumber });
  await seat.call.sitting.confirm({ confirmed: true });
  await seat.call.sitting.rulesRead();
}

async function startAnswering({
  room,
  seats,
  sessionId,
}: Pick<Exam, 'room' | 'seats' | 'sessionId'>): Promise<void> {
  for (const [i, seat] of seats.entries()) await takeSeat(seat, `100000${i + 1}`);
  await room.call.session.allowStart({ sessionId });
  for (const seat of seats) await isAnswering(seat);
}

export function isAnswering(seat: Console<Contracts['seat']>): Promise<unknown> {
  return until('the questions at the seat', async () => (await seat.call.state.get()).phase === 'answering');
}

export interface Question {
  readonly item: string;
  readonly response: string;
  answer(text: string): Promise<void>;
}

/** One text question of the paper, to be answered over and over. */
export async function textQuestion(seat: Console<Contracts['seat']>): Promise<Question> {
  const { instance } = await seat.call.sitting.paper();
  const found = instance.items.find(({ item }) =>
    item.responses.some(({ cardinality, baseType }) => cardinality === 'single' && baseType === 'string'),
  );
  const response = found?.item.responses.find(({ baseType }) => baseType === 'string')?.identifier;
  if (!found || response === undefined) throw new Error('the sample paper has no text question');
  const item = found.identifier;
  return {
    item,
    response,
    answer: async (text) => void (await seat.call.sitting.answer({ item, responses: { [response]: text } })),
  };
}

/** Waits until the room holds everything that this seat keeps. */
export function keptByRoom(seat: Console<Contracts['seat']>): Promise<unknown> {
  return until('everything kept by the room', async () => {
    const state = await seat.call.state.get();
    return state.pending === 0 && Object.values(state.kept).every((change) => change.kept === 'room');
  });
}

/** Waits until a process that is killed from inside is dead. */
export async function ended({ role, child }: RoleProcess): Promise<NodeJS.Signals | null> {
  await until(`the end of the ${role}`, async () => child.signalCode !== null || child.exitCode !== null);
  return child.signalCode;
}
