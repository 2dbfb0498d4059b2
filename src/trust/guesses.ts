/**
 * The brake on guessing: after some wrong tries each further one waits, twice as long as the one before. Time is the steady clock's:
 * whoever sets the computer's clock waits as long as everybody else.
 */
import type { Clock } from '../base/clock.ts';
import { ok, refuse, type Result } from '../base/result.ts';

export interface Limit {
  /** So many wrong tries cost no waiting. */
  readonly free: number;
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Without a wrong try for so long, what was before is forgotten. */
const forgottenAfterMs = 24 * 60 * 60 * 1000;
const keptCounts = 10_000;

interface Count {
  wrong: number;
  until: number;
  at: number;
  /** The try that was counted last. */
  last: symbol;
  /** This burst was told of. */
  told: boolean;
}

export type Counted = readonly (readonly [key: string, limit: Limit])[];

export class Guesses {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #heldOff: (key: string, wrong: number) => void;
  /** The one that was counted longest ago comes first. */
  readonly #counts = new Map<string, Count>();

  /** @param heldOff told once of every burst of wrong tries that has to wait, when the try comes that follows the last free one */
  constructor(
    clock: Pick<Clock, 'monotonic'>,
    heldOff: (key: string, wrong: number) => void = () => undefined,
  ) {
    this.#clock = clock;
    this.#heldOff = heldOff;
  }

  /**
   * Counts a try as wrong before it is known: tries that come at the same time must not all be free.
   *
   * @param forgiven how many a right one takes back; not given: all that the first of them has counted
   * @returns what takes it back when it was right
   */
  try(counted: Counted, forgiven?: number): Result<() => void> {
    const may = this.mayTry(counted);
    if (!may.ok) return may;
    const last = this.wrong(counted);
    return ok(() => {
      const own = forgiven ?? this.#counts.get(counted[0]?.[0] ?? '')?.wrong ?? 0;
      for (const [key] of counted) this.#forgive(key, own, last);
    });
  }

  /** For what is judged at once: asks, and counts nothing. */
  mayTry(counted: Counted): Result<void> {
    const now = this.#clock.monotonic();
    let until = 0;
    for (const [key, { free }] of counted) {
      const count = this.#known(key, now);
      if (!count) continue;
      until = Math.max(until, count.until);
      if (count.wrong < free || count.told) continue;
      count.told = true;
      this.#heldOff(key, count.wrong);
    }
    return until > now ? refuse(tooMany(until - now)) : ok();
  }

  /** One more that was wrong. */
  wrong(counted: Counted): symbol {
    const now = this.#clock.monotonic();
    const last = Symbol('try');
    for (const [key, limit] of counted) {
      const before = this.#known(key, now);
      const wrong = (before?.wrong ?? 0) + 1;
      this.#put(key, {
        wrong,
        until: now + waitMs(wrong, limit),
        at: now,
        last,
        told: before?.told ?? false,
      });
    }
    return last;
  }

  forget(which: (key: string) => boolean): void {
    for (const key of this.#counts.keys()) if (which(key)) this.#counts.delete(key);
  }

  #forgive(key: string, own: number, last: symbol): void {
    const count = this.#counts.get(key);
    if (!count) return;
    count.wrong -= own;
    // A wait that a wrong try has begun meanwhile stays: one right password must not open the way for guesses at others.
    if (count.last === last) count.until = 0;
    if (count.wrong <= 0) this.#counts.delete(key);
  }

  #known(key: string, now: number): Count | undefined {
    const count = this.#counts.get(key);
    return count && Math.max(count.until, count.at) + forgottenAfterMs > now ? count : undefined;
  }

  #put(key: string, count: Count): void {
    this.#counts.delete(key);
    this.#counts.set(key, count);
    // The oldest go, never all: else whoever invents enough names would be free again.
    for (const oldest of this.#counts.keys()) {
      if (this.#counts.size <= keptCounts) break;
      this.#counts.delete(oldest);
    }
  }
}

/** With the time to wait, in both units that screens show. */
export function tooMany(waitMs: number) {
  return { type: 'too-many-tries', waitMs, seconds: Math.ceil(waitMs / 1000) } as const;
}

function waitMs(wrong: number, { free, firstMs, longestMs }: Limit): number {
  return wrong < free ? 0 : Math.min(firstMs * 2 ** Math.min(wrong - free, 20), longestMs);
}

/** Whoever has one IPv6 address has all of its /64. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address || '-';
  const [left = '', right] = address.split('%')[0]?.split('::') ?? [];
  const head = left === '' ? [] : left.split(':');
  const tail = right === undefined || right === '' ? [] : right.split(':');
  const zeros = right === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  const groups = [...head, ...Array.from({ length: zeros }, () => '0'), ...tail];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')}::/64`;
}
