/** An item's content as semantic HTML, by allow-list, with each interaction in its place. */
import { createElement, Fragment, type ReactNode } from 'react';
import { isElement, textContent, type QtiElement, type QtiNode } from '../../../exam/paper/element.ts';
import { Gap } from './gap-match.tsx';
import { Hottext } from './hottext.tsx';
import { sharedClasses } from './interaction.ts';
import type { ItemTemplate } from './item-template.ts';
import { mathOf } from './math.tsx';

export interface ContentOptions {
  readonly template: ItemTemplate;
  /** Address of a file of the paper. */
  readonly file: (path: string) => string;
  /** null: not an interaction that is rendered. */
  readonly interaction: (element: QtiElement) => ReactNode | null;
}

const html = new Set(
  `a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em
  figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li mark nav ol p picture pre q rb rp rt rtc ruby s samp section small
  source span strong sub summary sup table tbody td tfoot th thead time tr track tt u ul var video wbr`.split(
    /\s+/,
  ),
);
const empty = new Set(['br', 'hr', 'img', 'col', 'source', 'track', 'wbr']);

export function contentOf(nodes: readonly QtiNode[], options: ContentOptions): ReactNode {
  return nodes.map((node, i) => <Fragment key={i}>{show(node, options)}</Fragment>);
}

function show(node: QtiNode, options: ContentOptions): ReactNode {
  if (!isElement(node)) return node;
  const { template, file } = options;
  const inside = (): ReactNode => contentOf(node.children, options);
  switch (node.name) {
    case 'qti-printed-variable':
      return template.print(node);
    case 'qti-template-inline':
      return template.shows(node) ? <span className={sharedClasses(node).join(' ')}>{inside()}</span> : null;
    case 'qti-template-block':
      return template.shows(node) ? <div className={sharedClasses(node).join(' ')}>{inside()}</div> : null;
    case 'qti-rubric-block':
      return <div className={`rubric ${sharedClasses(node).join(' ')}`}>{inside()}</div>;
    case 'qti-hottext':
      return template.shows(node) ? <Hottext element={node}>{inside()}</Hottext> : null;
    case 'qti-gap':
      return template.shows(node) ? <Gap element={node} /> : null;
    // Shown by their interaction.
    case 'qti-prompt':
    case 'qti-gap-text':
    case 'qti-gap-img':
      return null;
    case 'a':
      // A task's file lies in the working folder: here it has a name and leads nowhere.
      if (node.attributes['download'] !== undefined) return <strong>{inside()}</strong>;
      break;
    case 'object':
      return shownObject(node, file, inside);
    case 'm:math':
      return mathOf(node, template);
  }
  const interaction = options.interaction(node);
  if (interaction !== null) return interaction;
  if (!html.has(node.name)) return inside();
  return createElement(node.name, attributesOf(node, file), ...(empty.has(node.name) ? [] : [inside()]));
}

/** QTI 2's way to show pictures and recordings. What stands inside is what it says to those who do not get it. */
function shownObject(node: QtiElement, file: (path: string) => string, inside: () => ReactNode): ReactNode {
  const { type = '', data, width, height } = node.attributes;
  if (data === undefined) return inside();
  if (type.startsWith('audio/')) return <audio src={file(data)} controls />;
  if (type.startsWith('video/')) return <video src={file(data)} controls width={width} height={height} />;
  if (type === '' || type.startsWith('image/'))
    return (
      <img
        src={file(data)}
        alt={textContent(node).trim() || node.attributes['alt']}
        width={width}
        height={height}
      />
    );
  return inside();
}

const kept =
  'id lang dir title alt role width height scope headers start type align valign abbr cite kind label'.split(
    ' ',
  );
const renamed: Readonly<Record<string, string>> = {
  colspan: 'colSpan',
  rowspan: 'rowSpan',
  span: 'span',
  datetime: 'dateTime',
  srclang: 'srcLang',
  value: 'value',
};
const switches = ['loop', 'muted', 'reversed', 'open', 'default'];

function attributesOf(element: QtiElement, file: (path: string) => string): Record<string, unknown> {
  const given = element.attributes;
  const attributes: Record<string, unknown> = {};
  for (const name of kept) if (given[name] !== undefined) attributes[name] = given[name];
  for (const [name, value] of Object.entries(given)) if (name.startsWith('aria-')) attributes[name] = value;
  for (const [name, property] of Object.entries(renamed))
    if (given[name] !== undefined) attributes[property] = given[name];
  for (const name of switches) if (given[name] !== undefined) attributes[name] = given[name] !== 'false';
  // Only classes that QTI defines: others could look like parts of the screen around.
  const classes = sharedClasses(element);
  if (classes.length > 0) attributes['className'] = classes.join(' ');
  if (given['src'] !== undefined) attributes['src'] = file(given['src']);
  if (given['poster'] !== undefined) attributes['poster'] = file(given['poster']);
  if (element.name === 'a' && given['href']?.startsWith('#') === true) attributes['href'] = given['href'];
  if (element.name === 'img') attributes['alt'] = given['alt'] ?? '';
  if (element.name === 'audio' || element.name === 'video') attributes['controls'] = true;
  return attributes;
}
