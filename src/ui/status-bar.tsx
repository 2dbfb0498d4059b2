import type { ReactNode } from 'react';
import { Popover } from 'antd';
import type { IndicatorView } from '../node/contract.ts';
import { RefusalText } from './refusal-text.tsx';
import { CheckStateMark, checkMarks } from './state-mark.tsx';
import { useText } from './text.ts';

/** Indicators that open their reason and remedy. */
export function StatusBar({ indicators }: { indicators: readonly IndicatorView[] }): ReactNode {
  return (
    <footer className="status-bar">
      {indicators.map((indicator) => (
        <Indicator key={indicator.id} indicator={indicator} />
      ))}
    </footer>
  );
}

function Indicator({ indicator }: { indicator: IndicatorView }): ReactNode {
  const t = useText();
  const { id, state, values, reason, remedy } = indicator;
  const { shape, tone } = checkMarks[state];
  const known = Object.values(values).some((value) => value !== null);
  const detail = known ? t.find(`indicator.${id}.value`, values) : null;
  return (
    <Popover
      trigger={['click']}
      title={t(`indicator.${id}`)}
      content={
        <div className="indicator-detail">
          <CheckStateMark state={state} />
          <p>{t(`indicator.${id}.about`)}</p>
          {reason && (
            <p>
              <RefusalText refusal={reason} />
            </p>
          )}
          {remedy && (
            <p>
              <strong>{t('frame.remedy')}</strong> <RefusalText refusal={remedy} />
            </p>
          )}
        </div>
      }
    >
      <button type="button" className={`indicator tone-${tone}`}>
        <span aria-hidden>{shape}</span> {t(`indicator.${id}`)}
        {detail !== null && <span className="indicator-value">{detail}</span>}
        <span className="only-read">{t(`check.${state}`)}</span>
      </button>
    </Popover>
  );
}
