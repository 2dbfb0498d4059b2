/** Uploads, the newest first, with what their pages count as and what is to be done about them. */
import { useState, type ReactNode } from 'react';
import { Button, Input, Progress, Table } from 'antd';
import { isPoor, sumsOf } from '../../../../exam/scan/upload-counts.ts';
import { ActButton } from '../../../../ui/act-button.tsx';
import { DialogButton } from '../../../../ui/dialog.tsx';
import { bytes, dateTime, wholeNumber } from '../../../../ui/format.ts';
import { pageByPage } from '../../../../ui/listing.tsx';
import { refusalTexts, RefusalText } from '../../../../ui/refusal-text.tsx';
import { useRoleGate } from '../../../../ui/role-gate.ts';
import { useSession } from '../../../../ui/session.ts';
import { checkMarks, Mark } from '../../../../ui/state-mark.tsx';
import { useText, type Text } from '../../../../ui/text.ts';
import { useAction } from '../../../../ui/use-action.ts';
import { scanUploadContract, type UploadPage, type UploadRow } from '../../../scans/uploads/contract.ts';
import type { ProjectProps } from '../../centre-console.tsx';

type Shared = Pick<ProjectProps, 'centre' | 'project'>;

interface Props extends Shared {
  uploads: UploadPage;
  /** Ids of those that this page sends. */
  sending: readonly string[];
  page: number;
  pageSize: number;
  onPage: (page: number) => void;
  open: (uploadId: string) => void;
}

const marks = {
  coming: checkMarks.current,
  waiting: checkMarks.waiting,
  reading: checkMarks.current,
  password: checkMarks.warning,
  refused: checkMarks.failed,
  read: checkMarks.done,
  cancelled: { shape: '–', tone: 'light' },
} as const satisfies Record<UploadRow['state'], { shape: string; tone: string }>;

export function UploadList({
  centre,
  project,
  uploads,
  sending,
  page,
  pageSize,
  onPage,
  open,
}: Props): ReactNode {
  const t = useText();
  return (
    <Table<UploadRow>
      size="small"
      className="tight"
      rowKey={({ id }) => id}
      dataSource={uploads.rows}
      pagination={pageByPage({ page, pageSize, total: uploads.total, onPage })}
      columns={[
        ...columns(t, open),
        {
          title: t('scanUpload.progress'),
          render: (_: unknown, row: UploadRow) => (
            <State {...{ centre, project, row }} isSent={sending.includes(row.id)} />
          ),
        },
      ]}
    />
  );
}

function columns(t: Text, open: (uploadId: string) => void) {
  const column = (title: string, value: (row: UploadRow) => ReactNode) => ({
    title,
    render: (_: unknown, row: UploadRow) => value(row),
  });
  const figures = (title: string, value: (row: UploadRow) => number) => ({
    title,
    align: 'right' as const,
    className: 'number',
    width: 1,
    render: (_: unknown, row: UploadRow) => (row.files === null ? '' : wholeNumber(value(row), t.language)),
  });
  return [
    {
      ...figures(t('scanUpload.number'), ({ number }) => number),
      render: (_: unknown, row: UploadRow) => row.number,
    },
    column(t('scanUpload.file'), (row) => (
      <>
        {row.done > 0 ? (
          <Button type="link" size="small" className="link" onClick={() => open(row.id)}>
            <strong>{row.fileName}</strong>
          </Button>
        ) : (
          <strong>{row.fileName}</strong>
        )}
        <div className="soft">
          {[
            row.by,
            dateTime(row.begunAt),
            bytes(row.size, t.language),
            ...(row.way === 'browser' ? [] : [t(`scanUpload.way.${row.way}`)]),
          ].join(' · ')}
        </div>
      </>
    )),
    figures(t('scanUpload.scans'), ({ counts }) => sumsOf(counts).total),
    figures(t('scanUpload.recognised'), ({ counts }) => sumsOf(counts).recognised),
    figures(t('scanUpload.unrecognised'), ({ counts }) => counts.unrecognised),
    figures(t('scanUpload.empty'), ({ counts }) => counts.empty),
    figures(t('scanUpload.duplicate'), ({ counts }) => counts.duplicate),
    figures(t('scanUpload.foreign'), ({ counts }) => counts.foreign),
    figures(t('scanUpload.badImage'), ({ counts }) => counts['bad-image']),
    figures(t('scanUpload.alreadyUploaded'), ({ counts }) => counts['already-uploaded']),
  ];
}

function State({ centre, project, row, isSent }: Shared & { row: UploadRow; isSent: boolean }): ReactNode {
  const t = useText();
  const { user } = useSession();
  const gate = useRoleGate(scanUploadContract.givePassword);
  const { state, files, done, counts } = row;
  const percent = row.size === 0 ? 100 : Math.floor((100 * row.received) / row.size);
  const word =
    state === 'coming' ? t('scanUpload.state.coming', { percent }) : t(`scanUpload.state.${state}`);
  const poor = files !== null && isPoor(counts, state === 'reading' ? files - done : 0);
  const open = state === 'coming' || state === 'waiting' || state === 'password';
  return (
    <div className="upload-state">
      <Mark {...marks[state]} word={word} nowrap />
      {state === 'reading' && files !== null && (
        <Progress
          size="small"
          percent={Math.floor((100 * done) / Math.max(1, files))}
          aria-label={t('scanUpload.files', { done, files })}
        />
      )}
      {(state === 'reading' || state === 'read') && files !== null && (
        <div>
          <strong>{t('scanUpload.added', { count: wholeNumber(sumsOf(counts).total, t.language) })}</strong>
          {state === 'reading' && <span className="soft"> {t('scanUpload.files', { done, files })}</span>}
        </div>
      )}
      {state === 'coming' && row.way === 'browser' && row.by === user.account && !isSent && (
        <div className="soft">{t('scanUpload.chooseAgain')}</div>
      )}
      {row.problem && <Note tone={state === 'refused' ? 'failed' : 'warning'} refusal={row.problem} />}
      {poor && <Poor />}
      {row.warnings.map((warning) => (
        <Note key={warning.type} tone="warning" refusal={warning} />
      ))}
      {open && gate.allowed && (
        <div className="row">
          {state === 'password' && <PasswordButton {...{ centre, project, row }} />}
          {done === 0 && <CancelButton {...{ centre, project, row }} />}
        </div>
      )}
    </div>
  );
}

function Note({ tone, refusal }: { tone: 'failed' | 'warning'; refusal: { type: string } }): ReactNode {
  const t = useText();
  const { what, remedy } = refusalTexts(t, refusal);
  return (
    <div>
      <Mark {...checkMarks[tone]} word={what} />
      {remedy !== null && <span className="remedy"> {remedy}</span>}
    </div>
  );
}

function Poor(): ReactNode {
  const [what = '', remedy = ''] = useText()('scanUpload.poor').split('|');
  return (
    <div>
      <Mark {...checkMarks.warning} word={what} /> <span className="remedy">{remedy}</span>
    </div>
  );
}

function PasswordButton({ centre, project, row }: Shared & { row: UploadRow }): ReactNode {
  const t = useText();
  return (
    <DialogButton label={t('scanUpload.givePassword')} size="small">
      {(close) => <PasswordForm {...{ centre, project, row, close }} />}
    </DialogButton>
  );
}

function PasswordForm(props: Shared & { row: UploadRow; close: () => void }): ReactNode {
  const t = useText();
  const { centre, project, row, close } = props;
  const [password, setPassword] = useState('');
  const { busy, run } = useAction();
  const give = async (): Promise<void> => {
    const given = { projectId: project.id, uploadId: row.id, password };
    if (password !== '' && (await run(() => centre.scanUpload.givePassword(given)))) close();
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void give();
      }}
    >
      <strong>{row.fileName}</strong>
      {row.problem && (
        <p>
          <RefusalText refusal={row.problem} />
        </p>
      )}
      <Input.Password
        autoComplete="off"
        maxLength={256}
        value={password}
        aria-label={t('scanUpload.password')}
        placeholder={t('scanUpload.password')}
        onChange={(event) => setPassword(event.target.value)}
      />
      <div>
        <Button type="primary" htmlType="submit" loading={busy} disabled={password === ''}>
          {t('scanUpload.goOn')}
        </Button>
      </div>
    </form>
  );
}

function CancelButton({ centre, project, row }: Shared & { row: UploadRow }): ReactNode {
  const t = useText();
  const cancel = { projectId: project.id, uploadId: row.id };
  return (
    <DialogButton label={t('scanUpload.cancel')} size="small" width={420}>
      {(close) => (
        <div className="stack">
          <p>{t('scanUpload.cancelWarning', { name: row.fileName })}</p>
          <div>
            <ActButton
              danger
              type="primary"
              act={async () => {
                await centre.scanUpload.cancel(cancel);
                close();
              }}
            >
              {t('scanUpload.cancel')}
            </ActButton>
          </div>
        </div>
      )}
    </DialogButton>
  );
}
