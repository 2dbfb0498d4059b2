/**
 * The brake on guessing: after some wrong tries each further one waits, twice as long as the one before. Time is the steady clock's:
 * whoever sets the computer's clock waits as long as everybody else. It counts what was typed, whether there is such an account or not.
 */
import type { Clock } from '../../base/clock.ts';
import { ok, refuse, type Result } from '../../base/result.ts';

interface Limit {
  /** So many wrong tries cost no waiting. */
  readonly free: number;
  readonly longestMs: number;
}

const firstWaitMs = 60_000;
/** Without a wrong try for so long, what was before is forgotten. */
const forgottenAfterMs = 24 * 60 * 60 * 1000;
const keptCounts = 10_000;

/**
 * One account from one address: somebody who tries. All accounts from one address: somebody who tries names, too; a whole office may share
 * one address, so that more is free. One account from everywhere: many computers that try together; its wait stays short, because it
 * also holds off the person whose account it is.
 */
const limits = {
  pair: { free: 5, longestMs: 64 * 60_000 },
  address: { free: 30, longestMs: 64 * 60_000 },
  account: { free: 50, longestMs: 4 * 60_000 },
} as const satisfies Record<string, Limit>;

interface Count {
  wrong: number;
  until: number;
  at: number;
  /** The try that was counted last. */
  last: symbol;
}

type Counted = readonly (readonly [key: string, limit: Limit])[];

export class Brake {
  readonly #clock: Pick<Clock, 'monotonic'>;
  /** The one that was counted longest ago comes first. */
  readonly #counts = new Map<string, Count>();

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /**
   * Counts a try as wrong before it is known: tries that come at the same time must not all be free.
   *
   * @returns what takes it back when it was right, with what this account got wrong from this address before
   */
  tryAccount(account: string, address: string): Result<() => void> {
    const from = networkOf(address);
    const name = account.toLowerCase();
    return this.#try([
      [`pair ${from} ${name}`, limits.pair],
      [`address ${from}`, limits.address],
      [`account ${name}`, limits.account],
    ]);
  }

  /** For a sign-in that names its account only with the proof. */
  tryAddress(address: string): Result<() => void> {
    return this.#try([[`address ${networkOf(address)}`, limits.address]], 1);
  }

  /** For somebody who is signed in and proves the password once more: whoever guesses elsewhere does not hold this up. */
  trySignedIn(account: string): Result<() => void> {
    return this.#try([[`signed-in ${account.toLowerCase()}`, limits.pair]]);
  }

  /** The password is another one: guesses at the one before mean nothing, and whoever was given it must get in. */
  forget(account: string): void {
    const name = account.toLowerCase();
    for (const key of this.#counts.keys())
      if (key === `account ${name}` || key === `signed-in ${name}` || isPairOf(key, name))
        this.#counts.delete(key);
  }

  /** @param forgiven how many a right one takes back; not given: all that the first of them has counted */
  #try(counted: Counted, forgiven?: number): Result<() => void> {
    const now = this.#clock.monotonic();
    const until = Math.max(0, ...counted.map(([key]) => this.#known(key, now)?.until ?? 0));
    if (until > now) return refuse({ type: 'too-many-tries', waitMs: until - now });
    const last = Symbol('try');
    for (const [key, limit] of counted) {
      const wrong = (this.#known(key, now)?.wrong ?? 0) + 1;
      this.#put(key, { wrong, until: now + waitMs(wrong, limit), at: now, last });
    }
    return ok(() => {
      const own = forgiven ?? this.#counts.get(counted[0]?.[0] ?? '')?.wrong ?? 0;
      for (const [key] of counted) this.#forgive(key, own, last);
    });
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

function waitMs(wrong: number, { free, longestMs }: Limit): number {
  return wrong < free ? 0 : Math.min(firstWaitMs * 2 ** Math.min(wrong - free, 20), longestMs);
}

function isPairOf(key: string, name: string): boolean {
  return key.startsWith('pair ') && key.split(' ').slice(2).join(' ') === name;
}

/** Whoever has one IPv6 address has all of its /64. */
function networkOf(address: string): string {
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
