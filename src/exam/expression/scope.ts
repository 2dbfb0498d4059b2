/** What evaluating an expression may look at, and how operators read their attributes. */
import type { QtiElement } from '../paper/element.ts';
import { isNull, nullValue, numberOf, scalars, type Value } from './value.ts';

export interface Scope {
  /** null: there is no such variable. */
  variable(identifier: string): Value | null;
  correct(identifier: string): Value;
  declaration(identifier: string): QtiElement | null;
  defaultOf(identifier: string): Value;
  /** A number in [0, 1), the next of the candidate's copy. */
  random(): number;
  warn(type: string, detail: string): void;
  /** Expressions that only a test has: aggregates over its items, weighted variables. null: not one of them. */
  readonly test?: (element: QtiElement) => Value | null;
}

export type Operator = (operands: readonly Value[], element: QtiElement, scope: Scope) => Value;

export const first = (operands: readonly Value[]): Value => operands[0] ?? nullValue;
export const second = (operands: readonly Value[]): Value => operands[1] ?? nullValue;

/** An attribute that holds a number or the name of a variable (`n="3"`, `n="N"`, `n="{N}"`). */
export function numberAttribute(element: QtiElement, name: string, usual: number, scope: Scope): number {
  const text = element.attributes[name]?.trim();
  if (text === undefined || text === '') return usual;
  const number = Number(text);
  if (Number.isFinite(number)) return number;
  const value = numberOf(scope.variable(variableName(text)) ?? nullValue);
  if (value === null) scope.warn('attribute-unreadable', `${element.name} ${name}="${text}"`);
  return value ?? usual;
}

export function integerAttribute(element: QtiElement, name: string, usual: number, scope: Scope): number {
  return Math.trunc(numberAttribute(element, name, usual, scope));
}

export function variableName(reference: string): string {
  return reference.replace(/^\{|\}$/g, '');
}

/** Numbers of all operands, containers opened; null when one is missing: then the result is NULL. */
export function numbersOf(operands: readonly Value[]): number[] | null {
  const all: number[] = [];
  for (const operand of operands) {
    if (isNull(operand)) return null;
    for (const one of scalars(operand)) {
      const number = Number(one);
      if (!Number.isFinite(number)) return null;
      all.push(number);
    }
  }
  return all;
}

export function textOf(value: Value | undefined): string | null {
  const [one] = value ? scalars(value) : [];
  return one === undefined ? null : String(one);
}
