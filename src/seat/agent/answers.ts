/** What this seat keeps of its candidate's work: a fold over its own journal and over what the room carried here from a seat before. */
import type { ItemResponses } from '../../exam/paper/response.ts';
import type { Entry } from '../../journal/entry.ts';
import type { Claim } from './stored.ts';

interface Kept {
  readonly responses: ItemResponses;
  readonly lease: number;
  readonly seq: number;
  /** Own epoch of the change; null: the room gave it. */
  readonly epoch: string | null;
}

export class SeatAnswers {
  readonly #kept = new Map<string, Kept>();
  readonly #flagged = new Set<string>();
  #viewed: string[] = [];
  readonly #claim: Claim;

  constructor(claim: Claim) {
    this.#claim = claim;
    for (const { item, responses, lease, seq } of claim.carried)
      this.#keep(item, { responses: responses as ItemResponses, lease, seq, epoch: null });
  }

  /** Takes an own entry in the order of the journal; others are passed over. */
  take(entry: Entry): void {
    const { sittingId, attempt } = this.#claim;
    if (entry.subject !== `sitting:${sittingId}` || entry.data['attempt'] !== attempt) return;
    const item = String(entry.data['item']);
    switch (entry.kind) {
      case 'answer-changed':
        return this.#keep(item, {
          responses: (entry.payload as { responses: ItemResponses } | undefined)?.responses ?? {},
          lease: Number(entry.data['lease']),
          seq: entry.place.seq,
          epoch: entry.place.epoch,
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

  get flagged(): string[] {
    return [...this.#flagged];
  }

  get viewed(): string[] {
    return [...this.#viewed];
  }

  /** Where each answer is kept. @param acknowledged how far the room has an own epoch */
  kept(acknowledged: (epoch: string) => number): Record<string, 'seat' | 'room'> {
    return Object.fromEntries(
      [...this.#kept].map(([item, { epoch, seq }]) => [
        item,
        epoch === null || seq <= acknowledged(epoch) ? 'room' : 'seat',
      ]),
    );
  }

  /** The same order as everywhere: the place of a change is `(lease, seq)`. */
  #keep(item: string, change: Kept): void {
    const before = this.#kept.get(item);
    const later =
      !before || change.lease > before.lease || (change.lease === before.lease && change.seq >= before.seq);
    if (later) this.#kept.set(item, change);
  }
}
