/** What this node and its parent hold of this node's own chains, when its disk was put back or two copies differ. */
import { toEntry, type Linked } from './chain.ts';
import type { Entry, Head } from './entry.ts';
import { EpochOrder, seenBy } from './epoch.ts';
import { alarmKind, saidAll } from './alarms.ts';
import { readStored, type Journal } from './journal.ts';

export type OwnJournal = Pick<Journal, 'self' | 'head' | 'heads' | 'hashAt' | 'ofOrigin'>;

/** One own chain, page by page. */
export function* readChain(journal: OwnJournal, epoch: string, pageSize = 5_000): Generator<Entry> {
  for (let seq = 0; ;) {
    const rows = journal.ofOrigin(journal.self.origin, epoch, seq, pageSize);
    for (const row of rows) yield readStored(row);
    if (rows.length === 0) return;
    seq += rows.length;
  }
}

/** The parent's copy of an own chain: up to `sharedSeq` it is this disk's. */
export interface Copy {
  readonly sharedSeq: number;
  readonly entries: readonly Linked[];
}

/** The own epochs on this disk, and what the parent holds otherwise, at a moment when nothing more can be written. */
export class OwnCopies {
  readonly origin: string;
  readonly current: string;
  readonly #journal: OwnJournal;
  readonly #parentHolds: readonly Head[];
  readonly #copies: ReadonlyMap<string, Copy>;

  constructor(journal: OwnJournal, parentHolds: readonly Head[], copies: ReadonlyMap<string, Copy>) {
    ({ origin: this.origin, epoch: this.current } = journal.self);
    this.#journal = journal;
    this.#parentHolds = parentHolds;
    this.#copies = copies;
  }

  /** What the parent holds beyond this disk: it comes back. Once the old disk wrote anything of its own, nothing does. */
  restored(epoch: string): readonly Linked[] {
    const copy = this.#copies.get(epoch);
    return copy && copy.sharedSeq === this.seqHere(epoch) ? copy.entries : [];
  }

  /** The parent's copy, when it goes on differently. */
  diverged(epoch: string): Copy | null {
    return this.restored(epoch).length > 0 ? null : (this.#copies.get(epoch) ?? null);
  }

  seqHere(epoch: string): number {
    return this.#journal.head(this.origin, epoch)?.seq ?? 0;
  }

  /** All entries of an own epoch, those that come back included. */
  *entries(epoch: string): Generator<Entry> {
    yield* readChain(this.#journal, epoch);
    yield* this.restored(epoch).map(toEntry);
  }

  heads(): Head[] {
    return this.inOrder().flatMap((epoch) => {
      const last = this.restored(epoch).at(-1);
      const head = last ? { ...last.header, hash: last.hash } : this.#journal.head(this.origin, epoch);
      return head ? [{ origin: head.origin, epoch: head.epoch, seq: head.seq, hash: head.hash }] : [];
    });
  }

  /** The own epochs, as they followed each other. */
  inOrder(): string[] {
    const rank = this.#ranks();
    return [...rank.keys()].toSorted((one, other) => (rank.get(one) ?? 0) - (rank.get(other) ?? 0));
  }

  /** Epochs that came after the current one, or beside it: only such as come back now. */
  besideOrAfterCurrent(): string[] {
    const rank = this.#ranks();
    const mine = rank.get(this.current) ?? 0;
    return [...rank].flatMap(([epoch, one]) => (epoch !== this.current && one >= mine ? [epoch] : []));
  }

  /** How much of the current epoch, as it is here, whoever wrote that other epoch knew. */
  currentSeenBy(epoch: string): number {
    const { origin, current } = this;
    const seen = seenBy(this.opening(epoch), { origin, epoch: current });
    // Of an epoch that comes back only in part, what it said again of the current one is missing.
    if (!seen || !saidAll(this.entries(epoch), this.seqHere(epoch) + this.restored(epoch).length)) return 0;
    if (this.#hashAt(current, seen.seq) === seen.hash) return seen.seq;
    // It was another copy of the current epoch: it knew what both share, and what it said again of its own.
    return Math.max(Math.min(seen.seq, this.#sharedOfCurrent()), this.#currentSaidAgainBy(epoch));
  }

  /** Up to which entry of the current epoch, as it is here, that other epoch began with saying it again. */
  #currentSaidAgainBy(epoch: string): number {
    const said = new Set<string>();
    for (const { again, kind, place } of this.entries(epoch)) {
      if (again !== undefined) said.add(again);
      else if (place.seq > 1 && kind !== alarmKind) break;
    }
    let last = 0;
    for (const { again, hash, place } of said.size === 0 ? [] : readChain(this.#journal, this.current))
      if (said.has(again ?? hash)) last = place.seq;
    return last;
  }

  #sharedOfCurrent(): number {
    const { origin, current } = this;
    const copy = this.#copies.get(current);
    if (copy && copy === this.diverged(current)) {
      const differs = copy.entries.findIndex(
        ({ header, hash }) => this.#journal.hashAt(origin, current, header.seq) !== hash,
      );
      return copy.sharedSeq + (differs === -1 ? copy.entries.length : differs);
    }
    return this.#parentHolds.find((one) => one.origin === origin && one.epoch === current)?.seq ?? 0;
  }

  #hashAt(epoch: string, seq: number): string | null {
    const restored = this.restored(epoch).find(({ header }) => header.seq === seq);
    return restored?.hash ?? this.#journal.hashAt(this.origin, epoch, seq);
  }

  opening(epoch: string): Entry | undefined {
    const [row] = this.#journal.ofOrigin(this.origin, epoch, 0, 1);
    const [restored] = this.restored(epoch);
    return row ? readStored(row) : restored && toEntry(restored);
  }

  #ranks(): Map<string, number> {
    const here = this.#journal
      .heads()
      .flatMap(({ origin, epoch }) => (origin === this.origin ? [epoch] : []));
    const epochs = [...new Set([...here, ...this.#copies.keys()])];
    const order = new EpochOrder();
    for (const epoch of epochs) {
      const opening = this.opening(epoch);
      if (opening) order.take(opening);
    }
    return new Map(epochs.map((epoch) => [epoch, order.rank(this.origin, epoch)]));
  }
}
