/** What the printer says of a job. */
import type { ReactNode } from 'react';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { useText } from '../../../ui/text.ts';
import type { JobView } from '../../print/contract.ts';

export function JobLine({ job, named = true }: { job: JobView; named?: boolean }): ReactNode {
  const t = useText();
  const { name, state, given, papers, words, refusal } = job;
  const said = [
    ...(named ? [name] : []),
    ...(state ? [t(`stationPrint.said.${state}`)] : []),
    ...(given !== null && papers !== null && state !== 'completed'
      ? [t('stationPrint.sheetsOf', { given, papers })]
      : []),
    ...words,
  ];
  return (
    <div className="soft" role="status">
      {said.join(' · ')}
      {refusal && (
        <div>
          <RefusalText refusal={refusal} />
        </div>
      )}
    </div>
  );
}
