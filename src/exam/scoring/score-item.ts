/** Response processing of one item: pure, and never throws whatever a candidate or an author wrote. */
import { childElement, childElements, descendants, isElement, type QtiElement } from '../paper/element.ts';
import type { ItemResponses } from '../paper/response.ts';
import { randomFrom } from '../paper/instance.ts';
import { declaredValue, type Scope } from '../expression/evaluate.ts';
import { mapPoint, mapValue } from '../expression/mapping.ts';
import { instantiateTemplate, templateOf } from '../expression/template/template.ts';
import {
  float,
  fromResponse,
  integer,
  isNull,
  nullValue,
  numberOf,
  sameValue,
  single,
  toJson,
  type BaseType,
  type Cardinality,
  type OutcomeJson,
  type Value,
} from '../expression/value.ts';
import { Outcomes, runRules } from './rules.ts';

export interface ScoringWarning {
  readonly type: string;
  readonly detail: string;
}

export interface ItemResult {
  readonly outcomes: Readonly<Record<string, OutcomeJson>>;
  readonly score: number | null;
  /** From MAXSCORE, the declared normal maximum, or what the key gives; null when nothing tells. */
  readonly maxScore: number | null;
  /** A person must mark it: a response was given and nothing in the item scores it. */
  readonly needsMarking: boolean;
  readonly warnings: readonly ScoringWarning[];
  /** For tests: were all responses right, was there any. */
  readonly correct: boolean;
  readonly responded: boolean;
}

/** @param seed of this candidate's copy; decides template values. */
export function scoreItem(item: QtiElement, responses: ItemResponses, seed = ''): ItemResult {
  const warnings: ScoringWarning[] = [];
  const template = instantiateTemplate(templateOf(item), seed);
  const declarations = new Map(
    childElements(item, 'qti-response-declaration').map((one) => [one.attributes['identifier'] ?? '', one]),
  );
  const given = new Map<string, Value>();
  for (const [identifier, declaration] of declarations)
    given.set(identifier, readResponse(responses, identifier, declaration));
  for (const identifier of Object.keys(responses))
    if (!declarations.has(identifier)) warnings.push({ type: 'response-unknown', detail: identifier });
  const outcomes = new Outcomes(childElements(item, 'qti-outcome-declaration'));
  const random = randomFrom(`scoring ${seed}`);
  const correctOf = (identifier: string): Value => {
    const declaration = declarations.get(identifier);
    const set = template.correct.get(identifier);
    if (set !== undefined)
      return declaration
        ? { ...set, cardinality: (declaration.attributes['cardinality'] ?? 'single') as Cardinality }
        : set;
    return declaration ? declaredValue(declaration, 'qti-correct-response') : nullValue;
  };
  const scope: Scope = {
    variable: (identifier) =>
      given.get(identifier) ??
      outcomes.values.get(identifier) ??
      template.variables.get(identifier) ??
      builtIn(identifier),
    correct: correctOf,
    declaration: (identifier) => declarations.get(identifier) ?? outcomes.declaration(identifier),
    defaultOf: (identifier) => {
      const declaration = declarations.get(identifier) ?? outcomes.declaration(identifier);
      return declaration ? declaredValue(declaration, 'qti-default-value') : nullValue;
    },
    random,
    warn: (type, detail) => warnings.push({ type, detail }),
  };
  const processing = childElement(item, 'qti-response-processing');
  const rules = processing?.children.filter(isElement) ?? [];
  if (processing && rules.length > 0) runRules(rules, outcomes, scope, 'response');
  else if (processing) standardTemplate(processing, outcomes, scope, declarations);
  const responded = [...given.values()].some((value) => !isNull(value));
  const scored = processing !== undefined && (rules.length > 0 || templateName(processing) !== null);
  const score = numberOf(outcomes.values.get('SCORE') ?? nullValue);
  return {
    outcomes: Object.fromEntries(
      [...outcomes.values].map(([identifier, value]) => [identifier, toJson(value)]),
    ),
    score,
    maxScore: maximum(item, outcomes, declarations),
    needsMarking: responded && (!scored || externallyScored(item)),
    warnings,
    correct:
      declarations.size > 0 &&
      [...declarations.keys()].every(
        (identifier) => sameValue(given.get(identifier) ?? nullValue, correctOf(identifier)) === true,
      ),
    responded,
  };
}

function readResponse(responses: ItemResponses, identifier: string, declaration: QtiElement): Value {
  const cardinality = (declaration.attributes['cardinality'] ?? 'single') as Cardinality;
  const baseType = (declaration.attributes['base-type'] ?? null) as BaseType | null;
  // An item that was never answered starts from its declared default.
  if (!Object.hasOwn(responses, identifier)) return declaredValue(declaration, 'qti-default-value');
  return fromResponse(responses[identifier], cardinality, baseType);
}

function builtIn(identifier: string): Value | null {
  switch (identifier) {
    case 'numAttempts':
      return integer(1);
    case 'duration':
      return single('duration', 0);
    case 'completionStatus':
      return single('identifier', 'completed');
    default:
      return null;
  }
}

/** `match_correct`, `map_response`, `map_response_point`, by whatever address they are named. */
function templateName(processing: QtiElement): string | null {
  const uri = processing.attributes['template'] ?? processing.attributes['template-location'];
  return (
    uri
      ?.split('/')
      .at(-1)
      ?.replace(/\.xml$/, '')
      .toLowerCase() ?? null
  );
}

function standardTemplate(
  processing: QtiElement,
  outcomes: Outcomes,
  scope: Scope,
  declarations: ReadonlyMap<string, QtiElement>,
): void {
  const name = templateName(processing);
  if (name === null) return;
  const response = scope.variable('RESPONSE') ?? nullValue;
  const declaration = declarations.get('RESPONSE');
  switch (name) {
    case 'match_correct':
    case 'cc2_match_basic':
      outcomes.set(
        'SCORE',
        float(
          sameValue(response, scope.correct('RESPONSE')) === true
            ? numberOf(outcomes.values.get('MAXSCORE') ?? nullValue) && name === 'cc2_match_basic'
              ? numberOf(outcomes.values.get('MAXSCORE') ?? nullValue)
              : 1
            : 0,
        ),
        scope,
      );
      return;
    case 'match_basic':
      outcomes.set(
        'SCORE',
        float(
          sameValue(response, scope.correct('RESPONSE')) === true
            ? (numberOf(outcomes.values.get('MAXSCORE') ?? nullValue) ?? 1)
            : 0,
        ),
        scope,
      );
      return;
    case 'map_response':
    case 'cc2_map_response':
      outcomes.set(
        'SCORE',
        float(isNull(response) || !declaration ? 0 : mapValue(response, declaration)),
        scope,
      );
      return;
    case 'map_response_point':
      outcomes.set(
        'SCORE',
        float(isNull(response) || !declaration ? 0 : mapPoint(response, declaration)),
        scope,
      );
      return;
    default:
      scope.warn('template-unknown', name);
  }
}

function externallyScored(item: QtiElement): boolean {
  return childElements(item, 'qti-outcome-declaration').some(
    (one) => one.attributes['external-scored'] !== undefined,
  );
}

function maximum(
  item: QtiElement,
  outcomes: Outcomes,
  declarations: ReadonlyMap<string, QtiElement>,
): number | null {
  const said = numberOf(outcomes.values.get('MAXSCORE') ?? nullValue);
  if (said !== null) return said;
  const normal = Number(outcomes.declaration('SCORE')?.attributes['normal-maximum'] ?? Number.NaN);
  if (Number.isFinite(normal)) return normal;
  const mappings = [...declarations.values()].flatMap((one) =>
    [...descendants(one)].filter((element) => element.name === 'qti-mapping'),
  );
  const [mapping] = mappings;
  if (mapping && mappings.length === 1) {
    const bound = Number(mapping.attributes['upper-bound'] ?? Number.NaN);
    if (Number.isFinite(bound)) return bound;
    const values = childElements(mapping, 'qti-map-entry').map((entry) =>
      Number(entry.attributes['mapped-value'] ?? 0),
    );
    const cardinality = [...declarations.values()][0]?.attributes['cardinality'];
    return cardinality === 'single'
      ? Math.max(0, ...values)
      : values.filter((value) => value > 0).reduce((a, b) => a + b, 0);
  }
  const processing = childElement(item, 'qti-response-processing');
  return processing && templateName(processing) === 'match_correct' ? 1 : null;
}
