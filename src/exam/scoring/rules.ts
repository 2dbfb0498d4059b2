/** The rules that response and outcome processing share: set, look up, decide, leave. */
import { isElement, childElement, childElements, type QtiElement } from '../paper/element.ts';
import { declaredValue, evaluate } from '../expression/evaluate.ts';
import type { Scope } from '../expression/scope.ts';
import {
  booleanOf,
  isNull,
  numberOf,
  parseScalar,
  scalars,
  single,
  type BaseType,
  type Cardinality,
  type Value,
} from '../expression/value.ts';

export class Outcomes {
  readonly values = new Map<string, Value>();
  readonly #declarations = new Map<string, QtiElement>();

  /**
   * Without a default a number starts at 0, everything else is NULL.
   * @param defaults that template processing set.
   */
  constructor(declarations: readonly QtiElement[], defaults: ReadonlyMap<string, Value> = new Map()) {
    for (const declaration of declarations) {
      const identifier = declaration.attributes['identifier'] ?? '';
      const value = defaults.get(identifier) ?? declaredValue(declaration, 'qti-default-value');
      const number =
        value.cardinality === 'single' && (value.baseType === 'integer' || value.baseType === 'float');
      this.values.set(identifier, value.content === null && number ? { ...value, content: 0 } : value);
      this.#declarations.set(identifier, declaration);
    }
  }

  declaration(identifier: string): QtiElement | null {
    return this.#declarations.get(identifier) ?? null;
  }

  set(identifier: string, value: Value, scope: Scope): void {
    const declaration = this.#declarations.get(identifier);
    if (!declaration) {
      scope.warn('outcome-unknown', identifier);
      return;
    }
    const baseType = (declaration.attributes['base-type'] ?? null) as BaseType | null;
    const cardinality = (declaration.attributes['cardinality'] ?? 'single') as Cardinality;
    this.values.set(identifier, {
      cardinality,
      baseType: cardinality === 'record' ? null : (baseType ?? value.baseType),
      content: contentFor(value, cardinality, baseType),
    });
  }
}

/** One value for a container is a container of one; an integer has no fraction. */
function contentFor(value: Value, cardinality: Cardinality, baseType: BaseType | null): Value['content'] {
  if (isNull(value) || cardinality === 'record') return value.content;
  const list = scalars(value).map((one) =>
    baseType === 'integer' && typeof one === 'number' ? Math.trunc(one) : one,
  );
  return cardinality === 'single' ? (list[0] ?? null) : list;
}

export type End = 'done' | 'exit';

export function runRules(
  rules: readonly QtiElement[],
  outcomes: Outcomes,
  scope: Scope,
  kind: 'response' | 'outcome',
): End {
  for (const rule of rules) if (runRule(rule, outcomes, scope, kind) === 'exit') return 'exit';
  return 'done';
}

function runRule(rule: QtiElement, outcomes: Outcomes, scope: Scope, kind: 'response' | 'outcome'): End {
  const identifier = rule.attributes['identifier'] ?? '';
  const [expression] = rule.children.filter(isElement);
  switch (rule.name) {
    case 'qti-set-outcome-value':
      if (expression) outcomes.set(identifier, evaluate(expression, scope), scope);
      return 'done';
    case 'qti-lookup-outcome-value': {
      const declaration = outcomes.declaration(identifier);
      if (expression && declaration)
        outcomes.set(identifier, lookUp(evaluate(expression, scope), declaration), scope);
      return 'done';
    }
    case `qti-${kind}-condition`:
      for (const branch of rule.children.filter(isElement)) {
        if (branch.name === `qti-${kind}-else`)
          return runRules(branch.children.filter(isElement), outcomes, scope, kind);
        const [condition, ...rules] = branch.children.filter(isElement);
        if (condition && booleanOf(evaluate(condition, scope)) === true)
          return runRules(rules, outcomes, scope, kind);
      }
      return 'done';
    case `qti-${kind}-processing-fragment`:
      return runRules(rule.children.filter(isElement), outcomes, scope, kind);
    case kind === 'response' ? 'qti-exit-response' : 'qti-exit-test':
      return 'exit';
    default:
      scope.warn('rule-unknown', rule.name);
      return 'done';
  }
}

function lookUp(source: Value, declaration: QtiElement): Value {
  const baseType = (declaration.attributes['base-type'] ?? 'float') as BaseType;
  const number = numberOf(source);
  const table =
    childElement(declaration, 'qti-match-table') ?? childElement(declaration, 'qti-interpolation-table');
  if (!table) return single(baseType, null);
  const usual = table.attributes['default-value'];
  const otherwise = single(baseType, usual === undefined ? null : parseScalar(usual, baseType));
  if (number === null) return otherwise;
  for (const entry of childElements(table)) {
    const from = Number(entry.attributes['source-value'] ?? Number.NaN);
    const exact = table.name === 'qti-match-table';
    const hit = exact
      ? number === from
      : entry.attributes['include-boundary'] === 'false'
        ? number > from
        : number >= from;
    if (hit) return single(baseType, parseScalar(entry.attributes['target-value'] ?? '', baseType));
  }
  return otherwise;
}
