/** A question: its material and its body, with what the candidate answered. */
import type { ComponentType, ReactNode } from 'react';
import { childElements, descendants, type QtiElement } from '../../../exam/paper/element.ts';
import type { InstanceItem } from '../../../exam/paper/model.ts';
import type { ItemResponses, ResponseValue } from '../../../exam/paper/response.ts';
import { isPracticalInteraction } from '../../../exam/practical/practical-task.ts';
import { useSay } from '../language.tsx';
import { Associate } from './associate.tsx';
import { Choice } from './choice.tsx';
import { contentOf, type ContentOptions } from './content.tsx';
import { DrawingInteraction } from './drawing.tsx';
import { EndAttempt } from './end-attempt.tsx';
import { ExtendedText } from './extended-text.tsx';
import { GapMatch } from './gap-match.tsx';
import { GraphicAssociate } from './graphic-associate.tsx';
import { GraphicGapMatch } from './graphic-gap-match.tsx';
import { GraphicOrder } from './graphic-order.tsx';
import { Hotspot } from './hotspot.tsx';
import { HottextInteraction } from './hottext.tsx';
import { InlineChoice } from './inline-choice.tsx';
import { classesOf, responseOf, sharedClasses, type InteractionProps } from './interaction.ts';
import { ItemTemplate } from './item-template.ts';
import { Match } from './match.tsx';
import { Media } from './media.tsx';
import { Order } from './order.tsx';
import { PositionStage } from './position-object.tsx';
import { PracticalUpload } from './practical-upload.tsx';
import { ReadAloud } from './read-aloud.tsx';
import { SelectPoint } from './select-point.tsx';
import { Slider } from './slider.tsx';
import { spokenText } from './spoken-text.ts';
import { TextEntry } from './text-entry.tsx';
import { Upload } from './upload.tsx';
import './item.css';
import './placing.css';
import './picture.css';

/** A new interaction type is a file and a line here. */
const interactions: Readonly<Record<string, ComponentType<InteractionProps>>> = {
  'qti-choice-interaction': Choice,
  'qti-inline-choice-interaction': InlineChoice,
  'qti-text-entry-interaction': TextEntry,
  'qti-extended-text-interaction': ExtendedText,
  'qti-hottext-interaction': HottextInteraction,
  'qti-match-interaction': Match,
  'qti-associate-interaction': Associate,
  'qti-gap-match-interaction': GapMatch,
  'qti-hotspot-interaction': Hotspot,
  'qti-select-point-interaction': SelectPoint,
  'qti-graphic-order-interaction': GraphicOrder,
  'qti-graphic-associate-interaction': GraphicAssociate,
  'qti-graphic-gap-match-interaction': GraphicGapMatch,
  'qti-order-interaction': Order,
  'qti-drawing-interaction': DrawingInteraction,
  'qti-end-attempt-interaction': EndAttempt,
  'qti-slider-interaction': Slider,
  'qti-media-interaction': Media,
  'qti-upload-interaction': Upload,
};

interface Props {
  item: InstanceItem;
  files: Readonly<Record<string, string>>;
  responses: ItemResponses;
  /** The candidate may have it read aloud. */
  readAloud?: boolean;
  onChange: (response: string, value: ResponseValue, pace: 'typed' | 'chosen') => void;
}

export function ItemView(props: Props): ReactNode {
  const { item, files } = props;
  const say = useSay();
  const { stimuli, body, language } = item.item;
  const template = new ItemTemplate(item);
  const numbered = [...descendants(body)].filter(({ name }) => interactions[name] !== undefined);
  const file = (path: string): string => (files[path] === undefined ? '' : `/paper/${files[path]}`);

  const propsOf = (element: QtiElement): InteractionProps => ({
    element,
    item,
    template,
    number: numbered.indexOf(element) + 1,
    value: props.responses[responseOf(element)],
    onChange: (value, pace) => props.onChange(responseOf(element), value, pace),
    content: (one) => contentOf(one.children, options),
    file,
  });
  const interaction = (element: QtiElement): ReactNode | null => {
    if (element.name === 'qti-position-object-stage') {
      const objects = childElements(element, 'qti-position-object-interaction');
      return <PositionStage {...propsOf(element)} interactions={objects.map(propsOf)} />;
    }
    const Interaction = isPracticalInteraction(element) ? PracticalUpload : interactions[element.name];
    return Interaction ? <Interaction {...propsOf(element)} /> : null;
  };
  const options: ContentOptions = { template, file, interaction };
  return (
    <div className={stimuli.length > 0 ? 'item with-stimulus' : 'item'} lang={language || undefined}>
      {props.readAloud === true && (
        <ReadAloud
          sentences={spokenText([...(item.section?.rubrics ?? []), ...stimuli, body], template)}
          language={language}
        />
      )}
      {item.section?.rubrics.map((rubric, i) => (
        <div key={i} className={classesOf(rubric, 'rubric')}>
          {contentOf(rubric.children, options)}
        </div>
      ))}
      {stimuli.length > 0 && (
        // In the tab order, so that long material can be scrolled with the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <section className="stimulus" aria-label={say('stimulus')} tabIndex={0}>
          {stimuli.map((stimulus, i) => (
            <div key={i} {...languageOf(stimulus)} className={sharedClasses(stimulus).join(' ')}>
              {contentOf(stimulus.children, options)}
            </div>
          ))}
        </section>
      )}
      <section {...languageOf(body)} className={classesOf(body, 'item-body')}>
        {contentOf(body.children, options)}
      </section>
    </div>
  );
}

function languageOf({ attributes }: QtiElement): { lang?: string; dir?: string } {
  return {
    ...(attributes['lang'] === undefined ? {} : { lang: attributes['lang'] }),
    ...(attributes['dir'] === undefined ? {} : { dir: attributes['dir'] }),
  };
}
