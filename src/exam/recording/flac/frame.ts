/** One frame of FLAC (RFC 9639, 9): a block of samples with everything that is needed to read it alone. */
import { BitWriter } from './bit-writer.ts';
import { crc16, crc8 } from './crc.ts';
import { highestOrder, predict } from './fixed.ts';
import { planRice, writeRice } from './rice.ts';

/** Samples of every block but the last. */
export const blockSize = 4_096;
const sampleBits = 16;
/** Rates that a recording may have, as they are written in a frame. */
export const rateCodes = { 16_000: 0b0101, 48_000: 0b1010 } as const;
export type FlacRate = keyof typeof rateCodes;

const subframes = { constant: 0b000000, verbatim: 0b000001, fixed: 0b001000 };

/** @param number of the frame in its stream, from 0; @param samples one to `blockSize` */
export function flacFrame(number: number, samples: Int16Array, rate: FlacRate): Uint8Array<ArrayBuffer> {
  const out = new BitWriter(samples.length * 2 + 32);
  const usual = samples.length === blockSize;
  // Sync code, and blocks of a fixed size.
  out.put(0b1111_1111_1111_1000, 16);
  out.put(usual ? 0b1100 : 0b0111, 4);
  out.put(rateCodes[rate], 4);
  // One channel of 16 bits.
  out.put(0b0000_100_0, 8);
  putNumber(out, number);
  if (!usual) out.put(samples.length - 1, 16);
  out.put(crc8(out.whole()), 8);
  putSubframe(out, samples);
  out.align();
  out.put(crc16(out.whole()), 16);
  return out.whole().slice();
}

/** As UTF-8 writes a character, up to 31 bits. */
function putNumber(out: BitWriter, number: number): void {
  if (number < 0x80) {
    out.put(number, 8);
    return;
  }
  let more = 1;
  while (number >= 2 ** (6 * more + (6 - more))) more++;
  out.put(((0xff << (7 - more)) & 0xff & ~(1 << (6 - more))) | Math.floor(number / 2 ** (6 * more)), 8);
  for (let i = more - 1; i >= 0; i--) out.put(0x80 | (Math.floor(number / 2 ** (6 * i)) & 0x3f), 8);
}

function putSubframe(out: BitWriter, samples: Int16Array): void {
  const [first = 0] = samples;
  if (samples.every((sample) => sample === first)) {
    putHead(out, subframes.constant);
    out.put(first, sampleBits);
    return;
  }
  const plan = samples.length > highestOrder ? fixedPlan(samples) : null;
  if (plan && plan.bits < samples.length * sampleBits) {
    putHead(out, subframes.fixed | plan.order);
    for (let i = 0; i < plan.order; i++) out.put(samples[i] as number, sampleBits);
    writeRice(out, plan.residual, plan.order, plan.rice);
    return;
  }
  putHead(out, subframes.verbatim);
  for (const sample of samples) out.put(sample, sampleBits);
}

/** A zero, the kind, and that no bit of a sample is wasted. */
function putHead(out: BitWriter, kind: number): void {
  out.put(kind << 1, 8);
}

function fixedPlan(samples: Int16Array) {
  const { order, residual } = predict(samples);
  const rice = planRice(residual, order);
  return { order, residual, rice, bits: order * sampleBits + rice.bits };
}
