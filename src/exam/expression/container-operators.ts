/** QTI 3.0, operators on containers and records. */
import { first, integerAttribute, second, type Operator } from './scope.ts';
import {
  boolean,
  container,
  integer,
  isNull,
  nullValue,
  sameScalar,
  scalars,
  type Scalar,
  type Value,
} from './value.ts';

/** NULL operands are left out; an empty container is NULL. */
export function gather(cardinality: 'multiple' | 'ordered', operands: readonly Value[]): Value {
  const present = operands.filter((one) => !isNull(one));
  return container(cardinality, present[0]?.baseType ?? null, present.flatMap(scalars));
}

/** Without order, with the number of occurrences: `A B` are in `A B C`, `B B` are not. */
function holdsAll(
  list: readonly Scalar[],
  wanted: readonly Scalar[],
  same: (a: Scalar, b: Scalar) => boolean,
): boolean {
  const left = [...list];
  return wanted.every((one) => {
    const at = left.findIndex((other) => same(one, other));
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  });
}

/** As a run of neighbours: `B C` is in `A B C`, `A C` is not. */
function holdsRun(
  list: readonly Scalar[],
  wanted: readonly Scalar[],
  same: (a: Scalar, b: Scalar) => boolean,
): boolean {
  return list.some((_, at) =>
    wanted.every((one, i) => at + i < list.length && same(one, list[at + i] as Scalar)),
  );
}

export const containerOperators: Record<string, Operator> = {
  'qti-multiple': (operands) => gather('multiple', operands),
  'qti-ordered': (operands) => gather('ordered', operands),
  'qti-container-size': (operands) => integer(isNull(first(operands)) ? 0 : scalars(first(operands)).length),
  'qti-index': (operands, element, scope) => {
    const value = first(operands);
    const one = scalars(value)[integerAttribute(element, 'n', 0, scope) - 1];
    return { cardinality: 'single', baseType: value.baseType, content: one ?? null };
  },
  'qti-field-value': (operands, element) => {
    const { cardinality, content } = first(operands);
    if (cardinality !== 'record' || content === null) return nullValue;
    const name = element.attributes['field-identifier'] ?? '';
    return Object.hasOwn(content as object, name)
      ? ((content as Readonly<Record<string, Value>>)[name] ?? nullValue)
      : nullValue;
  },
  'qti-random': (operands, _, scope) => {
    const value = first(operands);
    const list = scalars(value);
    const one = list.length === 0 ? undefined : list[Math.floor(scope.random() * list.length)];
    return { cardinality: 'single', baseType: value.baseType, content: one ?? null };
  },
  'qti-member': (operands) => {
    const [one, list] = [first(operands), second(operands)];
    if (isNull(one) || isNull(list)) return boolean(null);
    const [wanted] = scalars(one);
    const baseType = list.baseType ?? one.baseType;
    return boolean(scalars(list).some((other) => sameScalar(wanted as Scalar, other, baseType)));
  },
  'qti-delete': (operands) => {
    const [one, list] = [first(operands), second(operands)];
    if (isNull(one) || isNull(list)) return { ...list, content: null };
    const [unwanted] = scalars(one);
    const kept = scalars(list).filter((other) => !sameScalar(unwanted as Scalar, other, list.baseType));
    return { ...list, content: kept.length === 0 ? null : kept };
  },
  'qti-contains': (operands) => {
    const [list, part] = [first(operands), second(operands)];
    if (isNull(list) || isNull(part)) return boolean(null);
    const same = (a: Scalar, b: Scalar): boolean => sameScalar(a, b, list.baseType);
    const holds = list.cardinality === 'ordered' ? holdsRun : holdsAll;
    return boolean(holds(scalars(list), scalars(part), same));
  },
};
