/** Asks a second person, where one alone is not enough. */
import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import { doneByConfirming, type ActOfTwo } from '../../../exam/four-eyes/four-eyes.ts';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import type { GateButtonProps } from '../../../ui/gate-button.tsx';
import { useText } from '../../../ui/text.ts';
import type { CentreClient } from '../centre-console.tsx';
import type { Two } from './use-two.ts';

export function AskButton(props: {
  centre: CentreClient;
  two: Two;
  what: { projectId: string; act: ActOfTwo; sessionId: string | null; siteCode: string | null };
  /** What is asked for, in one sentence. */
  words: string;
  label: string;
  type?: 'primary';
  size?: 'small';
  gate?: GateButtonProps['gate'];
  releaseAt?: number | null;
}): ReactNode {
  const t = useText();
  const { centre, two, what, words, label, releaseAt = null, ...button } = props;
  const [reason, setReason] = useState('');
  return (
    <DialogButton {...button} label={label} title={words}>
      {(close) => (
        <Form
          submit={t('confirm.ask')}
          ready={reason.trim() !== ''}
          done={t('confirm.asked')}
          onCancel={close}
          onSubmit={async () => {
            two.set(await centre.confirmation.ask({ ...what, releaseAt, reason: reason.trim() }));
            setReason('');
            close();
          }}
        >
          <p>{doneByConfirming.has(what.act) ? t('confirm.askOnceText') : t('confirm.askText')}</p>
          <Field label={t('confirm.reason')}>
            <Input maxLength={400} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
        </Form>
      )}
    </DialogButton>
  );
}
