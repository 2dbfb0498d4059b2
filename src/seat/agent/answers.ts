/** What this seat keeps of its candidate's work: a fold over its own journal and over what the room carried here from a seat before. */
import { filesIn } from '../../exam/answer/answer-files.ts';
import { isLater } from '../../exam/answer/fold-answers.ts';
import type { ItemResponses } from '../../exam/paper/response.ts';
import type { Entry, Place } from '../../journal/entry.ts';
import { EpochOrder } from '../../journal/epoch.ts';
import type { KeptChange } from '../contract.ts';
import type { Claim } from './stored.ts';

interface Kept {
  readonly responses: ItemResponses;
  readonly lease: number;
  /** Rank of the epoch in its journal. */
  readonly epoch: number;
  readonly seq: number;
  /** Own epoch of the change; null: the room gave it. */
  readonly own: string | null;
}

export class SeatAnswers {
  readonly #kept = new Map<string, Kept>();
  readonly #flagged = new Set<string>();
  readonly #epochs = new EpochOrder();
  #viewed: string[] = [];
  readonly #claim: Claim;

  constructor(claim: Claim) {
    this.#claim = claim;
    for (const { item, responses, lease, epoch, seq } of claim.carried)
      this.#keep(item, { responses: responses as ItemResponses, lease, epoch, seq, own: null });
  }

  /** Takes an own entry in the order of the journal; others are passed over. */
  take(entry: Entry): void {
    this.#epochs.take(entry);
    const { sittingId, attempt } = this.#claim;
    if (entry.subject !== `sitting:${sittingId}` || entry.data['attempt'] !== attempt) return;
    const item = String(entry.data['item']);
    switch (entry.kind) {
      case 'answer-changed':
        return this.#keep(item, {
          responses: (entry.payload as { responses: ItemResponses } | undefined)?.responses ?? {},
          lease: Number(entry.data['lease']),
          seq: entry.place.seq,
          epoch: this.#epochs.rank(entry.place.origin, entry.place.epoch),
          own: entry.place.epoch,
        });
      case 'item-flagged':
        if (entry.data['flagged'] === true) this.#flagged.add(item);
        else this.#flagged.delete(item);
        return;
      case 'item-viewed':
        this.#viewed = [...this.#viewed.filter((one) => one !== item), item];
        return;
    }
  }

  responses(): Record<string, ItemResponses> {
    return Object.fromEntries([...this.#kept].map(([item, { responses }]) => [item, responses]));
  }

  /** Digests of files that the room has from a seat before: an answer may go on naming them here. */
  carriedFiles(): ReadonlySet<string> {
    return new Set(
      [...this.#kept.values()].flatMap(({ responses }) => filesIn(responses).map(({ file }) => file.digest)),
    );
  }

  get flagged(): string[] {
    return [...this.#flagged];
  }

  get viewed(): string[] {
    return [...this.#viewed];
  }

  /** Each answer's newest change, and where it is kept. @param acknowledged how far the room has an own epoch */
  kept(acknowledged: (epoch: string) => number): Record<string, KeptChange> {
    return Object.fromEntries(
      [...this.#kept].map(([item, kept]) => [
        item,
        {
          kept: kept.own === null || kept.seq <= acknowledged(kept.own) ? 'room' : 'seat',
          change: kept.own === null ? 0 : changeNumber(kept.epoch, kept.seq),
        },
      ]),
    );
  }

  /** The number of a change that this seat has made, as `kept` gives it. */
  numberOf({ origin, epoch, seq }: Place): number {
    return changeNumber(this.#epochs.rank(origin, epoch), seq);
  }

  /** The same order as everywhere: the place of a change is `(lease, epoch, seq)`. */
  #keep(item: string, change: Kept): void {
    const before = this.#kept.get(item);
    if (!before || !isLater(before, change)) this.#kept.set(item, change);
  }
}

/** Grows with every change, also when the journal goes on in a new epoch. */
function changeNumber(epochRank: number, seq: number): number {
  return epochRank * 2 ** 32 + seq;
}
