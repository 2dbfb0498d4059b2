/** Response processing of one item: pure, and never throws whatever a candidate or an author wrote. */
import { childElement, childElements, descendants, isElement, type QtiElement } from '../paper/element.ts';
import type { ItemResponses } from '../paper/response.ts';
import { randomFrom } from '../paper/instance.ts';
import { declaredValue } from '../expression/evaluate.ts';
import type { Scope } from '../expression/scope.ts';
import { instantiateTemplate, templateOf, type TemplateValues } from '../expression/template/template.ts';
import {
  decimal,
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
import { maximumOf } from './maximum.ts';
import { Outcomes, runRules } from './rules.ts';
import { standardTemplate } from './standard-templates.ts';

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
  /** Responses, outcomes and template variables by identifier, for the outcome processing of a test. */
  readonly variables: ReadonlyMap<string, Value>;
  /** Do all responses match their correct ones? null when one has no correct response. */
  readonly correct: boolean | null;
  /** Does a response differ from its default? */
  readonly responded: boolean;
}

interface Reading {
  readonly item: QtiElement;
  readonly template: TemplateValues;
  readonly declarations: ReadonlyMap<string, QtiElement>;
  readonly responses: ReadonlyMap<string, Value>;
  readonly outcomes: Outcomes;
  /** `qti-context-declaration`: what the item knows of its surroundings; here only the defaults. */
  readonly context: ReadonlyMap<string, Value>;
  readonly rules: readonly QtiElement[] | null;
  readonly warnings: ScoringWarning[];
}

/**
 * @param seed of this candidate's copy; decides template values.
 * @param attempted false: the candidate never submitted it, so outcomes keep their defaults.
 */
export function scoreItem(
  item: QtiElement,
  responses: ItemResponses,
  seed = '',
  attempted = true,
): ItemResult {
  const reading = read(item, responses, seed);
  const { outcomes, template, declarations, warnings, rules } = reading;
  const scope = scopeOf(reading, seed);
  if (attempted && rules) runRules(rules, outcomes, scope, 'response');
  const responded = [...reading.responses].some(
    ([identifier, value]) => !isNull(value) && sameValue(value, scope.defaultOf(identifier)) !== true,
  );
  return {
    outcomes: Object.fromEntries(
      [...outcomes.values].map(([identifier, value]) => [identifier, toJson(value)]),
    ),
    score: scoreOf(outcomes),
    maxScore: maximumOf(item, outcomes, declarations),
    needsMarking: responded && (rules === null || externallyScored(item)),
    warnings,
    variables: new Map([...template.variables, ...reading.responses, ...outcomes.values]),
    correct: correctness(reading, scope),
    responded,
  };
}

export function scoreOf(outcomes: Outcomes): number | null {
  const score = numberOf(outcomes.values.get('SCORE') ?? nullValue);
  return score === null ? null : decimal(score);
}

function read(item: QtiElement, responses: ItemResponses, seed: string): Reading {
  const warnings: ScoringWarning[] = [];
  const template = instantiateTemplate(templateOf(item), seed);
  const declarations = byIdentifier(childElements(item, 'qti-response-declaration'));
  const processing = childElement(item, 'qti-response-processing');
  const own = processing?.children.filter(isElement) ?? [];
  const address =
    processing && (processing.attributes['template'] ?? processing.attributes['template-location']);
  const standard = own.length > 0 || address === undefined ? undefined : standardTemplate(address);
  if (own.length === 0 && address !== undefined && standard === undefined)
    warnings.push({ type: 'template-unknown', detail: address });
  const declared = byIdentifier([
    ...(standard?.outcomes ?? []),
    ...builtInOutcomes(item),
    ...childElements(item, 'qti-outcome-declaration'),
  ]);
  for (const identifier of Object.keys(responses))
    if (!declarations.has(identifier)) warnings.push({ type: 'response-unknown', detail: identifier });
  return {
    item,
    template,
    declarations,
    responses: new Map(
      [...declarations].map(([identifier, declaration]) => [
        identifier,
        responseValue(responses, identifier, declaration, template, warnings),
      ]),
    ),
    outcomes: new Outcomes([...declared.values()], template.defaults),
    context: new Map(
      [...byIdentifier(childElements(item, 'qti-context-declaration'))].map(([identifier, declaration]) => [
        identifier,
        declaredValue(declaration, 'qti-default-value'),
      ]),
    ),
    rules: own.length > 0 ? own : (standard?.processing.children.filter(isElement) ?? null),
    warnings,
  };
}

function byIdentifier(elements: readonly QtiElement[]): Map<string, QtiElement> {
  return new Map(elements.map((one) => [one.attributes['identifier'] ?? '', one]));
}

/** `completionStatus` needs no declaration; it is told of where the item is adaptive or its rules set it. */
function builtInOutcomes(item: QtiElement): QtiElement[] {
  const processing = childElement(item, 'qti-response-processing');
  const isSet =
    processing !== undefined &&
    [...descendants(processing)].some(
      ({ name, attributes }) =>
        name === 'qti-set-outcome-value' && attributes['identifier'] === 'completionStatus',
    );
  if (item.attributes['adaptive'] !== 'true' && !isSet) return [];
  const unknown: QtiElement = { name: 'qti-value', attributes: {}, children: ['unknown'] };
  return [
    {
      name: 'qti-outcome-declaration',
      attributes: { identifier: 'completionStatus', cardinality: 'single', 'base-type': 'identifier' },
      children: [{ name: 'qti-default-value', attributes: {}, children: [unknown] }],
    },
  ];
}

function responseValue(
  responses: ItemResponses,
  identifier: string,
  declaration: QtiElement,
  template: TemplateValues,
  warnings: ScoringWarning[],
): Value {
  const cardinality = (declaration.attributes['cardinality'] ?? 'single') as Cardinality;
  const baseType = (declaration.attributes['base-type'] ?? null) as BaseType | null;
  // A response that was never given starts from its default.
  if (!Object.hasOwn(responses, identifier))
    return template.defaults.get(identifier) ?? declaredValue(declaration, 'qti-default-value');
  const response = responses[identifier];
  const value = fromResponse(response, cardinality, baseType);
  const empty = response === null || response === '' || (Array.isArray(response) && response.length === 0);
  if (isNull(value) && !empty)
    warnings.push({
      type: 'response-not-of-its-type',
      detail: `${identifier}: ${cardinality} ${baseType ?? ''}`.trim(),
    });
  return value;
}

function scopeOf(
  { template, declarations, responses, outcomes, context, warnings }: Reading,
  seed: string,
): Scope {
  const declarationOf = (identifier: string): QtiElement | null =>
    declarations.get(identifier) ?? outcomes.declaration(identifier);
  return {
    variable: (identifier) =>
      responses.get(identifier) ??
      outcomes.values.get(identifier) ??
      template.variables.get(identifier) ??
      context.get(identifier) ??
      builtIn(identifier),
    correct: (identifier) => {
      const declaration = declarations.get(identifier);
      const set = template.correct.get(identifier);
      if (!declaration) return set ?? nullValue;
      if (set === undefined) return declaredValue(declaration, 'qti-correct-response');
      return { ...set, cardinality: (declaration.attributes['cardinality'] ?? 'single') as Cardinality };
    },
    declaration: declarationOf,
    defaultOf: (identifier) => {
      const declaration = declarationOf(identifier);
      const usual = declaration ? declaredValue(declaration, 'qti-default-value') : nullValue;
      return template.defaults.get(identifier) ?? usual;
    },
    random: randomFrom(`scoring ${seed}`),
    warn: (type, detail) => warnings.push({ type, detail }),
  };
}

/** An exam has one attempt; its duration is the room's business. */
function builtIn(identifier: string): Value | null {
  switch (identifier) {
    case 'numAttempts':
      return integer(1);
    case 'duration':
      return single('duration', 0);
    case 'completionStatus':
      return single('identifier', 'unknown');
    default:
      return null;
  }
}

function correctness({ responses }: Reading, scope: Scope): boolean | null {
  const all = [...responses].map(([identifier, value]) => [value, scope.correct(identifier)] as const);
  if (all.length === 0 || all.some(([, correct]) => isNull(correct))) return null;
  return all.every(([value, correct]) => sameValue(value, correct) === true);
}

function externallyScored(item: QtiElement): boolean {
  return childElements(item, 'qti-outcome-declaration').some(
    (one) => (one.attributes['external-scored'] ?? 'none') !== 'none',
  );
}
