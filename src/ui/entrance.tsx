import { useState, type ReactNode } from 'react';
import { Button, Input, Modal } from 'antd';
import type { Refusal } from '../base/result.ts';
import { refusalOf } from './client.ts';
import { Field } from './field.tsx';
import { HelpLink } from './help-link.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { RefusalAlert } from './refusal-text.tsx';
import { useText } from './text.ts';

/** One card in the middle: sign-in, first start, password. */
export function EntrancePage({
  title,
  children,
  wide,
}: {
  title: string;
  children: ReactNode;
  wide?: boolean;
}): ReactNode {
  return (
    <main className="entrance">
      <div className={wide ? 'entrance-card entrance-wide' : 'entrance-card'}>
        <div className="entrance-top">
          <h1>{title}</h1>
          <span className="entrance-tools">
            <HelpLink />
            <LanguageSwitch />
          </span>
        </div>
        {children}
      </div>
    </main>
  );
}

export interface SignInWays {
  readonly password: (account: string, password: string) => Promise<void>;
  /** Null: browsers have no passkeys where this console was opened. */
  readonly passkey: (() => Promise<void>) | null;
  /** Over the page of a sign-in service; null: none is set up. */
  readonly elsewhere: { readonly label: string; readonly go: () => Promise<void> } | null;
}

export function SignIn(props: {
  title: string;
  signIn: SignInWays;
  /** Why the sign-in before is over. */
  ended: Refusal | null;
  /** Filled in already. */
  account: string;
  /** With what was typed as account. */
  forgotten: (account: string) => void;
}): ReactNode {
  const { title, signIn, ended, account, forgotten } = props;
  return (
    <EntrancePage title={title}>
      {ended && <RefusalAlert refusal={ended} />}
      <SignInForm signIn={signIn} account={account} forgotten={forgotten} />
    </EntrancePage>
  );
}

/** Over the page that was open: what was typed there stays. */
export function SignInAgain({ account, signIn }: { account: string; signIn: SignInWays }): ReactNode {
  const t = useText();
  return (
    <Modal open closable={false} footer={null} title={t('account.signInAgain')} keyboard={false}>
      <div className="stack">
        <p>{t('account.signInAgainText')}</p>
        <SignInForm signIn={signIn} account={account} />
        {signIn.elsewhere && <p className="hint">{t('openid.leavesPage')}</p>}
      </div>
    </Modal>
  );
}

function SignInForm(props: {
  signIn: SignInWays;
  account: string;
  /** Not given: over an open page, which it would leave. */
  forgotten?: (account: string) => void;
}): ReactNode {
  const { signIn, account: known, forgotten } = props;
  const t = useText();
  const { passkey: withPasskey, elsewhere } = signIn;
  const [account, setAccount] = useState(known);
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const submit = async (way: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setRefusal(null);
    try {
      await way();
    } catch (error) {
      setRefusal(refusalOf(error));
      setBusy(false);
    }
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(() => signIn.password(account, password));
      }}
    >
      <Field label={t('account.name')}>
        <Input
          size="large"
          autoComplete="username"

          value={account}
          onChange={(event) => setAccount(event.target.value)}
        />
      </Field>
      <Field label={t('account.password')}>
        <Input.Password
          size="large"
          autoComplete="current-password"

          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      {forgotten && (
        <div>
          <Button type="link" className="entrance-link" onClick={() => forgotten(account)}>
            {t('forgotten.link')}
          </Button>
        </div>
      )}
      {refusal && <RefusalAlert refusal={refusal} />}
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        loading={busy}
        disabled={account === '' || password === ''}
      >
        {t('account.signIn')}
      </Button>
      {withPasskey && (
        <Button size="large" disabled={busy} onClick={() => void submit(withPasskey)}>
          {t('passkeys.signIn')}
        </Button>
      )}
      {elsewhere && (
        <Button size="large" disabled={busy} onClick={() => void submit(elsewhere.go)}>
          {t('openid.signIn', { label: elsewhere.label })}
        </Button>
      )}
    </form>
  );
}

/** Old password, new one twice; also in the System phase of every console. */
export function PasswordForm({
  change,
}: {
  change: (current: string, next: string) => Promise<void>;
}): ReactNode {
  const t = useText();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [done, setDone] = useState(false);
  const submit = async (): Promise<void> => {
    setBusy(true);
    setRefusal(null);
    setDone(false);
    try {
      await change(current, next);
      setDone(true);
      setCurrent('');
      setNext('');
      setAgain('');
    } catch (error) {
      setRefusal(refusalOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="stack password-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <PasswordField
        label={t('account.currentPassword')}
        value={current}
        onChange={setCurrent}
        fill="current-password"
      />
      <NewPasswordFields next={next} setNext={setNext} again={again} setAgain={setAgain} />
      {refusal && <RefusalAlert refusal={refusal} />}
      {done && <p role="status">{t('account.passwordChanged')}</p>}
      <div>
        <Button
          type="primary"
          htmlType="submit"
          loading={busy}
          disabled={current === '' || next === '' || next !== again}
        >
          {t('account.changePassword')}
        </Button>
      </div>
    </form>
  );
}

export function NewPasswordFields(props: {
  next: string;
  setNext: (next: string) => void;
  again: string;
  setAgain: (again: string) => void;
}): ReactNode {
  const { next, setNext, again, setAgain } = props;
  const t = useText();
  return (
    <>
      <PasswordField label={t('account.nextPassword')} value={next} onChange={setNext} fill="new-password" />
      <PasswordField
        label={t('account.repeatPassword')}
        value={again}
        onChange={setAgain}
        fill="new-password"
      />
      {again !== '' && again !== next && (
        <p className="field-problem" role="alert">
          {t('account.passwordsDiffer')}
        </p>
      )}
      <p className="hint">{t('account.passwordHint')}</p>
    </>
  );
}

function PasswordField(props: {
  label: string;
  value: string;
  fill: string;
  onChange: (value: string) => void;
}): ReactNode {
  return (
    <Field label={props.label}>
      <Input.Password
        autoComplete={props.fill}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </Field>
  );
}
