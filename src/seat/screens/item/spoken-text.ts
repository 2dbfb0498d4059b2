/** What is read aloud of a question: its own words, or those of the paper's `spoken` cards; nothing of what the author keeps from being read. */
import { isElement, type QtiNode } from '../../../exam/paper/element.ts';
import type { ItemTemplate } from './item-template.ts';

/** Between them a reader pauses. */
const blocks =
  /^(p|div|h[1-6]|li|tr|blockquote|figure|section|br|qti-(prompt|simple-choice|simple-associable-choice|gap-text|rubric-block|template-block|[\w-]+-interaction))$/;

/** Sentences, each to be said by itself. */
export function spokenText(nodes: readonly QtiNode[], template: ItemTemplate): string[] {
  return nodes
    .map((node) => said(node, template))
    .join('')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}

function said(node: QtiNode, template: ItemTemplate): string {
  if (!isElement(node)) return node.replaceAll('\n', ' ');
  const { name, attributes } = node;
  const kept = (attributes['data-qti-suppress-tts'] ?? '').split(/\s+/);
  if (kept.includes('all') || kept.includes('computer-read-aloud')) return '';
  if (!template.shows(node) || name === 'rt' || name === 'rp') return '';
  const inside =
    attributes['data-spoken'] ??
    (name === 'qti-printed-variable'
      ? template.print(node)
      : name === 'img'
        ? (attributes['alt'] ?? '')
        : name === 'm:math' && attributes['alttext'] !== undefined
          ? attributes['alttext']
          : node.children.map((child) => said(child, template)).join(''));
  return blocks.test(name) ? `\n${inside}\n` : inside;
}
