/** Pictures that stand inside an item's XML (SVG, `data:` addresses) become files of the paper, shown like any other picture: as an image nothing in them can run. */
import { fromBase64, utf8 } from '../../base/bytes.ts';
import { svgElements } from './allowed-content.ts';
import { descendants, isElement, type QtiElement, type QtiNode } from './element.ts';

const endings: Record<string, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/svg+xml': 'svg',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
};

/** @returns null when the address is not a picture or sound that can be shown. */
export function fileOfDataUrl(address: string): { ending: string; content: Uint8Array } | null {
  const match = /^data:([a-z]+\/[a-z0-9.+-]+)[^,;]*((?:;[^,;]+)*),(.*)$/is.exec(address);
  const ending = endings[match?.[1]?.toLowerCase() ?? ''];
  if (!match || ending === undefined) return null;
  try {
    const text = decodeURIComponent(match[3] ?? '');
    return {
      ending,
      content: /;base64/i.test(match[2] ?? '') ? fromBase64(text.replaceAll(/\s/g, '')) : utf8(text),
    };
  } catch {
    return null;
  }
}

/** The picture as a file of its own, by allow-list of elements, without event handlers and references outside. */
export function fileOfSvg(svg: QtiElement): Uint8Array {
  const root = { ...svg, attributes: { ...svg.attributes, xmlns: 'http://www.w3.org/2000/svg' } };
  const references = [svg, ...descendants(svg)].flatMap(({ attributes }) => Object.values(attributes));
  const used = new Set(
    references.flatMap((value) => [...value.matchAll(/#([^\s"')]+)/g)].map(([, id]) => id)),
  );
  return utf8(write(root, used));
}

function write(node: QtiNode, usedIds: ReadonlySet<string | undefined>): string {
  if (!isElement(node)) return escape(node);
  if (!svgElements.has(node.name)) return '';
  const name = node.name.slice(4);
  const attributes = Object.entries(node.attributes)
    .filter(([key, value]) => (key === 'id' ? usedIds.has(value) : safe(key, value)))
    .map(([key, value]) => ` ${key}="${escape(value)}"`)
    .join('');
  return `<${name}${attributes}>${node.children.map((child) => write(child, usedIds)).join('')}</${name}>`;
}

function safe(name: string, value: string): boolean {
  // Names of the author's own say nothing to a picture, and may tell what is right.
  if (/^(on|data-)/i.test(name) || name === 'schemaLocation' || name === 'class') return false;
  if (name === 'href') return value.startsWith('#') || /^data:image\/(png|jpeg|gif|webp);/i.test(value);
  return !/url\(\s*["']?(?!#)/i.test(value);
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
