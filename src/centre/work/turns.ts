/** Work of seconds in pieces of a few milliseconds: between them hellos and screens have their turn, and it can be stopped. */
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { Refused } from '../../base/refused.ts';

const turnMs = 10;

export class Turns {
  #since = performance.now();
  #stop: Refused | null = null;
  readonly #stopping = new AbortController();

  /** To be called between two pieces. @throws Refused what it was stopped with. */
  async pass(): Promise<void> {
    if (this.#stop === null && performance.now() - this.#since < turnMs) return;
    await nextTurn();
    this.#since = performance.now();
    if (this.#stop !== null) throw this.#stop;
  }

  /** Until something may be tried again; not longer than until it is stopped. */
  async rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  stop(reason: Refused['refusal']): void {
    this.#stop ??= new Refused(reason);
    this.#stopping.abort();
  }

  get stopped(): Refused['refusal'] | null {
    return this.#stop?.refusal ?? null;
  }
}
