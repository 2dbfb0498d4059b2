/** Asks for the room's seat code before something is done at the candidate's screen that is the invigilator's. Works without the room. */
import type { Clock } from '../../base/clock.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { seatCodeLimits } from '../../exam/package/answer-package.ts';
import { verifyPassword } from '../../trust/password.ts';

export class SeatCode {
  readonly #clock: Pick<Clock, 'monotonic'>;
  #wrong = 0;
  /** Own steady clock: setting the computer's clock opens nothing. */
  #lockedUntil = 0;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** @param stored the hash that came with the room's order. @returns refusals `wrong-seat-code`, `seat-code-locked`. */
  async check(given: string, stored: string): Promise<Result<void>> {
    const waitMs = this.#lockedUntil - this.#clock.monotonic();
    if (waitMs > 0) return refuse({ type: 'seat-code-locked', seconds: Math.ceil(waitMs / 1000) });
    // Counted before it is judged: tries that come together are tries all the same.
    this.#wrong++;
    if (this.#wrong >= seatCodeLimits.tries) {
      this.#wrong = 0;
      this.#lockedUntil = this.#clock.monotonic() + seatCodeLimits.waitMs;
    }
    if (!(await verifyPassword(given.replaceAll(/\D/g, ''), stored)))
      return refuse({ type: 'wrong-seat-code' });
    this.#wrong = 0;
    this.#lockedUntil = 0;
    return ok();
  }
}
