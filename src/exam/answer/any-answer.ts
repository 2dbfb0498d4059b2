/** Some answer of the shape that each interaction gives: for mock exams and for trying the system out. Right or wrong is chance. */
import { associationOf, mayPair } from './associations.ts';
import { childElements, descendants, type QtiElement } from '../paper/element.ts';
import type { PaperItem } from '../paper/model.ts';
import type { ItemResponses, ResponseValue } from '../paper/response.ts';

/**
 * @param random 0 ≤ x < 1. @param written what is written into text fields; not given: they stay empty, and so does what is played.
 * @returns the interactions that could be answered; files are never uploaded.
 */
export function anyAnswer(
  item: PaperItem,
  random: () => number,
  written?: { readonly entry: () => string; readonly essay: () => string },
): ItemResponses {
  const responses: Record<string, ResponseValue> = {};
  for (const element of descendants(item.body)) {
    const response = element.attributes['response-identifier'];
    if (response === undefined || !element.name.endsWith('-interaction')) continue;
    const single = item.responses.find((one) => one.identifier === response)?.cardinality === 'single';
    const value = chosen(element, single, random) ?? (written ? typed(element, single, written) : undefined);
    if (value !== undefined) responses[response] = value;
  }
  return responses;
}

function chosen(element: QtiElement, single: boolean, random: () => number): ResponseValue | undefined {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const identifiers = (name: string): string[] =>
    [...descendants(element)]
      .filter((one) => one.name === name)
      .map((one) => one.attributes['identifier'] ?? '');
  const oneOf = (list: readonly string[]): ResponseValue => (single ? pick(list) : [pick(list)]);
  switch (element.name) {
    case 'qti-choice-interaction':
      return oneOf(identifiers('qti-simple-choice'));
    case 'qti-inline-choice-interaction':
      return pick(identifiers('qti-inline-choice'));
    case 'qti-hottext-interaction':
      return oneOf(identifiers('qti-hottext'));
    case 'qti-order-interaction':
      return identifiers('qti-simple-choice').toSorted(() => random() - 0.5);
    case 'qti-match-interaction': {
      const [rows = [], columns = []] = childElements(element, 'qti-simple-match-set').map((set) =>
        childElements(set).map((choice) => choice.attributes['identifier'] ?? ''),
      );
      return oneOf([`${pick(rows)} ${pick(columns)}`]);
    }
    case 'qti-associate-interaction':
    case 'qti-gap-match-interaction':
    case 'qti-graphic-associate-interaction':
    case 'qti-graphic-gap-match-interaction':
      return oneOf(pairsOf(element));
    case 'qti-hotspot-interaction':
    case 'qti-graphic-order-interaction':
      return oneOf(identifiers('qti-hotspot-choice'));
    case 'qti-select-point-interaction':
    case 'qti-position-object-interaction':
      return oneOf([`${Math.floor(random() * 300)} ${Math.floor(random() * 200)}`]);
    case 'qti-slider-interaction':
      return String(Math.floor(random() * 100));
    default:
      return undefined;
  }
}

/** Every pair that may be the first. */
function pairsOf(element: QtiElement): string[] {
  const rules = associationOf(element);
  if (!rules) return [];
  return [...rules.from.keys()].flatMap((first) =>
    [...rules.to.keys()]
      .filter((second) => mayPair(rules, [], first, second))
      .map((second) => `${first} ${second}`),
  );
}

function typed(
  element: QtiElement,
  single: boolean,
  { entry, essay }: { readonly entry: () => string; readonly essay: () => string },
): ResponseValue | undefined {
  switch (element.name) {
    case 'qti-media-interaction':
      return '1';
    case 'qti-end-attempt-interaction':
      return 'true';
    case 'qti-text-entry-interaction':
      return entry();
    case 'qti-extended-text-interaction':
      return single ? essay() : [essay()];
    default:
      return undefined;
  }
}
