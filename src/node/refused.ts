import type { Refusal, Result } from '../base/result.ts';

/** Carries an expected refusal out of an operation's handler; the server turns it into the contract's `REFUSED`. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(`refused: ${refusal.type}`);
    this.refusal = refusal;
  }
}

export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refused(result.refusal);
}
