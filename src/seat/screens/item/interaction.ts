/** What every interaction is given; one file per interaction type renders it. */
import { createContext, type ReactNode } from 'react';
import { childElements, type QtiElement } from '../../../exam/paper/element.ts';
import { randomFrom, shuffled } from '../../../exam/paper/instance.ts';
import type { InstanceItem } from '../../../exam/paper/model.ts';
import type { ResponseValue } from '../../../exam/paper/response.ts';
import type { ItemTemplate } from './item-template.ts';

/** Names the work whose question is shown, as in `PaperForScreen`. */
export const WorkContext = createContext('');

export interface InteractionProps {
  readonly element: QtiElement;
  readonly item: InstanceItem;
  readonly template: ItemTemplate;
  /** Place among the interactions of the item, from 1. */
  readonly number: number;
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

/** Unique on the screen; for what a label or a description refers to. */
export function idOf({ element, item }: Pick<InteractionProps, 'item' | 'element'>, part: string): string {
  return `${item.identifier}-${responseOf(element)}-${part}`;
}

/** Choices that this candidate's copy shows, in the order in which this candidate sees them. */
export function choicesOf(
  { element, item, template }: Pick<InteractionProps, 'element' | 'item' | 'template'>,
  name: string,
  within: { set: QtiElement; name: string } | null = null,
): QtiElement[] {
  const choices = childElements(within?.set ?? element, name);
  const seed = within ? `${item.seed} ${within.name}` : item.seed;
  const ordered =
    element.attributes['shuffle'] === 'true'
      ? shuffled(
          choices,
          (choice) => choice.attributes['fixed'] === 'true',
          randomFrom(`${seed} ${responseOf(element)} ${name}`),
        )
      : choices;
  return ordered.filter((choice) => template.shows(choice));
}

export function identifierOf(element: QtiElement): string {
  return element.attributes['identifier'] ?? '';
}

export function listOf(value: ResponseValue | undefined): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? [...(value as readonly string[])] : [];
}

export function isSingle(props: Pick<InteractionProps, 'item' | 'element'>): boolean {
  return declarationOf(props)?.cardinality === 'single';
}

export function declarationOf({ item, element }: Pick<InteractionProps, 'item' | 'element'>) {
  return item.item.responses.find((one) => one.identifier === responseOf(element));
}

/** Whole number of an attribute; 0 when it is absent: no limit. */
export function limitOf(element: QtiElement, name: string, usual = 0): number {
  const given = Number(element.attributes[name] ?? usual);
  return Number.isFinite(given) ? given : usual;
}

/** Of the style classes that QTI shares between delivery systems; others mean nothing here. */
export function sharedClasses(element: QtiElement): string[] {
  return (element.attributes['class'] ?? '').split(/\s+/).filter((name) => name.startsWith('qti-'));
}

/** Class names of an interaction's outermost element. */
export function classesOf(element: QtiElement, ...own: string[]): string {
  return [...own, ...sharedClasses(element)].join(' ');
}
