/** After the session: check, back up, report; the centre's receipt ends the day. */
import { useState, type ReactNode } from 'react';
import { Button, Input, Table } from 'antd';
import { saveDownload } from '../../ui/client.ts';
import { NowLine } from '../../ui/now-line.tsx';
import { dateTime } from '../../ui/format.ts';
import { ReachedMark, SittingStateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import { useAction } from '../../ui/use-action.ts';
import { useLoaded } from '../../ui/use-loaded.ts';
import type { RoomBoard } from '../contract.ts';
import type { RoomClient } from './room-console.tsx';

export function After({ room, board }: { room: RoomClient; board: RoomBoard }): ReactNode {
  const t = useText();
  const { busy, run } = useAction();
  const [directory, setDirectory] = useState('');
  const sessionId = board.session?.sessionId ?? null;
  const results = useLoaded(sessionId && `${sessionId} ${board.at}`, () =>
    room.session.results({ sessionId: sessionId ?? '' }),
  );
  if (sessionId === null) return <NowLine>{t('next.no-session-chosen')}</NowLine>;
  const check = results.value;
  return (
    <div className="stack">
      <NowLine>{t.find(`next.${board.next.type}`, board.next) ?? board.next.type}</NowLine>
      <div className="toolbar">
        <label className="field">
          <span>{t('room.backupFolder')}</span>
          <Input value={directory} onChange={(event) => setDirectory(event.target.value)} />
        </label>
        <Button
          loading={busy}
          disabled={directory === ''}
          onClick={() => void run(() => room.session.backup({ sessionId, directory }), t('check.done'))}
        >
          {t('room.backup')}
        </Button>
        <Button
          type="primary"
          loading={busy}
          onClick={() => void run(async () => results.set(await room.session.report({ sessionId })))}
        >
          {t('room.report')}
        </Button>
        <Button
          onClick={() => void run(async () => saveDownload(await room.session.exportResult({ sessionId })))}
        >
          {t('room.export')}
        </Button>
      </div>
      {check && (
        <>
          <p>
            {t('room.receipt')}:{' '}
            <ReachedMark at={check.receiptAt === null ? null : dateTime(check.receiptAt)} />
          </p>
          <Table
            size="small"
            rowKey="admissionNumber"
            pagination={false}
            dataSource={check.rows}
            columns={[
              { title: '#', dataIndex: 'index' },
              { title: t('column.admissionNumber'), dataIndex: 'admissionNumber' },
              { title: t('column.name'), dataIndex: 'name' },
              { title: t('column.state'), render: (_, one) => <SittingStateMark state={one.state} /> },
              { title: '%', dataIndex: 'progressPercent' },
            ]}
          />
        </>
      )}
    </div>
  );
}
