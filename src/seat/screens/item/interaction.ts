/** What every interaction is given; one file per interaction type renders it. */
import type { ReactNode } from 'react';
import { childElements, type QtiElement } from '../../../exam/paper/element.ts';
import { randomFrom, shuffled } from '../../../exam/paper/instance.ts';
import type { InstanceItem } from '../../../exam/paper/model.ts';
import type { ResponseValue } from '../../../exam/paper/response.ts';

export interface InteractionProps {
  readonly element: QtiElement;
  readonly item: InstanceItem;
  readonly value: ResponseValue | undefined;
  readonly onChange: (value: ResponseValue, pace: 'typed' | 'chosen') => void;
  /** Content of a prompt or choice. */
  readonly content: (element: QtiElement) => ReactNode;
  /** Address of a file of the paper. */
  readonly file: (path: string) => string;
}

export function responseOf(element: QtiElement): string {
  return element.attributes['response-identifier'] ?? '';
}

export function promptOf(element: QtiElement): QtiElement | undefined {
  return childElements(element, 'qti-prompt')[0];
}

/** Choices in the order in which this candidate sees them. */
export function choicesOf(element: QtiElement, name: string, seed: string): QtiElement[] {
  const choices = childElements(element, name);
  if (element.attributes['shuffle'] !== 'true') return choices;
  return shuffled(
    choices,
    (choice) => choice.attributes['fixed'] === 'true',
    randomFrom(`${seed} ${responseOf(element)} ${name}`),
  );
}

export function identifierOf(element: QtiElement): string {
  return element.attributes['identifier'] ?? '';
}

export function listOf(value: ResponseValue | undefined): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? [...(value as readonly string[])] : [];
}

export function isSingle({ item, element }: Pick<InteractionProps, 'item' | 'element'>): boolean {
  return item.item.responses.find((one) => one.identifier === responseOf(element))?.cardinality === 'single';
}

/** Whole number of an attribute; 0 when it is absent: no limit. */
export function limitOf(element: QtiElement, name: string, usual = 0): number {
  const given = Number(element.attributes[name] ?? usual);
  return Number.isFinite(given) ? given : usual;
}
