/** The invigilator's console: before, during and after the session. */
import { useState, type ReactNode } from 'react';
import { Button, Input, Table } from 'antd';
import { EyeOutlined, InboxOutlined, SettingOutlined } from '@ant-design/icons';
import type { ConsoleClient } from '../../ui/client.ts';
import { clockTime, dateTime } from '../../ui/format.ts';
import { Frame } from '../../ui/frame.tsx';
import { CodeFigures } from '../../ui/code-figures.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StepBar } from '../../ui/step-bar.tsx';
import { CheckStateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import { useAction } from '../../ui/use-action.ts';
import { useLive } from '../../ui/use-live.ts';
import { usePlace } from '../../ui/use-place.ts';
import type { RoomOverview, SeatView, roomContract } from '../contract.ts';
import { After } from './after.tsx';
import { During } from './during.tsx';

export type RoomClient = ConsoleClient<typeof roomContract>;

export function RoomConsole({ room }: { room: RoomClient }): ReactNode {
  const t = useText();
  const [[phase = 'before'], go] = usePlace();
  const overview = useLive('overview', (signal) => room.overview.live(undefined, { signal }));
  const board = useLive('board', (signal) => room.board.live(undefined, { signal }));
  const session = board.value?.session;
  return (
    <Frame
      phases={[
        { id: 'before', label: t('phase.before'), icon: <SettingOutlined /> },
        { id: 'during', label: t('phase.during'), icon: <EyeOutlined /> },
        { id: 'after', label: t('phase.after'), icon: <InboxOutlined /> },
      ]}
      phase={phase}
      onPhase={(id) => go(id)}
      middle={session && `${session.name} · ${clockTime(session.startsAt ?? session.startAt)}`}
      lostSince={overview.lostSince ?? board.lostSince}
    >
      {overview.value && phase === 'before' && (
        <Before room={room} overview={overview.value} set={overview.set} />
      )}
      {overview.value && board.value && phase === 'during' && (
        <During room={room} overview={overview.value} board={board.value} set={board.set} />
      )}
      {board.value && phase === 'after' && <After room={room} board={board.value} />}
    </Frame>
  );
}

interface StepProps {
  room: RoomClient;
  overview: RoomOverview;
  set: (value: RoomOverview) => void;
}

function Before(props: StepProps): ReactNode {
  const { overview } = props;
  const current = overview.steps.find((step) => step.state !== 'done')?.id ?? 'settings';
  const [chosen, setChosen] = useState<string | null>(null);
  const step = chosen ?? current;
  return (
    <div className="stack">
      <StepBar steps={overview.steps} chosen={step} onChoose={setChosen} />
      {step === 'settings' && <SettingsStep {...props} />}
      {step === 'seats' && <SeatsStep {...props} />}
      {step === 'load' && <LoadStep {...props} />}
      {step === 'seal-check' && <SealCheckStep {...props} />}
    </div>
  );
}

function SettingsStep({ room, overview, set }: StepProps): ReactNode {
  const t = useText();
  const { busy, run } = useAction();
  const { settings } = overview;
  const [roomCode, setRoomCode] = useState(settings.roomCode);
  const [siteAddress, setSiteAddress] = useState(settings.siteAddress);
  const [registrationCode, setCode] = useState('');
  const register = async (): Promise<void> => {
    const { ownAddress, storagePath, siteMode } = settings;
    await room.settings.save({ roomCode, siteAddress, ownAddress, storagePath, siteMode });
    set(await room.settings.register({ registrationCode }));
  };
  return (
    <div className="stack form">
      {settings.registered && <p role="status">{t('room.registered')}</p>}
      <label className="field">
        <span>{t('room.code')}</span>
        <Input
          value={roomCode}
          disabled={settings.registered}
          onChange={(event) => setRoomCode(event.target.value)}
        />
      </label>
      <label className="field">
        <span>{t('room.siteAddress')}</span>
        <Input value={siteAddress} onChange={(event) => setSiteAddress(event.target.value)} />
      </label>
      <label className="field">
        <span>{t('room.registrationCode')}</span>
        <Input
          value={registrationCode}
          autoComplete="off"
          onChange={(event) => setCode(event.target.value)}
        />
      </label>
      <div>
        <Button
          type="primary"
          loading={busy}
          disabled={registrationCode === ''}
          onClick={() => void run(register)}
        >
          {t('room.register')}
        </Button>
      </div>
    </div>
  );
}

function SeatsStep({ room, overview }: StepProps): ReactNode {
  const t = useText();
  const { busy, run } = useAction();
  const seats = useLive('seats', (signal) => room.seat.live(undefined, { signal }));
  const list = seats.value ?? [];
  const asking = list.filter((seat) => seat.state === 'announced').map((seat) => seat.seatId);
  return (
    <div className="stack">
      <p>
        {t('room.pairingCode')}: <CodeFigures value={overview.pairingCode} large />
      </p>
      <div>
        <Button
          type="primary"
          loading={busy}
          disabled={asking.length === 0}
          onClick={() => void run(async () => seats.set(await room.seat.approve({ seatIds: asking })))}
        >
          {t('room.approve')} ({asking.length})
        </Button>
      </div>
      {list.length === 0 ? (
        <EmptyState title={t('room.noSeats')} todo={t('room.noSeatsTodo')} />
      ) : (
        <Table<SeatView>
          size="small"
          rowKey="seatId"
          pagination={false}
          dataSource={[...list]}
          columns={[
            { title: '#', dataIndex: 'number' },
            { title: t('column.name'), dataIndex: 'computer' },
            { title: t('column.address'), dataIndex: 'address' },
            {
              title: t('column.state'),
              render: (_, seat) => (
                <CheckStateMark
                  state={seat.state === 'announced' ? 'current' : seat.online ? 'passed' : 'warning'}
                />
              ),
            },
            { title: t('column.lastContact'), render: (_, seat) => clockTime(seat.lastContact) },
          ]}
        />
      )}
    </div>
  );
}

function LoadStep({ room, overview, set }: StepProps): ReactNode {
  const t = useText();
  const { busy, run } = useAction();
  return (
    <div className="stack">
      <div>
        <Button
          type="primary"
          loading={busy}
          onClick={() => void run(async () => set(await room.exam.load()))}
        >
          {t('room.load')}
        </Button>
      </div>
      {overview.exam && (
        <Table
          size="small"
          rowKey="sessionId"
          pagination={false}
          title={() => overview.exam?.projectName}
          dataSource={overview.exam.sessions}
          columns={[
            { title: t('column.session'), dataIndex: 'number' },
            { title: t('column.sessionName'), dataIndex: 'name' },
            { title: t('column.startAt'), render: (_, one) => dateTime(one.startAt) },
            { title: t('column.candidates'), dataIndex: 'candidates' },
          ]}
        />
      )}
    </div>
  );
}

function SealCheckStep({ room, overview, set }: StepProps): ReactNode {
  const t = useText();
  const { busy, run } = useAction();
  return (
    <div className="stack">
      <div>
        <Button
          type="primary"
          loading={busy}
          onClick={() => void run(async () => set(await room.sealCheck.run()))}
        >
          {t('room.sealCheck')}
        </Button>
      </div>
      {overview.sealCheck && (
        <ul className="plain">
          {overview.sealCheck.checks.map((check) => (
            <li key={check.id}>
              {check.id} <CheckStateMark state={check.state} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
