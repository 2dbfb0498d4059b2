/** QTI 3.0, operators that answer true, false or NULL: logic, comparison, areas. */
import type { QtiElement } from '../paper/element.ts';
import { insideShape } from './mapping.ts';
import { roundTo } from './math.ts';
import { first, integerAttribute, second, variableName, type Operator, type Scope } from './scope.ts';
import { boolean, booleanOf, isNull, nullValue, numberOf, sameValue, scalars, type Value } from './value.ts';

function compare(operands: readonly Value[], holds: (a: number, b: number) => boolean): Value {
  const [a, b] = [numberOf(first(operands)), numberOf(second(operands))];
  return boolean(a === null || b === null ? null : holds(a, b));
}

/**
 * Bounds are sums and products of decimal numbers that binary floating point only nearly holds (0.3 - 0.1 < 0.2): what differs
 * from a bound by no more than that rounding lies on it.
 */
function onBound(value: number, bound: number): boolean {
  return Math.abs(value - bound) <= 4 * Number.EPSILON * Math.max(Math.abs(value), Math.abs(bound));
}

function tolerancesOf(element: QtiElement, scope: Scope): readonly [number, number] | null {
  const words = (element.attributes['tolerance'] ?? '').trim().split(/\s+/).filter(Boolean);
  const numbers = words.map((word) =>
    Number.isFinite(Number(word)) ? Number(word) : numberOf(scope.variable(variableName(word)) ?? nullValue),
  );
  const [below, above = below] = numbers;
  return below === undefined || below === null || above === undefined || above === null
    ? null
    : [below, above];
}

function equal(a: number, b: number, element: QtiElement, scope: Scope): boolean | null {
  const mode = element.attributes['tolerance-mode'] ?? 'exact';
  if (mode === 'exact') return a === b;
  const tolerances = tolerancesOf(element, scope);
  if (tolerances === null) {
    scope.warn('tolerance-unreadable', element.attributes['tolerance'] ?? '');
    return null;
  }
  const [t0, t1] = tolerances;
  const bounds = mode === 'relative' ? [a * (1 - t0 / 100), a * (1 + t1 / 100)] : [a - t0, a + t1];
  const [low, high] = [Math.min(...bounds), Math.max(...bounds)];
  const included = (end: string): boolean => element.attributes[`include-${end}-bound`] !== 'false';
  if (onBound(b, low)) return included('lower');
  if (onBound(b, high)) return included('upper');
  return b > low && b < high;
}

export const logicOperators: Record<string, Operator> = {
  'qti-is-null': (operands) => boolean(isNull(first(operands))),
  'qti-not': (operands) => {
    const value = booleanOf(first(operands));
    return boolean(value === null ? null : !value);
  },
  'qti-and': (operands) => {
    const all = operands.map(booleanOf);
    return boolean(all.includes(false) ? false : all.includes(null) ? null : true);
  },
  'qti-or': (operands) => {
    const all = operands.map(booleanOf);
    return boolean(all.includes(true) ? true : all.includes(null) ? null : false);
  },
  'qti-any-n': (operands, element, scope) => {
    const all = operands.map(booleanOf);
    const yes = all.filter((one) => one === true).length;
    const unknown = all.filter((one) => one === null).length;
    const min = integerAttribute(element, 'min', 0, scope);
    const max = integerAttribute(element, 'max', all.length, scope);
    if (yes > max || yes + unknown < min) return boolean(false);
    return boolean(yes >= min && yes + unknown <= max ? true : null);
  },
  'qti-match': (operands) => boolean(sameValue(first(operands), second(operands))),
  'qti-equal': (operands, element, scope) => {
    const [a, b] = [numberOf(first(operands)), numberOf(second(operands))];
    return boolean(a === null || b === null ? null : equal(a, b, element, scope));
  },
  'qti-equal-rounded': (operands, element, scope) => {
    const [a, b] = [numberOf(first(operands)), numberOf(second(operands))];
    if (a === null || b === null) return boolean(null);
    const mode = element.attributes['rounding-mode'] ?? 'significantFigures';
    const figures = integerAttribute(element, 'figures', 0, scope);
    const [x, y] = [roundTo(a, mode, figures), roundTo(b, mode, figures)];
    return boolean(x === null || y === null ? null : x === y);
  },
  'qti-inside': (operands, element) => {
    if (isNull(first(operands))) return boolean(null);
    const [shape, coords] = [element.attributes['shape'] ?? '', element.attributes['coords'] ?? ''];
    return boolean(scalars(first(operands)).some((point) => insideShape(String(point), shape, coords)));
  },
  'qti-lt': (operands) => compare(operands, (a, b) => a < b),
  'qti-gt': (operands) => compare(operands, (a, b) => a > b),
  'qti-lte': (operands) => compare(operands, (a, b) => a <= b),
  'qti-gte': (operands) => compare(operands, (a, b) => a >= b),
  'qti-duration-lt': (operands) => compare(operands, (a, b) => a < b),
  'qti-duration-gte': (operands) => compare(operands, (a, b) => a >= b),
};
