/** What only a test's outcome processing can ask: variables of its items, one by one and as aggregates over a part of them. */
import { childElements, type QtiElement } from '../paper/element.ts';
import type { TestItem } from '../paper/model.ts';
import {
  container,
  float,
  integer,
  isNull,
  nullValue,
  numberOf,
  scalars,
  type BaseType,
  type Scalar,
  type Value,
} from '../expression/value.ts';
import type { ItemResult } from './score-item.ts';

export interface PlacedItem {
  readonly ref: TestItem;
  /** Identifiers of the part and the sections around it. */
  readonly sections: readonly string[];
  /** Identifier in the candidate's copy: `Q`, and `Q.2` for the second time that it was drawn. */
  readonly copy: string;
  readonly element: QtiElement;
  /** `qti-assessment-item-ref`; null when the test was made from the items. */
  readonly reference: QtiElement | null;
  readonly attempted: boolean;
  readonly result: ItemResult;
}

/** @returns null when the expression is not one that only a test has. */
export function ofSubset(element: QtiElement, all: readonly PlacedItem[]): Value | null {
  const { attributes } = element;
  const chosen = subset(element, all);
  const count = (holds: (one: PlacedItem) => boolean): Value => integer(chosen.filter(holds).length);
  switch (element.name) {
    case 'qti-variable':
      return attributes['weight-identifier'] === undefined
        ? null
        : itemVariable(attributes['identifier'] ?? '', attributes['weight-identifier'], all);
    case 'qti-number-selected':
      return integer(chosen.length);
    case 'qti-number-presented':
      return count(({ attempted }) => attempted);
    case 'qti-number-responded':
      return count(({ attempted, result }) => attempted && result.responded);
    case 'qti-number-correct':
      return count(({ attempted, result }) => attempted && result.correct === true);
    case 'qti-number-incorrect':
      return count(({ attempted, result }) => attempted && result.correct === false);
    case 'qti-outcome-maximum':
      return bounds(element, chosen, 'normal-maximum', 'needed');
    case 'qti-outcome-minimum':
      return bounds(element, chosen, 'normal-minimum', 'ignored');
    case 'qti-test-variables':
      return testVariables(element, chosen);
    default:
      return null;
  }
}

function subset({ attributes }: QtiElement, all: readonly PlacedItem[]): PlacedItem[] {
  const [include, exclude] = [words(attributes['include-category']), words(attributes['exclude-category'])];
  const section = attributes['section-identifier'];
  return all.filter(({ reference, sections }) => {
    const categories = words(reference?.attributes['category']);
    return (
      (section === undefined || sections.includes(section)) &&
      (include.length === 0 || categories.some((one) => include.includes(one))) &&
      !categories.some((one) => exclude.includes(one))
    );
  });
}

function words(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter(Boolean);
}

/** An item that maps its own `A` to `B` answers for `B` with `A`, and no longer for `A`. */
function nameInItem(name: string, { reference }: PlacedItem): string | null {
  const mappings = reference ? childElements(reference, 'qti-variable-mapping') : [];
  const mapping = mappings.find(({ attributes }) => attributes['target-identifier'] === name);
  if (mapping) return mapping.attributes['source-identifier'] ?? null;
  return mappings.some(({ attributes }) => attributes['source-identifier'] === name) ? null : name;
}

/** @returns 1 when the item has no weight of that name. */
function weightOf(name: string, { reference }: PlacedItem): number {
  const weight = (reference ? childElements(reference, 'qti-weight') : []).find(
    ({ attributes }) => attributes['identifier'] === name,
  );
  const value = Number(weight?.attributes['value'] ?? 1);
  return Number.isFinite(value) ? value : 1;
}

function weighted(value: Value, weight: string | null, item: PlacedItem): Value {
  const numeric = value.baseType === 'integer' || value.baseType === 'float';
  if (weight === null || !numeric || value.cardinality !== 'single') return value;
  const number = numberOf(value);
  return float(number === null ? null : number * weightOf(weight, item));
}

/** `Q.SCORE`, `Q.2.SCORE` for the second time that `Q` was drawn; without number the last one. */
export function itemVariable(
  identifier: string,
  weight: string | null,
  all: readonly PlacedItem[],
): Value | null {
  const [, item, place, name] = /^(.*?)(?:\.(\d+))?\.([^.]+)$/.exec(identifier) ?? [];
  if (item === undefined || name === undefined) return null;
  const copies = all.filter(({ ref }) => ref.identifier === item);
  const found = place === undefined ? copies.at(-1) : copies[Number(place) - 1];
  const own = found && nameInItem(name, found);
  const value = own == null ? undefined : found?.result.variables.get(own);
  return found && value ? weighted(value, weight, found) : null;
}

/** Single values that are not NULL; without `base-type` all numbers. */
function testVariables({ attributes }: QtiElement, chosen: readonly PlacedItem[]): Value {
  const wanted = attributes['base-type'] as BaseType | undefined;
  const fits = ({ baseType }: Value): boolean =>
    wanted === undefined ? baseType === 'integer' || baseType === 'float' : baseType === wanted;
  const values = chosen.flatMap((item) => {
    const name = nameInItem(attributes['variable-identifier'] ?? 'SCORE', item);
    const value = name === null ? undefined : item.result.variables.get(name);
    if (!value || value.cardinality !== 'single' || isNull(value) || !fits(value)) return [];
    return [weighted(value, attributes['weight-identifier'] ?? null, item)];
  });
  const integers = values.length > 0 && values.every(({ baseType }) => baseType === 'integer');
  const contents = values.map((value) => scalars(value)[0] as Scalar);
  return container('multiple', wanted ?? (integers ? 'integer' : 'float'), contents);
}

/** Declared bounds of an outcome variable; an item without one makes the maxima NULL, and is left out of the minima. */
function bounds(
  { attributes }: QtiElement,
  chosen: readonly PlacedItem[],
  bound: 'normal-maximum' | 'normal-minimum',
  missing: 'needed' | 'ignored',
): Value {
  const all = chosen.map((item) => {
    const name = nameInItem(attributes['outcome-identifier'] ?? 'SCORE', item);
    const declaration = childElements(item.element, 'qti-outcome-declaration').find(
      (one) => one.attributes['identifier'] === name,
    );
    const text = declaration?.attributes[bound];
    const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(value)) return null;
    const weight = attributes['weight-identifier'];
    return weight === undefined ? value : value * weightOf(weight, item);
  });
  if (missing === 'needed' && all.includes(null)) return nullValue;
  return container(
    'multiple',
    'float',
    all.filter((one) => one !== null),
  );
}
