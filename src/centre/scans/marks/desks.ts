/** Which page is shown at which desk: the same row is not put before two people at once. Kept in memory, for nothing is lost with it. */
import type { Clock } from '../../../base/clock.ts';

/** Without a decision, somebody has gone. */
const heldMs = 3 * 60_000;

interface Held {
  readonly scanId: string;
  readonly account: string;
  readonly until: number;
}

export class Desks {
  readonly #clock: Clock;
  readonly #held = new Map<string, Held>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A desk holds one page at most: what it held before is free. @returns who has it, when it is not free */
  take(desk: string, scanId: string, account: string): string | null {
    const other = this.#others(desk).find((one) => one.scanId === scanId);
    if (other) return other.account;
    this.#held.set(desk, { scanId, account, until: this.#clock.monotonic() + heldMs });
    return null;
  }

  leave(desk: string): void {
    this.#held.delete(desk);
  }

  /** Pages at other desks. */
  elsewhere(desk: string): string[] {
    return this.#others(desk).map(({ scanId }) => scanId);
  }

  #others(desk: string): Held[] {
    const now = this.#clock.monotonic();
    for (const [one, { until }] of this.#held) if (until <= now) this.#held.delete(one);
    return [...this.#held].flatMap(([one, held]) => (one === desk ? [] : [held]));
  }
}
