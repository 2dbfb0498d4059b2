/** How far a room's kits are, always in sight. */
import type { ReactNode } from 'react';
import { useText } from '../../../ui/text.ts';
import type { PrintView } from '../../print/contract.ts';

const shown = [
  ['planned', 'stationPrint.planned', '○', 'grey'],
  ['waiting', 'stationPrint.waiting', '◐', 'blue'],
  ['atPrinter', 'stationPrint.atPrinter', '●', 'blue'],
  ['toLookAt', 'stationPrint.toLookAt', '▲', 'amber'],
  ['good', 'stationPrint.good', '✓', 'green'],
  ['spoiled', 'stationPrint.spoiled', '✕', 'red'],
  ['reserve', 'stationPrint.reserve', '□', 'dark'],
] as const;

export function PrintCounts({ counts }: { counts: PrintView['counts'] }): ReactNode {
  const t = useText();
  return (
    <dl className="print-counts" aria-label={t('stationPrint.counts')}>
      {shown.map(([name, word, shape, tone]) => (
        <div key={name} className={`tone-${tone}`}>
          <dt className="count-word">
            <span aria-hidden>{shape} </span>
            {t(word)}
          </dt>
          <dd className="count-value">{counts[name]}</dd>
        </div>
      ))}
    </dl>
  );
}
