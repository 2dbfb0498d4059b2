/** Bits into bytes, the highest first. */
export class BitWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;
  /** Bits that fill no byte yet, at the lower end. */
  #pending = 0;
  #count = 0;

  constructor(expectedBytes: number) {
    this.#bytes = new Uint8Array(Math.max(16, expectedBytes));
  }

  /** @param bits 0 to 24; of `value` those lowest ones count, so that a negative one is its two's complement */
  put(value: number, bits: number): void {
    if (bits === 0) return;
    this.#pending = (this.#pending << bits) | (value & (2 ** bits - 1));
    this.#count += bits;
    while (this.#count >= 8) {
      this.#count -= 8;
      this.#byte((this.#pending >>> this.#count) & 0xff);
    }
    this.#pending &= (1 << this.#count) - 1;
  }

  /** So many zeros and a one. */
  unary(zeros: number): void {
    let left = zeros;
    for (; left >= 16; left -= 16) this.put(0, 16);
    this.put(1, left + 1);
  }

  /** Zeros up to the next byte. */
  align(): void {
    if (this.#count > 0) this.put(0, 8 - this.#count);
  }

  /** What is whole so far; a view that the next bit may change. */
  whole(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  #byte(value: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = value;
  }
}
