/** Outcome processing of a test over the results of its items. */
import { childElement, childElements, descendants, isElement, type QtiElement } from '../paper/element.ts';
import { randomFrom } from '../paper/instance.ts';
import type { Paper, PaperInstance, PaperKey, TestItem, TestSection } from '../paper/model.ts';
import { isSection } from '../paper/model.ts';
import type { ItemResponses } from '../paper/response.ts';
import { declaredValue } from '../expression/evaluate.ts';
import type { Scope } from '../expression/scope.ts';
import { decimal, nullValue, toJson, type OutcomeJson } from '../expression/value.ts';
import { itemVariable, ofSubset, type PlacedItem } from './item-subset.ts';
import { Outcomes, runRules } from './rules.ts';
import { scoreItem, scoreOf, type ItemResult, type ScoringWarning } from './score-item.ts';

export interface TestResult {
  readonly outcomes: Readonly<Record<string, OutcomeJson>>;
  readonly score: number | null;
  readonly maxScore: number | null;
  readonly items: ReadonlyMap<string, ItemResult>;
  readonly needsMarking: number;
  readonly warnings: readonly ScoringWarning[];
}

/** @param responses by the item's identifier in this candidate's copy. */
export function scorePaper(
  paper: Paper,
  key: PaperKey,
  instance: PaperInstance,
  responses: Readonly<Record<string, ItemResponses>>,
): TestResult {
  const placed = placedItems(paper, key, instance, responses);
  const items = new Map(placed.map(({ copy, result }) => [copy, result]));
  const sum = (value: (result: ItemResult) => number | null): number =>
    decimal(placed.reduce((total, { result, ref }) => total + (value(result) ?? 0) * ref.weight, 0));
  const total = sum((result) => result.score);
  const known = placed.every(({ result }) => result.maxScore !== null);
  const processed = processOutcomes(key.test, placed, instance);
  const said = processed && scoreOf(processed.outcomes);
  return {
    outcomes: processed
      ? Object.fromEntries([...processed.outcomes.values].map(([name, value]) => [name, toJson(value)]))
      : { SCORE: total },
    score: said ?? total,
    maxScore: known ? sum((result) => result.maxScore) : null,
    items,
    needsMarking: [...items.values()].filter((result) => result.needsMarking).length,
    warnings: processed?.warnings ?? [],
  };
}

function placedItems(
  paper: Paper,
  key: PaperKey,
  instance: PaperInstance,
  responses: Readonly<Record<string, ItemResponses>>,
): PlacedItem[] {
  const elements = new Map(key.items.map(({ identifier, element }) => [identifier, element]));
  const places = placesOf(paper);
  const references = new Map(
    (key.test ? [...descendants(key.test)] : [])
      .filter((one) => one.name === 'qti-assessment-item-ref')
      .map((one) => [one.attributes['identifier'] ?? '', one]),
  );
  return instance.items.flatMap((one) => {
    const element = elements.get(one.item.identifier);
    const place = places.get(one.identifier) ?? places.get(one.identifier.replace(/\.\d+$/, ''));
    if (!element || !place) return [];
    const given = Object.hasOwn(responses, one.identifier) ? responses[one.identifier] : undefined;
    // Handing in submits a whole simultaneous part; elsewhere an item counts as attempted when something was submitted for it.
    const attempted = given !== undefined || paper.parts[one.part]?.submission === 'simultaneous';
    return [
      {
        ...place,
        copy: one.identifier,
        element,
        reference: references.get(place.ref.identifier) ?? null,
        attempted,
        result: scoreItem(element, { ...untouched(element), ...given }, one.seed, attempted),
      },
    ];
  });
}

/** The candidate's screen begins empty, also where the item declares a default: what stays untouched is no answer. */
function untouched(element: QtiElement): ItemResponses {
  return Object.fromEntries(
    childElements(element, 'qti-response-declaration').map((one) => [
      one.attributes['identifier'] ?? '',
      null,
    ]),
  );
}

function processOutcomes(
  test: QtiElement | null,
  placed: readonly PlacedItem[],
  instance: PaperInstance,
): { outcomes: Outcomes; warnings: ScoringWarning[] } | null {
  const processing = test ? childElement(test, 'qti-outcome-processing') : undefined;
  if (!test || !processing) return null;
  const outcomes = new Outcomes(childElements(test, 'qti-outcome-declaration'));
  const warnings: ScoringWarning[] = [];
  const scope: Scope = {
    variable: (identifier) => outcomes.values.get(identifier) ?? itemVariable(identifier, null, placed),
    correct: () => nullValue,
    declaration: (identifier) => outcomes.declaration(identifier),
    defaultOf: (identifier) => {
      const declaration = outcomes.declaration(identifier);
      return declaration ? declaredValue(declaration, 'qti-default-value') : nullValue;
    },
    random: randomFrom(`outcomes ${instance.items[0]?.seed ?? ''}`),
    warn: (type, detail) => warnings.push({ type, detail }),
    test: (element) => ofSubset(element, placed),
  };
  runRules(processing.children.filter(isElement), outcomes, scope, 'outcome');
  return { outcomes, warnings };
}

function placesOf(paper: Paper): Map<string, { ref: TestItem; sections: string[] }> {
  const places = new Map<string, { ref: TestItem; sections: string[] }>();
  const walk = (section: TestSection, above: string[]): void => {
    const sections = [...above, section.identifier];
    for (const child of section.children) {
      if (isSection(child)) walk(child, sections);
      else places.set(child.identifier, { ref: child, sections });
    }
  };
  for (const part of paper.parts) for (const section of part.sections) walk(section, [part.identifier]);
  return places;
}
