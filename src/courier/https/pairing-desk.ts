/**
 * What holds off whoever guesses at registration codes, or floods the place where children register. A code has 80 random bits and a child
 * finds a mistyped one out by itself, from the parent's proof: a wrong proof never comes from somebody who mistyped.
 */
import { toHex } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import { randomBytes } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Draft } from '../../journal/entry.ts';
import type { Journal } from '../../journal/journal.ts';
import { Guesses, networkOf, tooMany, type Counted, type Limit } from '../../trust/guesses.ts';
import type { PairBegin } from './wire.ts';

/** Between beginning and finishing lies one round trip. */
const openForMs = 60_000;
const openOfOneAddress = 1_000;
const openInAll = 20_000;

/** Short: whoever has the right code now must get in before the exam begins. */
const limits = {
  pair: { free: 10, firstMs: 10_000, longestMs: 4 * 60_000 },
  address: { free: 60, firstMs: 10_000, longestMs: 4 * 60_000 },
} as const satisfies Record<string, Limit>;

interface Open {
  readonly from: string;
  readonly at: number;
}

export class PairingDesk {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #guesses: Guesses;
  /** By the parent's nonce, the oldest first: a recorded `finish` cannot be played again. */
  readonly #open = new Map<string, Open>();
  readonly #openFrom = new Map<string, number>();
  readonly #journal: Pick<Journal, 'append'>;
  /** Noticed and not in the journal yet. */
  readonly #bursts: Draft[] = [];

  constructor(clock: Pick<Clock, 'monotonic'>, journal: Pick<Journal, 'append'>) {
    this.#clock = clock;
    this.#journal = journal;
    this.#guesses = new Guesses(clock, (key, wrong) => {
      const [, address = ''] = key.split(' ');
      this.#bursts.push({
        kind: 'guessing-held-off',
        subject: 'journal',
        data: { what: 'registration', address, wrong },
      });
    });
  }

  /** @returns a nonce for the child; `too-many-tries` where its address has begun too often without finishing. */
  begin(address: string): Result<string> {
    const now = this.#clock.monotonic();
    const from = networkOf(address);
    for (const [nonce, one] of this.#open) {
      if (one.at > now - openForMs && this.#open.size < openInAll) break;
      this.#remove(nonce, one);
    }
    if ((this.#openFrom.get(from) ?? 0) >= openOfOneAddress) return refuse(tooMany(openForMs));
    const nonce = toHex(randomBytes(16));
    this.#open.set(nonce, { from, at: now });
    this.#openFrom.set(from, (this.#openFrom.get(from) ?? 0) + 1);
    return ok(nonce);
  }

  /** @returns whether it was given out and not used. */
  take(nonce: string): boolean {
    const one = this.#open.get(nonce);
    if (one) this.#remove(nonce, one);
    return one !== undefined;
  }

  /** Resolves when a burst that this has noticed is in the journal. */
  async mayFinish(address: string, begin: PairBegin): Promise<Result<void>> {
    const may = this.#guesses.mayTry(counted(address, begin));
    if (this.#bursts.length > 0) await this.#journal.append(this.#bursts.splice(0));
    return may;
  }

  wrongProof(address: string, begin: PairBegin): void {
    this.#guesses.wrong(counted(address, begin));
  }

  #remove(nonce: string, { from }: Open): void {
    this.#open.delete(nonce);
    const left = (this.#openFrom.get(from) ?? 1) - 1;
    if (left > 0) this.#openFrom.set(from, left);
    else this.#openFrom.delete(from);
  }
}

function counted(address: string, { role, code }: PairBegin): Counted {
  const from = networkOf(address);
  return [
    [`pair ${from} ${role} ${code.toLowerCase()}`, limits.pair],
    [`address ${from}`, limits.address],
  ];
}
