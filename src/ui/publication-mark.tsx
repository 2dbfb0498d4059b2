import type { ReactNode } from 'react';
import type { SiteOverview } from '../site/contract.ts';
import { CheckStateMark, Mark, checkMarks } from './state-mark.tsx';
import { useText } from './text.ts';

/** Is what is loaded the newest publication of the centre, and when was that asked? */
export function PublicationMark({
  exam,
}: {
  exam: Pick<NonNullable<SiteOverview['exam']>, 'newest' | 'checkedAt'>;
}): ReactNode {
  const t = useText();
  if (exam.newest === null) return <Mark {...checkMarks.warning} word={t('site.notChecked')} />;
  return (
    <>
      <CheckStateMark state={exam.newest ? 'passed' : 'failed'} />
      <span>{t('site.checkedAt', { at: exam.checkedAt })}</span>
    </>
  );
}
