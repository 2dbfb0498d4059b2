/** All questions at a glance: answered, flagged, empty. */
import { useEffect, useRef, type ReactNode } from 'react';
import type { InstanceItem } from '../../../exam/paper/model.ts';
import type { ItemResponses } from '../../../exam/paper/response.ts';
import { useLanguage } from '../language.tsx';
import { isAnswered, mayGo } from './course.ts';

interface Props {
  readonly items: readonly InstanceItem[];
  readonly responses: Readonly<Record<string, ItemResponses>>;
  readonly flagged: ReadonlySet<string>;
  readonly at: number;
  readonly reached: number;
  readonly go: (to: number) => void;
  readonly close: () => void;
}

export function Overview(props: Props): ReactNode {
  const { say } = useLanguage();
  const { items, responses, flagged, at } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { close } = props;
  useEffect(() => {
    const escape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') close();
    };
    addEventListener('keydown', escape);
    return () => removeEventListener('keydown', escape);
  }, [close]);
  const answered = items.filter((one) => isAnswered(one, responses[one.identifier])).length;
  return (
    <nav className="overview" aria-label={say('overview')}>
      <h2 ref={heading} tabIndex={-1}>
        {say('overview.counts', { answered, count: items.length, flagged: flagged.size })}
      </h2>
      <p className="legend" aria-hidden>
        <span className="full">■ {say('state.answered')}</span>
        <span>○ {say('state.empty')}</span>
        <span>⚑ {say('state.flagged')}</span>
      </p>
      <ol>
        {items.map((one, i) => {
          const full = isAnswered(one, responses[one.identifier]);
          const marked = flagged.has(one.identifier);
          const here = i === at;
          const open = here || mayGo(items, at, i, props.reached);
          const states = [
            say(full ? 'state.answered' : 'state.empty'),
            ...(marked ? [say('state.flagged')] : []),
            ...(open ? [] : [say('linear.closed')]),
          ];
          return (
            <li key={one.identifier}>
              <button
                type="button"
                disabled={!open}
                aria-current={here ? 'step' : undefined}
                aria-label={`${say('item.number', { number: i + 1 })}: ${states.join(', ')}`}
                className={full ? 'full' : 'empty'}
                onClick={() => (here ? close() : props.go(i))}
              >
                <span className="figures">{i + 1}</span> <span aria-hidden>{full ? '■' : '○'}</span>
                <span aria-hidden>{marked ? '⚑' : ''}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
