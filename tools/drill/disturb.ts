/** Kills processes and cuts lines while candidates work, and measures how long it takes until everything goes on. */
import type { Exam, Names } from '../exam-day/exam.ts';
import type { VirtualCandidate } from './candidate.ts';

export type Cut = 'room-site' | 'seat-room';

export interface Disturbance {
  /** `room`, `site`, `seats-3`, `room-site`, `seat-room`. */
  readonly what: string;
  /** `performance.now()` of the kill or cut, and of the moment in which everything was back and every seat's queue was sent. */
  readonly from: number;
  readonly until: number;
  /**
   * From the kill, or the mending of a cut line, to the first acknowledgement by the room of a change that was made after it, at a seat that was
   * concerned. A room whose site is away acknowledges all the while. When nobody made a change any more, until every seat's queue was sent.
   */
  readonly recoveryMs: number;
}

/** So many seats are asked every so often, ms, whether the room has acknowledged; all who wait take their turn, since nobody knows who is first. */
const lookEveryMs = 40;
const askedAtOnce = 4;

export async function killOne(
  exam: Exam,
  what: Extract<Names, 'room' | 'site' | `seats-${number}`>,
  candidates: readonly VirtualCandidate[],
  endAt: number,
): Promise<Disturbance> {
  const { child } = exam.process(what);
  const concerned = what.startsWith('seats-')
    ? candidates.filter((one) => exam.process(one.seat).child === child)
    : candidates;
  const from = performance.now();
  await exam.process(what).kill();
  const again = exam.again(what);
  return recovered(what, from, from, { concerned, all: candidates, endAt, again });
}

export async function cutOne(
  exam: Exam,
  line: Cut,
  forMs: number,
  candidates: readonly VirtualCandidate[],
  endAt: number,
): Promise<Disturbance> {
  const wire = exam.wire(line);
  const from = performance.now();
  wire.cut(true);
  await pause(forMs);
  wire.cut(false);
  return recovered(line, from, performance.now(), {
    concerned: candidates,
    all: candidates,
    endAt,
    again: Promise.resolve(),
  });
}

async function recovered(
  what: string,
  from: number,
  mendedAt: number,
  seats: {
    readonly concerned: readonly VirtualCandidate[];
    readonly all: readonly VirtualCandidate[];
    readonly endAt: number;
    /** Whoever was killed is there again. */
    readonly again: Promise<void>;
  },
): Promise<Disturbance> {
  const [recoveryMs] = await Promise.all([firstAcknowledged(mendedAt, seats), seats.again]);
  await queuesSent(seats.all);
  const until = performance.now();
  return { what, from, until, recoveryMs: recoveryMs ?? until - mendedAt };
}

async function firstAcknowledged(
  since: number,
  { concerned, endAt }: { readonly concerned: readonly VirtualCandidate[]; readonly endAt: number },
): Promise<number | null> {
  for (let turn = 0; Date.now() < endAt + 5_000; turn += askedAtOnce) {
    const all = concerned.filter((one) => one.savedSince(since).length > 0);
    const waiting = Array.from(
      { length: Math.min(askedAtOnce, all.length) },
      (_, i) => all[(turn + i) % all.length] as VirtualCandidate,
    );
    const states = await Promise.all(
      waiting.map(async (one) => ({ one, state: await one.state().catch(() => null) })),
    );
    for (const { one, state } of states)
      for (const { item, change } of one.savedSince(since)) {
        const kept = state?.kept[item];
        if (kept?.kept === 'room' && kept.change >= change) return performance.now() - since;
      }
    await pause(lookEveryMs);
  }
  return null;
}

async function queuesSent(candidates: readonly VirtualCandidate[]): Promise<void> {
  let waiting = [...candidates];
  const begun = performance.now();
  while (waiting.length > 0) {
    const sent = new Set<VirtualCandidate>();
    // One seat after the other: whoever measures must not be the load.
    for (const one of waiting) {
      const state = await one.state().catch(() => null);
      if (state?.roomOnline && state.pending === 0) sent.add(one);
    }
    waiting = waiting.filter((one) => !sent.has(one));
    if (performance.now() - begun > 120_000) throw new Error('seats do not get their changes to the room');
    if (waiting.length > 0) await pause(100);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
