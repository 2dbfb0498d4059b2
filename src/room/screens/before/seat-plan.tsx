/** Seats that are planned before their computers are there: by hand, from a table; and the table to take away. */
import { useState, type ReactNode } from 'react';
import { Button, Dropdown, Input, InputNumber } from 'antd';
import { serpentine } from '../../../exam/seat-plan/seat-plan.ts';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { Field } from '../../../ui/field.tsx';
import { FileButton } from '../../../ui/file-drop.tsx';
import { Form } from '../../../ui/form.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { GateButton } from '../../../ui/gate-button.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { useText } from '../../../ui/text.ts';
import { useAction } from '../../../ui/use-action.ts';
import type { Loaded } from '../../../ui/use-loaded.ts';
import { roomContract } from '../../contract.ts';
import type { SeatView } from '../../seats/contract.ts';
import type { RoomClient } from '../room-console.tsx';
import type { SeatListProps } from './seat-actions.tsx';

type Planned = Awaited<ReturnType<RoomClient['seat']['awaited']>>;

interface Props {
  room: RoomClient;
  list: readonly SeatView[];
  awaited: Loaded<Planned>;
}

export function PlanButtons({ room, list, awaited }: Props): ReactNode {
  const t = useText();
  const may = useRoleGate(roomContract.seat.importPlan);
  return (
    <>
      <DialogButton label={t('plan.add')} gate={may}>
        {(close) => <AddPlanned room={room} list={list} awaited={awaited} close={close} />}
      </DialogButton>
      <FileButton
        gate={may}
        label={t('plan.import')}
        hint={t('plan.importHint')}
        onFile={async (uploadId) => awaited.set(await room.seat.importPlan({ uploadId }))}
      />
      <DownloadButton make={() => room.seat.export({ language: t.language })}>
        {t('plan.export')}
      </DownloadButton>
    </>
  );
}

function AddPlanned({ room, list, awaited, close }: Props & { close: () => void }): ReactNode {
  const t = useText();
  // 现有的最大机位号+1
  const numbers = [
    ...list.map((seat) => seat.number ?? 0),
    ...(awaited.value ?? []).map((one) => one.number),
  ];
  const [number, setNumber] = useState(Math.max(0, ...numbers) + 1);
  const [address, setAddress] = useState('');
  const [computer, setComputer] = useState('');
  const [note, setNote] = useState('');
  return (
    <Form
      submit={t('save')}
      ready={address.trim() !== '' || computer.trim() !== ''}
      onCancel={close}
      onSubmit={async () => {
        awaited.set(await room.seat.addPlanned({ number, address, computer, note }));
        close();
      }}
    >
      <p>{t('plan.addText')}</p>
      <Field label={t('column.seat')}>
        <InputNumber min={1} max={9999} value={number} onChange={(value) => setNumber(value ?? 1)} />
      </Field>
      <Field label={t('column.computer')}>
        <Input value={computer} maxLength={200} onChange={(event) => setComputer(event.target.value)} />
      </Field>
      <Field label={t('column.address')}>
        <Input value={address} maxLength={200} onChange={(event) => setAddress(event.target.value)} />
      </Field>
      <Field label={t('column.note')}>
        <Input value={note} maxLength={200} onChange={(event) => setNote(event.target.value)} />
      </Field>
    </Form>
  );
}

/** What is planned and has not come yet. */
export function Awaited({ room, awaited }: Omit<Props, 'list'>): ReactNode {
  const t = useText();
  const rows = awaited.value ?? [];
  const may = useRoleGate(roomContract.seat.removePlanned);
  if (rows.length === 0) return null;
  return (
    <Listing
      rows={rows}
      rowKey={(one) => String(one.number)}
      pageSize={50}
      caption={<h2>{t('plan.awaited', { count: rows.length })}</h2>}
      columns={({ column, figures }) => [
        figures(t('column.seat'), (one) => one.number),
        column(t('column.computer'), (one) => (one.computer === '' ? '–' : one.computer)),
        column(t('column.address'), (one) => (one.address === '' ? '–' : one.address)),
        column(t('column.note'), (one) => one.note),
        column(t('column.actions'), (one) => (
          <ActButton
            size="small"
            gate={may}
            act={async () => awaited.set(await room.seat.removePlanned({ number: one.number }))}
          >
            {t('remove')}
          </ActButton>
        )),
      ]}
    />
  );
}

const padded = (text: string): string => text.replaceAll(/\d+/g, (digits) => digits.padStart(5, '0'));
const rules = {
  address: (seat: SeatView) => padded(seat.address),
  computer: (seat: SeatView) => padded(seat.computer),
  arrival: (seat: SeatView) => String(seat.announcedAt).padStart(16, '0'),
};
type Rule = keyof typeof rules;

/** 机位号排序规则: numbers all seats anew. */
export function NumberAnew({ room, list, set }: SeatListProps): ReactNode {
  const t = useText();
  const { run } = useAction();
  const may = useRoleGate(roomContract.seat.order);
  const sorted = (rule: Rule): string[] =>
    list.toSorted((a, b) => rules[rule](a).localeCompare(rules[rule](b))).map((seat) => seat.seatId);
  const order = async (seatIds: string[]): Promise<void> => set(await room.seat.order({ seatIds }));
  if (!may.allowed) return <GateButton gate={may}>{t('room.order')}</GateButton>;
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'address', label: t('room.orderByAddress') },
            { key: 'computer', label: t('room.orderByComputer') },
            { key: 'arrival', label: t('room.orderByArrival') },
          ],
          onClick: ({ key }) => void run(() => order(sorted(key as Rule))),
        }}
      >
        <Button>{t('room.order')}</Button>
      </Dropdown>
      <DialogButton label={t('room.serpentine')}>
        {(close) => (
          <Serpentine
            onOrder={async (perRow) => {
              await order(serpentine(sorted('computer'), perRow));
              close();
            }}
            onCancel={close}
          />
        )}
      </DialogButton>
    </>
  );
}

function Serpentine(props: { onOrder: (perRow: number) => Promise<void>; onCancel: () => void }): ReactNode {
  const t = useText();
  const [perRow, setPerRow] = useState(8);
  return (
    <Form submit={t('room.order')} onCancel={props.onCancel} onSubmit={() => props.onOrder(perRow)}>
      <p>{t('room.serpentineText')}</p>
      <Field label={t('room.perRow')}>
        <InputNumber min={1} max={100} value={perRow} onChange={(value) => setPerRow(value ?? 1)} />
      </Field>
    </Form>
  );
}
