/** QTI 2.x → 3.0 where it is mechanical: `assessmentItem` → `qti-assessment-item`, `responseIdentifier` → `response-identifier`. HTML stays as it is. */
import { isElement, type QtiElement } from './element.ts';

const html = new Set(
  'a abbr acronym address article aside audio b bdi bdo big blockquote br caption cite code col colgroup dd details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img kbd label li main nav object ol p param pre q rb rp rt rtc ruby s samp section small source span strong style sub summary sup table tbody td tfoot th thead title tr track tt u ul var video picture wbr hgroup ins del center mark time script iframe form input button canvas embed noscript'.split(
    ' ',
  ),
);

export function isQti2(element: QtiElement): boolean {
  return /^(assessment(Item|Test|Stimulus|Section)|responseProcessing)$/.test(element.name);
}

export function convertQti2(element: QtiElement): QtiElement {
  const children = element.children.map((child) => (isElement(child) ? convertQti2(child) : child));
  if (element.name.includes(':') || html.has(element.name)) return { ...element, children };
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(element.attributes))
    attributes[keepAttribute(name) ? name : kebab(name)] = value;
  if (attributes['template']?.includes('imsglobal.org'))
    attributes['template'] = attributes['template'].replace(/\/([A-Za-z0-9_]+)$/, '/$1.xml');
  return { name: `qti-${kebab(element.name)}`, attributes, children };
}

function keepAttribute(name: string): boolean {
  return name.includes(':') || name.startsWith('data-') || name.startsWith('aria-');
}

function kebab(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}
