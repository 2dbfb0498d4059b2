/**
 * Spoken answers as FLAC (RFC 9639): what was recorded, sample by sample, in a file that every audio program reads. A small encoder of our
 * own: one channel of 16 bits, fixed predictors, Rice codes. It reaches what speech needs, about half of the plain size.
 */
import { concatBytes } from '../../../base/bytes.ts';
import { BitWriter } from './bit-writer.ts';
import { blockSize, flacFrame, type FlacRate } from './frame.ts';

export { type FlacRate } from './frame.ts';

/** What stands before the frames. @param md5 of all samples, each as two bytes, the lower first: how readers check that they read the same */
export function flacHead({
  rate,
  samples,
  md5,
}: {
  readonly rate: FlacRate;
  /** How many there are. */
  readonly samples: number;
  readonly md5: Uint8Array;
}): Uint8Array<ArrayBuffer> {
  const out = new BitWriter(42);
  for (const letter of 'fLaC') out.put(letter.codePointAt(0) as number, 8);
  // The last block of what is said about the stream, its kind (STREAMINFO), its length.
  out.put(0x80, 8);
  out.put(34, 24);
  out.put(blockSize, 16);
  out.put(blockSize, 16);
  // Sizes of frames are not known before they are made.
  out.put(0, 24);
  out.put(0, 24);
  out.put(rate, 20);
  // Channels less one, bits of a sample less one.
  out.put(0, 3);
  out.put(15, 5);
  out.put(Math.floor(samples / 2 ** 18), 18);
  out.put(samples % 2 ** 18, 18);
  return concatBytes(out.whole(), md5);
}

/** Makes frames of samples that come in portions of any length. */
export class FlacFrames {
  readonly #rate: FlacRate;
  #number = 0;
  #rest = new Int16Array(0);

  constructor(rate: FlacRate) {
    this.#rate = rate;
  }

  /** Frames that became whole. */
  add(samples: Int16Array): Uint8Array[] {
    const all = new Int16Array(this.#rest.length + samples.length);
    all.set(this.#rest);
    all.set(samples, this.#rest.length);
    const frames: Uint8Array[] = [];
    let at = 0;
    for (; all.length - at >= blockSize; at += blockSize)
      frames.push(flacFrame(this.#number++, all.subarray(at, at + blockSize), this.#rate));
    this.#rest = all.slice(at);
    return frames;
  }

  /** The last one, if samples are left. */
  end(): Uint8Array[] {
    const rest = this.#rest;
    this.#rest = new Int16Array(0);
    return rest.length === 0 ? [] : [flacFrame(this.#number++, rest, this.#rate)];
  }
}
