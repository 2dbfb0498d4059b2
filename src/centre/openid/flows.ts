/**
 * Sign-ins that are at the provider, and what has come of those that are back. Both are known by a random token in a cookie of the browser that began:
 * an answer that was made for another browser, comes twice or too late finds nothing.
 */
import { toBase64Url } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import { randomBytes } from '../../base/ids.ts';
import type { OpenIdOutcome } from './contract.ts';

/** Long enough for a forgotten password at the provider. */
export const flowLifeMs = 15 * 60_000;
const outcomeLifeMs = 5 * 60_000;
const keptFlows = 10_000;

export interface Flow {
  readonly purpose: 'sign-in' | 'try';
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly redirectAddress: string;
  readonly place: string;
}

class Kept<T> {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #lifeMs: number;
  /** The oldest first. */
  readonly #kept = new Map<string, { readonly value: T; readonly until: number }>();

  constructor(clock: Pick<Clock, 'monotonic'>, lifeMs: number) {
    this.#clock = clock;
    this.#lifeMs = lifeMs;
  }

  /** @returns the token for the cookie. */
  keep(value: T): string {
    const now = this.#clock.monotonic();
    for (const [old, { until }] of this.#kept) {
      if (until > now && this.#kept.size < keptFlows) break;
      this.#kept.delete(old);
    }
    const token = toBase64Url(randomBytes(32));
    this.#kept.set(token, { value, until: now + this.#lifeMs });
    return token;
  }

  /** Whatever comes of it, it is used up. */
  take(token: string): T | null {
    const kept = this.#kept.get(token);
    this.#kept.delete(token);
    return kept && kept.until > this.#clock.monotonic() ? kept.value : null;
  }
}

export class Flows {
  readonly begun: Kept<Flow>;
  readonly over: Kept<OpenIdOutcome>;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.begun = new Kept(clock, flowLifeMs);
    this.over = new Kept(clock, outcomeLifeMs);
  }
}
