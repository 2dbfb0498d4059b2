/** What waits for a second person, on every page of the project; and all that was ever asked. */
import { useState, type ReactNode } from 'react';
import { Button, Input } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { dateTime } from '../../../ui/format.ts';
import { Listing } from '../../../ui/listing.tsx';
import { passkeysHere, provePasskey } from '../../../ui/passkeys/browser.ts';
import { useSession } from '../../../ui/session.ts';
import { checkMarks, Mark } from '../../../ui/state-mark.tsx';
import { useText, type Text } from '../../../ui/text.ts';
import { useAction } from '../../../ui/use-action.ts';
import type { ConfirmationRow, Confirmations } from '../../four-eyes/contract.ts';
import type { SessionView } from '../../contract.ts';
import type { ProjectProps } from '../centre-console.tsx';
import { useTwo } from './use-two.ts';

type RowProps = Pick<ProjectProps, 'centre' | 'project'> & {
  row: ConfirmationRow;
  set: (list: Confirmations) => void;
};

export function OpenConfirmations(props: ProjectProps): ReactNode {
  const t = useText();
  const { list, set } = useTwo(props);
  const { centre, project } = props;
  const open = (list?.rows ?? []).filter((row) => row.until !== null);
  if (open.length === 0) return null;
  return (
    <section className="stack" aria-label={t('confirm.waiting', { count: open.length })}>
      {open.map((row) => (
        <Open key={row.id} centre={centre} project={project} row={row} set={set} />
      ))}
    </section>
  );
}

export function askedWords(
  t: Text,
  {
    act,
    sessionId,
    siteCode,
    eventName,
  }: Pick<ConfirmationRow, 'act' | 'sessionId' | 'siteCode'> & Partial<Pick<ConfirmationRow, 'eventName'>>,
  sessions: readonly SessionView[],
): string {
  const session = eventName ?? sessions.find((one) => one.id === sessionId)?.name ?? sessionId ?? '';
  return t(`confirm.act.${act}`, { session, site: siteCode });
}

function Open(props: RowProps): ReactNode {
  const t = useText();
  const { user } = useSession();
  const { project, row } = props;
  const own = row.askedBy === user.account;
  const mayDecide = user.role !== 'observer';
  return (
    <section className="panel stack">
      <div className="row">
        <Mark
          {...(row.standing === 'confirmed' ? checkMarks.passed : checkMarks.warning)}
          word={t(`confirm.standing.${row.standing}`)}
          nowrap
        />
        <strong className="grow">{askedWords(t, row, project.sessions)}</strong>
        <span className="soft">{t('confirm.until', { at: row.until })}</span>
        {mayDecide && (
          <>
            {!own && row.standing === 'asked' && <Confirm {...props} />}
            <Decline {...props} own={own} />
          </>
        )}
      </div>
      <span>
        {row.releaseAt !== null && <strong>{t('confirm.releasedAt', { at: row.releaseAt })} </strong>}
        {t('confirm.askedBy', {
          by: row.askedBy,
          at: row.askedAt,
          address: row.askedFrom,
          reason: row.reason,
        })}
      </span>
      {row.standing === 'confirmed' ? (
        <span>
          {t('confirm.ready', { by: row.decidedBy, at: row.decidedAt, asker: row.askedBy })}{' '}
          {own && t('confirm.carryOut')}
        </span>
      ) : (
        own && <span className="soft">{t('confirm.own')}</span>
      )}
    </section>
  );
}

function Confirm({ centre, project, row, set }: RowProps): ReactNode {
  const t = useText();
  const [password, setPassword] = useState('');
  const { busy, run } = useAction();
  const target = { projectId: project.id, confirmationId: row.id };
  return (
    <DialogButton type="primary" label={t('confirm.confirm')} title={askedWords(t, row, project.sessions)}>
      {(close) => (
        <Form
          submit={t('confirm.withPassword')}
          ready={password !== ''}
          done={t('confirm.confirmed')}
          onCancel={close}
          onSubmit={async () => {
            set(await centre.confirmation.confirm({ ...target, proof: { password } }));
            close();
          }}
        >
          <p>{t('confirm.confirmText', { by: row.askedBy })}</p>
          <p>
            {row.releaseAt !== null && <strong>{t('confirm.releasedAt', { at: row.releaseAt })} </strong>}
            {row.reason}
          </p>
          <Field label={t('confirm.password')}>
            <Input.Password
              autoComplete="current-password"
              maxLength={256}
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </Field>
          {passkeysHere() && (
            <div>
              <Button
                loading={busy}
                onClick={() =>
                  void run(async () => {
                    const proof = { assertion: await provePasskey(centre) };
                    set(await centre.confirmation.confirm({ ...target, proof }));
                    close();
                  }, t('confirm.confirmed'))
                }
              >
                {t('confirm.withPasskey')}
              </Button>
            </div>
          )}
        </Form>
      )}
    </DialogButton>
  );
}

function Decline({ centre, project, row, set, own }: RowProps & { own: boolean }): ReactNode {
  const t = useText();
  const [note, setNote] = useState('');
  return (
    <DialogButton
      label={own ? t('confirm.withdraw') : t('confirm.decline')}
      title={askedWords(t, row, project.sessions)}
    >
      {(close) => (
        <Form
          submit={(own ? t('confirm.withdraw') : t('confirm.decline')).replace(/\s*…$/, '')}
          done={t('confirm.declined')}
          onCancel={close}
          onSubmit={async () => {
            const { id: confirmationId } = row;
            set(
              await centre.confirmation.decline({ projectId: project.id, confirmationId, note: note.trim() }),
            );
            close();
          }}
        >
          <p>{own ? t('confirm.withdrawText') : t('confirm.declineText', { by: row.askedBy })}</p>
          <Field label={t('confirm.note')}>
            <Input maxLength={400} value={note} onChange={(event) => setNote(event.target.value)} />
          </Field>
        </Form>
      )}
    </DialogButton>
  );
}

const standings = {
  asked: checkMarks.current,
  confirmed: checkMarks.passed,
  used: checkMarks.done,
  declined: checkMarks.failed,
  withdrawn: checkMarks.waiting,
  expired: checkMarks.waiting,
} as const;

export function AllConfirmations(props: {
  list: Confirmations;
  sessions: readonly SessionView[];
}): ReactNode {
  const t = useText();
  const { list, sessions } = props;
  const by = (who: string | null, at: number | null): ReactNode =>
    who === null ? '–' : t('confirm.byAt', { by: who, at });
  return (
    <Listing
      rows={list.rows}
      rowKey={(row) => row.id}
      pageSize={20}
      empty={<EmptyState title={t('confirm.noHistory')} todo={t('confirm.noHistoryTodo')} />}
      columns={({ column }) => [
        column(t('confirm.act'), (row) => (
          <>
            {askedWords(t, row, sessions)}
            <div className="soft">{row.reason}</div>
          </>
        )),
        column(t('confirm.asker'), (row) => (
          <>
            {by(row.askedBy, row.askedAt)}
            <div className="soft">{t('confirm.from', { address: row.askedFrom })}</div>
          </>
        )),
        column(t('column.state'), (row) => (
          <Mark {...standings[row.standing]} word={t(`confirm.standing.${row.standing}`)} nowrap />
        )),
        column(t('confirm.decider'), (row) => (
          <>
            {by(row.decidedBy, row.decidedAt)} {row.proof !== null && t(`confirm.proof.${row.proof}`)}
            {row.decidedFrom !== null && (
              <div className="soft">
                {row.decidedFrom === row.askedFrom && row.decidedBy !== row.askedBy
                  ? t('confirm.sameComputer')
                  : t('confirm.from', { address: row.decidedFrom })}
              </div>
            )}
            {row.note !== null && row.note !== '' && <div className="soft">{row.note}</div>}
            {row.usedAt !== null && <div className="soft">{dateTime(row.usedAt)}</div>}
          </>
        )),
      ]}
    />
  );
}
