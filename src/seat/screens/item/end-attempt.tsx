import type { ReactNode } from 'react';
import { useSay } from '../language.tsx';
import { classesOf, idOf, listOf, type InteractionProps } from './interaction.ts';

/** A button whose being pressed is an answer. In an exam nothing ends with it: it is kept, and the candidate goes on. */
export function EndAttempt(props: InteractionProps): ReactNode {
  const { element, onChange } = props;
  const say = useSay();
  const pressed = listOf(props.value)[0] === 'true';
  return (
    <span className="end-attempt">
      <button
        type="button"
        className={classesOf(element)}
        aria-pressed={pressed}
        aria-describedby={idOf(props, 'kept')}
        onClick={() => onChange('true', 'chosen')}
      >
        {element.attributes['title'] || say('end-attempt.label')}
      </button>{' '}
      <span className="hint" role="status" id={idOf(props, 'kept')}>
        {pressed && say('end-attempt.kept')}
      </span>
    </span>
  );
}
