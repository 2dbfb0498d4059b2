/** Забыли пароль? 忘记密码: a code by e-mail where this console sends one, else whom to ask. */
import { useEffect, useState, type ReactNode } from 'react';
import { Alert, Button, Input, Spin } from 'antd';
import type { Refusal } from '../../base/result.ts';
import type { ForgottenView } from '../../node/contract.ts';
import { refusalOf } from '../client.ts';
import { EntrancePage, NewPasswordFields } from '../entrance.tsx';
import { Field } from '../field.tsx';
import { RefusalAlert } from '../refusal-text.tsx';
import { useText } from '../text.ts';

/** What a console does that sends codes by e-mail. */
export interface CodeByMail {
  readonly ask: (account: string) => Promise<void>;
  readonly set: (account: string, code: string, next: string) => Promise<void>;
}

export interface Forgotten {
  readonly state: () => Promise<ForgottenView>;
  /** Null: this console has no mail. */
  readonly byMail: CodeByMail | null;
}

export function ForgottenPage(props: {
  forgotten: Forgotten;
  account: string;
  back: (account: string) => void;
}): ReactNode {
  const { forgotten, back } = props;
  const t = useText();
  const [account, setAccount] = useState(props.account);
  const [state, setState] = useState<ForgottenView | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  useEffect(() => {
    let current = true;
    forgotten.state().then(
      (told) => {
        if (current) setState(told);
      },
      (error: unknown) => {
        if (current) setRefusal(refusalOf(error));
      },
    );
    return () => {
      current = false;
    };
  }, [forgotten]);
  const { byMail } = forgotten;
  return (
    <EntrancePage title={t('forgotten.title')}>
      {refusal && <RefusalAlert refusal={refusal} />}
      {!state && !refusal && <Spin aria-label={t('loading')} />}
      {state &&
        (state.byMail && byMail ? (
          <WithCode byMail={byMail} account={account} setAccount={setAccount} />
        ) : (
          <div className="stack">
            <p>{t(byMail ? 'forgotten.askCentre' : 'forgotten.ask')}</p>
            {state.supportPhone !== null && <p>{t('forgotten.phone', { phone: state.supportPhone })}</p>}
          </div>
        ))}
      <div>
        <Button onClick={() => back(account)}>{t('forgotten.back')}</Button>
      </div>
    </EntrancePage>
  );
}

function WithCode(props: {
  byMail: CodeByMail;
  account: string;
  setAccount: (account: string) => void;
}): ReactNode {
  const { byMail, account, setAccount } = props;
  const t = useText();
  const [askedFor, setAskedFor] = useState<string | null>(null);
  const [code, setCode] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState<'ask' | 'set' | null>(null);
  const [refused, setRefused] = useState<{ by: 'ask' | 'set'; refusal: Refusal } | null>(null);
  const [done, setDone] = useState(false);
  const run = async (by: 'ask' | 'set', work: () => Promise<void>): Promise<void> => {
    setBusy(by);
    setRefused(null);
    try {
      await work();
    } catch (error) {
      setRefused({ by, refusal: refusalOf(error) });
    } finally {
      setBusy(null);
    }
  };
  if (done) return <Alert type="success" showIcon title={t('forgotten.done')} role="status" />;
  return (
    <>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void run('ask', async () => {
            setAskedFor(null);
            await byMail.ask(account);
            setAskedFor(account);
          });
        }}
      >
        <h2>{t('forgotten.step1')}</h2>
        <Field label={t('account.name')}>
          <Input
            autoComplete="username"
            value={account}
            maxLength={64}
            onChange={(event) => setAccount(event.target.value)}
          />
        </Field>
        {askedFor !== null && (
          <div role="status" className="stack">
            <Alert type="info" showIcon title={t('forgotten.sent')} />
            <p className="hint">{t('forgotten.nothingCame')}</p>
          </div>
        )}
        {refused?.by === 'ask' && <RefusalAlert refusal={refused.refusal} />}
        <div>
          <Button
            type={askedFor === null ? 'primary' : 'default'}
            htmlType="submit"
            loading={busy === 'ask'}
            disabled={account.trim() === '' || busy !== null}
          >
            {t(askedFor === null ? 'forgotten.send' : 'forgotten.sendAgain')}
          </Button>
        </div>
      </form>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void run('set', async () => {
            await byMail.set(account, code, next);
            setDone(true);
          });
        }}
      >
        <h2>{t('forgotten.step2')}</h2>
        <Field label={t('forgotten.code')} hint={t('forgotten.codeHint')}>
          <Input
            autoComplete="one-time-code"
            spellCheck={false}
            className="code"
            value={code}
            maxLength={40}
            onChange={(event) => setCode(event.target.value)}
          />
        </Field>
        <NewPasswordFields next={next} setNext={setNext} again={again} setAgain={setAgain} />
        {refused?.by === 'set' && <RefusalAlert refusal={refused.refusal} />}
        <div>
          <Button
            type={askedFor === null ? 'default' : 'primary'}
            htmlType="submit"
            loading={busy === 'set'}
            disabled={
              account.trim() === '' || code.trim() === '' || next === '' || next !== again || busy !== null
            }
          >
            {t('forgotten.set')}
          </Button>
        </div>
      </form>
    </>
  );
}
