/** 用户管理: who may sign in here, with name, phone and role. For administrators. */
import { useState, type ReactNode } from 'react';
import { Input, Select } from 'antd';
import {
  limitOfRole,
  rolesAt,
  userContract,
  type Limit,
  type UserList,
  type UserRole,
} from '../../node/users/contract.ts';
import { ActButton } from '../act-button.tsx';
import type { NodeClient } from '../client.ts';
import { DialogButton } from '../dialog.tsx';
import { Field } from '../field.tsx';
import { Form } from '../form.tsx';
import { screenGate } from '../gate-button.tsx';
import { Listing } from '../listing.tsx';
import { both, useRoleGate } from '../role-gate.ts';
import { useSession } from '../session.ts';
import { checkMarks, Mark } from '../state-mark.tsx';
import { useText } from '../text.ts';
import { useLoaded } from '../use-loaded.ts';

type User = UserList[number];

/** How a node that limits users lets their limits be chosen, and names them. */
export interface LimitScreen {
  /** `only`: what the role has to be limited to. */
  readonly fields: (props: {
    limit: Limit | null;
    only: Limit['to'] | undefined;
    onChange: (limit: Limit | null) => void;
  }) => ReactNode;
  readonly words: (limit: Limit) => ReactNode;
}

interface Props {
  client: NodeClient;
  /** Not given: this node limits nobody. */
  limits?: LimitScreen | undefined;
  set: (list: UserList) => void;
}

export function UsersPanel({ client, limits }: { client: NodeClient; limits?: LimitScreen }): ReactNode {
  const t = useText();
  const { user } = useSession();
  const manages = useRoleGate(userContract.list).allowed;
  const users = useLoaded(manages ? 'users' : null, () => client.user.list());
  return (
    <section className="panel">
      <h2>{t('users.title')}</h2>
      {!manages && <p className="hint">{t('users.byAdministrator')}</p>}
      {manages && user.limit !== null && <p className="hint">{t('users.bySites')}</p>}
      {users.value && <Users client={client} list={users.value} set={users.set} limits={limits} />}
    </section>
  );
}

function Users({ client, list, set, limits }: Props & { list: UserList }): ReactNode {
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
          ...(limits
            ? [
                column(t('limit.sees'), (one) =>
                  one.limit === null ? t('limit.everything') : limits.words(one.limit),
                ),
              ]
            : []),
          column(t('column.state'), (one) => <UserState user={one} />),
          column(t('column.actions'), (one) => (
            <UserActions client={client} user={one} set={set} limits={limits} />
          )),
        ]}
      />
      <div>
        <DialogButton label={t('users.add')}>
          {(close) => <AddUser client={client} set={set} close={close} limits={limits} />}
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

function UserActions({ client, user, set, limits }: Props & { user: User }): ReactNode {
  const t = useText();
  const own = useSession().user.account === user.account;
  const notOwn = screenGate(!own, 'own-account');
  const mayRemove = both(useRoleGate(userContract.remove), notOwn);
  const { account, role, name, phone, active } = user;
  return (
    <div className="row">
      <DialogButton size="small" label={t('edit')} title={t('users.editTitle', { account })}>
        {(close) => (
          <EditUser client={client} user={user} own={own} set={set} close={close} limits={limits} />
        )}
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
      <DialogButton size="small" danger gate={mayRemove} label={t('remove')}>
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
  limit: Limit | null;
  role: UserRole;
  name: string;
  phone: string;
}

function PersonFields(props: {
  value: PersonValue;
  change: (part: Partial<PersonValue>) => void;
  ownRole?: boolean;
  limits: LimitScreen | undefined;
}): ReactNode {
  const t = useText();
  const { frame, user } = useSession();
  const { value, change, ownRole = false, limits } = props;
  // Whoever is limited makes accounts of sites, and no others.
  const roles: readonly UserRole[] =
    user.limit !== null ? ['site'] : frame ? rolesAt[frame.role] : [value.role];
  const only = limitOfRole[value.role];
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
          aria-label={t('users.role')}
          value={value.role}
          disabled={ownRole}
          onChange={(role) =>
            // What another role was limited to does not fit.
            change({ role, ...(limitOfRole[role] === only ? {} : { limit: null }) })
          }
          options={roles.map((role) => ({ value: role, label: t(`account.role.${role}`) }))}
        />
      </Field>
      {!ownRole && limits?.fields({ limit: value.limit, only, onChange: (limit) => change({ limit }) })}
    </>
  );
}

/** Is everything chosen that its limit needs? */
function isLimited({ role, limit }: PersonValue): boolean {
  const only = limitOfRole[role];
  if (limit === null) return only === undefined;
  if (only !== undefined && limit.to !== only) return false;
  return limit.to === 'regions' ? limit.regions.length > 0 : limit.siteCode !== '';
}

function AddUser({ client, set, close, limits }: Props & { close: () => void }): ReactNode {
  const t = useText();
  const { frame, user } = useSession();
  const usual: UserRole =
    user.limit !== null ? 'site' : frame ? (rolesAt[frame.role].at(-1) ?? 'observer') : 'observer';
  const [account, setAccount] = useState('');
  const [person, setPerson] = useState<PersonValue>({ role: usual, name: '', phone: '', limit: null });
  const [password, setPassword] = useState('');
  return (
    <Form
      submit={t('users.addSubmit')}
      ready={account.trim() !== '' && password !== '' && isLimited(person)}
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
      <PersonFields value={person} change={(part) => setPerson({ ...person, ...part })} limits={limits} />
      <FirstPassword value={password} onChange={setPassword} />
    </Form>
  );
}

function EditUser(props: Props & { user: User; own: boolean; close: () => void }): ReactNode {
  const t = useText();
  const { client, user, own, set, close, limits } = props;
  const [person, setPerson] = useState<PersonValue>(user);
  const { role, name, phone, limit } = person;
  return (
    <Form
      submit={t('save')}
      ready={isLimited(person)}
      onCancel={close}
      onSubmit={async () => {
        const { account, active } = user;
        set(await client.user.change({ account, active, role, name, phone, limit }));
        close();
      }}
    >
      <PersonFields
        value={person}
        change={(part) => setPerson({ ...person, ...part })}
        ownRole={own}
        limits={limits}
      />
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
