/** Numbers of sheets as people type them: checked before anybody looks for them. Browser-safe. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { numberProblem, type NumberRule } from './sheet-number.ts';

/** Blanks between groups are how a number is read out, and nothing of it. */
export function withoutBlanks(typed: string): string {
  return typed.replaceAll(/\s+/g, '');
}

/**
 * Why it is no number of any of these rules. That one digit is wrong can be told by the check digit; which one cannot.
 * @param number without blanks
 */
export function malformed(number: string, rules: readonly NumberRule[]): Result<void> {
  const problems = new Set(rules.map((rule) => numberProblem(number, rule)));
  if (problems.has(null)) return ok();
  if (problems.has('not-digits')) return refuse({ type: 'number-not-digits' });
  if (problems.has('wrong-check-digit')) return refuse({ type: 'number-wrong-check-digit' });
  const lengths = [...new Set(rules.map(({ length }) => length))].toSorted((a, b) => a - b);
  return refuse({ type: 'number-wrong-length', found: number.length, lengths });
}
