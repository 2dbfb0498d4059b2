/** What a passkey signs: random, for one use within three minutes, for one purpose. */
import { toBase64Url } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import { randomBytes } from '../../base/ids.ts';

export const challengeLifeMs = 3 * 60_000;
const keptChallenges = 10_000;

export class Challenges {
  readonly #clock: Pick<Clock, 'monotonic'>;
  /** The oldest first. */
  readonly #given = new Map<
    string,
    { readonly purpose: string; readonly about: string; readonly until: number }
  >();

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** @param about what `take` gives back. @returns 32 random bytes, base64url. */
  give(purpose: string, about = ''): string {
    const now = this.#clock.monotonic();
    for (const [old, { until }] of this.#given) {
      if (until > now && this.#given.size < keptChallenges) break;
      this.#given.delete(old);
    }
    const challenge = toBase64Url(randomBytes(32));
    this.#given.set(challenge, { purpose, about, until: now + challengeLifeMs });
    return challenge;
  }

  /** Whatever comes of it, it is used up. @returns null: it was not given for this, was used, or is too old */
  take(challenge: string, purpose: string): string | null {
    const given = this.#given.get(challenge);
    this.#given.delete(challenge);
    if (given?.purpose !== purpose || given.until <= this.#clock.monotonic()) return null;
    return given.about;
  }
}
