/** Answers of the shape that each interaction gives; recordings are played, files are not uploaded. */
import { associationOf, mayPair } from '../../src/exam/answer/associations.ts';
import { childElements, descendants, type QtiElement } from '../../src/exam/paper/element.ts';
import type { PaperItem } from '../../src/exam/paper/model.ts';
import type { ItemResponses, ResponseValue } from '../../src/exam/paper/response.ts';

const words = 'the a room light water answer because river school Мысль 水 therefore seven never grows'.split(
  ' ',
);

export function answersTo(item: PaperItem, random: () => number): ItemResponses {
  const responses: Record<string, ResponseValue> = {};
  for (const element of descendants(item.body)) {
    const response = element.attributes['response-identifier'];
    if (response === undefined || !element.name.endsWith('-interaction')) continue;
    const single = item.responses.find((one) => one.identifier === response)?.cardinality === 'single';
    const value = valueFor(element, single, random);
    if (value !== undefined) responses[response] = value;
  }
  return responses;
}

function valueFor(element: QtiElement, single: boolean, random: () => number): ResponseValue | undefined {
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
        childElements(set).map((one) => one.attributes['identifier'] ?? ''),
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
    case 'qti-end-attempt-interaction':
      return 'true';
    case 'qti-select-point-interaction':
    case 'qti-position-object-interaction':
      return oneOf([`${Math.floor(random() * 300)} ${Math.floor(random() * 200)}`]);
    case 'qti-slider-interaction':
      return String(Math.floor(random() * 100));
    case 'qti-media-interaction':
      return '1';
    case 'qti-text-entry-interaction':
      return String(Math.floor(random() * 1_000));
    case 'qti-extended-text-interaction': {
      const essay = Array.from({ length: 20 + Math.floor(random() * 200) }, () => pick(words)).join(' ');
      return oneOf([essay]);
    }
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
