/** An exam day on loopback, brought as far as an import needs it. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { loadOrCreateNodeKeys } from '../../src/trust/keys.ts';
import {
  authoriseSession,
  endAndReport,
  everyInteraction,
  lockPin,
  openSignIn,
  releasePin,
  takeSeat,
} from '../exam-day/exam-day.ts';
import { isAnswering, password, startExam, type Exam } from '../exam-day/exam.ts';
import { preloading, until } from '../exam-day/process.ts';
import { insideOf, type Keys, type ParcelInside } from './inside.ts';

/** Loaded in the room; the site has its authorisation; a candidate has answered; over, and reported up to the receipt. */
export const stages = ['loaded', 'authorised', 'answering', 'reported'] as const;
export type Stage = (typeof stages)[number];

export interface World {
  readonly exam: Exam;
  /** The stages before are gone through, too. A day does not go back. */
  reach(stage: Stage): Promise<void>;
  /** With the keys of everybody. */
  inside(parcel: Uint8Array): Promise<ParcelInside>;
  keys(): Promise<Keys>;
  /** The last that a role has written into its log; empty where they share a process. */
  logged(): string;
  close(): Promise<void>;
}

/** @param alone each role in a process of its own with little memory, so that one which needs more is seen to end. */
export async function openWorld(alone: boolean): Promise<World> {
  const little = { env: { NODE_OPTIONS: '--max-old-space-size=400' } };
  const exam = await startExam({
    seats: 0,
    until: 'loaded',
    packageFile: everyInteraction,
    durationMin: 240,
    policy: { lateLimitMin: 240 },
    ...(alone
      ? { disturbances: { centre: little, site: little, room: little } }
      : { hosted: ['centre', 'site', 'room', 'seat-1'] }),
  });
  let log = '';
  for (const name of ['centre', 'site', 'room'] as const)
    for (const stream of ['stdout', 'stderr'] as const)
      exam
        .process(name)
        .child?.[stream]?.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-6_000)));
  let reached = 0;
  let keys: Promise<Keys> | null = null;
  const keysNow = (): Promise<Keys> => (keys ??= keysOf(exam));
  return {
    exam,
    async reach(stage) {
      for (const next of stages.slice(reached + 1, stages.indexOf(stage) + 1)) {
        await steps[next](exam);
        reached = stages.indexOf(next);
        // A seat has keys, too.
        keys = null;
      }
    },
    keys: keysNow,
    inside: async (parcel) => insideOf(parcel, await keysNow()),
    logged: () => log.trim().split('\n').at(-1) ?? '',
    close: () => exam.close(),
  };
}

const steps: Record<Stage, (exam: Exam) => Promise<void>> = {
  loaded: () => Promise.resolve(),
  async authorised({ centre, site, projectId, sessionId }) {
    await centre.call.authorisation.prepare({ projectId, sessionId, pin: releasePin });
    await site.call.authorisation.fetch();
    await site.call.authorisation.calibrate({ sessionId, pin: lockPin });
    await site.call.authorisation.verify({ sessionId });
  },
  async answering(exam) {
    const { centre, site, room, projectId, sessionId } = exam;
    await authoriseSession(centre, site, room, { projectId, sessionId });
    await openSignIn(room, sessionId);
    const seat = await exam.addSeat('seat-1');
    await takeSeat(seat, '1000001');
    await exam.allowStart();
    await isAnswering(seat);
    const { instance } = await seat.call.sitting.paper();
    const question = instance.items.find(({ item }) =>
      item.responses.some(({ baseType }) => baseType === 'string'),
    );
    const response = question?.item.responses.find(({ baseType }) => baseType === 'string')?.identifier;
    if (!question || response === undefined) throw new Error('the sample paper has no text question');
    await seat.call.sitting.answer({
      item: question.item.identifier,
      responses: { [response]: 'an answer' },
    });
    await until('the answer in the room', async () => (await seat.call.state.get()).pending === 0);
  },
  async reported({ folder, site, room, sessionId }) {
    await endAndReport(site, room, {
      sessionId,
      roomPassword: password,
      backupFolder: join(folder, 'backup'),
    });
  },
};

async function keysOf(exam: Exam): Promise<Keys> {
  const names = ['centre', 'site', 'room', ...(exam.seats.length > 0 ? (['seat-1'] as const) : [])] as const;
  const nodes = await Promise.all(
    names.map((name) => loadOrCreateNodeKeys(join(exam.data(name), 'keys'), { name })),
  );
  return {
    signers: new Map(nodes.map(({ signing }) => [signing.keyId, signing])),
    identities: [
      ...nodes.map(({ sealing }) => sealing.identity),
      lockIdentity(join(exam.folder, 'lock.key')),
    ],
  };
}

/** What the exam lock opens with its PIN; by a process of its own, which hashes as cheaply as the one that made it. */
function lockIdentity(file: string): string {
  const script = join(import.meta.dirname, 'lock-identity.ts');
  return execFileSync(process.execPath, [...preloading([], false), script, file, lockPin], {
    encoding: 'utf8',
  });
}
