/** 通行密钥: one's own passkeys; adding one asks for the password. */
import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import type { PasskeyList } from '../../node/passkeys/contract.ts';
import type { NodeClient } from '../client.ts';
import { DialogButton } from '../dialog.tsx';
import { Field } from '../field.tsx';
import { Form } from '../form.tsx';
import { screenGate } from '../gate-button.tsx';
import { Listing } from '../listing.tsx';
import { useText } from '../text.ts';
import { useLoaded } from '../use-loaded.ts';
import { addPasskey, passkeysHere } from './browser.ts';

interface Props {
  client: NodeClient;
  set: (list: PasskeyList) => void;
  close: () => void;
}

export function PasskeysPanel({ client }: { client: NodeClient }): ReactNode {
  const t = useText();
  const { value, set } = useLoaded('passkeys', () => client.passkey.list());
  if (!value) return null;
  return (
    <section className="panel">
      <h2>{t('passkeys.title')}</h2>
      <div className="stack">
        <p className="hint">{t('passkeys.text', { host: location.hostname })}</p>
        <Listing
          rows={value}
          rowKey={(one) => one.id}
          empty={<p className="hint">{t('passkeys.none')}</p>}
          columns={({ column, moment }) => [
            column(t('passkeys.name'), (one) => <strong>{one.name}</strong>),
            column(t('passkeys.host'), (one) => one.host),
            moment(t('passkeys.created'), (one) => one.createdAt),
            moment(t('passkeys.used'), (one) => one.usedAt),
            column(t('column.actions'), ({ id, name }) => (
              <DialogButton size="small" danger label={t('remove')}>
                {(close) => (
                  <Form
                    submit={t('remove')}
                    danger
                    onCancel={close}
                    onSubmit={async () => {
                      set(await client.passkey.remove({ id }));
                      close();
                    }}
                  >
                    <p>{t('passkeys.removeText', { name })}</p>
                  </Form>
                )}
              </DialogButton>
            )),
          ]}
        />
        <div>
          <DialogButton label={t('passkeys.add')} gate={screenGate(passkeysHere(), 'passkeys-not-here')}>
            {(close) => <AddPasskey client={client} set={set} close={close} />}
          </DialogButton>
        </div>
      </div>
    </section>
  );
}

function AddPasskey({ client, set, close }: Props): ReactNode {
  const t = useText();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  return (
    <Form
      submit={t('passkeys.addSubmit')}
      ready={name.trim() !== '' && password !== ''}
      done={t('passkeys.added')}
      onCancel={close}
      onSubmit={async () => {
        set(await addPasskey(client, name, password));
        close();
      }}
    >
      <Field label={t('passkeys.name')} hint={t('passkeys.nameHint')}>
        <Input
          value={name}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label={t('account.currentPassword')}>
        <Input.Password
          value={password}
          maxLength={256}
          autoComplete="current-password"
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
    </Form>
  );
}
