/** What may be done with one seat: admit, number, note, order, forget. */
import { useState, type ReactNode } from 'react';
import { Input, InputNumber } from 'antd';
import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { both, useRoleGate } from '../../../ui/role-gate.ts';
import { useText } from '../../../ui/text.ts';
import { roomContract } from '../../contract.ts';
import type { SeatView } from '../../seats/contract.ts';
import type { RoomClient } from '../room-console.tsx';

export interface SeatListProps {
  room: RoomClient;
  list: readonly SeatView[];
  set: (list: SeatView[]) => void;
}

type SeatOf = Omit<SeatListProps, 'list'>;

interface ActionsProps extends SeatOf {
  seat: SeatView;
  up: () => Promise<unknown>;
  down: () => Promise<unknown>;
  first: boolean;
  last: boolean;
}

export function SeatActions({ room, seat, set, up, down, first, last }: ActionsProps): ReactNode {
  const t = useText();
  const may = useRoleGate(roomContract.seat.edit);
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
        gate={both(may, screenGate(!first, 'is-first'))}
        act={up}
      >
        {null}
      </ActButton>
      <ActButton
        size="small"
        aria-label={t('seat.down', { number: seat.number })}
        icon={<ArrowDownOutlined aria-hidden />}
        gate={both(may, screenGate(!last, 'is-last'))}
        act={down}
      >
        {null}
      </ActButton>
      <DialogButton
        size="small"
        gate={may}
        label={t('edit')}
        title={t('seat.editTitle', { computer: seat.computer })}
      >
        {(close) => <EditSeat room={room} seat={seat} set={set} close={close} />}
      </DialogButton>
      <RemoveSeat room={room} seat={seat} set={set} label={t('remove')} />
    </div>
  );
}

function EditSeat({ room, seat, set, close }: SeatOf & { seat: SeatView; close: () => void }): ReactNode {
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

function RemoveSeat({ room, seat, set, label }: SeatOf & { seat: SeatView; label: string }): ReactNode {
  const t = useText();
  const may = useRoleGate(roomContract.seat.remove);
  return (
    <DialogButton size="small" danger gate={may} label={label}>
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
