import type { ReactNode } from 'react';
import type { QtiElement } from '../../../exam/paper/element.ts';
import type { Say } from '../language.tsx';
import { choicesOf, identifierOf, type InteractionProps } from './interaction.ts';
import type { Pairing } from './pairing.ts';

/** The texts and pictures that go into gaps, in the order in which this candidate sees them. */
export function gapChoicesOf(props: InteractionProps): QtiElement[] {
  return [...choicesOf(props, 'qti-gap-text'), ...choicesOf(props, 'qti-gap-img')];
}

/** A picture without a description is named by its place. */
export function gapChoiceName(
  { template }: InteractionProps,
  say: Say,
  choices: readonly QtiElement[],
  id: string,
): string {
  const place = choices.findIndex((one) => identifierOf(one) === id);
  const choice = choices[place];
  if (!choice) return '';
  return choice.attributes['object-label'] || template.name(choice) || `${say('image')} ${place + 1}`;
}

/** What is picked up to be put into a gap. */
export function Palette({
  choices,
  pairing,
  name,
  content,
}: {
  choices: readonly QtiElement[];
  pairing: Pairing;
  name: (id: string) => string;
  content: (choice: QtiElement) => ReactNode;
}): ReactNode {
  return (
    <div className="palette">
      {choices.map((choice) => {
        const id = identifierOf(choice);
        return (
          <button
            key={id}
            type="button"
            className="piece"
            aria-label={choice.name === 'qti-gap-img' ? name(id) : undefined}
            aria-pressed={pairing.picked === id}
            aria-disabled={pairing.isSpent(id, 'from')}
            onClick={() => pairing.pick(id)}
          >
            {content(choice)}
          </button>
        );
      })}
    </div>
  );
}
