import { useState, type ReactNode } from 'react';
import { Button, Input } from 'antd';
import type { Refusal } from '../base/result.ts';
import { refusalOf } from './client.ts';
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
          <LanguageSwitch />
        </div>
        {children}
      </div>
    </main>
  );
}

export function SignIn({
  title,
  signIn,
}: {
  title: string;
  signIn: (account: string, password: string) => Promise<void>;
}): ReactNode {
  const t = useText();
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const submit = async (): Promise<void> => {
    setBusy(true);
    setRefusal(null);
    try {
      await signIn(account, password);
    } catch (error) {
      setRefusal(refusalOf(error));
      setBusy(false);
    }
  };
  return (
    <EntrancePage title={title}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <label className="field">
          <span>{t('account.name')}</span>
          <Input
            size="large"
            autoComplete="username"
            value={account}
            onChange={(event) => setAccount(event.target.value)}
          />
        </label>
        <label className="field">
          <span>{t('account.password')}</span>
          <Input.Password
            size="large"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
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
      </form>
    </EntrancePage>
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
  const differs = again !== '' && again !== next;
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
      <PasswordField label={t('account.nextPassword')} value={next} onChange={setNext} fill="new-password" />
      <PasswordField
        label={t('account.repeatPassword')}
        value={again}
        onChange={setAgain}
        fill="new-password"
      />
      {differs && (
        <p className="field-problem" role="alert">
          {t('account.passwordsDiffer')}
        </p>
      )}
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

function PasswordField(props: {
  label: string;
  value: string;
  fill: string;
  onChange: (value: string) => void;
}): ReactNode {
  return (
    <label className="field">
      <span>{props.label}</span>
      <Input.Password
        autoComplete={props.fill}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </label>
  );
}
