/**
 * Archives that are sent, a few at a time and in the order in which they came: of many at once none would arrive soon, and a browser has six
 * connections for the whole console.
 */
const atOnce = 2;

export class SendingLine {
  #sending = new Set<() => void>();
  #waiting: (() => void)[] = [];

  /** @param start is called at once, or when one before it has ended */
  join(start: () => void): void {
    if (this.#sending.has(start) || this.#waiting.includes(start)) return;
    this.#waiting.push(start);
    this.#next();
  }

  /** It has ended or rests, or does not want to be sent any more. */
  leave(start: () => void): void {
    this.#sending.delete(start);
    this.#waiting = this.#waiting.filter((one) => one !== start);
    this.#next();
  }

  #next(): void {
    while (this.#sending.size < atOnce) {
      const start = this.#waiting.shift();
      if (!start) return;
      this.#sending.add(start);
      start();
    }
  }
}
