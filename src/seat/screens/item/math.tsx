/** MathML, which browsers draw themselves, with a template item's values in the place of their names. */
import { createElement, Fragment, type ReactNode } from 'react';
import { isElement, textContent, type QtiElement, type QtiNode } from '../../../exam/paper/element.ts';
import type { ItemTemplate } from './item-template.ts';

export function mathOf(node: QtiElement, template: ItemTemplate): ReactNode {
  const name = node.name.slice('m:'.length);
  if (name === 'mi' || name === 'ci') {
    const value = template.inMath(textContent(node).trim());
    if (value !== null) return createElement(name === 'mi' ? 'mn' : 'cn', {}, value);
  }
  if (name === 'mfenced') return fenced(node, template);
  const attributes: Record<string, string> = {};
  for (const [key, value] of Object.entries(node.attributes))
    if (key !== 'class' && key !== 'id') attributes[key] = value;
  return createElement(name, attributes, ...shown(node.children, template));
}

function shown(nodes: readonly QtiNode[], template: ItemTemplate): ReactNode[] {
  return nodes.map((child, i) =>
    isElement(child) ? <Fragment key={i}>{mathOf(child, template)}</Fragment> : child,
  );
}

/** `mfenced` is no longer drawn by browsers: written out as MathML says it means. */
function fenced({ attributes, children }: QtiElement, template: ItemTemplate): ReactNode {
  const separators = [...(attributes['separators'] ?? ',').replaceAll(/\s/g, '')];
  const parts = children.filter(isElement);
  const operator = (text: string): ReactNode => (text === '' ? null : createElement('mo', {}, text));
  const body = parts.flatMap((part, i) => [
    i > 0 ? operator(separators[Math.min(i, separators.length) - 1] ?? '') : null,
    mathOf(part, template),
  ]);
  return createElement(
    'mrow',
    {},
    operator(attributes['open'] ?? '('),
    createElement('mrow', {}, ...body),
    operator(attributes['close'] ?? ')'),
  );
}
