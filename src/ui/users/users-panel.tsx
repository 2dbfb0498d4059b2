/** 用户管理: who may sign in here, with name, phone and role. For administrators. */
import { useState, type ReactNode } from 'react';
import { Input, Select } from 'antd';
import { rolesAt, type UserList, type UserRole } from '../../node/users/contract.ts';
import { ActButton } from '../act-button.tsx';
import type { NodeClient } from '../client.ts';
import { DialogButton } from '../dialog.tsx';
import { Field } from '../field.tsx';
import { Form } from '../form.tsx';
import { screenGate } from '../gate-button.tsx';
import { Listing } from '../listing.tsx';
import { useSession } from '../session.ts';
import { checkMarks, Mark } from '../state-mark.tsx';
import { useText } from '../text.ts';
import { useLoaded } from '../use-loaded.ts';

type User = UserList[number];

interface Props {
  client: NodeClient;
  set: (list: UserList) => void;
}

export function UsersPanel({ client }: { client: NodeClient }): ReactNode {
  const t = useText();
  const { user } = useSession();
  const manages = user.role === 'administrator';
  const users = useLoaded(manages ? 'users' : null, () => client.user.list());
  return (
    <section className="panel">
      <h2>{t('users.title')}</h2>
      {!manages && <p className="hint">{t('users.byAdministrator')}</p>}
      {users.value && <Users client={client} list={users.value} set={users.set} />}
    </section>
  );
}

function Users({ client, list, set }: Props & { list: UserList }): ReactNode {
  const t = useText();
  return (
    <div className="stack">
      <Listing
        rows={list}
        rowKey={(one) => one.account}
        columns={({ column }) => [
          column(t('account.name'), (one) => <strong>{one.account}</strong>),
          column(t('users.person'), (one) => one.name),
          column(t('users.phone'), (one) => <span className="nowrap">{one.phone}</span>),
          column(t('users.role'), (one) => t(`account.role.${one.role}`)),
          column(t('column.state'), (one) => <UserState user={one} />),
          column(t('column.actions'), (one) => <UserActions client={client} user={one} set={set} />),
        ]}
      />
      <div>
        <DialogButton label={t('users.add')}>
          {(close) => <AddUser client={client} set={set} close={close} />}
        </DialogButton>
      </div>
    </div>
  );
}

function UserState({ user }: { user: User }): ReactNode {
  const t = useText();
  if (!user.active) return <Mark shape="–" tone="light" word={t('users.off')} />;
  return user.mustChangePassword ? (
    <Mark {...checkMarks.waiting} word={t('users.firstPassword')} />
  ) : (
    <Mark {...checkMarks.passed} word={t('users.on')} />
  );
}

function UserActions({ client, user, set }: Props & { user: User }): ReactNode {
  const t = useText();
  const own = useSession().user.account === user.account;
  const notOwn = screenGate(!own, 'own-account');
  const { account, role, name, phone, active } = user;
  return (
    <div className="row">
      <DialogButton size="small" label={t('edit')} title={t('users.editTitle', { account })}>
        {(close) => <EditUser client={client} user={user} own={own} set={set} close={close} />}
      </DialogButton>
      <DialogButton
        size="small"
        gate={notOwn}
        label={t('users.newPassword')}
        title={t('users.newPasswordTitle', { account })}
      >
        {(close) => <NewPassword client={client} account={account} set={set} close={close} />}
      </DialogButton>
      <ActButton
        size="small"
        gate={notOwn}
        act={async () => set(await client.user.change({ account, role, name, phone, active: !active }))}
        done={active ? t('users.isOff', { account }) : t('users.isOn', { account })}
      >
        {active ? t('users.switchOff') : t('users.switchOn')}
      </ActButton>
      <DialogButton size="small" danger gate={notOwn} label={t('remove')}>
        {(close) => (
          <Form
            submit={t('remove')}
            danger
            onCancel={close}
            onSubmit={async () => {
              set(await client.user.remove({ account }));
              close();
            }}
          >
            <p>{t('users.removeText', { account })}</p>
          </Form>
        )}
      </DialogButton>
    </div>
  );
}

interface PersonValue {
  role: UserRole;
  name: string;
  phone: string;
}

function PersonFields(props: {
  value: PersonValue;
  change: (part: Partial<PersonValue>) => void;
  ownRole?: boolean;
}): ReactNode {
  const t = useText();
  const { frame } = useSession();
  const { value, change, ownRole = false } = props;
  const roles: readonly UserRole[] = frame ? rolesAt[frame.role] : [value.role];
  return (
    <>
      <div className="fields-2">
        <Field label={t('users.person')}>
          <Input
            value={value.name}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        <Field label={t('users.phone')}>
          <Input
            value={value.phone}
            maxLength={40}
            autoComplete="off"
            onChange={(event) => change({ phone: event.target.value })}
          />
        </Field>
      </div>
      <Field label={t('users.role')} hint={t.find(`users.may.${frame?.role}.${value.role}`)}>
        <Select
          value={value.role}
          disabled={ownRole}
          onChange={(role) => change({ role })}
          options={roles.map((role) => ({ value: role, label: t(`account.role.${role}`) }))}
        />
      </Field>
    </>
  );
}

function AddUser({ client, set, close }: Props & { close: () => void }): ReactNode {
  const t = useText();
  const { frame } = useSession();
  const usual: UserRole = frame ? (rolesAt[frame.role].at(-1) ?? 'observer') : 'observer';
  const [account, setAccount] = useState('');
  const [person, setPerson] = useState<PersonValue>({ role: usual, name: '', phone: '' });
  const [password, setPassword] = useState('');
  return (
    <Form
      submit={t('users.addSubmit')}
      ready={account.trim() !== '' && password !== ''}
      onCancel={close}
      onSubmit={async () => {
        set(await client.user.add({ ...person, account, password }));
        close();
      }}
    >
      <Field label={t('account.name')} hint={t('users.accountHint')}>
        <Input
          value={account}
          maxLength={64}
          autoComplete="off"
          onChange={(event) => setAccount(event.target.value)}
        />
      </Field>
      <PersonFields value={person} change={(part) => setPerson({ ...person, ...part })} />
      <FirstPassword value={password} onChange={setPassword} />
    </Form>
  );
}

function EditUser(props: Props & { user: User; own: boolean; close: () => void }): ReactNode {
  const t = useText();
  const { client, user, own, set, close } = props;
  const [person, setPerson] = useState<PersonValue>(user);
  const { role, name, phone } = person;
  return (
    <Form
      submit={t('save')}
      onCancel={close}
      onSubmit={async () => {
        set(await client.user.change({ account: user.account, active: user.active, role, name, phone }));
        close();
      }}
    >
      <PersonFields value={person} change={(part) => setPerson({ ...person, ...part })} ownRole={own} />
    </Form>
  );
}

function NewPassword(props: Props & { account: string; close: () => void }): ReactNode {
  const t = useText();
  const { client, account, set, close } = props;
  const [password, setPassword] = useState('');
  return (
    <Form
      submit={t('users.newPasswordSubmit')}
      ready={password !== ''}
      onCancel={close}
      onSubmit={async () => {
        set(await client.user.setPassword({ account, password }));
        close();
      }}
    >
      <p>{t('users.newPasswordText', { account })}</p>
      <FirstPassword value={password} onChange={setPassword} />
    </Form>
  );
}

/** Readable while it is typed: it is told to somebody, and opens nothing but the choice of an own one. */
function FirstPassword(props: { value: string; onChange: (value: string) => void }): ReactNode {
  const t = useText();
  return (
    <Field label={t('users.password')} hint={t('users.passwordHint')}>
      <Input
        value={props.value}
        maxLength={256}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </Field>
  );
}
