import type { ReactNode } from 'react';
import { useSay } from '../language.tsx';
import { GivenList } from './given-list.tsx';
import { Group } from './group.tsx';
import { choicesOf, identifierOf, type InteractionProps } from './interaction.ts';
import { PairLimits } from './limits.tsx';
import { howManyPairs, usePairing } from './pairing.ts';

/** Pairs of any two of the choices: one is picked, then the one that belongs to it. */
export function Associate(props: InteractionProps): ReactNode {
  const { template, content } = props;
  const say = useSay();
  const choices = choicesOf(props, 'qti-simple-associable-choice');
  const choiceOf = (id: string) => choices.find((one) => identifierOf(one) === id);
  const name = (id: string): string => {
    const choice = choiceOf(id);
    return choice ? template.name(choice) : '';
  };
  const pairing = usePairing(props, name);
  if (!pairing) return null;
  const { picked, pairs, rules } = pairing;
  return (
    <Group interaction={props} className="associate">
      <p className="hint">
        {say('pair.hint')} {howManyPairs(say, rules)}
      </p>
      <div className="palette">
        {choices.map((choice) => {
          const id = identifierOf(choice);
          return (
            <button
              key={id}
              type="button"
              className="piece"
              aria-pressed={picked === id}
              // Not `disabled`: the focus would be lost with the pair that uses it up.
              aria-disabled={pairing.isSpent(id, 'from')}
              onClick={() => (picked === null || picked === id ? pairing.pick(id) : pairing.join(id))}
            >
              {content(choice)}
            </button>
          );
        })}
      </div>
      <GivenList
        title={say('pair.list')}
        given={pairs.map((pair) => {
          const [first = '', second = ''] = pair.split(' ');
          const [one, other] = [choiceOf(first), choiceOf(second)];
          return {
            key: pair,
            content: (
              <>
                <span>{one && content(one)}</span> <span aria-hidden>–</span>{' '}
                <span>{other && content(other)}</span>
              </>
            ),
            removal: say('pair.remove', { first: name(first), second: name(second) }),
            remove: () => pairing.remove(pair),
          };
        })}
      />
      <PairLimits of={props} pairing={pairing} name={name} />
    </Group>
  );
}
