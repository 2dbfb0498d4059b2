/** The running session: what to do now, the toolbar, counts, every candidate. */
import { useState, type ReactNode } from 'react';
import { Button, Input, InputNumber, Select, Table } from 'antd';
import { ConfirmWithProof } from '../../ui/confirm-with-proof.tsx';
import { CountBar } from '../../ui/count-bar.tsx';
import { duration } from '../../ui/format.ts';
import { GateButton } from '../../ui/gate-button.tsx';
import { NowLine } from '../../ui/now-line.tsx';
import { SittingStateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import { useAction } from '../../ui/use-action.ts';
import type { RoomBoard, RoomOverview, SittingView } from '../contract.ts';
import type { RoomClient } from './room-console.tsx';

interface Props {
  room: RoomClient;
  overview: RoomOverview;
  board: RoomBoard;
  set: (value: RoomBoard) => void;
}

const counted: Record<string, (one: SittingView) => boolean> = {
  expected: () => true,
  signedIn: (one) => one.state !== 'not-signed-in' && one.state !== 'absent',
  inExam: (one) => one.state === 'in-exam',
  handedIn: (one) => one.state === 'handed-in',
  absent: (one) => one.state === 'absent',
  away: (one) => one.state === 'away',
  extraTime: (one) => one.extraTimeMin > 0,
  violations: (one) => one.violations.length > 0,
};

export function During({ room, overview, board, set }: Props): ReactNode {
  const t = useText();
  const { busy, run } = useAction();
  const [shown, setShown] = useState<string | null>(null);
  const [selected, setSelected] = useState<string[]>([]);
  const [minutes, setMinutes] = useState(5);
  const [ending, setEnding] = useState(false);
  const [reason, setReason] = useState('');
  const { session } = board;
  if (!session) return <Choose room={room} overview={overview} set={set} />;
  const { sessionId } = session;
  const act = (operation: () => Promise<RoomBoard>) => (): void =>
    void run(async () => set(await operation()));
  const open = board.sittings.filter((one) => !['handed-in', 'closed', 'absent'].includes(one.state));
  const rows = board.sittings.filter((one) => (shown === null ? true : (counted[shown]?.(one) ?? true)));
  return (
    <div className="stack">
      <NowLine>{t.find(`next.${board.next.type}`, board.next) ?? board.next.type}</NowLine>
      <div className="toolbar">
        <GateButton
          gate={board.toolbar.authorise}
          loading={busy}
          onClick={act(() => room.session.authorise({ sessionId }))}
        >
          {t('room.authorise')}
        </GateButton>
        <GateButton
          gate={board.toolbar.allowSignIn}
          onClick={act(() => room.session.allowSignIn({ sessionId }))}
        >
          {t('room.allowSignIn')}
        </GateButton>
        <GateButton
          type="primary"
          gate={board.toolbar.allowStart}
          onClick={act(() => room.session.allowStart({ sessionId }))}
        >
          {t('room.allowStart')}
        </GateButton>
        <GateButton
          gate={board.toolbar.absence}
          onClick={act(() => room.sitting.absent({ sittingIds: selected }))}
        >
          {t('room.absent')}
        </GateButton>
        <InputNumber
          min={1}
          max={600}
          value={minutes}
          aria-label={t('room.extraTime')}
          onChange={(value) => setMinutes(value ?? 1)}
        />
        <Button
          disabled={selected.length === 0}
          onClick={act(() => room.sitting.extraTime({ sittingIds: selected, minutes, code: null }))}
        >
          {t('room.extraTime')}
        </Button>
        <Button
          disabled={selected.length === 0}
          onClick={act(() => room.sitting.resume({ sittingIds: selected, reason: '' }))}
        >
          {t('room.resume')}
        </Button>
        <GateButton danger gate={board.toolbar.end} onClick={() => setEnding(true)}>
          {t('room.end')}
        </GateButton>
      </div>
      <CountBar
        label={t('column.candidates')}
        chosen={shown}
        onChoose={setShown}
        counts={(
          ['expected', 'signedIn', 'inExam', 'handedIn', 'absent', 'away', 'extraTime', 'violations'] as const
        ).map((id) => ({ id, label: t(`count.${id}`), value: board.counts[id] }))}
      />
      <Table<SittingView>
        size="small"
        rowKey="sittingId"
        pagination={false}
        dataSource={rows}
        rowSelection={{ selectedRowKeys: selected, onChange: (keys) => setSelected(keys.map(String)) }}
        columns={[
          { title: '#', dataIndex: 'index' },
          { title: t('column.admissionNumber'), dataIndex: 'admissionNumber' },
          { title: t('column.name'), dataIndex: 'name' },
          { title: t('column.state'), render: (_, one) => <SittingStateMark state={one.state} /> },
          { title: t('room.answered'), render: (_, one) => `${one.answered} / ${one.items}` },
          {
            title: t('room.timeLeft'),
            render: (_, one) => (one.timeLeftMs === null ? '–' : duration(one.timeLeftMs)),
          },
          { title: t('column.address'), dataIndex: 'address' },
        ]}
      />
      <ConfirmWithProof
        open={ending}
        title={t('room.end')}
        danger
        confirm={t('room.end')}
        ready={open.length === 0 || reason.trim() !== ''}
        proof={{ label: t('account.password'), secret: true }}
        onClose={() => setEnding(false)}
        onConfirm={async (password) =>
          set(
            await room.session.end({
              sessionId,
              password,
              reasons: open.map(({ sittingId }) => ({ sittingId, reason })),
            }),
          )
        }
      >
        <p>{t('room.endText')}</p>
        <ul>
          {open.map((one) => (
            <li key={one.sittingId}>
              {one.admissionNumber} {one.name} <SittingStateMark state={one.state} />
            </li>
          ))}
        </ul>
        {open.length > 0 && (
          <label className="field">
            <span>{t('room.reason')}</span>
            <Input value={reason} onChange={(event) => setReason(event.target.value)} />
          </label>
        )}
      </ConfirmWithProof>
    </div>
  );
}

function Choose({ room, overview, set }: Omit<Props, 'board'>): ReactNode {
  const t = useText();
  const { busy, run } = useAction();
  const [sessionId, setSessionId] = useState<string | null>(null);
  const [administrator, setAdministrator] = useState('');
  return (
    <div className="stack form">
      <NowLine>{t('next.no-session-chosen')}</NowLine>
      <label className="field">
        <span>{t('column.session')}</span>
        <Select
          value={sessionId}
          onChange={setSessionId}
          options={(overview.exam?.sessions ?? []).map((one) => ({
            value: one.sessionId,
            label: `${one.number} · ${one.name}`,
          }))}
        />
      </label>
      <label className="field">
        <span>{t('room.administrator')}</span>
        <Input value={administrator} onChange={(event) => setAdministrator(event.target.value)} />
      </label>
      <div>
        <Button
          type="primary"
          loading={busy}
          disabled={sessionId === null}
          onClick={() =>
            void run(async () => {
              if (sessionId !== null)
                set(await room.session.choose({ sessionId, administrator, invigilators: [] }));
            })
          }
        >
          {t('room.choose')}
        </Button>
      </div>
    </div>
  );
}
