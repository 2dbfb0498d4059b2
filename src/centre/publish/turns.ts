/** Work of seconds in pieces of a few milliseconds: between them hellos and screens have their turn, and it can be stopped. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Refused } from '../../base/refused.ts';

const turnMs = 10;

export class Turns {
  #since = performance.now();
  #stop: Refused | null = null;

  /** To be called between two pieces. @throws Refused what it was stopped with. */
  async pass(): Promise<void> {
    if (this.#stop === null && performance.now() - this.#since < turnMs) return;
    await nextTurn();
    this.#since = performance.now();
    if (this.#stop !== null) throw this.#stop;
  }

  stop(reason: Refused['refusal']): void {
    this.#stop ??= new Refused(reason);
  }

  get stopped(): Refused['refusal'] | null {
    return this.#stop?.refusal ?? null;
  }
}
