/**
 * What of an item's body may reach a candidate, by allow-list. Everything else is dropped (scripts, event handlers, feedback, scorers' rubrics)
 * or makes the item refused (an interaction that cannot be shown, a picture that is not in the package).
 */
import type { Refusal } from '../../base/result.ts';
import {
  allowedAttribute,
  droppedWhole,
  fileAttributes,
  htmlElements,
  isHidden,
  mathElements,
  qtiContent,
  referringAttributes,
  renderedInteractions,
  sharedClasses,
  shownObject,
} from './allowed-content.ts';
import { fileOfDataUrl, fileOfSvg } from './drawn-files.ts';
import { isPractical } from '../practical/practical-task.ts';
import { descendants, isElement, textContent, type QtiElement, type QtiNode } from './element.ts';

export { renderedInteractions } from './allowed-content.ts';

export interface Cleaned {
  readonly body: QtiElement;
  /** Paths in the package that the body shows. */
  readonly files: readonly string[];
  /** Files made from pictures inside the XML, by the path that the body gives them. */
  readonly drawn: ReadonlyMap<string, Uint8Array>;
  readonly interactions: readonly string[];
  readonly notes: readonly Refusal[];
  /** Why the item cannot be used. */
  readonly refused: readonly Refusal[];
}

export interface CleaningOptions {
  /** Folder for files made from pictures inside the XML. */
  readonly drawnFolder?: string;
  /** Whether feedback is on the screen before any attempt, by the defaults of the outcome variables. */
  readonly shownAtStart?: (feedback: QtiElement) => boolean;
  /** Of the catalog, by identifier: an element that refers to one carries its words as `data-spoken`. */
  readonly spoken?: ReadonlyMap<string, string>;
}

/** @param resolve makes a path relative to the item's file into one of the package; null when there is no such file. */
export function cleanBody(
  body: QtiElement,
  resolve: (path: string) => string | null,
  options: CleaningOptions = {},
): Cleaned {
  const files = new Set<string>();
  const drawn = new Map<string, Uint8Array>();
  const practical = isPractical(body);
  const interactions = new Set<string>();
  const notes = new Map<string, Refusal>();
  const refused = new Map<string, Refusal>();
  const note = (refusal: Refusal): unknown => notes.set(JSON.stringify(refusal), refusal);
  const refuseItem = (refusal: Refusal): unknown => refused.set(JSON.stringify(refusal), refusal);
  const draw = (ending: string, content: Uint8Array): string => {
    const path = `${options.drawnFolder ?? 'drawn'}/${drawn.size + 1}.${ending}`;
    drawn.set(path, content);
    return path;
  };

  const cleanNode = (node: QtiNode): QtiNode[] => {
    if (!isElement(node)) return [node];
    const { name } = node;
    if (isHidden(node.attributes)) {
      note({ type: 'hidden-content-left-out', element: name });
      return [];
    }
    if (name === 'svg:svg') return [picture(node)];
    if (name.endsWith('-interaction')) {
      interactions.add(name.slice(4, -12));
      if (!renderedInteractions.has(name)) {
        refuseItem({ type: 'interaction-not-rendered', interaction: name });
        return [];
      }
    } else if (/^qti-(feedback-(inline|block)|modal-feedback)$/.test(name)) {
      note({ type: 'feedback-not-shown' });
      if (name === 'qti-modal-feedback' || options.shownAtStart?.(node) !== true) return [];
      const plain = name === 'qti-feedback-inline' ? 'span' : 'div';
      return [{ name: plain, attributes: {}, children: node.children.flatMap(cleanNode) }];
    } else if (name === 'qti-rubric-block') {
      // Only what is addressed to candidates; a scorer's rubric tells what is right.
      if (!(node.attributes['view'] ?? '').split(/\s+/).includes('candidate')) return [];
    } else if (name === 'xi:include') {
      refuseItem({ type: 'external-reference', reference: (node.attributes['href'] ?? name).slice(0, 200) });
      return [];
    } else if (name === 'object' && !shownObject(node.attributes['type'])) {
      note({ type: 'element-dropped', element: `object ${node.attributes['type'] ?? ''}` });
      return node.children.flatMap(cleanNode);
    } else if (!qtiContent.has(name) && !htmlElements.has(name) && !mathElements.has(name)) {
      note({ type: 'element-dropped', element: name });
      // What QTI defines and this list does not know may tell what is right: its text goes too.
      const whole = droppedWhole.has(name) || name.includes(':') || name.startsWith('qti-');
      return whole ? [] : node.children.flatMap(cleanNode);
    }
    return [{ name, attributes: cleanAttributes(node), children: node.children.flatMap(cleanNode) }];
  };

  const picture = (svg: QtiElement): QtiElement => {
    const title = svg.children.filter(isElement).find((child) => child.name === 'svg:title');
    const attributes: Record<string, string> = {
      src: draw('svg', fileOfSvg(svg)),
      alt: svg.attributes['aria-label'] ?? (title ? textContent(title) : ''),
    };
    for (const size of ['width', 'height']) {
      const pixels = /^(\d+(?:\.\d+)?)(px)?$/.exec(svg.attributes[size] ?? '')?.[1];
      if (pixels !== undefined) attributes[size] = pixels;
    }
    return { name: 'img', attributes, children: [] };
  };

  const cleanAttributes = (element: QtiElement): Record<string, string> => {
    const kept: Record<string, string> = {};
    for (const [given, value] of Object.entries(element.attributes)) {
      const name = given === 'xml:lang' ? 'lang' : given;
      if (fileAttributes.has(name)) {
        const file = link(value);
        if (file !== null) kept[name] = file;
      } else if (name === 'href') {
        if (value.startsWith('#')) kept[name] = value;
        else if (practical && element.name === 'a' && !isAddress(value)) Object.assign(kept, taskFile(value));
        else note({ type: 'link-removed', reference: value.slice(0, 200) });
      } else if (name === 'class') {
        const shared = sharedClasses(value);
        if (shared !== '') kept[name] = shared;
      } else if (name === 'data-catalog-idref') {
        const spoken = options.spoken?.get(value);
        if (spoken !== undefined) kept['data-spoken'] = spoken;
      } else if (allowedAttribute(element.name, name)) kept[name] = value;
    }
    return kept;
  };

  /** A link to a file of the package: by its own name it is laid out for the candidate. */
  const taskFile = (value: string): Record<string, string> => {
    const data = link(value);
    return data === null ? {} : { data, download: (data.split('/').at(-1) ?? '').normalize('NFC') };
  };

  const link = (value: string): string | null => {
    const inline = value.startsWith('data:') ? fileOfDataUrl(value) : null;
    if (inline) return draw(inline.ending, inline.content);
    if (isAddress(value)) {
      refuseItem({ type: 'external-reference', reference: value.slice(0, 200) });
      return null;
    }
    const file = resolve(value);
    if (file === null) {
      refuseItem({ type: 'file-missing-in-package', name: value.slice(0, 200) });
      return null;
    }
    files.add(file);
    return file;
  };

  const cleaned = {
    name: body.name,
    attributes: cleanAttributes(body),
    children: body.children.flatMap(cleanNode),
  };
  return {
    body: withUsedIds(cleaned, usedIds(cleaned)),
    files: [...files],
    drawn,
    interactions: [...interactions],
    notes: [...notes.values()],
    refused: [...refused.values()],
  };
}

/** Of something outside the package. */
function isAddress(reference: string): boolean {
  return /^[a-z][a-z0-9+.-]*:|^\/\//i.test(reference);
}

/** An `id` is only kept where something refers to it: authors name things by what they are. */
function usedIds(body: QtiElement): Set<string> {
  const used = new Set<string>();
  for (const { attributes } of [body, ...descendants(body)])
    for (const [name, value] of Object.entries(attributes)) {
      if (name === 'href') used.add(value.slice(1));
      if (referringAttributes.has(name)) for (const id of value.split(/\s+/)) used.add(id);
    }
  return used;
}

function withUsedIds(element: QtiElement, used: ReadonlySet<string>): QtiElement {
  const { id, ...others } = element.attributes;
  return {
    ...element,
    attributes: id === undefined || used.has(id) ? element.attributes : others,
    children: element.children.map((child) => (isElement(child) ? withUsedIds(child, used) : child)),
  };
}
