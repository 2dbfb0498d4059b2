/** Answers for a code that a room used and that nobody is known to have issued; until then the room gets no receipt. */
import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import type { DeskCode } from '../../exam/code/desk.ts';
import { DialogButton } from '../dialog.tsx';
import { Field } from '../field.tsx';
import { Form } from '../form.tsx';
import { useText } from '../text.ts';
import type { DeskClient } from './code-desk.tsx';
import { codeWords } from './code-words.ts';

export function AcceptCode(props: { accept: NonNullable<DeskClient['accept']>; code: DeskCode }): ReactNode {
  const t = useText();
  const { accept, code } = props;
  const [reason, setReason] = useState('');
  return (
    <DialogButton size="small" label={t('code.accept')}>
      {(close) => (
        <Form
          submit={t('code.acceptNow')}
          ready={reason.trim() !== ''}
          onCancel={close}
          done={t('code.accepted')}
          onSubmit={async () => {
            const { room: roomCode, session: sessionId, challenge } = code;
            await accept({ roomCode, sessionId, challenge, reason: reason.trim() });
            close();
          }}
        >
          <p>{t('code.acceptText', { room: code.room, what: codeWords(t, code) })}</p>
          <Field label={t('code.why')}>
            <Input maxLength={400} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
        </Form>
      )}
    </DialogButton>
  );
}
