/** The brake on guessing at a console. It counts what was typed, whether there is such an account or not. */
import type { Clock } from '../../base/clock.ts';
import type { Result } from '../../base/result.ts';
import { Guesses, networkOf, type Limit } from '../../trust/guesses.ts';

const firstMs = 60_000;

/**
 * One account from one address: somebody who tries. All accounts from one address: somebody who tries names, too; a whole office may share
 * one address, so that more is free. One account from everywhere: many computers that try together; its wait stays short, because it
 * also holds off the person whose account it is.
 */
const limits = {
  pair: { free: 5, firstMs, longestMs: 64 * 60_000 },
  address: { free: 30, firstMs, longestMs: 64 * 60_000 },
  account: { free: 50, firstMs, longestMs: 4 * 60_000 },
} as const satisfies Record<string, Limit>;

/** A burst of wrong tries that has to wait. */
export interface HeldOff {
  /** Null: from many. */
  readonly address: string | null;
  /** As it was typed, in small letters; null: many, or none was named. */
  readonly account: string | null;
  readonly wrong: number;
}

export class Brake {
  readonly #guesses: Guesses;
  #listener: (burst: HeldOff) => void = () => undefined;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#guesses = new Guesses(clock, (key, wrong) => this.#listener({ ...partsOf(key), wrong }));
  }

  /** Told once of every burst. */
  onHeldOff(listener: (burst: HeldOff) => void): void {
    this.#listener = listener;
  }

  /** @returns what takes it back when it was right, with what this account got wrong from this address before */
  tryAccount(account: string, address: string): Result<() => void> {
    const from = networkOf(address);
    const name = account.toLowerCase();
    return this.#guesses.try([
      [`pair ${from} ${name}`, limits.pair],
      [`address ${from}`, limits.address],
      [`account ${name}`, limits.account],
    ]);
  }

  /** For a sign-in that names its account only with the proof. */
  tryAddress(address: string): Result<() => void> {
    return this.#guesses.try([[`address ${networkOf(address)}`, limits.address]], 1);
  }

  /** For somebody who is signed in and proves the password once more: whoever guesses elsewhere does not hold this up. */
  trySignedIn(account: string): Result<() => void> {
    return this.#guesses.try([[`signed-in ${account.toLowerCase()}`, limits.pair]]);
  }

  /** The password is another one: guesses at the one before mean nothing, and whoever was given it must get in. */
  forget(account: string): void {
    const name = account.toLowerCase();
    this.#guesses.forget((key) => partsOf(key).account === name);
  }
}

function partsOf(key: string): Omit<HeldOff, 'wrong'> {
  const [what, ...rest] = key.split(' ');
  if (what === 'address') return { address: rest[0] ?? '', account: null };
  if (what === 'pair') return { address: rest[0] ?? '', account: rest.slice(1).join(' ') };
  return { address: null, account: rest.join(' ') };
}
