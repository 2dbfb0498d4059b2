/**
 * Which seat the room let write for whom. A computer of the room that is not what it should be can say anything in its own journal; of
 * what it says about a sitting only that counts for which the room gave it the lease.
 */

export interface RoomEvent {
  readonly kind: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export class SeatLeases {
  /** By sitting and lease. */
  readonly #seats = new Map<string, Set<unknown>>();
  #lostSome = false;

  /** @param event of the room's own journal. @returns whether a change may count now that did not before. */
  take({ kind, subject, data }: RoomEvent): boolean {
    if (kind === 'epoch-opened' && data['reason'] !== 'first-start') {
      this.#lostSome = true;
      return true;
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
}
