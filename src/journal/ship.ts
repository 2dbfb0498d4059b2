/**
 * What a child still owes its parent, chain by chain: its own journal and, for a room or a site, its descendants'. Pure, and it follows
 * the parent's word: when a parent that lost its disk acknowledges less than before, the child simply sends from there again.
 */
import type { Head, StoredEntry } from './entry.ts';
import { nextEntries, pushLimits, toSegment, type PushLimits, type Segment } from './segment.ts';

export interface Shipper {
  /**
   * The parent's word on what it holds durably, from a hello: replaces everything known before, also by less.
   * A chain that is not among them is one of which the parent holds nothing.
   */
  acknowledgedAll(heads: readonly Head[]): void;
  /** The answer to one push: `null` when the parent holds nothing of the chain. */
  acknowledged(chain: { origin: string; epoch: string }, head: Head | null): void;
  /**
   * The parent's copy differs from ours: nothing more of this chain goes out while the parent's head of it stays the same. Another head, as a
   * hello tells it, means that the parent's disk was put back: then the chain is owed again. To be called after the parent's head was taken.
   * The alarm is the caller's.
   */
  forked(chain: { origin: string; epoch: string }): void;
  /**
   * The next push, filled from all chains in turns, so that a thousand seats that each changed something are one message, and the long backlog of
   * one does not starve the others; null: nothing owed.
   */
  next(): Push | null;
  /** Entries that the parent has not acknowledged. */
  pending(): number;
  /** How far the parent acknowledged each chain. */
  told(): { origin: string; epoch: string; seq: number }[];
  /** What the parent acknowledged last. */
  acknowledgedSeq(origin: string, epoch: string): number;
}

export interface Push {
  readonly segment: Segment;
  /** The chains of which it carries entries. */
  readonly chains: readonly { readonly origin: string; readonly epoch: string }[];
  /** There may be more owed than one push takes. */
  readonly full: boolean;
}

export interface ShippingSource {
  heads(): readonly Head[];
  ofOrigin(origin: string, epoch: string, afterSeq: number, limit: number): readonly StoredEntry[];
}

export function createShipper(source: ShippingSource, limits: PushLimits = pushLimits): Shipper {
  let known = new Map<string, Head>();
  /** Forked chains, and the hash of the parent's head of each. */
  const stopped = new Map<string, string | undefined>();
  const knownSeq = (chain: { origin: string; epoch: string }): number => known.get(key(chain))?.seq ?? 0;
  /** The chain that was served last: the search for the next one starts behind it. */
  let served = '';
  const owed = (): Head[] =>
    source.heads().filter((head) => !stopped.has(key(head)) && knownSeq(head) < head.seq);
  return {
    acknowledgedAll(heads) {
      known = new Map(heads.map((head) => [key(head), head]));
      for (const [chain, hash] of stopped) if (known.get(chain)?.hash !== hash) stopped.delete(chain);
    },
    acknowledged(chain, head) {
      if (head) known.set(key(chain), head);
      else known.delete(key(chain));
    },
    forked(chain) {
      stopped.set(key(chain), known.get(key(chain))?.hash);
    },
    next() {
      const chains = owed();
      const first = chains.findIndex((head) => key(head) === served) + 1;
      const entries: StoredEntry[] = [];
      const taken: Head[] = [];
      let room = limits;
      let full = false;
      for (let i = 0; i < chains.length && !full; i++) {
        const head = chains[(first + i) % chains.length] as Head;
        const run = nextEntries(
          (afterSeq, limit) => source.ofOrigin(head.origin, head.epoch, afterSeq, limit),
          knownSeq(head),
          room,
        );
        if (run.entries.length === 0) continue;
        entries.push(...run.entries);
        taken.push(head);
        served = key(head);
        room = { entries: room.entries - run.entries.length, characters: room.characters - run.characters };
        const left = head.seq - knownSeq(head) - run.entries.length;
        full = left > 0 || room.entries === 0 || room.characters <= 0;
      }
      return entries.length === 0 ? null : { segment: toSegment(entries), chains: taken, full };
    },
    pending() {
      return owed().reduce((sum, head) => sum + head.seq - knownSeq(head), 0);
    },
    told: () =>
      source.heads().map(({ origin, epoch }) => ({ origin, epoch, seq: knownSeq({ origin, epoch }) })),
    acknowledgedSeq(origin, epoch) {
      return knownSeq({ origin, epoch });
    },
  };
}

function key(chain: { origin: string; epoch: string }): string {
  return `${chain.origin} ${chain.epoch}`;
}
