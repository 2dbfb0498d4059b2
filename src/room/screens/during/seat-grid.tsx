import type { ReactNode } from 'react';
import { duration } from '../../../ui/format.ts';
import { sittingMarks, SittingStateMark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import type { SittingView } from '../../contract.ts';
import { AccommodationSign } from './accommodations.tsx';
import type { MenuPlace } from './cell-menu.tsx';

interface Props {
  rows: readonly SittingView[];
  chosen: readonly string[];
  onToggle: (sittingId: string) => void;
  /** Right click, or the menu key. */
  onMenu: (sittingId: string, at: MenuPlace) => void;
}

/** One cell per candidate, always at the same place; a press chooses it. */
export function SeatGrid({ rows, chosen, onToggle, onMenu }: Props): ReactNode {
  const t = useText();
  return (
    <div className="seat-grid" role="group" aria-label={t('column.candidates')}>
      {rows.map((one) => (
        <button
          key={one.sittingId}
          type="button"
          className={`seat-cell tone-${sittingMarks[one.state].tone}`}
          aria-pressed={chosen.includes(one.sittingId)}
          title={`${one.name} · ${one.admissionNumber}`}
          onClick={() => onToggle(one.sittingId)}
          onContextMenu={(event) => {
            event.preventDefault();
            const { left, bottom } = event.currentTarget.getBoundingClientRect();
            // The menu key has no pointer.
            const byKey = event.clientX === 0 && event.clientY === 0;
            onMenu(one.sittingId, byKey ? { x: left, y: bottom } : { x: event.clientX, y: event.clientY });
          }}
        >
          <span className="cell-index">{one.index}</span>
          <span className="cell-seat">
            {one.seatNumber === null ? '' : t('room.seatShort', { number: one.seatNumber })}
          </span>
          <span className="cell-name">{one.name}</span>
          <span className="cell-number">{one.admissionNumber}</span>
          <SittingStateMark state={one.state} />
          <Foot one={one} />
          {one.timeLeftMs !== null && one.items > 0 && (
            <progress
              max={one.items}
              value={one.answered}
              aria-label={t('room.answeredOf', { answered: one.answered, items: one.items })}
            />
          )}
        </button>
      ))}
    </div>
  );
}

function Foot({ one }: { one: SittingView }): ReactNode {
  const t = useText();
  return (
    <span className="cell-foot">
      <span>{one.timeLeftMs === null ? '' : duration(one.timeLeftMs)}</span>
      <span>
        {one.pending > 0 && (
          <span className="flag flag-pending" title={t('room.pending', { count: one.pending })}>
            ⇡{one.pending}{' '}
          </span>
        )}
        <AccommodationSign one={one} />
        {one.extraTimeMin > 0 && <span className="flag flag-extra">+{one.extraTimeMin} </span>}
        {one.violations.length > 0 && (
          <span className="flag flag-violation">
            !<span className="only-read">{t('count.violations')}</span>
          </span>
        )}
      </span>
    </span>
  );
}
