import type { ReactNode } from 'react';
import type { CheckView } from '../node/contract.ts';
import { dateTime } from './format.ts';
import { Listing } from './listing.tsx';
import { RefusalText } from './refusal-text.tsx';
import { CheckStateMark } from './state-mark.tsx';
import { useText } from './text.ts';

export interface SealCheckView {
  readonly at: number;
  readonly checks: readonly CheckView[];
  readonly passed: boolean;
  readonly reportedAt: number | null;
}

/** Every check with its state, the reason and the remedy; what went wrong comes first. */
export function SealCheckList({ check }: { check: SealCheckView }): ReactNode {
  const t = useText();
  const order = { failed: 0, warning: 1, passed: 2 };
  return (
    <Listing
      caption={
        <div className="caption">
          <CheckStateMark state={check.passed ? 'passed' : 'failed'} />
          <span>{t('sealCheck.at', { at: check.at })}</span>
          <span>
            {check.reportedAt === null
              ? t('sealCheck.notReported')
              : t('sealCheck.reported', { at: dateTime(check.reportedAt) })}
          </span>
        </div>
      }
      rows={check.checks.toSorted((a, b) => order[a.state] - order[b.state])}
      rowKey={(one) => one.id}
      columns={({ column }) => [
        column(t('sealCheck.what'), (one) => t.find(`sealCheck.${one.id}`) ?? one.id),
        column(t('column.state'), (one) => <CheckStateMark state={one.state} />),
        column(t('sealCheck.reason'), (one) => one.reason && <RefusalText refusal={one.reason} />),
        column(t('sealCheck.remedy'), (one) => one.remedy && <RefusalText refusal={one.remedy} />),
      ]}
    />
  );
}
