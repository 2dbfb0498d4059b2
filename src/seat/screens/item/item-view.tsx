/** A question: its material and its body as semantic HTML, by allow-list, with each interaction in its place. */
import { createElement, Fragment, type ComponentType, type ReactNode } from 'react';
import { isElement, type QtiElement, type QtiNode } from '../../../exam/paper/element.ts';
import type { InstanceItem } from '../../../exam/paper/model.ts';
import type { ItemResponses, ResponseValue } from '../../../exam/paper/response.ts';
import { useSay } from '../language.tsx';
import { Choice } from './choice.tsx';
import { ExtendedText } from './extended-text.tsx';
import { InlineChoice } from './inline-choice.tsx';
import { identifierOf, isSingle, limitOf, listOf, responseOf, type InteractionProps } from './interaction.ts';
import { Match } from './match.tsx';
import { Media } from './media.tsx';
import { Order } from './order.tsx';
import { Slider } from './slider.tsx';
import { templateText } from './template-text.ts';
import { TextEntry } from './text-entry.tsx';
import { Upload } from './upload.tsx';

/** A new interaction type is a file and a line here. */
const interactions: Readonly<Record<string, ComponentType<InteractionProps>>> = {
  'qti-choice-interaction': Choice,
  'qti-inline-choice-interaction': InlineChoice,
  'qti-text-entry-interaction': TextEntry,
  'qti-extended-text-interaction': ExtendedText,
  'qti-match-interaction': Match,
  'qti-order-interaction': Order,
  'qti-slider-interaction': Slider,
  'qti-media-interaction': Media,
  'qti-upload-interaction': Upload,
};

const html = new Set(
  'p div span h1 h2 h3 h4 h5 h6 em strong b i u s sub sup small code pre blockquote q cite abbr br hr ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td img figure figcaption a ruby rb rt rp kbd samp var tt bdo section article aside header footer main nav label object audio video source'.split(
    ' ',
  ),
);
const empty = new Set(['br', 'hr', 'img', 'col', 'source']);

interface Props {
  item: InstanceItem;
  files: Readonly<Record<string, string>>;
  responses: ItemResponses;
  onChange: (response: string, value: ResponseValue, pace: 'typed' | 'chosen') => void;
}

export function ItemView(props: Props): ReactNode {
  const { item, files } = props;
  const say = useSay();
  const printed = templateText(item);
  const file = (path: string): string => (files[path] === undefined ? '' : `/paper/${files[path]}`);

  const children = (nodes: readonly QtiNode[]): ReactNode[] =>
    nodes.map((node, i) => <Fragment key={i}>{show(node)}</Fragment>);

  const show = (node: QtiNode): ReactNode => {
    if (!isElement(node)) return node;
    const Interaction = interactions[node.name];
    if (Interaction) return <Interaction {...interactionProps(node)} />;
    if (node.name === 'qti-hottext-interaction') return hottext(node);
    if (node.name === 'qti-printed-variable') return printed.get(identifierOf(node)) ?? '';
    if (node.name === 'qti-prompt') return <div className="prompt">{children(node.children)}</div>;
    if (node.name.startsWith('m:')) return foreign(node, 'm:');
    if (node.name.startsWith('svg:')) return foreign(node, 'svg:');
    if (!html.has(node.name)) return <>{children(node.children)}</>;
    return createElement(
      node.name,
      attributesOf(node, file),
      ...(empty.has(node.name) ? [] : children(node.children)),
    );
  };

  const interactionProps = (element: QtiElement): InteractionProps => ({
    element,
    item,
    value: props.responses[responseOf(element)],
    onChange: (value, pace) => props.onChange(responseOf(element), value, pace),
    content: (one) => <>{children(one.children)}</>,
    file,
  });

  /** Words inside running text: the body of the interaction is shown as it is, with a box at each word. */
  const hottext = (element: QtiElement): ReactNode => {
    const given = interactionProps(element);
    const single = isSingle(given);
    const chosen = listOf(given.value);
    const most = limitOf(element, 'max-choices', 1);
    const within = (node: QtiNode): ReactNode => {
      if (!isElement(node)) return node;
      if (node.name !== 'qti-hottext') {
        if (node.name === 'qti-prompt') return show(node);
        const inner = node.children.map((child, i) => <Fragment key={i}>{within(child)}</Fragment>);
        return html.has(node.name) && !empty.has(node.name)
          ? createElement(node.name, attributesOf(node, file), ...inner)
          : html.has(node.name)
            ? show(node)
            : inner;
      }
      const id = identifierOf(node);
      const on = chosen.includes(id);
      return (
        <label className={on ? 'hottext on' : 'hottext'}>
          <input
            type={single ? 'radio' : 'checkbox'}
            checked={on}
            disabled={!on && !single && most > 0 && chosen.length >= most}
            onChange={() =>
              given.onChange(
                single ? id : on ? chosen.filter((one) => one !== id) : [...chosen, id],
                'chosen',
              )
            }
          />
          {children(node.children)}
        </label>
      );
    };
    return (
      <div className="hottexts">
        {element.children.map((child, i) => (
          <Fragment key={i}>{within(child)}</Fragment>
        ))}
      </div>
    );
  };

  const { stimuli, body, language } = item.item;
  return (
    <div className={stimuli.length > 0 ? 'item with-stimulus' : 'item'} lang={language || undefined}>
      {item.section?.rubrics.map((rubric, i) => (
        <div key={i} className="rubric">
          {children(rubric.children)}
        </div>
      ))}
      {stimuli.length > 0 && (
        <section className="stimulus" aria-label={say('stimulus')}>
          {stimuli.map((stimulus, i) => (
            <div key={i}>{children(stimulus.children)}</div>
          ))}
        </section>
      )}
      <section className={`item-body ${body.attributes['class'] ?? ''}`}>{children(body.children)}</section>
    </div>
  );
}

const kept = [
  'id',
  'lang',
  'dir',
  'title',
  'alt',
  'role',
  'width',
  'height',
  'scope',
  'headers',
  'start',
  'type',
];

function attributesOf(element: QtiElement, file: (path: string) => string): Record<string, unknown> {
  const given = element.attributes;
  const attributes: Record<string, unknown> = {};
  for (const name of kept) if (given[name] !== undefined) attributes[name] = given[name];
  for (const [name, value] of Object.entries(given)) if (name.startsWith('aria-')) attributes[name] = value;
  if (given['class'] !== undefined) attributes['className'] = given['class'];
  if (given['colspan'] !== undefined) attributes['colSpan'] = Number(given['colspan']);
  if (given['rowspan'] !== undefined) attributes['rowSpan'] = Number(given['rowspan']);
  if (given['src'] !== undefined) attributes['src'] = file(given['src']);
  if (element.name === 'img') attributes['alt'] = given['alt'] ?? '';
  if (element.name === 'audio' || element.name === 'video') attributes['controls'] = true;
  return attributes;
}

/** MathML and SVG, which browsers draw themselves. */
function foreign(node: QtiElement, prefix: string): ReactNode {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(node.attributes))
    if (!name.startsWith('on') && !name.includes(':') && name !== 'href' && name !== 'style')
      attributes[name === 'class' ? 'className' : name] = value;
  return createElement(
    node.name.slice(prefix.length),
    attributes,
    ...node.children.map((child, i) =>
      isElement(child) ? <Fragment key={i}>{foreign(child, prefix)}</Fragment> : child,
    ),
  );
}
