import { createContext, use, type ReactNode } from 'react';
import { descendants, isElement, type QtiElement } from '../../../exam/paper/element.ts';
import { useSay } from '../language.tsx';
import { Group } from './group.tsx';
import { identifierOf, type InteractionProps } from './interaction.ts';
import { gapChoiceName, gapChoicesOf, Palette } from './palette.tsx';
import { PairLimits } from './limits.tsx';
import { howManyPairs, usePairing } from './pairing.ts';

interface Gaps {
  readonly number: (gap: string) => number;
  readonly filledWith: (gap: string) => QtiElement | undefined;
  readonly name: (choice: string) => string;
  readonly content: (choice: QtiElement) => ReactNode;
  readonly press: (gap: string) => void;
}

const GapsContext = createContext<Gaps | null>(null);
const notText = new Set(['qti-prompt', 'qti-gap-text', 'qti-gap-img']);

/** Gaps in running text: a word or picture is picked, then the gap that it goes into; a full gap gives it back. */
export function GapMatch(props: InteractionProps): ReactNode {
  const { element, template, content } = props;
  const say = useSay();
  const choices = gapChoicesOf(props);
  const gaps = [...descendants(element)].filter((one) => one.name === 'qti-gap' && template.shows(one));
  const number = (gap: string): number => gaps.findIndex((one) => identifierOf(one) === gap) + 1;
  const name = (id: string): string => gapChoiceName(props, say, choices, id);
  const nameOn = (id: string, side: 'from' | 'to'): string =>
    side === 'from' ? name(id) : say('inline.blank', { number: number(id) });
  const pairing = usePairing(props, nameOn);
  if (!pairing) return null;
  const inGap = (gap: string): string | undefined => pairing.pairs.find((pair) => pair.split(' ')[1] === gap);
  const filledWith = (gap: string): QtiElement | undefined => {
    const id = inGap(gap)?.split(' ')[0];
    return choices.find((one) => identifierOf(one) === id);
  };
  const press = (gap: string): void => {
    const pair = inGap(gap);
    if (pairing.picked !== null) pairing.join(gap, pair);
    else if (pair !== undefined) pairing.remove(pair);
    else pairing.tell(say('gap.pick-first'));
  };
  const text = {
    ...element,
    children: element.children.filter((one) => !isElement(one) || !notText.has(one.name)),
  };
  return (
    <Group interaction={props} className="gap-match">
      <p className="hint">
        {say('gap.hint')} {howManyPairs(say, pairing.rules)}
      </p>
      <div className="placing">
        <Palette choices={choices} pairing={pairing} name={name} content={content} />
        <div className="grow">
          <GapsContext value={{ number, filledWith, name, content, press }}>{content(text)}</GapsContext>
        </div>
      </div>
      <PairLimits of={props} pairing={pairing} name={nameOn} />
    </Group>
  );
}

export function Gap({ element }: { element: QtiElement }): ReactNode {
  const say = useSay();
  const gaps = use(GapsContext);
  if (!gaps) return null;
  const id = identifierOf(element);
  const number = gaps.number(id);
  const choice = gaps.filledWith(id);
  return (
    <button
      type="button"
      className={choice ? 'gap on' : 'gap'}
      aria-label={
        choice
          ? say('gap.filled', { number, choice: gaps.name(identifierOf(choice)) })
          : say('gap.empty', { number })
      }
      onClick={() => gaps.press(id)}
    >
      {choice ? gaps.content(choice) : number}
    </button>
  );
}
