/** QTI 3.0 expressions. Evaluating never throws: what cannot be evaluated is NULL, with a warning where an author would want to know. */
import { childElements, isElement, textContent, type QtiElement } from '../paper/element.ts';
import {
  boolean,
  booleanOf,
  container,
  float,
  fromResponse,
  integer,
  isNull,
  nullValue,
  numberOf,
  parseScalar,
  sameScalar,
  sameValue,
  scalars,
  single,
  type BaseType,
  type Cardinality,
  type Scalar,
  type Value,
} from './value.ts';
import { mapPoint, mapValue, insideShape } from './mapping.ts';
import { mathOperator, mathConstant, roundTo, statsOperator, gcd } from './math.ts';

export interface Scope {
  variable(identifier: string): Value | null;
  correct(identifier: string): Value;
  declaration(identifier: string): QtiElement | null;
  defaultOf(identifier: string): Value;
  random(): number;
  warn(type: string, detail: string): void;
  /** Aggregates over a test; null outside of outcome processing. */
  readonly test?: (element: QtiElement) => Value;
}

type Operator = (operands: Value[], element: QtiElement, scope: Scope) => Value;

export function evaluate(element: QtiElement, scope: Scope): Value {
  const leaf = leaves[element.name];
  if (leaf) return leaf(element, scope);
  const operator = operators[element.name];
  if (!operator) {
    if (scope.test && aggregates.has(element.name)) return scope.test(element);
    scope.warn('expression-unknown', element.name);
    return nullValue;
  }
  const operands = element.children.filter(isElement).map((child) => evaluate(child, scope));
  return operator(operands, element, scope);
}

const aggregates = new Set(
  [
    'number-correct',
    'number-incorrect',
    'number-presented',
    'number-responded',
    'number-selected',
    'outcome-maximum',
    'outcome-minimum',
    'test-variables',
  ].map((name) => `qti-${name}`),
);

const leaves: Record<string, (element: QtiElement, scope: Scope) => Value> = {
  'qti-base-value': (element) => {
    const baseType = (element.attributes['base-type'] ?? 'string') as BaseType;
    return single(baseType, parseScalar(textContent(element), baseType));
  },
  'qti-variable': (element, scope) => {
    const value = scope.variable(element.attributes['identifier'] ?? '');
    if (value === null) scope.warn('variable-unknown', element.attributes['identifier'] ?? '');
    return value ?? nullValue;
  },
  'qti-correct': (element, scope) => scope.correct(element.attributes['identifier'] ?? ''),
  'qti-default': (element, scope) => scope.defaultOf(element.attributes['identifier'] ?? ''),
  'qti-map-response': (element, scope) => mapped(element, scope, mapValue),
  'qti-map-response-point': (element, scope) => mapped(element, scope, mapPoint),
  'qti-null': () => nullValue,
  'qti-math-constant': (element) => float(mathConstant(element.attributes['name'] ?? '')),
  'qti-random-integer': (element, scope) => {
    const [min, max, step] = [
      int(element, 'min', 0, scope),
      int(element, 'max', 0, scope),
      int(element, 'step', 1, scope),
    ];
    return integer(min + step * Math.floor(scope.random() * (Math.floor((max - min) / step) + 1)));
  },
  'qti-random-float': (element, scope) => {
    const [min, max] = [num(element, 'min', 0, scope), num(element, 'max', 1, scope)];
    return float(min + scope.random() * (max - min));
  },
};

function mapped(
  element: QtiElement,
  scope: Scope,
  map: (value: Value, declaration: QtiElement) => number | null,
): Value {
  const identifier = element.attributes['identifier'] ?? '';
  const [value, declaration] = [scope.variable(identifier), scope.declaration(identifier)];
  return value === null || declaration === null ? nullValue : float(map(value, declaration));
}

/** An attribute that holds a number or the name of a variable. */
function num(element: QtiElement, name: string, usual: number, scope: Scope): number {
  const text = element.attributes[name];
  if (text === undefined) return usual;
  const number = Number(text);
  if (text.trim() !== '' && Number.isFinite(number)) return number;
  return numberOf(scope.variable(text.replace(/^\{|\}$/g, '')) ?? nullValue) ?? usual;
}
function int(element: QtiElement, name: string, usual: number, scope: Scope): number {
  return Math.trunc(num(element, name, usual, scope));
}

/** Numbers of all operands, containers opened; null when one is missing: then the result is NULL. */
function numbers(operands: readonly Value[]): number[] | null {
  const all: number[] = [];
  for (const operand of operands) {
    if (isNull(operand)) return null;
    for (const one of scalars(operand)) {
      const number = Number(one);
      if (!Number.isFinite(number)) return null;
      all.push(number);
    }
  }
  return all;
}

function arithmetic(operands: Value[], calculate: (all: number[]) => number | null): Value {
  const all = numbers(operands);
  const result = all === null || all.length === 0 ? null : calculate(all);
  return operands.every((one) => one.baseType === 'integer') ? integer(result) : float(result);
}

function compare(operands: Value[], holds: (a: number, b: number) => boolean): Value {
  const [a, b] = [operands[0] && numberOf(operands[0]), operands[1] && numberOf(operands[1])];
  return boolean(a === null || b === null || a === undefined || b === undefined ? null : holds(a, b));
}

function text(value: Value | undefined): string | null {
  const [first] = value ? scalars(value) : [];
  return first === undefined ? null : String(first);
}

const first = (operands: Value[]): Value => operands[0] ?? nullValue;
const second = (operands: Value[]): Value => operands[1] ?? nullValue;

const operators: Record<string, Operator> = {
  'qti-multiple': (operands) => gather('multiple', operands),
  'qti-ordered': (operands) => gather('ordered', operands),
  'qti-container-size': (operands) => integer(scalars(first(operands)).length),
  'qti-is-null': (operands) =>
    boolean(
      isNull(first(operands)) ||
        (scalars(first(operands)).length === 0 && first(operands).cardinality !== 'record'),
    ),
  'qti-index': (operands, element, scope) => {
    const value = first(operands);
    const one = scalars(value)[int(element, 'n', 0, scope) - 1];
    return { cardinality: 'single', baseType: value.baseType, content: one ?? null };
  },
  'qti-field-value': (operands, element) => {
    const content = first(operands).content;
    const record =
      typeof content === 'object' && content !== null && !Array.isArray(content)
        ? (content as Record<string, Value>)
        : {};
    return record[element.attributes['field-identifier'] ?? ''] ?? nullValue;
  },
  'qti-random': (operands, _, scope) => {
    const value = first(operands);
    const list = scalars(value);
    return {
      cardinality: 'single',
      baseType: value.baseType,
      content: list[Math.floor(scope.random() * list.length)] ?? null,
    };
  },
  'qti-member': (operands) => {
    const [one, list] = [first(operands), second(operands)];
    if (isNull(one) || isNull(list)) return boolean(null);
    return boolean(
      scalars(list).some((other) =>
        sameScalar(scalars(one)[0] as Scalar, other, list.baseType ?? one.baseType),
      ),
    );
  },
  'qti-delete': (operands) => {
    const [one, list] = [first(operands), second(operands)];
    if (isNull(one) || isNull(list)) return { ...list, content: null };
    const kept = scalars(list).filter(
      (other) => !sameScalar(scalars(one)[0] as Scalar, other, list.baseType),
    );
    return { ...list, content: kept.length === 0 ? null : kept };
  },
  'qti-contains': (operands) => {
    const [list, part] = [first(operands), second(operands)];
    if (isNull(list) || isNull(part)) return boolean(null);
    const all = [...scalars(list)];
    const wanted = scalars(part);
    if (list.cardinality === 'ordered') {
      return boolean(
        all.some((_, at) =>
          wanted.every(
            (one, i) => all[at + i] !== undefined && sameScalar(one, all[at + i] as Scalar, list.baseType),
          ),
        ),
      );
    }
    return boolean(
      wanted.every((one) => {
        const at = all.findIndex((other) => sameScalar(one, other, list.baseType));
        if (at !== -1) all.splice(at, 1);
        return at !== -1;
      }),
    );
  },
  'qti-substring': (operands, element) => {
    const [part, whole] = [text(operands[0]), text(operands[1])];
    if (part === null || whole === null) return boolean(null);
    return boolean(
      element.attributes['case-sensitive'] === 'false'
        ? whole.toLowerCase().includes(part.toLowerCase())
        : whole.includes(part),
    );
  },
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
    const [yes, unknown] = [
      all.filter((one) => one === true).length,
      all.filter((one) => one === null).length,
    ];
    const [min, max] = [int(element, 'min', 0, scope), int(element, 'max', all.length, scope)];
    if (yes > max || yes + unknown < min) return boolean(false);
    return boolean(yes >= min && yes + unknown <= max ? true : null);
  },
  'qti-match': (operands) => boolean(sameValue(first(operands), second(operands))),
  'qti-string-match': (operands, element) => {
    const [a, b] = [text(operands[0]), text(operands[1])];
    if (a === null || b === null) return boolean(null);
    const fold = (one: string): string =>
      element.attributes['case-sensitive'] === 'false' ? one.toLowerCase() : one;
    return boolean(
      element.attributes['substring'] === 'true' ? fold(a).includes(fold(b)) : fold(a) === fold(b),
    );
  },
  'qti-pattern-match': (operands, element, scope) => {
    const value = text(operands[0]);
    if (value === null) return boolean(null);
    const given = element.attributes['pattern'] ?? '';
    const pattern = text(scope.variable(given.replace(/^\{|\}$/g, '')) ?? undefined) ?? given;
    try {
      // XML Schema patterns are anchored on both sides.
      return boolean(
        new RegExp(
          `^(?:${pattern.replaceAll('\\i', '[A-Za-z_:]').replaceAll('\\c', '[\\w:.-]')})$`,
          'u',
        ).test(value),
      );
    } catch {
      scope.warn('pattern-unreadable', pattern);
      return boolean(null);
    }
  },
  'qti-equal': (operands, element, scope) => {
    const [a, b] = [numberOf(first(operands)), numberOf(second(operands))];
    if (a === null || b === null) return boolean(null);
    const mode = element.attributes['tolerance-mode'] ?? 'exact';
    if (mode === 'exact') return boolean(a === b);
    const tolerance = (element.attributes['tolerance'] ?? '0')
      .trim()
      .split(/\s+/)
      .map((one) =>
        Number.isFinite(Number(one))
          ? Number(one)
          : (numberOf(scope.variable(one.replace(/^\{|\}$/g, '')) ?? nullValue) ?? 0),
      );
    const [t0, t1] = [tolerance[0] ?? 0, tolerance[1] ?? tolerance[0] ?? 0];
    const [low, high] =
      mode === 'relative'
        ? ([a * (1 - t0 / 100), a * (1 + t1 / 100)].toSorted((x, y) => x - y) as [number, number])
        : [a - t0, a + t1];
    const above = element.attributes['include-lower-bound'] === 'false' ? b > low : b >= low;
    const below = element.attributes['include-upper-bound'] === 'false' ? b < high : b <= high;
    return boolean(above && below);
  },
  'qti-equal-rounded': (operands, element, scope) => {
    const [a, b] = [numberOf(first(operands)), numberOf(second(operands))];
    if (a === null || b === null) return boolean(null);
    const [mode, figures] = [
      element.attributes['rounding-mode'] ?? 'significantFigures',
      int(element, 'figures', 0, scope),
    ];
    const [x, y] = [roundTo(a, mode, figures), roundTo(b, mode, figures)];
    return boolean(x === null || y === null ? null : x === y);
  },
  'qti-inside': (operands, element) => {
    if (isNull(first(operands))) return boolean(null);
    return boolean(
      scalars(first(operands)).some((point) =>
        insideShape(String(point), element.attributes['shape'] ?? '', element.attributes['coords'] ?? ''),
      ),
    );
  },
  'qti-lt': (operands) => compare(operands, (a, b) => a < b),
  'qti-gt': (operands) => compare(operands, (a, b) => a > b),
  'qti-lte': (operands) => compare(operands, (a, b) => a <= b),
  'qti-gte': (operands) => compare(operands, (a, b) => a >= b),
  'qti-duration-lt': (operands) => compare(operands, (a, b) => a < b),
  'qti-duration-gte': (operands) => compare(operands, (a, b) => a >= b),
  'qti-sum': (operands) => arithmetic(operands, (all) => all.reduce((a, b) => a + b, 0)),
  'qti-product': (operands) => arithmetic(operands, (all) => all.reduce((a, b) => a * b, 1)),
  'qti-subtract': (operands) =>
    arithmetic(operands, ([a, b]) => (a === undefined || b === undefined ? null : a - b)),
  'qti-divide': (operands) => {
    const all = numbers(operands);
    return float(
      all === null || all.length !== 2 || all[1] === 0 ? null : (all[0] as number) / (all[1] as number),
    );
  },
  'qti-power': (operands) => {
    const all = numbers(operands);
    return float(all === null || all.length !== 2 ? null : (all[0] as number) ** (all[1] as number));
  },
  'qti-integer-divide': (operands) => {
    const all = numbers(operands);
    return integer(all === null || all[1] === 0 ? null : Math.floor((all[0] as number) / (all[1] as number)));
  },
  'qti-integer-modulus': (operands) => {
    const all = numbers(operands);
    if (all === null || all[1] === 0) return integer(null);
    const [a, b] = all as [number, number];
    return integer(a - b * Math.floor(a / b));
  },
  'qti-truncate': (operands) => integer(apply(operands, Math.trunc)),
  'qti-round': (operands) => integer(apply(operands, (a) => Math.floor(a + 0.5))),
  'qti-round-to': (operands, element, scope) =>
    float(
      apply(operands, (a) =>
        roundTo(
          a,
          element.attributes['rounding-mode'] ?? 'significantFigures',
          int(element, 'figures', 0, scope),
        ),
      ),
    ),
  'qti-integer-to-float': (operands) => float(apply(operands, (a) => a)),
  'qti-max': (operands) => arithmetic(operands, (all) => Math.max(...all)),
  'qti-min': (operands) => arithmetic(operands, (all) => Math.min(...all)),
  'qti-gcd': (operands) => arithmetic(operands, (all) => all.reduce((a, b) => gcd(a, b), 0)),
  'qti-lcm': (operands) =>
    arithmetic(operands, (all) =>
      all.includes(0) ? 0 : all.reduce((a, b) => Math.abs(a * b) / gcd(a, b), 1),
    ),
  'qti-math-operator': (operands, element) => {
    const all = numbers(operands);
    const result = all === null ? null : mathOperator(element.attributes['name'] ?? '', all);
    return ['floor', 'ceil'].includes(element.attributes['name'] ?? '') ? integer(result) : float(result);
  },
  'qti-stats-operator': (operands, element) => {
    const all = numbers(operands);
    return float(all === null ? null : statsOperator(element.attributes['name'] ?? '', all));
  },
  'qti-repeat': (operands, element, scope) => {
    const count = int(element, 'number-repeats', 0, scope);
    if (count < 1) return nullValue;
    const children = element.children.filter(isElement);
    const rounds = [
      operands,
      ...Array.from({ length: Math.min(count, 10_000) - 1 }, () =>
        children.map((child) => evaluate(child, scope)),
      ),
    ];
    return gather('ordered', rounds.flat());
  },
  'qti-custom-operator': (_, element, scope) => {
    scope.warn('custom-operator', element.attributes['class'] ?? element.attributes['definition'] ?? '');
    return nullValue;
  },
};

function apply(operands: Value[], calculate: (a: number) => number | null): number | null {
  const value = numberOf(first(operands));
  return value === null ? null : calculate(value);
}

/** NULL operands are left out; an empty container is NULL. */
function gather(cardinality: 'multiple' | 'ordered', operands: Value[]): Value {
  const present = operands.filter((one) => !isNull(one));
  return container(cardinality, present[0]?.baseType ?? null, present.flatMap(scalars));
}

/** Value of a `qti-correct-response` or `qti-default-value` below a declaration. */
export function declaredValue(
  declaration: QtiElement,
  child: 'qti-correct-response' | 'qti-default-value',
): Value {
  const cardinality = (declaration.attributes['cardinality'] ?? 'single') as Cardinality;
  const baseType = (declaration.attributes['base-type'] ?? null) as BaseType | null;
  const [holder] = childElements(declaration, child);
  const none: Value = { cardinality, baseType, content: null };
  if (!holder) return none;
  const values = childElements(holder, 'qti-value');
  if (cardinality === 'record') {
    const fields = values.map((value) => {
      const type = (value.attributes['base-type'] ?? baseType ?? 'string') as BaseType;
      return [
        value.attributes['field-identifier'] ?? '',
        single(type, parseScalar(textContent(value), type)),
      ] as const;
    });
    return { cardinality, baseType: null, content: Object.fromEntries(fields) };
  }
  const texts = values.map((value) => textContent(value));
  return cardinality === 'single'
    ? fromResponse(texts[0], cardinality, baseType)
    : fromResponse(texts, cardinality, baseType);
}
