import type { ReactNode } from 'react';
import { textContent } from '../../../exam/paper/element.ts';
import { useSay } from '../language.tsx';
import { choicesOf, identifierOf, listOf, responseOf, type InteractionProps } from './interaction.ts';

export function InlineChoice({ element, item, value, onChange }: InteractionProps): ReactNode {
  const say = useSay();
  return (
    <select
      className="inline"
      aria-label={element.attributes['aria-label'] ?? say('inline.blank', { number: responseOf(element) })}
      value={listOf(value)[0] ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value, 'chosen')}
    >
      <option value="">{say('inline.choose')}</option>
      {choicesOf(element, 'qti-inline-choice', item.seed).map((choice) => (
        <option key={identifierOf(choice)} value={identifierOf(choice)}>
          {textContent(choice).trim()}
        </option>
      ))}
    </select>
  );
}
