/** Seats announce themselves with the pairing code and are admitted here once. */
import { useState, type ReactNode } from 'react';
import { Button, Dropdown, Input, InputNumber } from 'antd';
import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { ActButton } from '../../../ui/act-button.tsx';
import { CodeFigures } from '../../../ui/code-figures.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { clockTime } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NextStep, NowLine, isDone } from '../../../ui/now-line.tsx';
import { useSession } from '../../../ui/session.ts';
import { Mark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useAction } from '../../../ui/use-action.ts';
import { useLive } from '../../../ui/use-live.ts';
import type { SeatView } from '../../contract.ts';
import type { RoomClient } from '../room-console.tsx';
import type { StepProps } from './before-page.tsx';

export function SeatsStep({ room, overview, onChoose }: StepProps): ReactNode {
  const t = useText();
  const { frame } = useSession();
  const seats = useLive('seats', (signal) => room.seat.live(undefined, { signal }));
  const list = seats.value ?? [];
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
        </div>
      </section>
      <SeatList room={room} list={list} set={seats.set} loaded={seats.value !== null} />
    </>
  );
}

interface ListProps {
  room: RoomClient;
  list: readonly SeatView[];
  set: (list: SeatView[]) => void;
}

const orders = {
  address: (seat: SeatView) => seat.address.replaceAll(/\d+/g, (digits) => digits.padStart(5, '0')),
  computer: (seat: SeatView) => seat.computer.replaceAll(/\d+/g, (digits) => digits.padStart(5, '0')),
};

function SeatList({ room, list, set, loaded }: ListProps & { loaded: boolean }): ReactNode {
  const t = useText();
  const { run } = useAction();
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
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                { key: 'address', label: t('room.orderByAddress') },
                { key: 'computer', label: t('room.orderByComputer') },
              ],
              onClick: ({ key }) => {
                const by = key === 'address' ? orders.address : orders.computer;
                const ids = list.toSorted((a, b) => by(a).localeCompare(by(b))).map((seat) => seat.seatId);
                void run(() => order(ids));
              },
            }}
          >
            <Button>{t('room.order')}</Button>
          </Dropdown>
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

interface ActionsProps extends Omit<ListProps, 'list'> {
  seat: SeatView;
  up: () => Promise<unknown>;
  down: () => Promise<unknown>;
  first: boolean;
  last: boolean;
}

function SeatActions({ room, seat, set, up, down, first, last }: ActionsProps): ReactNode {
  const t = useText();
  if (seat.state === 'announced')
    return (
      <div className="row">
        <ActButton size="small" act={async () => set(await room.seat.approve({ seatIds: [seat.seatId] }))}>
          {t('seat.admit')}
        </ActButton>
        <RemoveSeat room={room} seat={seat} set={set} label={t('seat.refuse')} />
      </div>
    );
  return (
    <div className="row">
      <ActButton
        size="small"
        aria-label={t('seat.up', { number: seat.number })}
        icon={<ArrowUpOutlined aria-hidden />}
        gate={screenGate(!first, 'is-first')}
        act={up}
      >
        {null}
      </ActButton>
      <ActButton
        size="small"
        aria-label={t('seat.down', { number: seat.number })}
        icon={<ArrowDownOutlined aria-hidden />}
        gate={screenGate(!last, 'is-last')}
        act={down}
      >
        {null}
      </ActButton>
      <DialogButton size="small" label={t('edit')} title={t('seat.editTitle', { computer: seat.computer })}>
        {(close) => <EditSeat room={room} seat={seat} set={set} close={close} />}
      </DialogButton>
      <RemoveSeat room={room} seat={seat} set={set} label={t('remove')} />
    </div>
  );
}

function EditSeat({
  room,
  seat,
  set,
  close,
}: Omit<ListProps, 'list'> & { seat: SeatView; close: () => void }): ReactNode {
  const t = useText();
  const [number, setNumber] = useState(seat.number ?? 1);
  const [note, setNote] = useState(seat.note);
  return (
    <Form
      submit={t('save')}
      onCancel={close}
      onSubmit={async () => {
        set(await room.seat.edit({ seatId: seat.seatId, number, note }));
        close();
      }}
    >
      <Field label={t('column.seat')}>
        <InputNumber min={1} max={9999} value={number} onChange={(value) => setNumber(value ?? 1)} />
      </Field>
      <Field label={t('column.note')}>
        <Input value={note} maxLength={200} onChange={(event) => setNote(event.target.value)} />
      </Field>
    </Form>
  );
}

function RemoveSeat({
  room,
  seat,
  set,
  label,
}: Omit<ListProps, 'list'> & { seat: SeatView; label: string }): ReactNode {
  const t = useText();
  return (
    <DialogButton size="small" danger label={label}>
      {(close) => (
        <Form
          submit={label}
          onCancel={close}
          onSubmit={async () => {
            set(await room.seat.remove({ seatId: seat.seatId }));
            close();
          }}
        >
          <p>{t('seat.removeText', { number: seat.number, computer: seat.computer })}</p>
        </Form>
      )}
    </DialogButton>
  );
}
