import type { ReactNode } from 'react';
import type { ResponseValue } from '../../../exam/paper/response.ts';
import { useSay, type Say } from '../language.tsx';
import { Group } from './group.tsx';
import {
  idOf,
  isSingle,
  limitOf,
  listOf,
  promptOf,
  sharedClasses,
  type InteractionProps,
} from './interaction.ts';
import { matches } from './text-entry.tsx';

export function ExtendedText(props: InteractionProps): ReactNode {
  const { element, value, onChange } = props;
  const say = useSay();
  const single = isSingle(props);
  const texts = listOf(value);
  const fields = single
    ? 1
    : Math.max(1, limitOf(element, 'min-strings'), limitOf(element, 'max-strings'), texts.length);
  const change = (place: number, next: string): ResponseValue => {
    if (single) return next === '' ? null : next;
    const all = Array.from({ length: fields }, (_one, k) => (k === place ? next : (texts[k] ?? '')));
    return all.every((one) => one === '') ? [] : all;
  };
  const prompt = promptOf(element) && idOf(props, 'prompt');
  return (
    <Group interaction={props} className="extended-text">
      {Array.from({ length: fields }, (_, i) => {
        const text = texts[i] ?? '';
        const fits = text === '' || matches(element.attributes['pattern-mask'], text);
        const label = idOf(props, `label-${i}`);
        return (
          <div key={i}>
            <span className="only-read" id={label}>
              {fields === 1 ? say('text.label') : say('text.part', { number: i + 1 })}
            </span>
            <textarea
              rows={rowsOf(props)}
              aria-labelledby={prompt ? `${prompt} ${label}` : label}
              aria-invalid={!fits}
              placeholder={element.attributes['placeholder-text'] ?? ''}
              value={text}
              onChange={(event) => onChange(change(i, event.target.value), 'typed')}
            />
            <span className="hint">{counted(say, props, text)}</span>
            {!fits && (
              <span className="hint" role="status">
                {element.attributes['data-patternmask-message'] ?? say('text.pattern')}
              </span>
            )}
          </div>
        );
      })}
    </Group>
  );
}

/** By the shared class `qti-height-lines-N`, else by `expected-lines`. */
function rowsOf({ element }: InteractionProps): number {
  const lines = sharedClasses(element)
    .map((name) => /^qti-height-lines-(\d+)$/.exec(name)?.[1])
    .find((one) => one !== undefined);
  return Math.max(2, Math.min(40, Number(lines ?? limitOf(element, 'expected-lines', 8))));
}

/** Letters, not UTF-16 code units. */
function counted(say: Say, { element }: InteractionProps, text: string): string {
  const count = [...text].length;
  const expected = limitOf(element, 'expected-length');
  if (expected > 0 && sharedClasses(element).includes('qti-counter-down'))
    return say('text.limit', { left: Math.max(0, expected - count) });
  return expected > 0 ? say('text.expected', { count, expected }) : say('text.characters', { count });
}
