/** How many requests a key may make: a full bucket at first, and drops that come back steadily. Time is the steady clock's. */
import type { Clock } from '../../base/clock.ts';
import { ok, refuse, type Result } from '../../base/result.ts';

export const burst = 120;
export const perSecond = 10;
const kept = 10_000;

export class Rate {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  take(key: string): Result<void> {
    const now = this.#clock.monotonic();
    const before = this.#buckets.get(key) ?? { left: burst, at: now };
    const left = Math.min(burst, before.left + ((now - before.at) / 1_000) * perSecond);
    this.#buckets.delete(key);
    this.#buckets.set(key, { left: left < 1 ? left : left - 1, at: now });
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= kept) break;
      this.#buckets.delete(oldest);
    }
    if (left >= 1) return ok();
    return refuse({ type: 'api-too-many-requests', waitMs: Math.ceil(((1 - left) / perSecond) * 1_000) });
  }
}
