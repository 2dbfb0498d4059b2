import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { useText } from '../../../ui/text.ts';
import { gateForChosen, Names, type ChosenProps } from './chosen.tsx';

/** Locks one candidate's screen with a message; a locked one is opened with the same button's place. */
export function LockDialog({ room, board, chosen, set }: ChosenProps): ReactNode {
  const t = useText();
  const [message, setMessage] = useState('');
  const gate = gateForChosen(board.toolbar.exceptions, chosen, true);
  const [candidate] = chosen;
  if (candidate?.state === 'locked' && gate.allowed)
    return (
      <ActButton act={async () => set(await room.sitting.unlock({ sittingId: candidate.sittingId }))}>
        {t('room.unlock')}
      </ActButton>
    );
  return (
    <DialogButton label={t('room.lock')} gate={gate}>
      {(close) => (
        <Form
          submit={t('room.lockNow')}
          onCancel={close}
          onSubmit={async () => {
            if (candidate) set(await room.sitting.lock({ sittingId: candidate.sittingId, message }));
            close();
          }}
        >
          <p>{t('room.lockText')}</p>
          <Names of={chosen} />
          <Field label={t('room.lockMessage')}>
            <Input value={message} maxLength={400} onChange={(event) => setMessage(event.target.value)} />
          </Field>
        </Form>
      )}
    </DialogButton>
  );
}
