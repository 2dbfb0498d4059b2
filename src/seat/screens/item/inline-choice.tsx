import type { ReactNode } from 'react';
import { useSay } from '../language.tsx';
import { choicesOf, classesOf, identifierOf, listOf, type InteractionProps } from './interaction.ts';

export function InlineChoice(props: InteractionProps): ReactNode {
  const { element, template, number, value, onChange } = props;
  const say = useSay();
  return (
    <select
      className={classesOf(element, 'inline')}
      aria-label={element.attributes['aria-label'] ?? say('inline.blank', { number })}
      value={listOf(value)[0] ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value, 'chosen')}
    >
      <option value="">{element.attributes['data-prompt'] ?? say('inline.choose')}</option>
      {choicesOf(props, 'qti-inline-choice').map((choice) => (
        <option key={identifierOf(choice)} value={identifierOf(choice)}>
          {template.name(choice)}
        </option>
      ))}
    </select>
  );
}
