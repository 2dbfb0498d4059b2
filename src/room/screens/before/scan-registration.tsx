/** The square code of the site's sheet, as a scanner types it or somebody pastes it. */
import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import type { Refusal } from '../../../base/result.ts';
import {
  readRegistration,
  type RoomRegistration,
} from '../../../exam/room-registration/registration-text.ts';
import { Field } from '../../../ui/field.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { useText } from '../../../ui/text.ts';

export function ScanRegistration({ onRead }: { onRead: (read: RoomRegistration) => void }): ReactNode {
  const t = useText();
  const [text, setText] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const read = (): void => {
    if (text.trim() === '') return;
    const found = readRegistration(text);
    setRefusal(found.ok ? null : found.refusal);
    if (!found.ok) return;
    setText('');
    onRead(found.value);
  };
  return (
    <Field label={t('room.scan')} hint={t('room.scanHint')}>
      <Input
        value={text}
        autoComplete="off"
        spellCheck={false}
        maxLength={1_000}
        status={refusal ? 'error' : ''}
        onChange={(event) => {
          setText(event.target.value);
          setRefusal(null);
        }}
        // A scanner ends with Enter, which would send the form before anybody has looked at it.
        onPressEnter={(event) => {
          event.preventDefault();
          read();
        }}
        onBlur={read}
      />
      {refusal && (
        <span role="alert">
          <RefusalText refusal={refusal} />
        </span>
      )}
    </Field>
  );
}
