/** When a saved file is taken as a version, and which earlier versions stay. */

/** Nothing changed for so long: the program has finished saving, ms. */
export const quietMs = 1_500;
/** A file that never rests is taken as it is after so long, ms. */
export const patienceMs = 10_000;

/** After a version of that size the next one waits, ms: a seat that saves all the time leaves the room's network to the others. */
export function restAfter(size: number): number {
  return Math.min(60_000, 2_000 + size / 2_000);
}

export interface Unkept {
  /** Steady clock, ms: when the change that is not kept yet was seen first, and when the file changed last. */
  readonly firstSeenAt: number;
  readonly changedAt: number;
  /** null: no version was taken yet. */
  readonly takenAt: number | null;
  readonly takenSize: number;
}

/** @returns `as-it-is`: it has not come to rest, and is taken all the same. */
export function whetherToTake(file: Unkept, now: number): 'wait' | 'take' | 'as-it-is' {
  if (file.takenAt !== null && now - file.takenAt < restAfter(file.takenSize)) return 'wait';
  if (now - file.changedAt >= quietMs) return 'take';
  return now - file.firstSeenAt >= patienceMs ? 'as-it-is' : 'wait';
}

export interface Version {
  readonly id: number;
  /** ms; bytes. */
  readonly at: number;
  readonly size: number;
}

export interface VersionLimits {
  /** Every version stays so long, ms; older ones one in each span of `spanMs`. */
  readonly allMs: number;
  readonly spanMs: number;
  readonly count: number;
  /** Bytes of all together. */
  readonly total: number;
}

export const versionLimits: VersionLimits = {
  allMs: 10 * 60_000,
  spanMs: 5 * 60_000,
  count: 60,
  total: 1024 ** 3,
};

/**
 * The newest version is the answer and always stays. @param versions of one file.
 * @returns ids of those whose content need not be kept any longer.
 */
export function superfluous(
  versions: readonly Version[],
  now: number,
  limits: VersionLimits = versionLimits,
): number[] {
  const newestFirst = versions.toSorted((a, b) => b.at - a.at || b.id - a.id);
  const spans = new Set<number>();
  const dropped: number[] = [];
  let [count, total] = [0, 0];
  for (const { id, at, size } of newestFirst) {
    const span = Math.floor(at / limits.spanMs);
    const old = now - at > limits.allMs;
    const fits = count < limits.count && total + size <= limits.total;
    if (count > 0 && (!fits || (old && spans.has(span)))) {
      dropped.push(id);
      continue;
    }
    if (old) spans.add(span);
    count++;
    total += size;
  }
  return dropped;
}
