/**
 * Lets work through in portions, one portion for each turn of the event loop: a heartbeat or a screen never waits until a thousand pushes that
 * came, or were committed, together are all done with.
 */
export class Turnstile {
  readonly #perTurn: number;
  #passed = 0;
  #turning = false;
  #waiting: (() => void)[] = [];

  constructor(perTurn: number) {
    this.#perTurn = perTurn;
  }

  /** Resolves when it is the caller's turn; in the order of asking. */
  pass(): Promise<void> {
    this.#turn();
    if (this.#waiting.length === 0 && this.#passed < this.#perTurn) {
      this.#passed++;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #turn(): void {
    if (this.#turning) return;
    this.#turning = true;
    setImmediate(() => {
      this.#turning = false;
      const next = this.#waiting.splice(0, this.#perTurn);
      this.#passed = next.length;
      if (next.length > 0) this.#turn();
      for (const resolve of next) resolve();
    });
  }
}
