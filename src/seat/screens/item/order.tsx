import { useState, type ReactNode } from 'react';
import { textContent } from '../../../exam/paper/element.ts';
import { useSay } from '../language.tsx';
import { choicesOf, identifierOf, listOf, promptOf, type InteractionProps } from './interaction.ts';

/** A list that is put into order by buttons; nothing is answered before somebody moved something or said that it is right. */
export function Order({ element, item, value, onChange, content }: InteractionProps): ReactNode {
  const say = useSay();
  const [said, setSaid] = useState('');
  const choices = choicesOf(element, 'qti-simple-choice', item.seed);
  const given = listOf(value);
  const ordered = [
    ...given.flatMap((id) => choices.find((choice) => identifierOf(choice) === id) ?? []),
    ...choices.filter((choice) => !given.includes(identifierOf(choice))),
  ];
  const prompt = promptOf(element);
  const move = (from: number, to: number): void => {
    const next = ordered.map(identifierOf);
    const [moved] = next.splice(from, 1);
    if (moved === undefined) return;
    next.splice(to, 0, moved);
    const choice = textContent(ordered[from] ?? '').trim();
    setSaid(say('order.position', { choice, number: to + 1 }));
    onChange(next, 'chosen');
  };
  return (
    <div className="order">
      {prompt && content(prompt)}
      <p className="hint">{say('order.hint')}</p>
      <ol>
        {ordered.map((choice, i) => {
          const name = textContent(choice).trim();
          return (
            <li key={identifierOf(choice)}>
              <span className="grow">{content(choice)}</span>
              <button
                type="button"
                disabled={i === 0}
                aria-label={say('order.up', { choice: name })}
                onClick={() => move(i, i - 1)}
              >
                ↑
              </button>
              <button
                type="button"
                disabled={i === ordered.length - 1}
                aria-label={say('order.down', { choice: name })}
                onClick={() => move(i, i + 1)}
              >
                ↓
              </button>
            </li>
          );
        })}
      </ol>
      {given.length === 0 && (
        <button type="button" className="quiet" onClick={() => onChange(ordered.map(identifierOf), 'chosen')}>
          {say('order.keep')}
        </button>
      )}
      <p className="only-read" role="status">
        {said}
      </p>
    </div>
  );
}
