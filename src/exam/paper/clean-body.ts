/**
 * What of an item's body may reach a candidate: an allow-list of elements and attributes. Everything else is dropped (scripts, event handlers,
 * feedback, scorers' rubrics) or makes the item refused (an interaction that cannot be shown).
 */
import { isElement, type QtiElement, type QtiNode } from './element.ts';
import type { Refusal } from '../../base/result.ts';

export const renderedInteractions = new Set(
  [
    'choice',
    'inline-choice',
    'text-entry',
    'extended-text',
    'hottext',
    'match',
    'order',
    'slider',
    'media',
    'upload',
  ].map((name) => `qti-${name}-interaction`),
);

const parts = new Set(
  `qti-item-body qti-stimulus-body qti-content-body qti-prompt qti-simple-choice qti-inline-choice qti-hottext qti-simple-match-set qti-simple-associable-choice
   qti-template-block qti-template-inline qti-printed-variable qti-rubric-block qti-simple-choice`.split(
    /\s+/,
  ),
);
const html = new Set(
  `a abbr article aside audio b bdi bdo big blockquote br caption cite code col colgroup dd details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6
   header hr i img kbd li mark object ol p param picture pre q rb rp rt rtc ruby s samp section small source span strong sub summary sup table tbody td tfoot th thead
   tr track tt u ul var video`.split(/\s+/),
);
const attributes = new Set(
  `id class lang dir title alt src srcset width height href data type colspan rowspan headers scope span start reversed value controls loop preload kind srclang label role
   identifier response-identifier max-choices min-choices shuffle fixed orientation match-max match-min match-group show-hide template-identifier expected-length
   expected-lines pattern-mask placeholder-text base string-identifier min-strings max-strings format lower-bound upper-bound step step-label reverse autostart min-plays
   max-plays loop required view use power-form field index delimiter mapping-indicator`.split(/\s+/),
);

export interface Cleaned {
  readonly body: QtiElement;
  readonly files: readonly string[];
  readonly interactions: readonly string[];
  readonly notes: readonly Refusal[];
  /** Why the item cannot be used. */
  readonly refused: readonly Refusal[];
}

/** @param resolve makes a path relative to the item's file into one of the package; null when there is no such file. */
export function cleanBody(body: QtiElement, resolve: (path: string) => string | null): Cleaned {
  const files = new Set<string>();
  const interactions = new Set<string>();
  const notes: Refusal[] = [];
  const refused: Refusal[] = [];

  const cleanNode = (node: QtiNode): QtiNode[] => {
    if (!isElement(node)) return [node];
    const { name } = node;
    if (name.endsWith('-interaction')) {
      interactions.add(name.slice(4, -12));
      if (!renderedInteractions.has(name))
        refused.push({ type: 'interaction-not-rendered', interaction: name });
    } else if (
      name === 'qti-feedback-inline' ||
      name === 'qti-feedback-block' ||
      name === 'qti-modal-feedback'
    ) {
      return [];
    } else if (name === 'qti-rubric-block') {
      // Only what is addressed to candidates; a scorer's rubric tells what is right.
      if (!(node.attributes['view'] ?? '').split(/\s+/).includes('candidate')) return [];
    } else if (!parts.has(name) && !html.has(name) && !name.startsWith('m:')) {
      notes.push({ type: 'element-dropped', element: name });
      return name === 'script' || name === 'style' || name.startsWith('svg:')
        ? []
        : node.children.flatMap(cleanNode);
    }
    return [{ name, attributes: cleanAttributes(node), children: node.children.flatMap(cleanNode) }];
  };

  const cleanAttributes = (element: QtiElement): Record<string, string> => {
    const kept: Record<string, string> = {};
    for (const [name, value] of Object.entries(element.attributes)) {
      if (
        !attributes.has(name) &&
        !name.startsWith('data-') &&
        !name.startsWith('aria-') &&
        !element.name.startsWith('m:')
      )
        continue;
      if (/^on/i.test(name)) continue;
      if (name === 'src' || name === 'data' || name === 'href') {
        const file = link(name, value);
        if (file !== null) kept[name] = file;
      } else kept[name] = value;
    }
    return kept;
  };

  const link = (name: string, value: string): string | null => {
    if (name === 'href') return value.startsWith('#') ? value : null;
    if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(value)) {
      refused.push({ type: 'external-reference', reference: value.slice(0, 200) });
      return null;
    }
    const file = resolve(value);
    if (file === null) {
      refused.push({ type: 'file-missing-in-package', name: value.slice(0, 200) });
      return null;
    }
    files.add(file);
    return file;
  };

  const [cleaned] = cleanNode(body);
  return { body: cleaned as QtiElement, files: [...files], interactions: [...interactions], notes, refused };
}
