import type { ReactNode } from 'react';
import { useSay } from '../language.tsx';
import { isSingle, limitOf, listOf, promptOf, type InteractionProps } from './interaction.ts';

export function ExtendedText(props: InteractionProps): ReactNode {
  const { element, value, onChange, content } = props;
  const say = useSay();
  const single = isSingle(props);
  const texts = listOf(value);
  const fields = single
    ? 1
    : Math.max(1, limitOf(element, 'min-strings'), limitOf(element, 'max-strings'), texts.length);
  const expected = limitOf(element, 'expected-length');
  const prompt = promptOf(element);
  return (
    <div className="extended-text">
      {prompt && content(prompt)}
      {Array.from({ length: fields }, (_, i) => {
        const text = texts[i] ?? '';
        return (
          <label key={i}>
            <span className="only-read">
              {fields === 1 ? say('text.label') : say('text.part', { number: i + 1 })}
            </span>
            <textarea
              rows={Math.max(3, limitOf(element, 'expected-lines', 8))}
              placeholder={element.attributes['placeholder-text'] ?? ''}
              value={text}
              onChange={(event) => {
                const next = event.target.value;
                if (single) onChange(next === '' ? null : next, 'typed');
                else
                  onChange(
                    Array.from({ length: fields }, (_one, k) => (k === i ? next : (texts[k] ?? ''))),
                    'typed',
                  );
              }}
            />
            <span className="hint">
              {expected > 0
                ? say('text.expected', { count: text.length, expected })
                : say('text.characters', { count: text.length })}
            </span>
          </label>
        );
      })}
    </div>
  );
}
