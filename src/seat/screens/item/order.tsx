import { useState, type DragEvent, type ReactNode } from 'react';
import type { QtiElement } from '../../../exam/paper/element.ts';
import { useSay } from '../language.tsx';
import { Group } from './group.tsx';
import { choicesOf, identifierOf, limitOf, listOf, type InteractionProps } from './interaction.ts';

/**
 * A list that is put into order by dragging or by buttons; nothing is answered before somebody moved something or said that it is
 * right. Where the author limits the number of choices, candidates choose which to put into order.
 */
export function Order(props: InteractionProps): ReactNode {
  const { element, template, value, onChange, content } = props;
  const say = useSay();
  const [said, setSaid] = useState('');
  const choices = choicesOf(props, 'qti-simple-choice');
  const given = listOf(value).flatMap((id) => choices.find((one) => identifierOf(one) === id) ?? []);
  const rest = choices.filter((choice) => !given.includes(choice));
  const some = limitOf(element, 'min-choices') > 0 || limitOf(element, 'max-choices') > 0;
  const most = limitOf(element, 'max-choices') || choices.length;
  const ordered = some ? given : [...given, ...rest];
  const answer = (next: readonly QtiElement[]): void => onChange(next.map(identifierOf), 'chosen');
  const move = (from: number, to: number): void => {
    const moved = ordered[from];
    if (moved === undefined || to < 0 || to >= ordered.length || from === to) return;
    const next = ordered.filter((one) => one !== moved);
    next.splice(to, 0, moved);
    setSaid(say('order.position', { choice: template.name(moved), number: to + 1 }));
    answer(next);
  };
  const row = (choice: QtiElement, i: number): ReactNode => {
    const name = template.name(choice);
    return (
      <li key={identifierOf(choice)} {...draggable(i, move)}>
        <span className="grow">{content(choice)}</span>
        {/* Not `disabled`: the focus would be lost at either end. */}
        <button
          type="button"
          aria-disabled={i === 0}
          aria-label={say('order.up', { choice: name })}
          onClick={() => move(i, i - 1)}
        >
          ↑
        </button>
        <button
          type="button"
          aria-disabled={i === ordered.length - 1}
          aria-label={say('order.down', { choice: name })}
          onClick={() => move(i, i + 1)}
        >
          ↓
        </button>
        {some && (
          <button
            type="button"
            aria-label={say('order.remove', { choice: name })}
            onClick={() => answer(given.filter((one) => one !== choice))}
          >
            ✕
          </button>
        )}
      </li>
    );
  };
  return (
    <Group interaction={props} className="order">
      <p className="hint">{say('order.hint')}</p>
      {some && <p>{say('order.chosen')}</p>}
      {ordered.length === 0 && <p className="hint">{say('order.none')}</p>}
      <ol className={element.attributes['orientation'] === 'horizontal' ? 'row' : undefined}>
        {ordered.map(row)}
      </ol>
      {some && rest.length > 0 && (
        <>
          <p>{say('order.available')}</p>
          <ul>
            {rest.map((choice) => (
              <li key={identifierOf(choice)}>
                <span className="grow">{content(choice)}</span>
                <button
                  type="button"
                  disabled={given.length >= most}
                  aria-label={say('order.add', { choice: template.name(choice) })}
                  onClick={() => answer([...given, choice])}
                >
                  +
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {!some && given.length === 0 && (
        <button type="button" className="quiet" onClick={() => answer(ordered)}>
          {say('order.keep')}
        </button>
      )}
      <p className="only-read" role="status">
        {said}
      </p>
    </Group>
  );
}

const dragType = 'application/x-invigil-place';

function draggable(place: number, move: (from: number, to: number) => void) {
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => event.dataTransfer.setData(dragType, String(place)),
    onDragOver: (event: DragEvent) => {
      if (event.dataTransfer.types.includes(dragType)) event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      const from = event.dataTransfer.getData(dragType);
      if (from === '') return;
      event.preventDefault();
      move(Number(from), place);
    },
  };
}
