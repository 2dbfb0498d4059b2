/** Runs beside the page, in the browser's thread for sound: no work of the page can make it miss a sample. */

declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: unknown): void;

/** Samples of one message. */
const portion = 2_048;

class Hearing extends AudioWorkletProcessor {
  #samples = new Float32Array(portion);
  #count = 0;
  #over = false;

  constructor() {
    super();
    this.port.addEventListener('message', () => {
      this.#over = true;
      this.#send();
      this.port.postMessage(null);
    });
    this.port.start();
  }

  process([input]: readonly (readonly Float32Array[])[]): boolean {
    for (const sample of input?.[0] ?? []) {
      this.#samples[this.#count++] = sample;
      if (this.#count === portion) this.#send();
    }
    return !this.#over;
  }

  #send(): void {
    if (this.#count === 0) return;
    this.port.postMessage(this.#samples.slice(0, this.#count));
    this.#count = 0;
  }
}

registerProcessor('hearing', Hearing);
