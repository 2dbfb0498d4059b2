/** The drill's last line. */
import type { VirtualCandidate } from './candidate.ts';

export interface Summary {
  readonly seats: number;
  readonly signedIn: number;
  readonly handedIn: number;
  readonly changesAcknowledged: number;
  /** null: the room runs on, and only its centre could tell. */
  readonly changesInResults: number | null;
  readonly lost: number;
  readonly mismatched: number;
  readonly saveMsP50: number;
  readonly saveMsP99: number;
  /** From the start to the last seat that had it, its paper open. */
  readonly startFanoutMsLast: number;
  /** What was broken and went on: programs, connections, requests of candidates. */
  readonly recoveries: number;
}

/** @param startsAt wall clock of the start, ms; null: each seat's own reckoning of it. */
export function summary(
  candidates: readonly VirtualCandidate[],
  found: Pick<Summary, 'changesInResults' | 'lost' | 'mismatched'> & {
    readonly startsAt: number | null;
    /** Programs that were started again and connections that were mended, by the drill itself. */
    readonly mended: number;
  },
): Summary {
  const records = candidates.map((one) => one.record);
  const sum = (count: (record: VirtualCandidate['record']) => number): number =>
    records.reduce((total, record) => total + count(record), 0);
  const saveMs = records.flatMap((record) => record.saveMs).toSorted((a, b) => a - b);
  const share = (part: number): number =>
    Math.round((saveMs[Math.min(saveMs.length - 1, Math.floor(part * saveMs.length))] ?? 0) * 10) / 10;
  const fanout = records.flatMap(({ startedAt, startExpectedAt }) => {
    const from = found.startsAt ?? startExpectedAt;
    return startedAt === null || from === null ? [] : [startedAt - from];
  });
  return {
    seats: candidates.length,
    signedIn: sum((record) => (record.signedIn ? 1 : 0)),
    handedIn: sum((record) => (record.handedIn ? 1 : 0)),
    changesAcknowledged: sum((record) => record.changes),
    changesInResults: found.changesInResults,
    lost: found.lost,
    mismatched: found.mismatched,
    saveMsP50: share(0.5),
    saveMsP99: share(0.99),
    startFanoutMsLast: Math.round(Math.max(0, ...fanout)),
    recoveries: sum((record) => record.recoveries) + found.mended,
  };
}
