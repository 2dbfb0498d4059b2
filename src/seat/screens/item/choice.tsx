import type { ReactNode } from 'react';
import { useSay } from '../language.tsx';
import type { Say } from '../language.tsx';
import { Group } from './group.tsx';
import {
  choicesOf,
  idOf,
  identifierOf,
  isSingle,
  limitOf,
  listOf,
  sharedClasses,
  type InteractionProps,
} from './interaction.ts';
import { SelectionLimits } from './limits.tsx';

export function Choice(props: InteractionProps): ReactNode {
  const { element, content, onChange } = props;
  const say = useSay();
  const single = isSingle(props);
  const chosen = listOf(props.value);
  const [least, most] = [limitOf(element, 'min-choices'), limitOf(element, 'max-choices', 1)];
  const one = single || most === 1;
  const full = !one && most > 0 && chosen.length >= most;
  const few = chosen.length > 0 && chosen.length < least;
  const choices = choicesOf(props, 'qti-simple-choice');
  const label = labelsOf(sharedClasses(element));
  const choose = (id: string): void => {
    if (one) onChange(single ? id : [id], 'chosen');
    else onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id], 'chosen');
  };
  return (
    <Group interaction={props} className="choices">
      <p className="hint" id={idOf(props, 'hint')}>
        {howMany(say, one, least, most)}
      </p>
      <div className={`choice-list ${element.attributes['orientation'] === 'horizontal' ? 'row' : 'column'}`}>
        {choices.map((choice, i) => {
          const id = identifierOf(choice);
          const on = chosen.includes(id);
          return (
            <label key={id} className={on ? 'choice on' : 'choice'}>
              <input
                type={one ? 'radio' : 'checkbox'}
                name={idOf(props, 'choice')}
                aria-describedby={idOf(props, 'hint')}
                checked={on}
                disabled={!on && full}
                onChange={() => choose(id)}
              />
              {label && <span className="choice-label">{label(i)}</span>}
              <span className="choice-content">{content(choice)}</span>
            </label>
          );
        })}
      </div>
      <SelectionLimits element={element} full={full} few={few} least={least} most={most} />
      {chosen.length > 0 && (
        <button type="button" className="quiet" onClick={() => onChange(single ? null : [], 'chosen')}>
          {say('choice.clear')}
        </button>
      )}
    </Group>
  );
}

export function howMany(say: Say, one: boolean, min: number, max: number): string {
  if (one) return say('choice.one');
  if (min > 0 && min === max) return say('choice.exact', { max });
  if (min > 0 && max > 0) return say('choice.range', { min, max });
  if (max > 0) return say('choice.most', { max });
  return min > 0 ? say('choice.least', { min }) : say('choice.any');
}

/** Letters or numbers before the choices, only where the author asks for them. */
function labelsOf(classes: readonly string[]): ((place: number) => string) | null {
  const kind = classes.find((name) =>
    /^qti-labels-(decimal|lower-alpha|upper-alpha|cjk-ideographic)$/.test(name),
  );
  if (kind === undefined) return null;
  const suffix = classes.includes('qti-labels-suffix-none')
    ? ''
    : classes.includes('qti-labels-suffix-parenthesis')
      ? ')'
      : '.';
  return (place) => {
    const letter = String.fromCharCode(97 + (place % 26));
    const text =
      kind === 'qti-labels-decimal'
        ? String(place + 1)
        : kind === 'qti-labels-lower-alpha'
          ? letter
          : kind === 'qti-labels-upper-alpha'
            ? letter.toUpperCase()
            : ('一二三四五六七八九十'[place] ?? String(place + 1));
    return `${text}${suffix}`;
  };
}
