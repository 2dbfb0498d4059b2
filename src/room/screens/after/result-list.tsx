import type { ReactNode } from 'react';
import { Listing } from '../../../ui/listing.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { CheckStateMark, Mark, SittingStateMark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import type { ResultCheck } from '../../report/contract.ts';

const packageMarks = {
  valid: checkMarks.passed,
  incomplete: checkMarks.warning,
  none: checkMarks.waiting,
} as const;

/** Every candidate of the session and whether everything of theirs is here. */
export function ResultList({ check }: { check: ResultCheck }): ReactNode {
  const t = useText();
  return (
    <Listing
      caption={
        <div className="caption">
          <CheckStateMark state={check.notCollected === 0 ? 'passed' : 'warning'} />
          <span>{t('room.resultCounts', check)}</span>
        </div>
      }
      rows={check.rows}
      rowKey={(one) => one.admissionNumber}
      columns={({ column, figures }) => [
        figures('№', (one) => one.index),
        column(t('column.admissionNumber'), (one) => <span className="nowrap">{one.admissionNumber}</span>),
        column(t('column.name'), (one) => one.name),
        column(t('column.state'), (one) => <SittingStateMark state={one.state} />),
        figures(t('room.progress'), (one) => `${one.progressPercent} %`),
        column(t('room.package'), (one) => (
          <Mark {...packageMarks[one.packageState]} word={t(`package.${one.packageState}`)} />
        )),
        figures(t('count.violations'), (one) => (one.violations === 0 ? '–' : one.violations)),
        column(t('column.problem'), (one) =>
          one.problems.map((problem) => (
            <div key={problem.type}>
              <RefusalText refusal={problem} />
            </div>
          )),
        ),
      ]}
    />
  );
}
