/**
 * Which seat the room let write for whom. A computer of the room that is not what it should be can say anything in its own journal; of
 * what it says about a sitting only that counts for which the room gave it the lease.
 */
import * as z from 'zod';

export interface RoomEvent {
  readonly kind: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const collectedSchema = z.object({
  single: z.literal(true),
  lease: z.number().int(),
  seatHead: z.object({ origin: z.string(), epoch: z.string(), seq: z.number().int() }),
});
type ChangePlace = z.infer<typeof collectedSchema>['seatHead'];

export class SeatLeases {
  /** By sitting and lease. */
  readonly #seats = new Map<string, Set<unknown>>();
  /** By sitting and lease: how far the seat's journal was when it was handed in for the candidate from an answer package. */
  readonly #collected = new Map<string, ChangePlace>();
  #lostSome = false;

  /** @param event of the room's own journal. @returns whether a change may count now that did not before. */
  take({ kind, subject, data }: RoomEvent): boolean {
    if (kind === 'epoch-opened' && data['reason'] !== 'first-start') {
      this.#lostSome = true;
      return true;
    }
    if (kind === 'handed-in') {
      const single = collectedSchema.safeParse(data);
      if (single.success) this.#collected.set(`${subject} ${single.data.lease}`, single.data.seatHead);
      return false;
    }
    if (kind !== 'candidate-signed-in') return false;
    const key = `${subject} ${Number(data['lease'])}`;
    this.#seats.set(key, (this.#seats.get(key) ?? new Set()).add(data['seat']));
    return true;
  }

  /**
   * Does a change that `seat` made count for the sitting? What was written under a lease of which a room does not know any more that it
   * gave it, because its disk was put back to an older state, counts as well: no candidate loses answers with the room's memory.
   * @param subject as in the entry: `sitting:…`
   */
  counts(subject: string, lease: number, seat: string): boolean {
    const seats = this.#seats.get(`${subject} ${lease}`);
    return seats === undefined ? this.#lostSome : seats.has(seat);
  }

  /**
   * Was it made at a cut-off seat after the invigilator had handed in for the candidate? The seat could not know of it; handed in is final
   * all the same.
   * @param rank of that seat's epochs, as they followed each other
   */
  afterHandIn(subject: string, lease: number, place: ChangePlace, rank: (epoch: string) => number): boolean {
    const head = this.#collected.get(`${subject} ${lease}`);
    if (!head || head.origin !== place.origin) return false;
    return head.epoch === place.epoch ? place.seq > head.seq : rank(place.epoch) > rank(head.epoch);
  }
}
