/** QTI 3.0 expressions. Evaluating never throws: what cannot be evaluated is NULL, with a warning where an author would want to know. */
import { childElements, isElement, textContent, type QtiElement } from '../paper/element.ts';
import { containerOperators, gather } from './container-operators.ts';
import { logicOperators } from './logic-operators.ts';
import { mapPoint, mapValue } from './mapping.ts';
import { mathConstant } from './math.ts';
import { numberOperators } from './number-operators.ts';
import { integerAttribute, numberAttribute, type Operator, type Scope } from './scope.ts';
import { textOperators } from './text-operators.ts';
import {
  declaredText,
  float,
  fromResponse,
  integer,
  nullValue,
  parseScalar,
  single,
  type BaseType,
  type Cardinality,
  type Value,
} from './value.ts';

const operators: Readonly<Record<string, Operator>> = {
  ...containerOperators,
  ...logicOperators,
  ...numberOperators,
  ...textOperators,
};

const mostRepeats = 10_000;

export function evaluate(element: QtiElement, scope: Scope): Value {
  const ofTest = scope.test?.(element) ?? null;
  if (ofTest !== null) return ofTest;
  const leaf = leaves[element.name];
  if (leaf) return leaf(element, scope);
  const operator = operators[element.name];
  if (operator) return operator(operandsOf(element, scope), element, scope);
  scope.warn('expression-unknown', element.name);
  return nullValue;
}

function operandsOf(element: QtiElement, scope: Scope): Value[] {
  return element.children.filter(isElement).map((child) => evaluate(child, scope));
}

const leaves: Readonly<Record<string, (element: QtiElement, scope: Scope) => Value>> = {
  'qti-base-value': (element) => {
    const baseType = (element.attributes['base-type'] ?? 'string') as BaseType;
    return single(baseType, parseScalar(declaredText(textContent(element)), baseType));
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
    const min = integerAttribute(element, 'min', 0, scope);
    const max = integerAttribute(element, 'max', 0, scope);
    const step = Math.max(1, integerAttribute(element, 'step', 1, scope));
    return integer(min + step * Math.floor(scope.random() * (Math.floor((max - min) / step) + 1)));
  },
  'qti-random-float': (element, scope) => {
    const min = numberAttribute(element, 'min', 0, scope);
    const max = numberAttribute(element, 'max', 1, scope);
    return float(min + scope.random() * (max - min));
  },
  // Each round is evaluated anew, so that what is drawn by lot differs.
  'qti-repeat': (element, scope) => {
    const rounds = Math.min(mostRepeats, integerAttribute(element, 'number-repeats', 0, scope));
    if (rounds < 1) return nullValue;
    return gather('ordered', Array.from({ length: rounds }, () => operandsOf(element, scope)).flat());
  },
  'qti-custom-operator': (element, scope) => {
    scope.warn('custom-operator', element.attributes['class'] ?? element.attributes['definition'] ?? '');
    return nullValue;
  },
};

function mapped(
  element: QtiElement,
  scope: Scope,
  map: (value: Value, declaration: QtiElement) => number | null,
): Value {
  const identifier = element.attributes['identifier'] ?? '';
  const [value, declaration] = [scope.variable(identifier), scope.declaration(identifier)];
  if (value === null || declaration === null) scope.warn('variable-unknown', identifier);
  return value === null || declaration === null ? nullValue : float(map(value, declaration));
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
        single(type, parseScalar(declaredText(textContent(value)), type)),
      ] as const;
    });
    return { cardinality, baseType: null, content: Object.fromEntries(fields) };
  }
  const texts = values.map((value) => declaredText(textContent(value)));
  return cardinality === 'single'
    ? fromResponse(texts[0], cardinality, baseType)
    : fromResponse(texts, cardinality, baseType);
}
