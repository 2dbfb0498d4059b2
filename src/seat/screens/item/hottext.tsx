import { createContext, use, type ReactNode } from 'react';
import type { QtiElement } from '../../../exam/paper/element.ts';
import { useSay } from '../language.tsx';
import { howMany } from './choice.tsx';
import { Group } from './group.tsx';
import { idOf, identifierOf, isSingle, limitOf, listOf, type InteractionProps } from './interaction.ts';

interface Marks {
  readonly one: boolean;
  readonly name: string;
  readonly chosen: readonly string[];
  readonly full: boolean;
  readonly choose: (id: string) => void;
}

const MarksContext = createContext<Marks | null>(null);

/** Words inside running text: the text is shown as it is, with a box at each word. */
export function HottextInteraction(props: InteractionProps): ReactNode {
  const { element, content, onChange } = props;
  const say = useSay();
  const single = isSingle(props);
  const chosen = listOf(props.value);
  const [least, most] = [limitOf(element, 'min-choices'), limitOf(element, 'max-choices', 1)];
  const one = single || most === 1;
  const full = !one && most > 0 && chosen.length >= most;
  const choose = (id: string): void => {
    if (one) onChange(single ? id : [id], 'chosen');
    else onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id], 'chosen');
  };
  const text = { ...element, children: element.children.filter((child) => !isPrompt(child)) };
  return (
    <Group interaction={props} className="hottexts">
      <p className="hint">{howMany(say, one, least, most)}</p>
      <MarksContext value={{ one, name: idOf(props, 'hottext'), chosen, full, choose }}>
        {content(text)}
      </MarksContext>
      <p className="hint" role="status">
        {full && (element.attributes['data-max-selections-message'] ?? say('choice.full', { max: most }))}
      </p>
      {chosen.length > 0 && (
        <button type="button" className="quiet" onClick={() => onChange(single ? null : [], 'chosen')}>
          {say('choice.clear')}
        </button>
      )}
    </Group>
  );
}

export function Hottext({ element, children }: { element: QtiElement; children: ReactNode }): ReactNode {
  const marks = use(MarksContext);
  if (!marks) return children;
  const id = identifierOf(element);
  const on = marks.chosen.includes(id);
  return (
    <label className={on ? 'hottext on' : 'hottext'}>
      <input
        type={marks.one ? 'radio' : 'checkbox'}
        name={marks.name}
        checked={on}
        disabled={!on && marks.full}
        onChange={() => marks.choose(id)}
      />
      {children}
    </label>
  );
}

function isPrompt(child: QtiElement | string): boolean {
  return typeof child !== 'string' && child.name === 'qti-prompt';
}
