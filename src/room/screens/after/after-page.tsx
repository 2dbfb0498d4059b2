/** After the session: check, back up, report; the centre's receipt ends the day. */
import { useState, type ReactNode } from 'react';
import { Button } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ExamRecord } from '../../../ui/exam-record.tsx';
import { FileButton } from '../../../ui/file-drop.tsx';
import { FolderField } from '../../../ui/folder-field.tsx';
import { Form } from '../../../ui/form.tsx';
import { dateTime } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { both, useRoleGate } from '../../../ui/role-gate.ts';
import { NowLine } from '../../../ui/now-line.tsx';
import { ReachedMark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { roomContract } from '../../contract.ts';
import type { ResultCheck } from '../../report/contract.ts';
import type { RoomBoard } from '../../board/contract.ts';
import type { GateView } from '../../../node/contract.ts';
import type { RoomClient } from '../room-console.tsx';
import { ResultList } from './result-list.tsx';

interface Props {
  room: RoomClient;
  part: string | undefined;
  go: (...parts: string[]) => void;
}

export function AfterPage({ room, part, go }: Props): ReactNode {
  const t = useText();
  const board = useLive('board', (signal) => room.board.live(undefined, { signal }));
  if (!board.value) return null;
  const { session } = board.value;
  if (!session)
    return (
      <EmptyState
        title={t('room.nothingToReport')}
        todo={t('room.nothingToReportTodo')}
        action={
          <Button type="primary" onClick={() => go('during')}>
            {t('room.choose')}
          </Button>
        }
      />
    );
  if (part === 'record') return <Record room={room} session={session} back={() => go('after')} />;
  return <Reporting room={room} session={session} round={board.round} go={go} />;
}

type Session = NonNullable<RoomBoard['session']>;

function Reporting(props: { room: RoomClient; session: Session; round: number; go: Props['go'] }): ReactNode {
  const t = useText();
  const { room, session, go } = props;
  const { sessionId } = session;
  // Backup, report, export and receipt are one job of one role.
  const may = useRoleGate(roomContract.session.report);
  const results = useLoaded(`${sessionId} ${props.round}`, () => room.session.results({ sessionId }));
  const check = results.value;
  if (!check) return null;
  const ended = check.report;
  const closes = both(may, ended);
  return (
    <div className="stack">
      <h1 className="only-read">{t('phase.after')}</h1>
      <NowLine
        action={
          ended.allowed ? (
            <Next room={room} sessionId={sessionId} may={may} check={check} set={results.set} />
          ) : (
            <Button type="primary" onClick={() => go('during')}>
              {t('room.toDuring')}
            </Button>
          )
        }
      >
        {t(`room.after.${step(check)}`, { name: session.name })}
      </NowLine>
      <ol className="three-steps">
        <li>
          <strong>{t('room.backup')}</strong>
          <ReachedMark at={check.backedUpAt === null ? null : dateTime(check.backedUpAt)} />
        </li>
        <li>
          <strong>{t('room.report')}</strong>
          <ReachedMark at={check.reportedAt === null ? null : dateTime(check.reportedAt)} />
        </li>
        <li>
          <strong>{t('room.receipt')}</strong>
          <ReachedMark at={check.receiptAt === null ? null : dateTime(check.receiptAt)} />
        </li>
      </ol>
      <div className="toolbar">
        <DownloadButton gate={closes} make={() => room.session.exportResult({ sessionId })}>
          {t('room.exportResult')}
        </DownloadButton>
        <FileButton
          gate={both(may, screenGate(ended.allowed, 'not-ended'))}
          label={t('room.importReceipt')}
          hint={t('room.importReceiptHint')}
          accept=".json"
          onFile={async (uploadId) => results.set(await room.session.importReceipt({ uploadId }))}
        />
        <Button onClick={() => go('after', 'record')}>{t('room.record')}</Button>
      </div>
      <ResultList check={check} />
    </div>
  );
}

function step(check: ResultCheck): 'not-ended' | 'backup' | 'report' | 'receipt' | 'done' {
  if (!check.report.allowed) return 'not-ended';
  if (check.receiptAt !== null) return 'done';
  if (check.backedUpAt === null) return 'backup';
  return check.reportedAt === null ? 'report' : 'receipt';
}

function Next(props: {
  room: RoomClient;
  sessionId: string;
  may: GateView;
  check: ResultCheck;
  set: (check: ResultCheck) => void;
}): ReactNode {
  const t = useText();
  const { room, sessionId, check, set } = props;
  const at = step(check);
  const report = async (): Promise<void> => set(await room.session.report({ sessionId }));
  return (
    <>
      {at !== 'done' && <Backup {...props} primary={at === 'backup'} />}
      {(at === 'report' || at === 'receipt') && (
        <ActButton
          {...(at === 'report' ? { type: 'primary' as const } : {})}
          gate={props.may}
          act={report}
          done={t('room.reported')}
        >
          {at === 'report' ? t('room.report') : t('room.reportAgain')}
        </ActButton>
      )}
    </>
  );
}

function Backup(props: {
  room: RoomClient;
  sessionId: string;
  may: GateView;
  primary: boolean;
  set: (check: ResultCheck) => void;
}): ReactNode {
  const t = useText();
  const { room, sessionId, set } = props;
  const [directory, setDirectory] = useState('');
  return (
    <DialogButton
      label={t('room.backup')}
      gate={props.may}
      {...(props.primary ? { type: 'primary' as const } : {})}
    >
      {(close) => (
        <Form
          submit={t('room.backup')}
          ready={directory.trim() !== ''}
          onCancel={close}
          done={t('room.backedUp', { folder: directory })}
          onSubmit={async () => {
            await room.session.backup({ sessionId, directory });
            set(await room.session.results({ sessionId }));
            close();
          }}
        >
          <p>{t('room.backupText')}</p>
          <FolderField
            client={room}
            label={t('room.backupFolder')}
            value={directory}
            onChange={setDirectory}
          />
        </Form>
      )}
    </DialogButton>
  );
}

function Record({
  room,
  session,
  back,
}: {
  room: RoomClient;
  session: Session;
  back: () => void;
}): ReactNode {
  const record = useLoaded(session.sessionId, () => room.session.record({ sessionId: session.sessionId }));
  const overview = useLoaded('overview', () => room.overview.get());
  if (!record.value || !overview.value) return null;
  return (
    <ExamRecord
      record={record.value}
      projectName={overview.value.exam?.projectName ?? ''}
      sessionName={session.name}
      back={back}
    />
  );
}
