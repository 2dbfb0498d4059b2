/** When which session is released, how far its sites have come, and what somebody decided of it. */
import { useState, type ReactNode } from 'react';
import { Button, DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { dateTime, duration } from '../../../ui/format.ts';
import { Listing } from '../../../ui/listing.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { checkMarks, Mark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useTick } from '../../../ui/use-tick.ts';
import { releaseContract, type ReleaseRow } from '../../authorise/contract.ts';
import { confirmationContract } from '../../four-eyes/contract.ts';
import type { ProjectProps } from '../centre-console.tsx';
import { AskButton } from './ask-button.tsx';
import { FetchList } from './fetch-list.tsx';
import { AllConfirmations, askedWords } from './open-confirmations.tsx';
import type { Two } from './use-two.ts';

type Props = ProjectProps & {
  two: Two;
  rows: readonly ReleaseRow[];
  set: (rows: ReleaseRow[]) => void;
};

export function SchedulePanel(props: Props): ReactNode {
  const t = useText();
  const { project, two, rows } = props;
  const of = (n: number, row: ReleaseRow): string => t('release.ofSites', { n, of: row.sites });
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('release.schedule')}</h2>
        <DialogButton label={t('release.fetches')} width={1000}>
          {() => <FetchList {...props} />}
        </DialogButton>
        {two.list && (
          <DialogButton label={t('confirm.history')} width={1000}>
            {() => two.list && <AllConfirmations list={two.list} sessions={project.sessions} />}
          </DialogButton>
        )}
      </div>
      <TwoPersons {...props} />
      <Listing
        rows={rows}
        rowKey={(row) => row.sessionId}
        columns={({ column, figures }) => [
          column(t('release.session'), (row) => (
            <>
              <strong>{row.number}</strong> {row.name}
            </>
          )),
          column(t('release.at'), (row) => (
            <>
              <span className="nowrap">{dateTime(row.releaseAt)}</span>
              {row.releaseAt > row.policyAt && (
                <div className="soft">{t('release.setLater', { at: row.policyAt })}</div>
              )}
            </>
          )),
          column(t('release.in'), (row) => <Countdown row={row} />),
          figures(t('release.prepared'), (row) => of(row.prepared, row)),
          figures(t('release.fetchedCount'), (row) => of(row.fetched, row)),
          figures(t('release.releasedCount'), (row) => of(row.released, row)),
          column(t('column.actions'), (row) => (
            <div className="row">
              <SetLater {...props} row={row} />
              {row.held ? <LetGo {...props} row={row} /> : <Hold {...props} row={row} />}
            </div>
          )),
        ]}
      />
    </section>
  );
}

function Countdown({ row }: { row: ReleaseRow }): ReactNode {
  const t = useText();
  const now = useTick(1000);
  if (row.held)
    return (
      <>
        <Mark {...checkMarks.failed} word={t('release.held', { reason: row.held.reason })} />
        <div className="soft">{t('release.heldBy', { by: row.held.by, at: row.held.at })}</div>
      </>
    );
  if (now >= row.releaseAt)
    return <Mark {...checkMarks.done} word={t('release.now', { at: row.releaseAt })} nowrap />;
  const days = Math.floor((row.releaseAt - now) / 86_400_000);
  const rest = (row.releaseAt - now) % 86_400_000;
  // After days the hours stand there, too, when there are none.
  const left = days > 0 && rest < 3_600_000 ? `0:${duration(rest).padStart(5, '0')}` : duration(rest);
  return <span className="number nowrap">{days > 0 ? t('release.days', { days, left }) : left}</span>;
}

type RowProps = Props & { row: ReleaseRow };

function SetLater({ centre, project, two, row, set }: RowProps): ReactNode {
  const t = useText();
  const may = useRoleGate(releaseContract.setRelease);
  const [at, setAt] = useState<number | null>(row.setAt);
  const [reason, setReason] = useState('');
  const projectId = project.id;
  const { sessionId } = row;
  // Earlier than it is: what two have agreed to, two change.
  const asks = two.needed && (at ?? row.policyAt) < row.releaseAt;
  return (
    <DialogButton
      size="small"
      gate={may}
      label={t('release.set')}
      onOpen={() => {
        setAt(row.setAt);
        setReason('');
      }}
    >
      {(close) => (
        <Form
          submit={asks ? t('confirm.ask') : t('save')}
          ready={!asks || reason.trim() !== ''}
          done={asks ? t('confirm.asked') : t('release.isSet')}
          onCancel={close}
          onSubmit={async () => {
            if (asks)
              two.set(
                await centre.confirmation.ask({
                  projectId,
                  sessionId,
                  act: 'let-go',
                  releaseAt: at,
                  reason: reason.trim(),
                }),
              );
            else set(await centre.authorisation.setRelease({ projectId, sessionId, at }));
            close();
          }}
        >
          <p>{t('release.setText', { name: row.name, at: row.policyAt })}</p>
          <Field label={t('release.setTime')}>
            <DatePicker
              showTime={{ format: 'HH:mm' }}
              format="YYYY-MM-DD HH:mm"
              needConfirm={false}
              allowClear={false}
              value={dayjs(at ?? row.policyAt)}
              onChange={(value) => setAt(value === null ? null : value.valueOf())}
            />
          </Field>
          <div>
            <Button size="small" disabled={at === null} onClick={() => setAt(null)}>
              {t('release.asPolicy')}
            </Button>
          </div>
          {asks && (
            <>
              <p>{t('confirm.askOnceText')}</p>
              <Field label={t('confirm.reason')}>
                <Input maxLength={400} value={reason} onChange={(event) => setReason(event.target.value)} />
              </Field>
            </>
          )}
        </Form>
      )}
    </DialogButton>
  );
}

function Hold({ centre, project, row, set }: RowProps): ReactNode {
  const t = useText();
  const may = useRoleGate(releaseContract.hold);
  const [reason, setReason] = useState('');
  return (
    <DialogButton size="small" danger gate={may} label={t('release.hold')}>
      {(close) => (
        <Form
          submit={t('release.hold').replace(/\s*…$/, '')}
          danger
          ready={reason.trim() !== ''}
          done={t('release.isHeld')}
          onCancel={close}
          onSubmit={async () => {
            const { sessionId } = row;
            set(await centre.authorisation.hold({ projectId: project.id, sessionId, reason: reason.trim() }));
            setReason('');
            close();
          }}
        >
          <p>{t('release.holdText', { name: row.name })}</p>
          <Field label={t('release.holdReason')}>
            <Input maxLength={400} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
        </Form>
      )}
    </DialogButton>
  );
}

function LetGo({ centre, project, two, row, set }: RowProps): ReactNode {
  const t = useText();
  const gate = useRoleGate(releaseContract.letGo);
  const { sessionId } = row;
  const what = { projectId: project.id, act: 'let-go', sessionId, siteCode: null } as const;
  if (two.needed)
    return (
      <AskButton
        size="small"
        centre={centre}
        two={two}
        what={what}
        gate={gate}
        releaseAt={row.releaseAt}
        label={t('release.letGo')}
        words={askedWords(t, what, project.sessions)}
      />
    );
  return (
    <DialogButton size="small" gate={gate} label={t('release.letGo')}>
      {(close) => (
        <Form
          submit={t('release.letGo').replace(/\s*…$/, '')}
          done={t('release.isLetGo')}
          onCancel={close}
          onSubmit={async () => {
            set(await centre.authorisation.letGo({ projectId: project.id, sessionId }));
            close();
          }}
        >
          <p>{t('release.letGoText', { name: row.name, at: row.releaseAt })}</p>
        </Form>
      )}
    </DialogButton>
  );
}

/** Whether one is enough here, and the way to change it. */
function TwoPersons({ centre, project, two }: Props): ReactNode {
  const t = useText();
  const gate = useRoleGate(confirmationContract.requireTwo);
  const { list, needed } = two;
  if (list === null) return null;
  const what = { projectId: project.id, act: 'one-person', sessionId: null, siteCode: null } as const;
  return (
    <div className="row">
      <Mark
        {...(needed ? checkMarks.passed : checkMarks.waiting)}
        word={needed ? t('confirm.on') : t('confirm.off')}
        nowrap
      />
      <span className="soft grow">{needed ? t('confirm.onText') : t('confirm.offText')}</span>
      {needed ? (
        <AskButton
          size="small"
          centre={centre}
          two={two}
          what={what}
          gate={gate}
          label={t('confirm.oneAgain')}
          words={askedWords(t, what, project.sessions)}
        />
      ) : (
        <DialogButton size="small" gate={gate} label={t('confirm.requireTwo')}>
          {(close) => (
            <Form
              submit={t('confirm.requireTwo').replace(/\s*…$/, '')}
              done={t('confirm.isOn')}
              onCancel={close}
              onSubmit={async () => {
                two.set(await centre.confirmation.requireTwo({ projectId: project.id }));
                close();
              }}
            >
              <p>{t('confirm.requireTwoText')}</p>
            </Form>
          )}
        </DialogButton>
      )}
    </div>
  );
}
