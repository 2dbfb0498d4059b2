/** QTI 3.0, operators on numbers. Any NULL operand makes the result NULL, and so does a result that is no finite number. */
import { gcd, lcm, mathOperator, roundTo, statsOperator } from './math.ts';
import { first, integerAttribute, numbersOf, type Operator } from './scope.ts';
import { float, integer, numberOf, type Value } from './value.ts';

/** Integer when all operands are, else float. */
function arithmetic(operands: readonly Value[], calculate: (all: number[]) => number | null): Value {
  const all = numbersOf(operands);
  const result = all === null || all.length === 0 ? null : calculate(all);
  return operands.every((one) => one.baseType === 'integer') ? integer(result) : float(result);
}

/** Two numbers; null unless there are exactly two. */
function pair(operands: readonly Value[]): readonly [number, number] | null {
  const all = numbersOf(operands);
  return all?.length === 2 ? (all as [number, number]) : null;
}

function one(operands: readonly Value[], calculate: (a: number) => number | null): number | null {
  const value = numberOf(first(operands));
  return value === null ? null : calculate(value);
}

function integersOnly(all: readonly number[], calculate: () => number): number | null {
  return all.every(Number.isInteger) ? calculate() : null;
}

export const numberOperators: Record<string, Operator> = {
  'qti-sum': (operands) => arithmetic(operands, (all) => all.reduce((a, b) => a + b, 0)),
  'qti-product': (operands) => arithmetic(operands, (all) => all.reduce((a, b) => a * b, 1)),
  'qti-subtract': (operands) =>
    arithmetic(operands, ([a, b]) => (a === undefined || b === undefined ? null : a - b)),
  'qti-divide': (operands) => {
    const both = pair(operands);
    return float(both === null || both[1] === 0 ? null : both[0] / both[1]);
  },
  'qti-power': (operands) => {
    const both = pair(operands);
    return float(both === null ? null : both[0] ** both[1]);
  },
  'qti-integer-divide': (operands) => {
    const both = pair(operands);
    return integer(both === null || both[1] === 0 ? null : Math.floor(both[0] / both[1]));
  },
  'qti-integer-modulus': (operands) => {
    const both = pair(operands);
    return integer(both === null || both[1] === 0 ? null : both[0] - both[1] * Math.floor(both[0] / both[1]));
  },
  'qti-truncate': (operands) => integer(one(operands, Math.trunc)),
  // Halves go up, also below zero: -0.5 becomes 0.
  'qti-round': (operands) => integer(one(operands, Math.round)),
  'qti-round-to': (operands, element, scope) =>
    float(
      one(operands, (a) =>
        roundTo(
          a,
          element.attributes['rounding-mode'] ?? 'significantFigures',
          integerAttribute(element, 'figures', 0, scope),
        ),
      ),
    ),
  'qti-integer-to-float': (operands) => float(one(operands, (a) => a)),
  'qti-max': (operands) => arithmetic(operands, (all) => Math.max(...all)),
  'qti-min': (operands) => arithmetic(operands, (all) => Math.min(...all)),
  'qti-gcd': (operands) => arithmetic(operands, (all) => integersOnly(all, () => all.reduce(gcd, 0))),
  'qti-lcm': (operands) => arithmetic(operands, (all) => integersOnly(all, () => all.reduce(lcm, 1))),
  'qti-math-operator': (operands, element) => {
    const all = numbersOf(operands);
    const name = element.attributes['name'] ?? '';
    const result = all === null ? null : mathOperator(name, all);
    return ['floor', 'ceil', 'signum'].includes(name) ? integer(result) : float(result);
  },
  'qti-stats-operator': (operands, element) => {
    const all = numbersOf(operands);
    return float(all === null ? null : statsOperator(element.attributes['name'] ?? '', all));
  },
};
