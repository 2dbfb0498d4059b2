/** Below an interaction: how far its limits are met, said when that changes. Authors may give their own words. */
import type { ReactNode } from 'react';
import { useSay } from '../language.tsx';
import type { InteractionProps } from './interaction.ts';
import { limitsMet, type Pairing } from './pairing.ts';

interface SelectionProps {
  readonly element: InteractionProps['element'];
  /** No more can be chosen. */
  readonly full: boolean;
  /** Something is chosen, and not enough. */
  readonly few: boolean;
  readonly least: number;
  readonly most: number;
}

export function SelectionLimits({ element, full, few, least, most }: SelectionProps): ReactNode {
  const say = useSay();
  return (
    <p className="hint" role="status">
      {full && (element.attributes['data-max-selections-message'] ?? say('choice.full', { max: most }))}
      {few && (element.attributes['data-min-selections-message'] ?? say('choice.least', { min: least }))}
    </p>
  );
}

interface PairProps {
  readonly of: InteractionProps;
  readonly pairing: Pairing;
  readonly name: (id: string, side: 'from' | 'to') => string;
}

/** With what was done last, for who does not see it. */
export function PairLimits({ of, pairing, name }: PairProps): ReactNode {
  const say = useSay();
  return (
    <>
      <p className="hint" role="status">
        {limitsMet(say, of, pairing, name)}
      </p>
      <p className="only-read" role="status">
        {pairing.said}
      </p>
    </>
  );
}
