/** Asks before a seat's computer does something: what happens, to whom, and why although somebody is at work. */
import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import type { RemoteAction } from '../../../exam/remote-control/order.ts';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { useText } from '../../../ui/text.ts';
import type { GateView } from '../../../node/contract.ts';
import type { RemoteRow, RemoteView } from '../../remote-control/contract.ts';
import type { RoomClient } from '../room-console.tsx';

export interface OrderProps {
  room: RoomClient;
  /** Whom it is about. */
  rows: readonly RemoteRow[];
  set: (view: RemoteView) => void;
}

export function seatNumbers(rows: readonly RemoteRow[]): string {
  return rows.map(({ number, computer }) => number ?? computer).join(', ');
}

/** Never when somebody is at work and nobody says why. */
export function OrderDialog({
  room,
  rows,
  set,
  action,
  danger = false,
}: OrderProps & {
  action: Exclude<RemoteAction, 'initialise' | 'uninstall' | 'open-screen'>;
  danger?: boolean;
}): ReactNode {
  const t = useText();
  const [reason, setReason] = useState('');
  const atWork = rows.filter((row) => row.atWork);
  return (
    <DialogButton
      label={t(`remote.do.${action}`, { count: rows.length })}
      title={t(`remote.action.${action}`)}
      danger={danger}
      gate={screenGate(rows.length > 0, 'no-seats-chosen')}
      onOpen={() => setReason('')}
    >
      {(close) => (
        <Form
          submit={t(`remote.do.${action}`, { count: rows.length })}
          danger={danger}
          ready={atWork.length === 0 || reason.trim() !== ''}
          onCancel={close}
          onSubmit={async () => {
            const seatIds = rows.map(({ seatId }) => seatId);
            set(await room.remoteControl.order({ action, seatIds, reason: reason.trim() }));
            close();
          }}
        >
          <p>{t(`remote.text.${action}`)}</p>
          <p>{t('remote.seats', { seats: seatNumbers(rows) })}</p>
          {atWork.length > 0 && (
            <>
              <p>
                <strong>{t('remote.atWork', { seats: seatNumbers(atWork) })}</strong>
              </p>
              <Field label={t('remote.reason')} hint={t('remote.reasonHint')}>
                <Input value={reason} maxLength={400} onChange={(event) => setReason(event.target.value)} />
              </Field>
            </>
          )}
        </Form>
      )}
    </DialogButton>
  );
}

/** 考生端初始化, also with 卸载: asks for the password, and says what is lost. */
export function InitialiseDialog({
  room,
  rows,
  set,
  gate,
  action,
}: OrderProps & { gate: GateView; action: 'initialise' | 'uninstall' }): ReactNode {
  const t = useText();
  const [password, setPassword] = useState('');
  return (
    <DialogButton
      label={t(`remote.do.${action}`, { count: rows.length })}
      title={t(`remote.action.${action}`)}
      danger
      gate={rows.length > 0 ? gate : screenGate(false, 'no-seats-chosen')}
      onOpen={() => setPassword('')}
    >
      {(close) => (
        <Form
          submit={t(`remote.do.${action}`, { count: rows.length })}
          danger
          ready={password !== ''}
          onCancel={close}
          onSubmit={async () => {
            const seatIds = rows.map(({ seatId }) => seatId);
            set(
              await room.remoteControl.initialise({ seatIds, password, uninstall: action === 'uninstall' }),
            );
            close();
          }}
        >
          <p>{t(`remote.text.${action}`)}</p>
          <p>{t('remote.seats', { seats: seatNumbers(rows) })}</p>
          <Field label={t('remote.password')}>
            <Input.Password
              value={password}
              autoComplete="off"
              onChange={(event) => setPassword(event.target.value)}
            />
          </Field>
        </Form>
      )}
    </DialogButton>
  );
}
