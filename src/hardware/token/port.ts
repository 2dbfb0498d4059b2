import type { Result } from '../../base/result.ts';

/** An exam lock or a member's token: it keeps a secret key that never leaves it, and unseals with a PIN. */
export interface Token {
  readonly serial: string;
  /** age recipient of its key. */
  readonly recipient: string;
  /** False as soon as it is pulled out. */
  present(): boolean;
  /** Refusals: `lock-absent`, `wrong-pin`, `wrong-key`. */
  unseal(sealed: Uint8Array, pin: string): Promise<Result<Uint8Array>>;
}
