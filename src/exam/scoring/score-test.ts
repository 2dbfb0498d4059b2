/** Outcome processing of a test over the results of its items. */
import { childElement, childElements, isElement, type QtiElement } from '../paper/element.ts';
import type { Paper, PaperInstance, PaperKey, TestItem, TestSection } from '../paper/model.ts';
import { isSection } from '../paper/model.ts';
import type { ItemResponses } from '../paper/response.ts';
import { declaredValue, type Scope } from '../expression/evaluate.ts';
import {
  container,
  float,
  integer,
  isNull,
  nullValue,
  numberOf,
  toJson,
  type OutcomeJson,
  type Value,
} from '../expression/value.ts';
import { Outcomes, runRules } from './rules.ts';
import { scoreItem, type ItemResult, type ScoringWarning } from './score-item.ts';

export interface TestResult {
  readonly outcomes: Readonly<Record<string, OutcomeJson>>;
  readonly score: number | null;
  readonly maxScore: number | null;
  readonly items: ReadonlyMap<string, ItemResult>;
  readonly needsMarking: number;
  readonly warnings: readonly ScoringWarning[];
}

interface Placed {
  readonly result: ItemResult;
  readonly ref: TestItem;
  readonly sections: readonly string[];
}

/** @param responses by the item's identifier in this candidate's copy. */
export function scorePaper(
  paper: Paper,
  key: PaperKey,
  instance: PaperInstance,
  responses: Readonly<Record<string, ItemResponses>>,
): TestResult {
  const elements = new Map(key.items.map(({ identifier, element }) => [identifier, element]));
  const refs = placesOf(paper);
  const items = new Map<string, ItemResult>();
  const placed: Placed[] = [];
  for (const one of instance.items) {
    const element = elements.get(one.item.identifier);
    const place = refs.get(one.identifier.replace(/\.\d+$/, '')) ?? refs.get(one.identifier);
    if (!element || !place) continue;
    const result = scoreItem(element, responses[one.identifier] ?? {}, one.seed);
    items.set(one.identifier, result);
    placed.push({ result, ...place });
  }
  const warnings: ScoringWarning[] = [];
  const processing = key.test ? childElement(key.test, 'qti-outcome-processing') : undefined;
  const outcomes = new Outcomes(key.test ? childElements(key.test, 'qti-outcome-declaration') : []);
  const total = placed.reduce((sum, { result, ref }) => sum + (result.score ?? 0) * ref.weight, 0);
  const known = placed.every(({ result }) => result.maxScore !== null);
  const most = known
    ? placed.reduce((sum, { result, ref }) => sum + (result.maxScore ?? 0) * ref.weight, 0)
    : null;
  if (key.test && processing) {
    const scope: Scope = {
      variable: (identifier) => outcomes.values.get(identifier) ?? itemVariable(identifier, placed),
      correct: () => nullValue,
      declaration: (identifier) => outcomes.declaration(identifier),
      defaultOf: (identifier) => {
        const declaration = outcomes.declaration(identifier);
        return declaration ? declaredValue(declaration, 'qti-default-value') : nullValue;
      },
      random: () => 0,
      warn: (type, detail) => warnings.push({ type, detail }),
      test: (element) => aggregate(element, placed),
    };
    runRules(processing.children.filter(isElement), outcomes, scope, 'outcome');
  }
  const said = outcomes.values.get('SCORE');
  const score = said && !isNull(said) && processing ? numberOf(said) : total;
  return {
    outcomes: processing
      ? Object.fromEntries([...outcomes.values].map(([name, value]) => [name, toJson(value)]))
      : { SCORE: total },
    score,
    maxScore: most,
    items,
    needsMarking: [...items.values()].filter((result) => result.needsMarking).length,
    warnings,
  };
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

/** `ITEM.SCORE` in outcome processing. */
function itemVariable(identifier: string, placed: readonly Placed[]): Value | null {
  const [item, name] = identifier.split('.');
  const found = placed.find(({ ref }) => ref.identifier === item);
  if (!found || name === undefined) return null;
  const value = found.result.outcomes[name];
  return typeof value === 'number'
    ? float(value)
    : typeof value === 'string'
      ? { cardinality: 'single', baseType: 'identifier', content: value }
      : nullValue;
}

function aggregate(element: QtiElement, all: readonly Placed[]): Value {
  const words = (name: string): string[] => (element.attributes[name] ?? '').split(/\s+/).filter(Boolean);
  const [include, exclude, section] = [
    words('include-category'),
    words('exclude-category'),
    element.attributes['section-identifier'],
  ];
  const chosen = all.filter(
    ({ ref, sections }) =>
      (section === undefined || sections.includes(section)) &&
      (include.length === 0 || ref.categories.some((one) => include.includes(one))) &&
      !ref.categories.some((one) => exclude.includes(one)),
  );
  const weight = (ref: TestItem): number =>
    element.attributes['weight-identifier'] === undefined ? 1 : ref.weight;
  switch (element.name) {
    case 'qti-number-selected':
    case 'qti-number-presented':
      return integer(chosen.length);
    case 'qti-number-responded':
      return integer(chosen.filter(({ result }) => result.responded).length);
    case 'qti-number-correct':
      return integer(chosen.filter(({ result }) => result.correct).length);
    case 'qti-number-incorrect':
      return integer(chosen.filter(({ result }) => !result.correct).length);
    case 'qti-outcome-maximum':
      return chosen.some(({ result }) => result.maxScore === null)
        ? nullValue
        : container(
            'multiple',
            'float',
            chosen.map(({ result, ref }) => (result.maxScore ?? 0) * weight(ref)),
          );
    case 'qti-outcome-minimum':
      return container(
        'multiple',
        'float',
        chosen.map(() => 0),
      );
    default: {
      const name = element.attributes['variable-identifier'] ?? 'SCORE';
      return container(
        'multiple',
        'float',
        chosen.flatMap(({ result, ref }) =>
          typeof result.outcomes[name] === 'number' ? [(result.outcomes[name] as number) * weight(ref)] : [],
        ),
      );
    }
  }
}
