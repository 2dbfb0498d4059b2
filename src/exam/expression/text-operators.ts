/** QTI 3.0, operators on strings. */
import type { QtiElement } from '../paper/element.ts';
import { patternOf } from './pattern.ts';
import { textOf, variableName, type Operator } from './scope.ts';
import { boolean } from './value.ts';

function folding(element: QtiElement): (text: string) => string {
  return element.attributes['case-sensitive'] === 'false' ? (text) => text.toLowerCase() : (text) => text;
}

export const textOperators: Record<string, Operator> = {
  /** Is the first part of the second? */
  'qti-substring': ([one, other], element) => {
    const [part, whole] = [textOf(one), textOf(other)];
    const fold = folding(element);
    return boolean(part === null || whole === null ? null : fold(whole).includes(fold(part)));
  },
  /** The deprecated `substring` asks whether the second is part of the first. */
  'qti-string-match': ([one, other], element) => {
    const [a, b] = [textOf(one), textOf(other)];
    if (a === null || b === null) return boolean(null);
    const fold = folding(element);
    return boolean(
      element.attributes['substring'] === 'true' ? fold(a).includes(fold(b)) : fold(a) === fold(b),
    );
  },
  'qti-pattern-match': ([one], element, scope) => {
    const value = textOf(one);
    if (value === null) return boolean(null);
    const given = element.attributes['pattern'] ?? '';
    const named = /^\{[^{},]*\D[^{},]*\}$/.test(given) ? scope.variable(variableName(given)) : null;
    const text = textOf(named ?? undefined) ?? given;
    const pattern = patternOf(text);
    if (pattern === null) scope.warn('pattern-unreadable', text);
    return boolean(pattern === null ? null : pattern.test(value));
  },
};
