/** The brake on guessing at a console. It counts what was typed, whether there is such an account or not. */
import type { Clock } from '../../base/clock.ts';
import { ok, type Result } from '../../base/result.ts';
import { Guesses, networkOf, type Counted, type Limit } from '../../trust/guesses.ts';

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

/** Every message asked for lands in somebody's mail, whoever asks: after some, an account waits long for the next one. */
const askedLimits = { ...limits, account: { free: 10, firstMs, longestMs: 64 * 60_000 } };

/** A burst of wrong tries that has to wait. */
export interface HeldOff {
  readonly what: 'sign-in' | 'password-code';
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
    return this.#guesses.try(countedAs('', account, address, limits));
  }

  /** A code for a new password that somebody types: whoever guesses at it does not hold the sign-in up. */
  tryCode(account: string, address: string): Result<() => void> {
    return this.#guesses.try(countedAs('code-', account, address, limits));
  }

  /** Somebody asks for such a code. It is never known to be right; only a new password takes it back. */
  askCode(account: string, address: string): Result<void> {
    const asked = this.#guesses.try(countedAs('asked-', account, address, askedLimits));
    return asked.ok ? ok() : asked;
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

function countedAs(
  what: '' | 'code-' | 'asked-',
  account: string,
  address: string,
  { pair, address: ofAddress, account: ofAccount }: Record<keyof typeof limits, Limit>,
): Counted {
  const from = networkOf(address);
  const name = account.toLowerCase();
  return [
    [`${what}pair ${from} ${name}`, pair],
    [`${what}address ${from}`, ofAddress],
    [`${what}account ${name}`, ofAccount],
  ];
}

function partsOf(key: string): Omit<HeldOff, 'wrong'> {
  const [counted = '', ...rest] = key.split(' ');
  const what = /^(?:code|asked)-/.test(counted) ? 'password-code' : 'sign-in';
  if (counted.endsWith('address')) return { what, address: rest[0] ?? '', account: null };
  if (counted.endsWith('pair')) return { what, address: rest[0] ?? '', account: rest.slice(1).join(' ') };
  return { what, address: null, account: rest.join(' ') };
}
