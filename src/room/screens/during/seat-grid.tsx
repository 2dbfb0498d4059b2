import { memo, type ReactNode } from 'react';
import { duration } from '../../../ui/format.ts';
import { sittingMarks, SittingStateMark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useTick } from '../../../ui/use-tick.ts';
import type { SittingView } from '../../board/contract.ts';
import { AccommodationSign } from './accommodations.tsx';
import type { MenuPlace } from './cell-menu.tsx';

/** Below this the time left is shown in seconds. */
const inSecondsMs = 5 * 60_000;

interface Acts {
  onToggle: (sittingId: string) => void;
  /** Right click, or the menu key. */
  onMenu: (sittingId: string, at: MenuPlace) => void;
}

interface Props extends Acts {
  rows: readonly SittingView[];
  chosen: ReadonlySet<string>;
}

/** One cell per candidate, always at the same place; a press chooses it. */
export function SeatGrid({ rows, chosen, onToggle, onMenu }: Props): ReactNode {
  const t = useText();
  const now = useTick(1000);
  // Seconds only where they count: a thousand cells are not drawn anew every second.
  const left = (ms: number): string =>
    ms > inSecondsMs ? t('room.minutesLeft', { minutes: Math.ceil(ms / 60_000) }) : duration(ms);
  return (
    <div className="seat-grid" role="group" aria-label={t('column.candidates')}>
      {rows.map((one) => (
        <SeatCell
          key={one.sittingId}
          one={one}
          chosen={chosen.has(one.sittingId)}
          left={
            one.endsAt === null ? '' : one.accommodations?.of.timeUnlimited ? '∞' : left(one.endsAt - now)
          }
          onToggle={onToggle}
          onMenu={onMenu}
        />
      ))}
    </div>
  );
}

interface CellProps extends Acts {
  one: SittingView;
  chosen: boolean;
  left: string;
}

/** Drawn anew only when something in it changed: there may be a thousand of them. */
const SeatCell = memo(function SeatCell({ one, chosen, left, onToggle, onMenu }: CellProps): ReactNode {
  const t = useText();
  return (
    <button
      type="button"
      className={`seat-cell tone-${sittingMarks[one.state].tone}`}
      aria-pressed={chosen}
      title={`${one.name} · ${one.admissionNumber}`}
      onClick={() => onToggle(one.sittingId)}
      onContextMenu={(event) => {
        event.preventDefault();
        const { left: x, bottom } = event.currentTarget.getBoundingClientRect();
        // The menu key has no pointer.
        const byKey = event.clientX === 0 && event.clientY === 0;
        onMenu(one.sittingId, byKey ? { x, y: bottom } : { x: event.clientX, y: event.clientY });
      }}
    >
      <span className="cell-index">{one.index}</span>
      <span className="cell-seat">
        {one.seatNumber === null ? '' : t('room.seatShort', { number: one.seatNumber })}
      </span>
      <span className="cell-name">{one.name}</span>
      <span className="cell-number">{one.admissionNumber}</span>
      <SittingStateMark state={one.state} />
      <span className="cell-foot">
        <span>{left}</span>
        <Flags one={one} />
      </span>
      {one.endsAt !== null && one.items > 0 && (
        <progress
          max={one.items}
          value={one.answered}
          aria-label={t('room.answeredOf', { answered: one.answered, items: one.items })}
        />
      )}
    </button>
  );
});

function Flags({ one }: { one: SittingView }): ReactNode {
  const t = useText();
  return (
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
  );
}
