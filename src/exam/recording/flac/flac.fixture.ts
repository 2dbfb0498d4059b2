/** A reader of the FLAC that we write, and one of WAV, each after its own document: what was written is read by nothing that wrote it. */
import { createHash } from 'node:crypto';
import { toHex } from '../../../base/bytes.ts';
import { crc16, crc8 } from './crc.ts';
import { flacHead, FlacFrames, type FlacRate } from './flac.ts';

export interface Sound {
  readonly rate: number;
  readonly samples: Int16Array;
}

export function bytesOf(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(samples.length * 2);
  const view = new DataView(bytes.buffer);
  for (const [i, sample] of samples.entries()) view.setInt16(i * 2, sample, true);
  return bytes;
}

export function md5Of(samples: Int16Array): Uint8Array {
  return createHash('md5').update(bytesOf(samples)).digest();
}

export function flacOf(samples: Int16Array, rate: FlacRate): Uint8Array {
  const frames = new FlacFrames(rate);
  return Buffer.concat([
    flacHead({ rate, samples: samples.length, md5: md5Of(samples) }),
    ...frames.add(samples),
    ...frames.end(),
  ]);
}

class BitReader {
  readonly bytes: Uint8Array;
  /** In bits. */
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  take(bits: number): number {
    let value = 0;
    for (let i = 0; i < bits; i++, this.at++)
      value = value * 2 + (((this.bytes[this.at >> 3] ?? 0) >> (7 - (this.at & 7))) & 1);
    return value;
  }

  signed(bits: number): number {
    const value = this.take(bits);
    return value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
  }

  unary(): number {
    let zeros = 0;
    while (this.take(1) === 0) zeros++;
    return zeros;
  }
}

const coefficients = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

/** @throws when a check sum, or the digest of all, is another one. */
export function readFlac(bytes: Uint8Array): Sound {
  const read = new BitReader(bytes);
  if (read.take(32) !== 0x664c6143 || read.take(8) !== 0x80 || read.take(24) !== 34)
    throw new Error('no FLAC as we write it');
  read.at += 16 + 16 + 24 + 24;
  const rate = read.take(20);
  if (read.take(3) !== 0 || read.take(5) !== 15) throw new Error('not one channel of 16 bits');
  const samples = new Int16Array(read.take(36));
  const md5 = bytes.subarray(read.at >> 3, (read.at >> 3) + 16);
  read.at += 128;
  for (let at = 0, frame = 0; at < samples.length; frame++) at += readFrame(read, frame, samples, at);
  if (toHex(md5Of(samples)) !== toHex(md5)) throw new Error('other samples than its digest says');
  return { rate, samples };
}

function readFrame(read: BitReader, number: number, into: Int16Array, at: number): number {
  const from = read.at >> 3;
  if (read.take(16) !== 0xfff8) throw new Error(`no frame at ${from}`);
  const sizeCode = read.take(4);
  read.at += 4 + 8;
  let lead = read.take(8);
  let more = 0;
  for (let mask = 0x80; lead & mask; mask >>= 1, more++) lead &= ~mask;
  let found = lead;
  for (let i = 1; i < more; i++) found = found * 64 + (read.take(8) & 0x3f);
  if (found !== number) throw new Error(`frame ${found} where ${number} should be`);
  const size = sizeCode === 0b1100 ? 4096 : read.take(16) + 1;
  const head = crc8(read.bytes.subarray(from, read.at >> 3));
  if (read.take(8) !== head) throw new Error(`head of frame ${number}`);
  const kind = read.take(8) >> 1;
  const block = readSubframe(read, kind, size);
  read.at = Math.ceil(read.at / 8) * 8;
  const whole = crc16(read.bytes.subarray(from, read.at >> 3));
  if (read.take(16) !== whole) throw new Error(`frame ${number}`);
  into.set(block, at);
  return size;
}

function readSubframe(read: BitReader, kind: number, size: number): number[] {
  if (kind === 0) return Array.from<number>({ length: size }).fill(read.signed(16));
  if (kind === 1) return Array.from({ length: size }, () => read.signed(16));
  const order = kind - 8;
  const block = Array.from({ length: order }, () => read.signed(16));
  if (read.take(2) !== 0) throw new Error('another method');
  const partitions = 1 << read.take(4);
  for (let i = 0; i < partitions; i++) {
    const parameter = read.take(4);
    while (block.length < ((i + 1) * size) / partitions) {
      const folded = read.unary() * 2 ** parameter + read.take(parameter);
      const residual = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
      const guess = (coefficients[order] ?? []).reduce(
        (sum, factor, back) => sum + factor * (block.at(-1 - back) ?? 0),
        0,
      );
      block.push(guess + residual);
    }
  }
  return block;
}

/** Of one channel and 16 bits. */
export function readWav(bytes: Uint8Array): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let rate = 0;
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = String.fromCodePoint(...bytes.subarray(at, at + 4));
    const size = Math.min(view.getUint32(at + 4, true), bytes.length - at - 8);
    if (name === 'fmt ') {
      if (view.getUint16(at + 10, true) !== 1 || view.getUint16(at + 22, true) !== 16)
        throw new Error('not one channel of 16 bits');
      rate = view.getUint32(at + 12, true);
    }
    if (name === 'data')
      return {
        rate,
        samples: Int16Array.from({ length: size >> 1 }, (_, i) => view.getInt16(at + 8 + i * 2, true)),
      };
    at += 8 + size + (size & 1);
  }
  throw new Error('no samples');
}
