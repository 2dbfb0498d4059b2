/** FLAC's Rice codes (RFC 9639, 9.2.7): residuals in partitions of equal length, each with the parameter that makes it shortest. */
import type { BitWriter } from './bit-writer.ts';

/** Fifteen says something else (an escape). */
const highestParameter = 14;
const highestPartitionOrder = 6;

export interface RicePlan {
  readonly partitionOrder: number;
  /** One a partition. */
  readonly parameters: readonly number[];
  /** Of everything, with method, order and parameters. */
  readonly bits: number;
}

/** Negative ones between the positive ones: 0, -1, 1, -2, 2 … */
const folded = (value: number): number => (value << 1) ^ (value >> 31);

/** @param order how many samples at the beginning have no residual */
export function planRice(residual: Int32Array, order: number): RicePlan {
  let best: RicePlan | null = null;
  for (let partitionOrder = 0; partitionOrder <= highestPartitionOrder; partitionOrder++) {
    const length = residual.length >> partitionOrder;
    if (length << partitionOrder !== residual.length || length <= order) break;
    const parameters: number[] = [];
    let bits = 2 + 4;
    for (let from = 0; from < residual.length; from += length) {
      const partition = planPartition(residual, Math.max(from, order), from + length);
      parameters.push(partition.parameter);
      bits += 4 + partition.bits;
    }
    if (best === null || bits < best.bits) best = { partitionOrder, parameters, bits };
  }
  if (best === null) throw new Error('a block is longer than the order of its predictor');
  return best;
}

function planPartition(residual: Int32Array, from: number, to: number): { parameter: number; bits: number } {
  const count = to - from;
  let sum = 0;
  for (let i = from; i < to; i++) sum += folded(residual[i] as number);
  // About the logarithm of the mean is best; its neighbours are tried, too.
  const near = Math.max(0, Math.floor(Math.log2(Math.max(1, sum / Math.max(1, count)))));
  let best = { parameter: 0, bits: Number.POSITIVE_INFINITY };
  for (let k = Math.max(0, near - 1); k <= Math.min(highestParameter, near + 1); k++) {
    let bits = count * (k + 1);
    for (let i = from; i < to; i++) bits += folded(residual[i] as number) >>> k;
    if (bits < best.bits) best = { parameter: k, bits };
  }
  if (best.bits === Number.POSITIVE_INFINITY) {
    let bits = count * (highestParameter + 1);
    for (let i = from; i < to; i++) bits += folded(residual[i] as number) >>> highestParameter;
    best = { parameter: highestParameter, bits };
  }
  return best;
}

export function writeRice(out: BitWriter, residual: Int32Array, order: number, plan: RicePlan): void {
  out.put(0, 2);
  out.put(plan.partitionOrder, 4);
  const length = residual.length >> plan.partitionOrder;
  for (const [i, parameter] of plan.parameters.entries()) {
    out.put(parameter, 4);
    for (let at = Math.max(i * length, order); at < (i + 1) * length; at++) {
      const value = folded(residual[at] as number);
      out.unary(value >>> parameter);
      out.put(value, parameter);
    }
  }
}
