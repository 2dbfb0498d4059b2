import type { ReactNode } from 'react';
import { useSay } from '../language.tsx';
import {
  choicesOf,
  identifierOf,
  isSingle,
  limitOf,
  listOf,
  promptOf,
  responseOf,
  type InteractionProps,
} from './interaction.ts';

export function Choice(props: InteractionProps): ReactNode {
  const { element, item, content, onChange } = props;
  const say = useSay();
  const single = isSingle(props);
  const chosen = listOf(props.value);
  const most = limitOf(element, 'max-choices', 1);
  const prompt = promptOf(element);
  const name = `${item.identifier}-${responseOf(element)}`;
  const full = !single && most > 0 && chosen.length >= most;
  const choices = choicesOf(element, 'qti-simple-choice', item.seed);
  return (
    <fieldset className={`choices ${element.attributes['class'] ?? ''}`}>
      <legend>
        {prompt && content(prompt)}
        <span className="hint">
          {single ? say('choice.one') : most > 1 ? say('choice.most', { max: most }) : say('choice.any')}
        </span>
      </legend>
      <div className={element.attributes['orientation'] === 'horizontal' ? 'row' : 'column'}>
        {choices.map((choice) => {
          const id = identifierOf(choice);
          const on = chosen.includes(id);
          return (
            <label key={id} className={on ? 'choice on' : 'choice'}>
              <input
                type={single ? 'radio' : 'checkbox'}
                name={name}
                checked={on}
                disabled={!on && full}
                onChange={() =>
                  onChange(single ? id : on ? chosen.filter((one) => one !== id) : [...chosen, id], 'chosen')
                }
              />
              <span>{content(choice)}</span>
            </label>
          );
        })}
      </div>
      {full && (
        <p className="hint" role="status">
          {say('choice.full', { max: most })}
        </p>
      )}
      {chosen.length > 0 && (
        <button type="button" className="quiet" onClick={() => onChange(single ? null : [], 'chosen')}>
          {say('choice.clear')}
        </button>
      )}
    </fieldset>
  );
}
