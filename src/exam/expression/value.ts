/** QTI's runtime values: a base type, a cardinality, and content; NULL is a value without content. */
import type { ResponseValue } from '../paper/response.ts';

export type BaseType =
  | 'identifier'
  | 'boolean'
  | 'integer'
  | 'float'
  | 'string'
  | 'point'
  | 'pair'
  | 'directedPair'
  | 'duration'
  | 'file'
  | 'uri';
export type Cardinality = 'single' | 'multiple' | 'ordered' | 'record';
/** Points are `"x y"`, pairs `"A B"`, as in results reporting. */
export type Scalar = string | number | boolean;

export interface Value {
  readonly cardinality: Cardinality;
  readonly baseType: BaseType | null;
  /** null: NULL. An empty container is NULL, too (QTI 3.0, section on NULL). */
  readonly content: Scalar | readonly Scalar[] | Readonly<Record<string, Value>> | null;
}

export const nullValue: Value = { cardinality: 'single', baseType: null, content: null };

export function single(baseType: BaseType, content: Scalar | null): Value {
  return { cardinality: 'single', baseType, content };
}
export const boolean = (content: boolean | null): Value => single('boolean', content);
export const float = (content: number | null): Value => single('float', finite(content));
export const integer = (content: number | null): Value => single('integer', finite(content));

/** Adding 0 turns a negative zero into zero. */
function finite(content: number | null): number | null {
  return content !== null && Number.isFinite(content) ? content + 0 : null;
}

export function container(
  cardinality: 'multiple' | 'ordered',
  baseType: BaseType | null,
  content: readonly Scalar[],
): Value {
  return { cardinality, baseType, content: content.length === 0 ? null : content };
}

export function isNull(value: Value): boolean {
  return value.content === null || value.content === '';
}

/** Text that a declaration or a base value holds: line breaks and the indentation around them are layout, spaces alone are not. */
export function declaredText(text: string): string {
  return /[\r\n]/.test(text) ? text.trim().replaceAll(/\s*[\r\n]\s*/g, ' ') : text;
}

/** The scalars of a single value or a container, in order; none for NULL. */
export function scalars(value: Value): readonly Scalar[] {
  if (value.content === null) return [];
  if (Array.isArray(value.content)) return value.content as readonly Scalar[];
  return typeof value.content === 'object' ? [] : [value.content as Scalar];
}

export function numberOf(value: Value): number | null {
  const [first] = scalars(value);
  if (first === undefined || typeof first === 'boolean') return null;
  const number = typeof first === 'number' ? first : Number(first);
  return first !== '' && Number.isFinite(number) ? number : null;
}

export function booleanOf(value: Value): boolean | null {
  const [first] = scalars(value);
  return first === undefined ? null : first === true || first === 'true';
}

/** Reads the text of a `qti-value` or a response. @returns null when it is none of that type. */
export function parseScalar(text: string, baseType: BaseType | null): Scalar | null {
  const trimmed = text.trim();
  switch (baseType) {
    case 'integer': {
      const number = Number(trimmed);
      return /^[+-]?\d+$/.test(trimmed) && Number.isSafeInteger(number) ? number : null;
    }
    case 'float':
    case 'duration': {
      const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : Number.NaN;
      return Number.isFinite(number) ? number : null;
    }
    case 'boolean':
      return trimmed === 'true' || trimmed === '1'
        ? true
        : trimmed === 'false' || trimmed === '0'
          ? false
          : null;
    case 'string':
      return text;
    case 'point': {
      const [x, y, ...more] = trimmed.split(/\s+/).map((word) => parseScalar(word, 'float'));
      return typeof x === 'number' && typeof y === 'number' && more.length === 0 ? `${x} ${y}` : null;
    }
    case 'pair':
    case 'directedPair': {
      const words = trimmed.split(/\s+/);
      return words.length === 2 ? words.join(' ') : null;
    }
    default:
      return trimmed;
  }
}

/** Are two scalars of a base type the same? A pair has no order, a directed pair has. */
export function sameScalar(a: Scalar, b: Scalar, baseType: BaseType | null): boolean {
  if (baseType === 'pair' && typeof a === 'string' && typeof b === 'string')
    return a === b || a.split(' ').toReversed().join(' ') === b;
  if (baseType === 'float' || baseType === 'integer' || baseType === 'duration')
    return Number(a) === Number(b);
  return a === b;
}

/** `match`: same cardinality, same values; a multiple container in any order, an ordered one in its own. NULL when either is NULL. */
export function sameValue(a: Value, b: Value): boolean | null {
  if (isNull(a) || isNull(b)) return null;
  if (a.cardinality === 'record' || b.cardinality === 'record')
    return JSON.stringify(sortedRecord(a)) === JSON.stringify(sortedRecord(b));
  const baseType = a.baseType ?? b.baseType;
  const [left, right] = [scalars(a), [...scalars(b)]];
  if (left.length !== right.length) return false;
  if (a.cardinality !== 'multiple')
    return left.every((one, i) => sameScalar(one, right[i] as Scalar, baseType));
  return left.every((one) => {
    const at = right.findIndex((other) => sameScalar(one, other, baseType));
    if (at === -1) return false;
    right.splice(at, 1);
    return true;
  });
}

function sortedRecord(value: Value): unknown {
  return Object.entries((value.content ?? {}) as Record<string, Value>)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => [name, field.content]);
}

/** A candidate's response, in the string forms of results reporting, as a value of its declaration. */
export function fromResponse(
  response: ResponseValue | undefined,
  cardinality: Cardinality,
  baseType: BaseType | null,
): Value {
  const none: Value = { cardinality, baseType, content: null };
  if (response === undefined || response === null) return none;
  if (typeof response === 'object' && 'file' in response && typeof response.file === 'object')
    return { cardinality, baseType: 'file', content: (response.file as { digest: string }).digest };
  if (cardinality === 'record') return recordOf(response, none);
  const texts = Array.isArray(response)
    ? (response as readonly string[])
    : typeof response === 'string'
      ? [response]
      : [];
  // An empty string is NULL, and NULL is no member of a container.
  const parsed = texts
    .map((text) => parseScalar(text, baseType))
    .filter((one) => one !== null && one !== '') as Scalar[];
  if (cardinality !== 'single') return container(cardinality, baseType, parsed);
  const [one] = parsed;
  return parsed.length === 1 && one !== undefined ? { cardinality, baseType, content: one } : none;
}

function recordOf(response: ResponseValue, none: Value): Value {
  if (typeof response !== 'object' || response === null || Array.isArray(response)) return none;
  const fields = Object.entries(response as Record<string, string | null>).flatMap(([name, text]) => {
    if (text === null) return [];
    const type = fieldTypes[name] ?? guessed(text);
    const content = parseScalar(text, type);
    return content === null ? [] : [[name, single(type, content)] as const];
  });
  return { ...none, baseType: null, content: fields.length === 0 ? null : Object.fromEntries(fields) };
}

/** Fields of the record that a text entry bound to one gives. */
const fieldTypes: Readonly<Record<string, BaseType>> = {
  stringValue: 'string',
  floatValue: 'float',
  integerValue: 'integer',
  leftDigits: 'integer',
  rightDigits: 'integer',
  ndp: 'integer',
  nsf: 'integer',
  exponent: 'integer',
};

/** A number only where its text is the number's own: `042` and `1.50` stay text, which compares as a number where one is asked for. */
function guessed(text: string): BaseType {
  if (text === '' || String(Number(text)) !== text || !Number.isFinite(Number(text))) return 'string';
  return /^-?\d+$/.test(text) ? 'integer' : 'float';
}

export type OutcomeJson =
  | null
  | number
  | boolean
  | string
  | readonly (number | boolean | string)[]
  | { readonly [field: string]: OutcomeJson };

/** With 15 significant digits, as many as decimal numbers keep: ten times 0.1 is 1, not 0.9999999999999999. */
export function decimal(number: number): number {
  return Number(number.toPrecision(15));
}

export function toJson(value: Value): OutcomeJson {
  if (value.content === null) return null;
  if (typeof value.content === 'number') return decimal(value.content);
  if (value.cardinality === 'record')
    return Object.fromEntries(
      Object.entries(value.content as Record<string, Value>).map(([name, field]) => [name, toJson(field)]),
    );
  if (Array.isArray(value.content))
    return (value.content as readonly Scalar[]).map((one) => (typeof one === 'number' ? decimal(one) : one));
  return value.content as OutcomeJson;
}
