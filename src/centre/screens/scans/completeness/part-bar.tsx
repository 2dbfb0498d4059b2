import type { ReactNode } from 'react';
import { useText } from '../../../../ui/text.ts';

/** How much of what is expected is here, as a bar with its figure. */
export function PartBar({ sides, came }: { sides: number; came: number }): ReactNode {
  const t = useText();
  if (sides === 0) return '–';
  // Nothing is called whole before it is.
  const percent = Math.floor((100 * came) / sides);
  return (
    <span className="part-bar" title={t('completeness.partOf', { came, sides })}>
      <span className="part-bar-track" aria-hidden>
        <span className={came === sides ? 'whole' : ''} style={{ width: `${percent}%` }} />
      </span>
      <span className="number">{percent} %</span>
    </span>
  );
}
