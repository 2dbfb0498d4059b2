/**
 * Numbers of sheets (номер бланка). Every sheet of paper that a candidate writes on has its own, printed in digits and in codes; whose sheet
 * it is tells the register of forms, never its place in the pile. Our own have 17 digits: the event's prefix, a serial number and a check
 * digit. Forms that were printed elsewhere bring numbers of their own rule.
 */
import * as z from 'zod';
import { checkDigit } from '../../base/check-digit.ts';

/** How long a number is, and what shows that it was read or typed right. Without a check digit the register alone decides. */
export const numberRuleSchema = z.object({
  length: z.number().int().min(4).max(24),
  check: z.enum(['mod-11-10', 'none']),
});
export type NumberRule = z.infer<typeof numberRuleSchema>;

export const ownNumbers: NumberRule = { length: 17, check: 'mod-11-10' };
const prefixLength = 6;
const serialLength = ownNumbers.length - prefixLength - 1;
/** Of one event. */
export const mostSheets = 10 ** serialLength - 1;

/** @param prefix six digits of the event; @param serial from 1 */
export function ownNumber(prefix: string, serial: number): string {
  if (prefix.length !== prefixLength || serial < 1 || serial > mostSheets)
    throw new Error(`no sheet number of ${prefix} and ${serial}`);
  const digits = prefix + String(serial).padStart(serialLength, '0');
  return digits + checkDigit(digits);
}

/** Why a number is none of this rule; null: it is well formed. Blanks between groups have been taken out before. */
export function numberProblem(
  number: string,
  { length, check }: NumberRule,
): 'not-digits' | 'wrong-length' | 'wrong-check-digit' | null {
  if (!/^[0-9]+$/.test(number)) return 'not-digits';
  if (number.length !== length) return 'wrong-length';
  if (check === 'mod-11-10' && checkDigit(number.slice(0, -1)) !== number.at(-1)) return 'wrong-check-digit';
  return null;
}

/** As it is printed and read out: groups of four. */
export function grouped(number: string): string {
  return number.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
