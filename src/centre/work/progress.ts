/** How much is done of a work, how fast it goes, and how long it will still take. */
import type { Clock } from '../../base/clock.ts';

export interface HowFar {
  readonly done: number;
  readonly of: number;
  /** null: nothing is known yet. */
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
}

export const notBegun: HowFar = { done: 0, of: 0, perSecond: null, secondsLeft: null };

export class Progress {
  #done = 0;
  #of = 0;
  #doneBefore = 0;
  #begun = 0;
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #onChange: () => void;

  constructor(clock: Pick<Clock, 'monotonic'>, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** @param before what was done before a restart: it says nothing of how fast it goes now */
  begin(of: number, before = 0): void {
    this.#of = of;
    this.#done = before;
    this.#doneBefore = before;
    this.#begun = this.#clock.monotonic();
  }

  /** More has come to be done. */
  widen(by: number): void {
    this.#of += by;
  }

  add(done: number): void {
    this.#done += done;
    this.#onChange();
  }

  view(): HowFar {
    const passedS = (this.#clock.monotonic() - this.#begun) / 1_000;
    const doneNow = this.#done - this.#doneBefore;
    const perSecond = doneNow > 0 && passedS > 0 ? doneNow / passedS : null;
    return {
      done: this.#done,
      of: this.#of,
      perSecond,
      secondsLeft: perSecond === null ? null : Math.ceil((this.#of - this.#done) / perSecond),
    };
  }
}
