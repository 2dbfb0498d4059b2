/** Who asks: the key in a request's header, with a brake on guessing and a rate for each key. */
import { asResult } from '../../base/refused.ts';
import { refuse, type Result } from '../../base/result.ts';
import { Brake } from '../../node/sign-ins/brake.ts';
import { sha256Hex } from '../../trust/digest.ts';
import { findKey, keepUse, keyMark } from '../api-keys/api-keys.ts';
import type { ApiKeyView } from '../api-keys/contract.ts';
import type { Centre } from '../centre.ts';
import { Rate } from './rate.ts';

const remembered = 10_000;

export interface Asking {
  /** Path and query. */
  readonly url: string;
  readonly authorization: string | undefined;
  readonly address: string;
  /** A browser says that a page asks. */
  readonly fromPage: boolean;
}

export class KeyDesk {
  readonly #centre: Centre;
  readonly #brake: Brake;
  readonly #rate: Rate;
  /** Digests of address and key that were right together: whoever guesses beside them does not hold them up. */
  readonly #right = new Set<string>();

  constructor(centre: Centre) {
    this.#centre = centre;
    this.#brake = new Brake(centre.node.clock);
    this.#rate = new Rate(centre.node.clock);
  }

  async admit({ url, authorization, address, fromPage }: Asking): Promise<Result<ApiKeyView>> {
    if (fromPage) return refuse({ type: 'api-not-for-pages' });
    // Addresses stand in logs of proxies and in histories: that key is known to others now.
    if (url.includes(keyMark)) return refuse({ type: 'api-key-in-url' });
    const key = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (key === undefined) return refuse({ type: 'api-key-missing' });
    const pair = sha256Hex(`${address} ${key}`);
    const mayTry = this.#right.has(pair) ? null : this.#brake.tryAddress(address);
    if (mayTry && !mayTry.ok) return mayTry;
    const found = await asResult(() => findKey(this.#centre, key));
    if (!found.ok) {
      // A database that is away has proven nobody wrong.
      mayTry?.value();
      return found;
    }
    const asking = found.value;
    // Whoever has one that is over has guessed nothing.
    if (asking.ok || asking.refusal.type !== 'api-key-wrong') mayTry?.value();
    if (!asking.ok) {
      this.#right.delete(pair);
      return asking;
    }
    this.#remember(pair);
    const rated = this.#rate.take(asking.value.id);
    if (!rated.ok) return rated;
    const kept = await asResult(() => keepUse(this.#centre, asking.value, address));
    return kept.ok ? asking : kept;
  }

  #remember(pair: string): void {
    this.#right.delete(pair);
    this.#right.add(pair);
    for (const oldest of this.#right) {
      if (this.#right.size <= remembered) break;
      this.#right.delete(oldest);
    }
  }
}
