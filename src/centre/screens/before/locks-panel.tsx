/** 机考锁注册: the exam locks of every site, a code for a further one, and what is no longer to be trusted. */
import { useState, type ReactNode } from 'react';
import { App, Input } from 'antd';
import { CodeFigures } from '../../../ui/code-figures.tsx';
import { ConfirmWithProof } from '../../../ui/confirm-with-proof.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { dateTime } from '../../../ui/format.ts';
import { GateButton } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { checkMarks, Mark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { lockContract, type LocksOfSite, type LockView } from '../../locks/contract.ts';
import type { CentreClient } from '../centre-console.tsx';
import { HelperDownload } from './helper-download.tsx';

const marks = {
  active: checkMarks.passed,
  reserve: checkMarks.waiting,
  revoked: checkMarks.failed,
} as const;

interface Props {
  centre: CentreClient;
  projectId: string;
  round: number;
}

interface Row {
  readonly site: LocksOfSite;
  /** null: the site has none yet. */
  readonly lock: LockView | null;
  /** The site's own columns stand in its first row. */
  readonly first: boolean;
}

export function LocksPanel({ centre, projectId, round }: Props): ReactNode {
  const t = useText();
  const loaded = useLoaded(`${projectId} ${round}`, () => centre.lock.list({ projectId }));
  const sites = loaded.value ?? [];
  const rows = sites.flatMap((site): Row[] =>
    site.locks.length === 0
      ? [{ site, lock: null, first: true }]
      : site.locks.map((lock, i) => ({ site, lock, first: i === 0 })),
  );
  const shared = { centre, projectId, reload: loaded.reload };
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('lock.title')}</h2>
        <HelperDownload centre={centre} />
      </div>
      <p className="soft">{t('lock.about')}</p>
      <Listing
        rows={rows}
        rowKey={({ site, lock }) => `${site.siteCode} ${lock?.serial ?? ''}`}
        empty={<EmptyState title={t('lock.none')} todo={t('lock.noneTodo')} />}
        columns={({ column }) => [
          column(t('site.code'), ({ site, first }) => first && <OfSite site={site} />),
          column(t('lock.serial'), ({ lock }) =>
            lock === null ? t('lock.noneOfSite') : <Serial lock={lock} />,
          ),
          column(t('column.state'), ({ lock }) => (lock === null ? '–' : <State lock={lock} />)),
          column(t('lock.registeredAt'), ({ lock }) => dateTime(lock?.registeredAt)),
          column(t('lock.seenAt'), ({ lock }) => dateTime(lock?.seenAt)),
          column(t('lock.calibrations'), ({ lock }) =>
            lock === null || lock.calibrations.length === 0
              ? '–'
              : lock.calibrations.map(({ sessionNumber, at }) => (
                  <div key={sessionNumber}>{t('lock.calibration', { number: sessionNumber, at })}</div>
                )),
          ),
          column(t('column.actions'), ({ site, lock, first }) => (
            <div className="row">
              {first && <NewLockCode {...shared} site={site} />}
              {lock !== null && <Note {...shared} site={site} lock={lock} />}
              {lock !== null && lock.state !== 'revoked' && <Revoke {...shared} site={site} lock={lock} />}
            </div>
          )),
        ]}
      />
    </section>
  );
}

function OfSite({ site }: { site: LocksOfSite }): ReactNode {
  const t = useText();
  return (
    <>
      <strong>{site.siteCode}</strong> <span className="soft">{site.siteName}</span>
      {site.code && (
        <div className="soft">
          {t('lock.code')} <CodeFigures value={site.code.code} />
          <div>{t('lock.codeUntil', { at: site.code.expiresAt })}</div>
        </div>
      )}
    </>
  );
}

function Serial({ lock }: { lock: LockView }): ReactNode {
  const t = useText();
  return (
    <>
      <strong>{lock.serial}</strong> <span className="soft">{t.find(`lock.kind.${lock.kind}`)}</span>
      {lock.note !== '' && <div className="soft">{lock.note}</div>}
    </>
  );
}

function State({ lock }: { lock: LockView }): ReactNode {
  const t = useText();
  return (
    <>
      <Mark {...marks[lock.state]} word={t(`lock.state.${lock.state}`)} />
      {lock.revoked && <div className="soft">{t('lock.revokedBy', lock.revoked)}</div>}
    </>
  );
}

interface Shared {
  centre: CentreClient;
  projectId: string;
  reload: () => void;
  site: LocksOfSite;
}

function NewLockCode({ centre, projectId, reload, site }: Shared): ReactNode {
  const t = useText();
  const may = useRoleGate(lockContract.newCode);
  const { siteCode, siteName } = site;
  return (
    <DialogButton size="small" gate={may} label={t('lock.newCode')}>
      {(close) => (
        <Form
          submit={t('lock.newCode').replace(/\s*…$/, '')}
          onCancel={close}
          onSubmit={async () => {
            await centre.lock.newCode({ projectId, siteCode });
            reload();
            close();
          }}
        >
          <p>{t('lock.newCodeText', { code: siteCode, name: siteName })}</p>
        </Form>
      )}
    </DialogButton>
  );
}

function Note({ centre, projectId, reload, site, lock }: Shared & { lock: LockView }): ReactNode {
  const t = useText();
  const may = useRoleGate(lockContract.saveNote);
  const { siteCode } = site;
  const { serial } = lock;
  const [note, setNote] = useState(lock.note);
  return (
    <DialogButton
      size="small"
      gate={may}
      label={t('lock.noteEdit')}
      title={t('lock.noteOf', { serial })}
      onOpen={() => setNote(lock.note)}
    >
      {(close) => (
        <Form
          submit={t('lock.noteSave')}
          onCancel={close}
          onSubmit={async () => {
            await centre.lock.saveNote({ projectId, siteCode, serial, note });
            reload();
            close();
          }}
        >
          <Field label={t('lock.note')} hint={t('lock.noteHint')}>
            <Input maxLength={400} value={note} onChange={(event) => setNote(event.target.value)} />
          </Field>
        </Form>
      )}
    </DialogButton>
  );
}

function Revoke({ centre, projectId, reload, site, lock }: Shared & { lock: LockView }): ReactNode {
  const t = useText();
  const { message } = App.useApp();
  const may = useRoleGate(lockContract.revoke);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { siteCode, siteName } = site;
  const { serial } = lock;
  const last = site.locks.every((one) => one.serial === serial || one.state === 'revoked');
  return (
    <>
      <GateButton size="small" danger gate={may} onClick={() => setOpen(true)}>
        {t('lock.revoke')}
      </GateButton>
      <ConfirmWithProof
        open={open}
        danger
        title={t('lock.revoke').replace(/\s*…$/, '')}
        confirm={t('lock.revoke').replace(/\s*…$/, '')}
        ready={reason.trim() !== ''}
        proof={{ label: t('lock.revokeProof', { serial }), expected: serial }}
        onClose={() => {
          setReason('');
          setOpen(false);
        }}
        onConfirm={async () => {
          const done = await centre.lock.revoke({ projectId, siteCode, serial, reason });
          reload();
          void message.success(t('lock.isRevoked', done), 12);
        }}
      >
        <p>{t('lock.revokeText', { name: `${siteName} (${siteCode})` })}</p>
        {last && <p className="remedy">{t('lock.revokeLast')}</p>}
        <Field label={t('lock.revokeReason')} hint={t('lock.revokeReasonHint')}>
          <Input maxLength={400} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </ConfirmWithProof>
    </>
  );
}
