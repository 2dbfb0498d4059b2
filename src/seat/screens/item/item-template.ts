/** A template item's values for this candidate, the same that scoring derives from the seed: what they print, and what they show. */
import { instantiateTemplate } from '../../../exam/expression/template/template.ts';
import { scalars, type Value } from '../../../exam/expression/value.ts';
import { isElement, type QtiElement, type QtiNode } from '../../../exam/paper/element.ts';
import type { InstanceItem } from '../../../exam/paper/model.ts';
import { printed } from './printed-number.ts';

export class ItemTemplate {
  readonly #values: ReadonlyMap<string, Value>;
  readonly #inMath: ReadonlySet<string>;

  constructor({ item, seed }: InstanceItem) {
    this.#values =
      item.template.length === 0 ? new Map() : instantiateTemplate(item.template, seed).variables;
    this.#inMath = new Set(
      item.template
        .filter(({ attributes }) => attributes['math-variable'] === 'true')
        .map(({ attributes }) => attributes['identifier'] ?? ''),
    );
  }

  /** Text of a `qti-printed-variable`. */
  print({ attributes }: QtiElement): string {
    const value = this.#values.get(attributes['identifier'] ?? '');
    return value === undefined ? '' : printed(value, attributes);
  }

  /** What stands for an identifier in MathML; null: it is only a letter. */
  inMath(identifier: string): string | null {
    const value = this.#inMath.has(identifier) ? this.#values.get(identifier) : undefined;
    return value === undefined ? null : printed(value, {});
  }

  /** A part with `template-identifier` is there when the variable has its identifier among its values, or has not and hides on it. */
  shows({ attributes }: QtiElement): boolean {
    const name = attributes['template-identifier'];
    if (name === undefined) return true;
    const value = this.#values.get(name);
    const has = value !== undefined && scalars(value).includes(attributes['identifier'] ?? '');
    return has === (attributes['show-hide'] !== 'hide');
  }

  /** What a part says, without markup: for names that screen readers read. */
  text(node: QtiNode): string {
    if (!isElement(node)) return node;
    if (node.name === 'qti-printed-variable') return this.print(node);
    if (node.name === 'img') return node.attributes['alt'] ?? '';
    if (node.name === 'rt' || node.name === 'rp' || !this.shows(node)) return '';
    const inside = node.children.map((child) => this.text(child)).join('');
    return node.name === 'object' && inside.trim() === '' ? (node.attributes['alt'] ?? '') : inside;
  }

  /** The same on one line. */
  name(node: QtiNode): string {
    return this.text(node).replaceAll(/\s+/g, ' ').trim();
  }
}
