/** What became of an order: of one seat in its row, of all together as progress. */
import type { ReactNode } from 'react';
import { Progress } from 'antd';
import { clockTime } from '../../../ui/format.ts';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { Mark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import type { RemoteRow, RemoteView } from '../../remote-control/contract.ts';

const marks: Readonly<Record<NonNullable<RemoteRow['order']>['state'], { shape: string; tone: string }>> = {
  waiting: checkMarks.waiting,
  'under-way': checkMarks.current,
  done: checkMarks.passed,
  failed: checkMarks.failed,
  'not-reached': { shape: '✕', tone: 'red' },
};

export function OrderMark({ order }: { order: RemoteRow['order'] }): ReactNode {
  const t = useText();
  if (!order) return '–';
  const word = t('remote.outcome', {
    action: t(`remote.action.${order.action}`),
    state: t(`remote.state.${order.state}`),
    at: clockTime(order.at),
  });
  return (
    <span className="any-length">
      <Mark {...marks[order.state]} word={word} />
      {order.reason && (
        <>
          {' '}
          <RefusalText refusal={order.reason} />
        </>
      )}
    </span>
  );
}

export function NewestOrder({ newest }: { newest: RemoteView['newest'] }): ReactNode {
  const t = useText();
  if (!newest) return null;
  const { seats, ended, failed } = newest;
  return (
    <div role="status">
      <span>
        {t('remote.newest', { action: t(`remote.action.${newest.action}`), at: clockTime(newest.at) })}
        {failed > 0 && <strong> {t('remote.notDone', { count: failed })}</strong>}
      </span>
      <Progress
        aria-label={t('remote.progress')}
        percent={Math.round((100 * ended) / seats)}
        {...(failed > 0 ? { status: 'exception' as const } : {})}
        format={() => `${ended} / ${seats}`}
      />
    </div>
  );
}
