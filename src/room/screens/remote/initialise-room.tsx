/** 监考端初始化: one dialog that says what goes, and asks for the room's code and the password. */
import { useState, type ReactNode } from 'react';
import { Checkbox, Input } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { useSession } from '../../../ui/session.ts';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { RoomClient } from '../room-console.tsx';

export function InitialiseRoom({ room }: { room: RoomClient }): ReactNode {
  const { user } = useSession();
  return user.role === 'administrator' ? <Panel room={room} /> : null;
}

function Panel({ room }: { room: RoomClient }): ReactNode {
  const t = useText();
  const [asked, setAsked] = useState(0);
  const gate = useLoaded(`initialise ${asked}`, () => room.initialise.gate());
  if (!gate.value) return null;
  return (
    <section className="panel panel-narrow stack" aria-label={t('remote.room.title')}>
      <h2>{t('remote.room.title')}</h2>
      <p className="soft">{t('remote.room.about')}</p>
      <div className="row">
        <DialogButton label={t('remote.room.do')} danger gate={gate.value}>
          {(close) => (
            <Questions
              room={room}
              close={() => {
                setAsked(asked + 1);
                close();
              }}
            />
          )}
        </DialogButton>
      </div>
    </section>
  );
}

function Questions({ room, close }: { room: RoomClient; close: () => void }): ReactNode {
  const t = useText();
  const [roomCode, setRoomCode] = useState('');
  const [password, setPassword] = useState('');
  const [keepSettings, setKeepSettings] = useState(true);
  const [keepSeats, setKeepSeats] = useState(true);
  return (
    <Form
      submit={t('remote.room.do')}
      danger
      ready={password !== ''}
      done={t('remote.room.done')}
      onCancel={close}
      onSubmit={async () => {
        await room.initialise.run({ roomCode, password, keepSettings, keepSeats });
        close();
      }}
    >
      <p>{t('remote.room.text')}</p>
      <Checkbox checked={keepSettings} onChange={(event) => setKeepSettings(event.target.checked)}>
        {t('remote.room.keepSettings')}
      </Checkbox>
      <Checkbox checked={keepSeats} onChange={(event) => setKeepSeats(event.target.checked)}>
        {t('remote.room.keepSeats')}
      </Checkbox>
      <Field label={t('room.code')}>
        <Input value={roomCode} autoComplete="off" onChange={(event) => setRoomCode(event.target.value)} />
      </Field>
      <Field label={t('remote.password')}>
        <Input.Password
          value={password}
          autoComplete="off"
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
    </Form>
  );
}
