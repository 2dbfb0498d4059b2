/**
 * What a child still owes its parent, chain by chain: its own journal and, for a room or a site, its descendants'. Pure, and it follows
 * the parent's word: when a parent that lost its disk acknowledges less than before, the child simply sends from there again.
 */
import type { Head, StoredEntry } from './entry.ts';
import { nextSegment, type Segment } from './segment.ts';

export interface Shipper {
  /**
   * The parent's word on what it holds durably, from a hello: replaces everything known before, also by less.
   * A chain that is not among them is one of which the parent holds nothing.
   */
  acknowledgedAll(heads: readonly Head[]): void;
  /** The answer to one push: `null` when the parent holds nothing of the chain. */
  acknowledged(chain: { origin: string; epoch: string }, head: Head | null): void;
  /** The parent says that its copy differs from ours: nothing more of this chain goes out, and the alarm is the caller's. */
  forked(chain: { origin: string; epoch: string }): void;
  /** The next push, one chain at a time in turns, so that a long backlog of one seat does not starve the others; null: nothing owed. */
  next(): { chain: { origin: string; epoch: string }; segment: Segment } | null;
  /** Entries that the parent has not acknowledged. */
  pending(): number;
  /** How far the parent acknowledged each chain. */
  told(): { origin: string; epoch: string; seq: number }[];
  /** What the parent acknowledged last. */
  acknowledgedSeq(origin: string, epoch: string): number;
}

export interface ShippingSource {
  heads(): readonly Head[];
  ofOrigin(origin: string, epoch: string, afterSeq: number, limit: number): readonly StoredEntry[];
}

export function createShipper(
  source: ShippingSource,
  limits: { entries: number; characters: number } = { entries: 500, characters: 2_000_000 },
): Shipper {
  let known = new Map<string, number>();
  const stopped = new Set<string>();
  /** The chain that was served last: the search for the next one starts behind it. */
  let served = '';
  const owed = (): Head[] =>
    source.heads().filter((head) => !stopped.has(key(head)) && (known.get(key(head)) ?? 0) < head.seq);
  return {
    acknowledgedAll(heads) {
      known = new Map(heads.map((head) => [key(head), head.seq]));
    },
    acknowledged(chain, head) {
      known.set(key(chain), head?.seq ?? 0);
    },
    forked(chain) {
      stopped.add(key(chain));
    },
    next() {
      const chains = owed();
      const after = chains.findIndex((head) => key(head) === served) + 1;
      const head = chains[after % Math.max(1, chains.length)];
      if (!head) return null;
      served = key(head);
      const segment = nextSegment(
        (afterSeq, limit) => source.ofOrigin(head.origin, head.epoch, afterSeq, limit),
        known.get(key(head)) ?? 0,
        limits,
      );
      return segment && { chain: { origin: head.origin, epoch: head.epoch }, segment };
    },
    pending() {
      return owed().reduce((sum, head) => sum + head.seq - (known.get(key(head)) ?? 0), 0);
    },
    told: () =>
      source
        .heads()
        .map(({ origin, epoch }) => ({ origin, epoch, seq: known.get(key({ origin, epoch })) ?? 0 })),
    acknowledgedSeq(origin, epoch) {
      return known.get(key({ origin, epoch })) ?? 0;
    },
  };
}

function key(chain: { origin: string; epoch: string }): string {
  return `${chain.origin} ${chain.epoch}`;
}
