/** When a release comes, and what somebody decides of it: of a session on computers and of an event on paper the same. */
import { useState, type ReactNode } from 'react';
import { Button, DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { duration } from '../../../ui/format.ts';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { checkMarks, Mark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useTick } from '../../../ui/use-tick.ts';
import type { releaseContract, ReleaseRow } from '../../authorise/contract.ts';
import type { paperDayContract } from '../../paper-day/contract.ts';

import type { ProjectProps } from '../centre-console.tsx';
import { AskButton } from './ask-button.tsx';
import { askedWords } from './open-confirmations.tsx';
import type { Two } from './use-two.ts';

/** Further away than this, seconds tell nobody anything. */
const nearMs = 86_400_000;

type Release = Pick<ReleaseRow, 'releaseAt' | 'policyAt' | 'setAt' | 'held'>;

/** How long until it comes, since when it is there, or who held it back. */
export function ReleaseCountdown({ release }: { release: Release }): ReactNode {
  const t = useText();
  const now = useTick(1_000);
  const { held, releaseAt } = release;
  if (held)
    return (
      <>
        <Mark {...checkMarks.failed} word={t('release.held', { reason: held.reason })} />
        <div className="soft">{t('release.heldBy', { by: held.by, at: held.at })}</div>
      </>
    );
  const left = releaseAt - now;
  if (left <= 0) return <Mark {...checkMarks.done} word={t('release.now', { at: releaseAt })} nowrap />;
  return (
    <span className="number nowrap">
      {left < nearMs ? duration(left) : t('release.days', { days: Math.floor(left / nearMs) })}
    </span>
  );
}

interface Props extends Pick<ProjectProps, 'centre' | 'project'> {
  readonly two: Two;
  readonly release: Release;
  /** Of the session, or of the event on paper. */
  readonly id: string;
  readonly name: string;
  readonly contract: Pick<typeof releaseContract | typeof paperDayContract, 'setRelease' | 'hold' | 'letGo'>;
  readonly setRelease: (at: number | null) => Promise<void>;
  readonly hold: (reason: string) => Promise<void>;
  readonly letGo: () => Promise<void>;
}

export function DecideRelease(props: Props): ReactNode {
  return (
    <>
      <SetLater {...props} />
      {props.release.held ? <LetGo {...props} /> : <Hold {...props} />}
    </>
  );
}

function SetLater({ centre, project, two, release, id, name, contract, setRelease }: Props): ReactNode {
  const t = useText();
  const gate = useRoleGate(contract.setRelease);
  const [at, setAt] = useState(release.setAt);
  const [reason, setReason] = useState('');
  // Earlier than it is: what two have agreed to, two change.
  const asks = two.needed && (at ?? release.policyAt) < release.releaseAt;
  return (
    <DialogButton
      size="small"
      gate={gate}
      label={t('release.set')}
      onOpen={() => {
        setAt(release.setAt);
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
                  projectId: project.id,
                  sessionId: id,
                  act: 'let-go',
                  releaseAt: at,
                  reason: reason.trim(),
                }),
              );
            else await setRelease(at);
            close();
          }}
        >
          <p>{t('release.setText', { name, at: release.policyAt })}</p>
          <Field label={t('release.setTime')}>
            <DatePicker
              showTime={{ format: 'HH:mm' }}
              format="YYYY-MM-DD HH:mm"
              needConfirm={false}
              allowClear={false}
              value={dayjs(at ?? release.policyAt)}
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

function Hold({ name, contract, hold }: Props): ReactNode {
  const t = useText();
  const gate = useRoleGate(contract.hold);
  const [reason, setReason] = useState('');
  return (
    <DialogButton size="small" danger gate={gate} label={t('release.hold')} onOpen={() => setReason('')}>
      {(close) => (
        <Form
          danger
          submit={t('release.hold').replace(/\s*…$/, '')}
          ready={reason.trim() !== ''}
          done={t('release.isHeld')}
          onCancel={close}
          onSubmit={async () => {
            await hold(reason.trim());
            close();
          }}
        >
          <p>{t('release.holdText', { name })}</p>
          <Field label={t('release.holdReason')}>
            <Input maxLength={400} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
        </Form>
      )}
    </DialogButton>
  );
}

function LetGo({ centre, project, two, release, id, name, contract, letGo }: Props): ReactNode {
  const t = useText();
  const gate = useRoleGate(contract.letGo);
  const what = { projectId: project.id, act: 'let-go', sessionId: id, siteCode: null } as const;
  if (two.needed)
    return (
      <AskButton
        size="small"
        {...{ centre, two, what, gate }}
        releaseAt={release.releaseAt}
        label={t('release.letGo')}
        words={askedWords(t, { ...what, eventName: name }, project.sessions)}
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
            await letGo();
            close();
          }}
        >
          <p>{t('release.letGoText', { name, at: release.releaseAt })}</p>
        </Form>
      )}
    </DialogButton>
  );
}
