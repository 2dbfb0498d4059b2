/** The drill's last line. */
import type { Resumed, VirtualCandidate } from './candidate.ts';
import type { Disturbance } from './disturb.ts';

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
  /** Without saves that overlap a disturbance: from the kill or cut until the room was back and every seat's queue was sent; null: none was undisturbed. */
  readonly saveMsP99Undisturbed: number | null;
  /** From the start to the last seat that had it, its paper open. */
  readonly startFanoutMsLast: number;
  /** What was broken and went on: programs, connections, requests of candidates. */
  readonly recoveries: number;
  /** From each SIGKILL, or mending of a cut line, to the first change made after it that the room acknowledged; null: nothing was disturbed. */
  readonly recoveryMsMax: number | null;
  readonly disturbances: readonly {
    readonly what: string;
    readonly recoveryMs: number;
    /** From the kill or cut until every seat's queue was sent. */
    readonly queueSentMs: number;
  }[];
  /** Candidates who went on at another seat. */
  readonly resumes: number;
  /** From the room's operation to the answers at the new seat; null: nobody moved. */
  readonly resumeMsMax: number | null;
  /** Answers that were not the same there. */
  readonly resumedDifferent: number;
}

/** @param startsAt wall clock of the start, ms; null: each seat's own reckoning of it. */
export function summary(
  candidates: readonly VirtualCandidate[],
  found: Pick<Summary, 'changesInResults' | 'lost' | 'mismatched'> & {
    readonly startsAt: number | null;
    /** Programs that were started again and connections that were mended, by the drill itself. */
    readonly mended: number;
    readonly disturbances?: readonly Disturbance[];
    readonly resumes?: readonly Resumed[];
  },
): Summary {
  const records = candidates.map((one) => one.record);
  const sum = (count: (record: VirtualCandidate['record']) => number): number =>
    records.reduce((total, record) => total + count(record), 0);
  const { disturbances = [], resumes = [] } = found;
  const saves = records.flatMap((record) => record.saves);
  const undisturbed = saves.filter(
    ({ begun, ms }) => !disturbances.some(({ from, until }) => begun <= until && begun + ms >= from),
  );
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
    saveMsP50: share(saves, 0.5),
    saveMsP99: share(saves, 0.99),
    saveMsP99Undisturbed: undisturbed.length === 0 ? null : share(undisturbed, 0.99),
    startFanoutMsLast: Math.round(Math.max(0, ...fanout)),
    recoveries: sum((record) => record.recoveries) + found.mended,
    recoveryMsMax: longest(disturbances.map(({ recoveryMs }) => recoveryMs)),
    disturbances: disturbances.map(({ what, from, until, recoveryMs }) => ({
      what,
      recoveryMs: Math.round(recoveryMs),
      queueSentMs: Math.round(until - from),
    })),
    resumes: resumes.length,
    resumeMsMax: longest(resumes.map(({ ms }) => ms)),
    resumedDifferent: resumes.reduce((total, { different }) => total + different, 0),
  };
}

/** ms, to a tenth */
function share(saves: readonly { readonly ms: number }[], part: number): number {
  const sorted = saves.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0) * 10) / 10;
}

function longest(ms: readonly number[]): number | null {
  return ms.length === 0 ? null : Math.round(Math.max(...ms));
}
