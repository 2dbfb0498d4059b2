/**
 * Epochs, and what neighbours conclude from each other's heads. A disk that was put back to an older state cannot know it by itself;
 * its parent and its children can, because they remember what it once said.
 */
import * as z from 'zod';
import type { Draft, Head, Place } from './entry.ts';

export type EpochReason = 'first-start' | 'restored' | 'rolled-back' | 'reinstalled';

/** The first entry of an epoch. @param previous what is known of the epochs before. */
export function epochOpened(reason: EpochReason, previous: readonly Head[]): Draft {
  return {
    kind: 'epoch-opened',
    subject: 'journal',
    data: {
      reason,
      previous: previous.map(({ origin, epoch, seq, hash }) => ({ origin, epoch, seq, hash })),
    },
  };
}

/** How two copies of one chain stand to each other, seen from `mine`. */
export type Standing = 'same' | 'behind' | 'ahead' | 'fork';

/**
 * Compares one chain at two nodes. `fork`: the same place holds two different entries.
 * @param hashAt what is held here at that place of the chain; null: nothing.
 */
export function compareChain(
  mine: Head | null,
  theirs: Head | null,
  hashAt: (seq: number) => string | null,
): Standing {
  if (theirs === null || theirs.seq === 0) return mine === null || mine.seq === 0 ? 'same' : 'ahead';
  if (mine === null || mine.seq < theirs.seq) return 'behind';
  if (hashAt(theirs.seq) !== theirs.hash) return 'fork';
  return mine.seq === theirs.seq ? 'same' : 'ahead';
}

export interface Comparison {
  readonly head: Head;
  readonly standing: Standing | 'rolled-back';
}

/**
 * What a neighbour's heads say about this node's journal, chain by chain. `rolled-back`: the neighbour holds more of the chain that
 * only this node writes than this node itself, so this disk is an older copy. For chains of others `behind` is everyday life.
 * @param self this node's id: nobody can be ahead of it in its own chain.
 */
export function compareHeads(
  self: string,
  theirs: readonly Head[],
  mine: (origin: string, epoch: string) => Head | null,
  hashAt: (origin: string, epoch: string, seq: number) => string | null,
): Comparison[] {
  return theirs.map((head) => {
    const { origin, epoch } = head;
    const standing = compareChain(mine(origin, epoch), head, (seq) => hashAt(origin, epoch, seq));
    return { head, standing: origin === self && standing === 'behind' ? 'rolled-back' : standing };
  });
}

/**
 * Did the parent lose what it had acknowledged? Compares what a child was told before with what the parent says now.
 * The child then sends again from what the parent now holds, and nothing that was acknowledged is lost.
 */
export function parentRolledBack<Told extends Omit<Head, 'hash'>>(
  toldBefore: readonly Told[],
  saysNow: readonly Head[],
): Told[] {
  const now = new Map(saysNow.map((head) => [`${head.origin} ${head.epoch}`, head]));
  return toldBefore.filter((head) => (now.get(`${head.origin} ${head.epoch}`)?.seq ?? 0) < head.seq);
}

const openingSchema = z.object({
  previous: z.array(
    z.object({ origin: z.string(), epoch: z.string(), seq: z.number().int(), hash: z.string() }),
  ),
});

/** How far an epoch's writer knew another chain when it opened the epoch; null: not at all. */
export function seenBy(
  opening: { readonly data: unknown } | undefined,
  { origin, epoch }: Omit<Place, 'seq'>,
): Head | null {
  const previous = openingSchema.safeParse(opening?.data).data?.previous ?? [];
  return previous.find((one) => one.origin === origin && one.epoch === epoch) ?? null;
}

/** In which order the epochs of each journal follow each other, from their openings, in whatever order those arrive. */
export class EpochOrder {
  readonly #previous = new Map<string, readonly string[]>();
  readonly #ranks = new Map<string, number>();

  /** Takes every entry; only openings tell something. */
  take({
    kind,
    place,
    data,
  }: {
    readonly kind: string;
    readonly place: Place;
    readonly data: unknown;
  }): void {
    if (kind !== 'epoch-opened') return;
    const said = openingSchema.safeParse(data);
    const own = (said.data?.previous ?? []).filter(({ origin }) => origin === place.origin);
    this.#previous.set(
      `${place.origin} ${place.epoch}`,
      own.map(({ epoch }) => epoch),
    );
    this.#ranks.clear();
  }

  /** 0 for the first epoch, and more than every epoch that this one names as previous. */
  rank(origin: string, epoch: string): number {
    const key = `${origin} ${epoch}`;
    const known = this.#ranks.get(key);
    if (known !== undefined) return known;
    // Set before the others are asked: openings that name each other in a circle are nonsense, but end.
    this.#ranks.set(key, 0);
    const before = (this.#previous.get(key) ?? []).filter((one) => one !== epoch);
    const rank = before.reduce((most, one) => Math.max(most, this.rank(origin, one) + 1), 0);
    this.#ranks.set(key, rank);
    return rank;
  }
}
