/** Seats announce themselves with the pairing code and are admitted here once. */
import type { ReactNode } from 'react';
import { ActButton } from '../../../ui/act-button.tsx';
import { CodeFigures } from '../../../ui/code-figures.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { clockTime } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NextStep, NowLine, isDone } from '../../../ui/now-line.tsx';
import { useSession } from '../../../ui/session.ts';
import { Mark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { SeatView } from '../../seats/contract.ts';
import { ScreenMark } from '../remote/screen-mark.tsx';
import type { StepProps } from './before-page.tsx';
import { RenewPairingCode } from './renew-pairing-code.tsx';
import { BrowserMark, ExamBrowserButton } from './exam-browser.tsx';
import { SeatActions, type SeatListProps } from './seat-actions.tsx';
import { SeatFolderButton } from './seat-folder.tsx';
import { Awaited, NumberAnew, PlanButtons } from './seat-plan.tsx';

export function SeatsStep({ room, overview, set, onChoose }: StepProps): ReactNode {
  const t = useText();
  const { frame } = useSession();
  const seats = useLive('seats', (signal) => room.seat.live(undefined, { signal }));
  const list = seats.value ?? [];
  // Asked for anew when a computer comes: it may be one that was awaited.
  const awaited = useLoaded(`awaited ${list.length}`, () => room.seat.awaited());
  const asking = list.filter((seat) => seat.state === 'announced').map((seat) => seat.seatId);
  const done = isDone(overview.steps, 'seats');
  return (
    <>
      <NowLine
        action={
          done ? (
            <NextStep steps={overview.steps} step="seats" onChoose={onChoose} />
          ) : (
            <ActButton
              type="primary"
              gate={screenGate(asking.length > 0, 'no-seat-asks')}
              act={async () => seats.set(await room.seat.approve({ seatIds: asking }))}
            >
              {t('room.approve', { count: asking.length })}
            </ActButton>
          )
        }
      >
        {asking.length > 0
          ? t('room.now.seatsAsk', { count: asking.length })
          : done
            ? t('room.now.seatsDone', { count: list.length })
            : t('room.now.seats')}
      </NowLine>
      <section className="panel pairing">
        <div>
          <span className="soft">{t('room.ownAddress')}</span>
          {(frame?.addresses ?? []).map((address) => (
            <strong key={address} className="address">
              {address}
            </strong>
          ))}
        </div>
        <div>
          <span className="soft">{t('room.pairingCode')}</span>
          <CodeFigures value={overview.pairingCode} large />
          <div className="row">
            <RenewPairingCode room={room} onRenewed={(pairingCode) => set({ ...overview, pairingCode })} />
          </div>
        </div>
        <div>
          <span className="soft">{t('answerPackage.seatCode')}</span>
          <CodeFigures value={overview.seatCode} large />
          <span className="soft">{t('answerPackage.seatCodeFor')}</span>
        </div>
      </section>
      <div className="row">
        <PlanButtons room={room} list={list} awaited={awaited} />
        <SeatFolderButton room={room} />
        <ExamBrowserButton room={room} />
      </div>
      <SeatList room={room} list={list} set={seats.set} loaded={seats.value !== null} />
      <Awaited room={room} awaited={awaited} />
    </>
  );
}

function SeatList({ room, list, set, loaded }: SeatListProps & { loaded: boolean }): ReactNode {
  const t = useText();
  const numbered = list.toSorted((a, b) => (a.number ?? 1e6) - (b.number ?? 1e6));
  const order = async (ids: string[]): Promise<void> => set(await room.seat.order({ seatIds: ids }));
  const move = (index: number, by: number): (() => Promise<void>) => {
    const ids = numbered.map((seat) => seat.seatId);
    const [moved] = ids.splice(index, 1);
    if (moved !== undefined) ids.splice(index + by, 0, moved);
    return () => order(ids);
  };
  const empty = loaded ? <EmptyState title={t('room.noSeats')} todo={t('room.noSeatsTodo')} /> : <span />;
  return (
    <>
      {list.length > 0 && (
        <div className="row">
          <ActButton act={() => room.seat.showNumbers({ show: true })} done={t('room.numbersShown')}>
            {t('room.showNumbers')}
          </ActButton>
          <ActButton act={() => room.seat.showNumbers({ show: false })} done={t('room.numbersHidden')}>
            {t('room.hideNumbers')}
          </ActButton>
          <NumberAnew room={room} list={list} set={set} />
          <span className="soft">{t('room.seatCount', { count: list.length })}</span>
        </div>
      )}
      <Listing
        rows={numbered}
        rowKey={(seat) => seat.seatId}
        empty={empty}
        columns={({ column, figures }) => [
          figures(t('column.seat'), (seat) => seat.number ?? '–'),
          column(t('column.computer'), (seat) => seat.computer),
          column(t('column.address'), (seat) => seat.address),
          column(t('column.state'), (seat) => <SeatMark seat={seat} />),
          ...(numbered.some((seat) => ['seb', 'refused'].includes(seat.screenIn))
            ? [column(t('examBrowser.column'), (seat: SeatView) => <BrowserMark seat={seat} />)]
            : []),
          column(t('remote.screen'), (seat) => <ScreenMark state={seat.screen} />),
          column(t('column.lastContact'), (seat) => clockTime(seat.lastContact)),
          column(t('column.note'), (seat) => seat.note),
          column(t('column.actions'), (seat) => (
            <SeatActions
              room={room}
              seat={seat}
              set={set}
              up={move(numbered.indexOf(seat), -1)}
              down={move(numbered.indexOf(seat), 1)}
              first={seat === numbered[0]}
              last={seat === numbered.at(-1)}
            />
          )),
        ]}
      />
    </>
  );
}

function SeatMark({ seat }: { seat: SeatView }): ReactNode {
  const t = useText();
  if (seat.state === 'announced') return <Mark {...checkMarks.current} word={t('seat.asks')} />;
  return seat.online ? (
    <Mark {...checkMarks.passed} word={t('seat.connected')} />
  ) : (
    <Mark {...checkMarks.warning} word={t('seat.silent')} />
  );
}
