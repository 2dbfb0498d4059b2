/** What of an item's template declarations and processing goes to the seat: enough to show the candidate's copy, not what computes the right answer. */
import {
  childElement,
  childElements,
  descendants,
  isElement,
  textContent,
  type QtiElement,
} from './element.ts';

const rules = new Set(['qti-set-template-value', 'qti-template-constraint', 'qti-exit-template']);

/** @param shown everything that the candidate sees: body and stimuli, already cleaned. */
export function cleanTemplate(item: QtiElement, shown: readonly QtiElement[]): QtiElement[] {
  const declarations = childElements(item, 'qti-template-declaration');
  const processing = childElement(item, 'qti-template-processing');
  if (processing === undefined) return usedOnly(declarations, shown);
  let rest = withoutEmpty(withoutKeys(processing));
  // Taking away what computes one unused variable can leave another unused.
  for (;;) {
    const used = namesIn(rest, shown);
    const next = withoutEmpty(without(rest, (rule) => isUnused(rule, used)));
    if (count(next) === count(rest)) break;
    rest = next;
  }
  return [...usedOnly(declarations, [...shown, rest]), rest];
}

/**
 * Whether the right answer or a default is itself drawn by lot, or the right answer is read by later rules: then the seat, which
 * does not get these rules, would come to other values than scoring.
 */
export function templateNeedsKeys(item: QtiElement): boolean {
  const processing = childElement(item, 'qti-template-processing');
  if (processing === undefined) return false;
  return [...descendants(processing)].some(
    (rule) =>
      (/^qti-set-(correct-response|default-value)$/.test(rule.name) && draws(rule)) ||
      (rule.name === 'qti-correct' && !isInsideOf(processing, rule, 'qti-set-correct-response')),
  );
}

function isInsideOf(root: QtiElement, element: QtiElement, name: string): boolean {
  return [...descendants(root)].some(
    (outer) => outer.name === name && [...descendants(outer)].includes(element),
  );
}

function usedOnly(declarations: readonly QtiElement[], shown: readonly QtiElement[]): QtiElement[] {
  const used = new Set(shown.flatMap((element) => [...names(element, true)]));
  return declarations.filter((one) => used.has(one.attributes['identifier'] ?? ''));
}

function withoutKeys(processing: QtiElement): QtiElement {
  return without(
    processing,
    ({ name }) => name === 'qti-set-correct-response' || name === 'qti-set-default-value',
  );
}

/** Conditions without any rule left decide nothing; one that draws by lot stays, so that later draws come out the same. */
function withoutEmpty(processing: QtiElement): QtiElement {
  return without(
    processing,
    (rule) =>
      rule.name === 'qti-template-condition' &&
      !draws(rule) &&
      ![...descendants(rule)].some(({ name }) => rules.has(name)),
  );
}

function isUnused(rule: QtiElement, used: ReadonlySet<string>): boolean {
  return (
    rule.name === 'qti-set-template-value' && !draws(rule) && !used.has(rule.attributes['identifier'] ?? '')
  );
}

function draws(rule: QtiElement): boolean {
  return [...descendants(rule)].some(({ name }) =>
    /^qti-(random(-integer|-float)?|custom-operator)$/.test(name),
  );
}

function namesIn(processing: QtiElement, shown: readonly QtiElement[]): Set<string> {
  return new Set([...names(processing, false), ...shown.flatMap((element) => [...names(element, true)])]);
}

/** Every name that could mean a variable: values of attributes, and identifiers in MathML. */
function* names(element: QtiElement, withTargets: boolean): Generator<string> {
  for (const one of [element, ...descendants(element)]) {
    if (one.name === 'm:mi' || one.name === 'm:ci') yield textContent(one).trim();
    if (!withTargets && one.name === 'qti-set-template-value') continue;
    yield* Object.values(one.attributes);
  }
}

function without(element: QtiElement, leave: (child: QtiElement) => boolean): QtiElement {
  return {
    ...element,
    children: element.children
      .filter((child) => !isElement(child) || !leave(child))
      .map((child) => (isElement(child) ? without(child, leave) : child)),
  };
}

function count(element: QtiElement): number {
  return [...descendants(element)].length;
}
