import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import type { CheckView, GateView } from '../node/contract.ts';
import { DialogButton } from './dialog.tsx';
import { Field } from './field.tsx';
import { Form } from './form.tsx';
import { dateTime } from './format.ts';
import { Listing } from './listing.tsx';
import { RefusalText } from './refusal-text.tsx';
import { CheckStateMark } from './state-mark.tsx';
import { useText } from './text.ts';

export interface SealCheckView {
  readonly at: number;
  readonly checks: readonly CheckView[];
  readonly passed: boolean;
  /** Not given: this is where it was reported to. */
  readonly reportedAt?: number | null;
}

interface Props {
  check: SealCheckView;
  /** Not given: they are only looked at. */
  accept?: { gate: GateView; act: (check: string, reason: string) => Promise<unknown> };
}

/** Every check with its state, the reason and the remedy; what went wrong comes first. */
export function SealCheckList({ check, accept }: Props): ReactNode {
  const t = useText();
  const order = { failed: 0, warning: 1, passed: 2 };
  return (
    <Listing
      caption={
        <div className="caption">
          <CheckStateMark state={check.passed ? 'passed' : 'failed'} />
          <span>{t('sealCheck.at', { at: check.at })}</span>
          {check.reportedAt !== undefined && (
            <span>
              {check.reportedAt === null
                ? t('sealCheck.notReported')
                : t('sealCheck.reported', { at: dateTime(check.reportedAt) })}
            </span>
          )}
        </div>
      }
      rows={check.checks.toSorted((a, b) => order[a.state] - order[b.state])}
      rowKey={(one) => one.id}
      columns={({ column }) => [
        column(t('sealCheck.what'), (one) => t.find(`sealCheck.${one.id}`) ?? one.id),
        column(t('column.state'), (one) => <CheckStateMark state={one.state} />),
        column(t('sealCheck.reason'), (one) => one.reason && <RefusalText refusal={one.reason} />),
        column(t('sealCheck.remedy'), (one) => one.remedy && <RefusalText refusal={one.remedy} />),
        column(
          t('sealCheck.accepted'),
          (one) => one.state === 'warning' && <Accepted check={one} accept={accept} />,
        ),
      ]}
    />
  );
}

/** Who took a warning upon himself; or the button to do it. */
function Accepted({ check, accept }: { check: CheckView; accept: Props['accept'] }): ReactNode {
  const t = useText();
  const { accepted } = check;
  if (accepted)
    return (
      <>
        {t('sealCheck.acceptedBy', { name: accepted.name || accepted.by, at: dateTime(accepted.at) })}
        <br />
        <span className="soft">{accepted.reason}</span>
      </>
    );
  if (!accept) return t('sealCheck.notAccepted');
  return (
    <DialogButton size="small" label={t('sealCheck.accept')} gate={accept.gate}>
      {(close) => <AcceptForm check={check} act={accept.act} close={close} />}
    </DialogButton>
  );
}

function AcceptForm(props: {
  check: CheckView;
  act: (check: string, reason: string) => Promise<unknown>;
  close: () => void;
}): ReactNode {
  const t = useText();
  const [reason, setReason] = useState('');
  const { check, act, close } = props;
  return (
    <Form
      submit={t('sealCheck.acceptSubmit')}
      ready={reason.trim() !== ''}
      onCancel={close}
      onSubmit={async () => {
        await act(check.id, reason);
        close();
      }}
    >
      <p>
        <strong>{t.find(`sealCheck.${check.id}`) ?? check.id}</strong>{' '}
        {check.reason && <RefusalText refusal={check.reason} />}
      </p>
      <p>{t('sealCheck.acceptText')}</p>
      <Field label={t('sealCheck.acceptReason')}>
        <Input value={reason} maxLength={400} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </Form>
  );
}
