/** A drill in a room that runs already: seats of this machine join it, and whoever is in charge there admits them, starts and ends. */
import { join } from 'node:path';
import { randomFrom } from '../../src/exam/paper/instance.ts';
import { openConsole, startRole, until, type RoleProcess } from '../exam-day/process.ts';
import { VirtualCandidate } from './candidate.ts';
import { summary, type Summary } from './summary.ts';

export interface RunningRoom {
  /** `host:port` of the room's exchange, as seats are told it. */
  readonly room: string;
  readonly pairingCode: string;
  /** Admission number of the first candidate; the others count up from it. */
  readonly firstNumber: string;
  readonly seats: number;
  readonly minutes: number;
  readonly paceS: number;
  readonly seed: string;
  readonly data: string;
  readonly say: (text: string) => void;
}

const waitMs = 3_600_000;

export async function drillIn(options: RunningRoom): Promise<Summary> {
  const { seats, say } = options;
  const processes: RoleProcess[] = [];
  try {
    say(`starting ${seats} seats …`);
    for (let number = 1; number <= seats; number++)
      processes.push(
        await startRole(
          'seat',
          {
            data: join(options.data, `seat-${number}`),
            port: 0,
            room: options.room.replace(/^\w+:\/\//, '').replace(/\/$/, ''),
            'pairing-code': options.pairingCode,
            'log-level': 'error',
          },
          {},
          { dataStays: true },
        ),
      );
    const candidates = processes.map(
      ({ port }, i) =>
        new VirtualCandidate(
          countedUp(options.firstNumber, i),
          `seat-${i + 1}`,
          () => port,
          randomFrom(`candidate ${options.seed} ${i + 1}`),
        ),
    );
    say('admit the seats in the room’s console and allow sign-in');
    for (const { port } of processes) await signInOpen(port);
    await Promise.all(candidates.map((one) => one.signIn()));
    say('all signed in; allow the start in the room’s console');
    await Promise.all(
      candidates.map(async (one) => {
        await one.work(options.minutes, options.paceS);
        await one.handIn();
      }),
    );
    const lost = await notInTheRoom(processes, candidates);
    return summary(candidates, { changesInResults: null, lost, mismatched: 0, startsAt: null, mended: 0 });
  } finally {
    for (const one of processes.toReversed()) await one.stop();
  }
}

async function signInOpen(port: number): Promise<void> {
  const seat = await openConsole('seat', port);
  await until(
    'an admitted seat with a session',
    async () => {
      const { phase, session } = await seat.call.state.get();
      return !['unpaired', 'announced'].includes(phase) && session !== null;
    },
    waitMs,
  );
}

/** Answers that were said to be kept, and of which the room did not say that it has them. */
async function notInTheRoom(
  processes: readonly RoleProcess[],
  candidates: readonly VirtualCandidate[],
): Promise<number> {
  const lost = await Promise.all(
    candidates.map(async ({ record }, i) => {
      const seat = await openConsole('seat', processes[i]?.port ?? 0);
      const { kept } = await seat.call.state.get();
      return [...record.answers.keys()].filter((item) => kept[item]?.kept !== 'room').length;
    }),
  );
  return lost.reduce((sum, count) => sum + count, 0);
}

/** `1000009` and 2 give `1000011`; leading zeros and a prefix stay. */
function countedUp(first: string, by: number): string {
  const digits = /\d+$/.exec(first)?.[0] ?? '';
  const next = String(BigInt(digits || 0) + BigInt(by)).padStart(digits.length, '0');
  return first.slice(0, first.length - digits.length) + next;
}
