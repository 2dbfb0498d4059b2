/**
 * What a node does when its parent's heads show that its own disk was put back, or that the two copies of a chain differ.
 * Pure; the caller asks the parent for the entries and commits.
 */
import { sha256Hex } from '../trust/digest.ts';
import type { Draft, Entry, Head, StoredEntry } from './entry.ts';
import { compareHeads } from './epoch.ts';

export interface Healing {
  /** What the parent holds and this node does not: fetch it, own entries with `restoreOwn`, others with `accept`. */
  readonly fetch: readonly { origin: string; epoch: string; afterSeq: number }[];
  /** Chains in which both hold another entry at the same place. Keep both, send no more of it, raise the alarm. */
  readonly forked: readonly Head[];
}

/** @param parentHolds the parent's heads of every chain of this node and of the nodes below it. */
export function healingAfterHello(
  self: string,
  parentHolds: readonly Head[],
  mine: (origin: string, epoch: string) => Head | null,
  hashAt: (origin: string, epoch: string, seq: number) => string | null,
): Healing {
  const compared = compareHeads(self, parentHolds, mine, hashAt);
  return {
    fetch: compared
      .filter(({ standing }) => standing === 'rolled-back' || standing === 'behind')
      .map(({ head: { origin, epoch } }) => ({
        origin,
        epoch,
        afterSeq: mine(origin, epoch)?.seq ?? 0,
      })),
    forked: compared.filter(({ standing }) => standing === 'fork').map(({ head }) => head),
  };
}

/**
 * The own entries of a forked chain that the parent does not hold, as drafts for the new epoch: what was promised after the old disk came
 * back reaches the parent after all.
 * @param parentHolds the parent's copy of that chain.
 */
export function carryOver(own: readonly Entry[], parentHolds: readonly StoredEntry[]): Draft[] {
  const held = new Set(parentHolds.map((entry) => sha256Hex(entry.header)));
  return own
    .filter((entry) => !held.has(entry.hash) && entry.kind !== 'epoch-opened' && entry.kind !== 'erased')
    .map(({ kind, subject, data, payload }) => ({
      kind,
      subject,
      data,
      ...(payload === undefined ? {} : { payload }),
    }));
}
