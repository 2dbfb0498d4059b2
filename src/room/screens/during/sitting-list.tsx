import type { ReactNode } from 'react';
import { clockTime, duration } from '../../../ui/format.ts';
import { Listing } from '../../../ui/listing.tsx';
import { SittingStateMark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useTick } from '../../../ui/use-tick.ts';
import type { SittingView } from '../../board/contract.ts';
import { AccommodationSign } from './accommodations.tsx';

interface Props {
  rows: readonly SittingView[];
  chosen: readonly string[];
  onChoose: (sittingIds: readonly string[]) => void;
}

/** The same as the grid, with everything that is known of each candidate. */
export function SittingList({ rows, chosen, onChoose }: Props): ReactNode {
  const t = useText();
  return (
    <Listing
      rows={rows}
      rowKey={(one) => one.sittingId}
      pageSize={100}
      selection={{
        selectedRowKeys: [...chosen],
        onChange: (keys) => onChoose(keys.map(String)),
        columnTitle: <span className="only-read">{t('room.chosen')}</span>,
        getCheckboxProps: (one) => ({ 'aria-label': one.name }) as object,
      }}
      columns={({ column, figures }) => [
        figures('№', (one) => one.index),
        column(t('column.admissionNumber'), (one) => <span className="nowrap">{one.admissionNumber}</span>),
        column(t('column.name'), (one) => (
          <>
            {one.name} <AccommodationSign one={one} />
          </>
        )),
        figures(t('column.seat'), (one) => (
          <>
            {one.seatNumber ?? '–'}
            {one.address !== null && <small className="soft"> {one.address}</small>}
          </>
        )),
        column(t('column.state'), (one) => (
          <>
            <SittingStateMark state={one.state} />
            {one.awaySince !== null && (
              <small className="soft"> {t('room.since', { at: clockTime(one.awaySince) })}</small>
            )}
          </>
        )),
        figures(t('room.answered'), (one) => `${one.answered} / ${one.items}`),
        figures(t('room.timeLeft'), (one) =>
          one.endsAt === null ? (
            '–'
          ) : one.accommodations?.of.timeUnlimited ? (
            '∞'
          ) : (
            <TimeLeft endsAt={one.endsAt} />
          ),
        ),
        figures(t('count.extraTime'), (one) => (one.extraTimeMin > 0 ? `+${one.extraTimeMin}` : '–')),
        figures(t('room.kept'), (one) => (one.pending > 0 ? `${one.kept} + ${one.pending}` : one.kept)),
        column(t('count.violations'), (one) => one.violations.map((violation) => violation.code).join(', ')),
      ]}
    />
  );
}

function TimeLeft({ endsAt }: { endsAt: number }): ReactNode {
  return duration(endsAt - useTick(1000));
}
