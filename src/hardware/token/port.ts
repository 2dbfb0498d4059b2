import type { Refusal, Result } from '../../base/result.ts';

/** An exam lock or a member's token: it keeps a secret key that never leaves it, and unseals with a PIN. */
export interface Token {
  readonly serial: string;
  /** age recipient of its key. */
  readonly recipient: string;
  /** False as soon as it is pulled out. */
  present(): boolean;
  /** Refusals: `lock-absent`, `wrong-pin`, `wrong-key`; of a token of hardware also those of `Tokens`. */
  unseal(sealed: Uint8Array, pin: string): Promise<Result<Uint8Array>>;
}

/** A file that makes the tokens of one maker, or of many, reachable (PKCS#11). */
export interface TokenLibrary {
  readonly name: string;
  readonly path: string;
}

export interface FoundToken {
  readonly serial: string;
  readonly label: string;
  /** Maker and model, as it says itself. */
  readonly model: string;
  /** Why it cannot be an exam lock as it is. */
  readonly problem: 'token-not-initialised' | 'pin-locked' | 'token-unsuitable' | null;
}

/** What is known of a token that is in use. */
export interface ChosenToken {
  readonly library: string;
  readonly serial: string;
  readonly recipient: string;
}

/** A token whose coming and going is followed. */
export interface FollowedToken {
  readonly token: Token;
  /** Why it cannot be used now; null: it is here. */
  problem(): Refusal | null;
  /** Resolves when it is known for the first time whether it is here. */
  known(): Promise<void>;
  /** See `Tokens.carried`. */
  carried(): Promise<Result<readonly Uint8Array[]>>;
  close(): Promise<void>;
}

/**
 * Tokens of hardware, through their makers' libraries. Refusals of all that asks one: `token-library-missing`, `token-library-not-local`,
 * `token-library-unusable`, `token-process-ended`, `token-silent`, `token-refuses`, `no-token`, `lock-pulled-out`, `wrong-lock` (another one is here),
 * `token-not-initialised`, `token-unsuitable`, `token-without-key`; and of its PIN: `wrong-pin`, `wrong-pin-few-tries`, `wrong-pin-last-try`,
 * `pin-locked`, `pin-expired`.
 */
export interface Tokens {
  /** Those that lie at well-known places on this computer. */
  libraries(): TokenLibrary[];
  list(library: string): Promise<Result<readonly FoundToken[]>>;
  /** Finds the exam lock's key, or makes it where there is none. Also: `token-makes-no-key`. */
  prepare(library: string, serial: string, pin: string): Promise<Result<ChosenToken>>;
  /** The exam lock's key that is there; makes none: `token-without-key`. */
  find(library: string, serial: string, pin: string): Promise<Result<ChosenToken>>;
  /** What lies on it beside the key, without a PIN: the newest and, after a write that was cut off, the one before. */
  carried(library: string, serial: string): Promise<Result<readonly Uint8Array[]>>;
  /** Lays it there, instead of what lay there before, and reads it back. Also: `lock-full`, `lock-not-readable`. */
  carry(library: string, serial: string, pin: string, content: Uint8Array): Promise<Result<void>>;
  /** @param changed called when it came or went */
  follow(chosen: ChosenToken, changed: () => void): FollowedToken;
}
