/** Template items: the values of one candidate's copy, from a seed alone. Runs at the seat and when scoring. */
import { childElement, childElements, isElement, type QtiElement } from '../../paper/element.ts';
import { randomFrom } from '../../paper/instance.ts';
import { declaredValue, evaluate } from '../evaluate.ts';
import type { Scope } from '../scope.ts';
import { booleanOf, nullValue, type BaseType, type Cardinality, type Value } from '../value.ts';

export interface TemplateValues {
  readonly variables: ReadonlyMap<string, Value>;
  /** Correct responses that the template set; only where the full item is at hand. */
  readonly correct: ReadonlyMap<string, Value>;
  /** Defaults of response and outcome variables that the template set; likewise. */
  readonly defaults: ReadonlyMap<string, Value>;
}

const triesLimit = 100;

/** @param declarations the item's `qti-template-declaration`s and its `qti-template-processing`. */
export function instantiateTemplate(declarations: readonly QtiElement[], seed: string): TemplateValues {
  const random = randomFrom(`template ${seed}`);
  const declared = declarations.filter((one) => one.name === 'qti-template-declaration');
  const processing = declarations.find((one) => one.name === 'qti-template-processing');
  let variables = new Map<string, Value>();
  let correct = new Map<string, Value>();
  let defaults = new Map<string, Value>();
  const reset = (): void => {
    variables = new Map(
      declared.map((one) => [one.attributes['identifier'] ?? '', declaredValue(one, 'qti-default-value')]),
    );
    correct = new Map();
    defaults = new Map();
  };
  reset();
  const scope: Scope = {
    variable: (identifier) => variables.get(identifier) ?? null,
    correct: (identifier) => correct.get(identifier) ?? nullValue,
    declaration: () => null,
    defaultOf: (identifier) => defaults.get(identifier) ?? nullValue,
    random,
    warn: () => undefined,
  };
  const run = (rules: readonly QtiElement[]): 'done' | 'exit' | 'again' => {
    for (const rule of rules) {
      const end = step(rule);
      if (end !== 'done') return end;
    }
    return 'done';
  };
  const step = (rule: QtiElement): 'done' | 'exit' | 'again' => {
    const identifier = rule.attributes['identifier'] ?? '';
    const [expression] = rule.children.filter(isElement);
    switch (rule.name) {
      case 'qti-set-template-value': {
        const declaration = declared.find((one) => one.attributes['identifier'] === identifier);
        if (expression) variables.set(identifier, typed(evaluate(expression, scope), declaration));
        return 'done';
      }
      case 'qti-set-correct-response':
        if (expression) correct.set(identifier, evaluate(expression, scope));
        return 'done';
      case 'qti-set-default-value':
        if (expression) defaults.set(identifier, evaluate(expression, scope));
        return 'done';
      case 'qti-template-constraint':
        return expression && booleanOf(evaluate(expression, scope)) === true ? 'done' : 'again';
      case 'qti-exit-template':
        return 'exit';
      case 'qti-template-condition':
        for (const branch of rule.children.filter(isElement)) {
          const [condition, ...rules] = branch.children.filter(isElement);
          if (branch.name === 'qti-template-else') return run(branch.children.filter(isElement));
          if (condition && booleanOf(evaluate(condition, scope)) === true) return run(rules);
        }
        return 'done';
      default:
        return 'done';
    }
  };
  for (let tries = 0; processing && tries < triesLimit; tries++) {
    reset();
    if (run(processing.children.filter(isElement)) !== 'again') break;
  }
  return { variables, correct, defaults };
}

function typed(value: Value, declaration: QtiElement | undefined): Value {
  if (!declaration) return value;
  const cardinality = (declaration.attributes['cardinality'] ?? 'single') as Cardinality;
  const baseType = (declaration.attributes['base-type'] ?? value.baseType) as BaseType | null;
  const content =
    baseType === 'integer' && typeof value.content === 'number' ? Math.trunc(value.content) : value.content;
  return { cardinality, baseType, content };
}

/** The declarations and processing of a full item. */
export function templateOf(item: QtiElement): QtiElement[] {
  const processing = childElement(item, 'qti-template-processing');
  return [...childElements(item, 'qti-template-declaration'), ...(processing ? [processing] : [])];
}
