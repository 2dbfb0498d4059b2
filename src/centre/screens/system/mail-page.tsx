/** The mail server, everybody's address, and what could not be sent. For administrators. */
import { useState, type ReactNode } from 'react';
import { Button, Input, InputNumber, Select } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { RefusalAlert, RefusalText } from '../../../ui/refusal-text.tsx';
import { checkMarks, Mark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import {
  emailSchema,
  mailSecurities,
  mailServerSchema,
  type MailServer,
  type MailView,
} from '../../mail/contract.ts';
import type { CentreClient } from '../centre-console.tsx';
import { eventWord } from './mail-panel.tsx';

interface Props {
  centre: CentreClient;
  set: (view: MailView) => void;
}

export function MailPage({ centre, onBack }: { centre: CentreClient; onBack: () => void }): ReactNode {
  const t = useText();
  const { value, refusal, set, reload } = useLoaded('mail', () => centre.mail.get());
  return (
    <div className="stack">
      <div>
        <Button onClick={onBack}>{t('mail.back')}</Button>
      </div>
      <h1>{t('mail.title')}</h1>
      {refusal && <RefusalAlert refusal={refusal} />}
      {value && (
        <>
          <Server centre={centre} server={value.server} set={set} />
          <Unsent centre={centre} view={value} set={set} reload={reload} />
          <People centre={centre} people={value.people} set={set} />
        </>
      )}
    </div>
  );
}

function Server({ centre, server, set }: Props & { server: MailView['server'] }): ReactNode {
  const t = useText();
  return (
    <section className="panel panel-narrow">
      <h2>{t('mail.server')}</h2>
      <div className="stack">
        <p className="hint">{t('mail.about')}</p>
        <ServerForm key={JSON.stringify(server)} centre={centre} server={server} set={set} />
        {server && (
          <div className="row">
            <DialogButton label={t('mail.test')}>
              {(close) => <TestMessage centre={centre} close={close} />}
            </DialogButton>
            <DialogButton danger label={t('mail.remove')}>
              {(close) => (
                <Form
                  submit={t('remove')}
                  danger
                  onCancel={close}
                  onSubmit={async () => {
                    set(await centre.mail.remove());
                    close();
                  }}
                >
                  <p>{t('mail.removeText')}</p>
                </Form>
              )}
            </DialogButton>
          </div>
        )}
      </div>
    </section>
  );
}

function usual(): MailServer {
  return {
    host: '',
    port: 587,
    security: 'starttls',
    user: '',
    from: '',
    consoleAddress: location.origin,
    authority: '',
  };
}

function ServerForm({ centre, server, set }: Props & { server: MailView['server'] }): ReactNode {
  const t = useText();
  const [value, setValue] = useState<MailServer>(server ?? usual());
  const [password, setPassword] = useState('');
  const change = (part: Partial<MailServer>): void => setValue({ ...value, ...part });
  const text = (key: 'host' | 'user' | 'from' | 'consoleAddress', longest = 200): ReactNode => (
    <Input
      value={value[key]}
      maxLength={longest}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => change({ [key]: event.target.value })}
    />
  );
  const kept = server?.hasPassword === true && value.user === server.user;
  return (
    <Form
      submit={t('save')}
      done={t('mail.saved')}
      ready={mailServerSchema.safeParse(value).success}
      onSubmit={async () =>
        set(
          await centre.mail.save({
            ...mailServerSchema.parse(value),
            password: value.user === '' ? '' : password === '' ? null : password,
          }),
        )
      }
    >
      <div className="fields-2">
        <Field label={t('mail.host')}>{text('host')}</Field>
        <Field label={t('mail.port')}>
          <InputNumber
            value={value.port}
            min={1}
            max={65_535}
            onChange={(port) => change({ port: port ?? 0 })}
          />
        </Field>
      </div>
      <Field label={t('mail.security')}>
        <Select
          value={value.security}
          onChange={(security) => change({ security, port: { tls: 465, starttls: 587, none: 25 }[security] })}
          options={mailSecurities.map((one) => ({
            value: one,
            label:
              one === 'tls'
                ? t('mail.security.tls')
                : one === 'starttls'
                  ? t('mail.security.starttls')
                  : t('mail.security.none'),
          }))}
        />
      </Field>
      <div className="fields-2">
        <Field label={t('mail.user')} hint={t('mail.userHint')}>
          {text('user')}
        </Field>
        <Field label={t('mail.password')} hint={kept ? t('mail.passwordKept') : t('mail.passwordHint')}>
          <Input.Password
            value={password}
            maxLength={1_000}
            autoComplete="new-password"
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
      </div>
      <Field label={t('mail.from')}>{text('from')}</Field>
      <Field label={t('mail.consoleAddress')} hint={t('mail.consoleAddressHint')}>
        {text('consoleAddress')}
      </Field>
      <Field label={t('mail.authority')} hint={t('mail.authorityHint')}>
        <Input.TextArea
          value={value.authority}
          maxLength={20_000}
          autoSize={{ minRows: 1, maxRows: 6 }}
          spellCheck={false}
          onChange={(event) => change({ authority: event.target.value })}
        />
      </Field>
    </Form>
  );
}

function TestMessage({ centre, close }: { centre: CentreClient; close: () => void }): ReactNode {
  const t = useText();
  const [to, setTo] = useState('');
  return (
    <Form
      submit={t('mail.testDo')}
      done={t('mail.testSent')}
      ready={emailSchema.safeParse(to).success}
      onCancel={close}
      onSubmit={async () => {
        await centre.mail.test({ to, language: t.language });
        close();
      }}
    >
      <Field label={t('mail.testTo')}>
        <Input
          value={to}
          maxLength={200}
          autoComplete="email"
          onChange={(event) => setTo(event.target.value)}
        />
      </Field>
    </Form>
  );
}

function Unsent(props: Props & { view: MailView; reload: () => void }): ReactNode {
  const t = useText();
  const { centre, view, set, reload } = props;
  return (
    <section className="panel">
      <h2>{t('mail.unsent')}</h2>
      <div className="stack">
        <p className="hint">{t('mail.sentToday', { count: view.sentToday })}</p>
        <Listing
          rows={view.unsent}
          rowKey={(one) => one.id}
          pageSize={20}
          empty={<p>{t('mail.allSent')}</p>}
          columns={({ column, moment, figures }) => [
            column(t('mail.to'), (one) => <strong>{one.account}</strong>),
            moment(t('mail.since'), (one) => one.createdAt),
            figures(t('mail.tries'), (one) => one.tries),
            column(t('column.state'), (one) =>
              one.state === 'waiting' ? (
                <Mark {...checkMarks.waiting} word={t('mail.state.waiting', { at: one.nextAt })} />
              ) : (
                <Mark {...checkMarks.failed} word={t('mail.state.given-up')} />
              ),
            ),
            column(t('column.problem'), (one) => (one.problem ? <RefusalText refusal={one.problem} /> : '–')),
            column(t('column.actions'), (one) =>
              one.state === 'given-up' ? (
                <ActButton size="small" act={async () => set(await centre.mail.again({ id: one.id }))}>
                  {t('mail.again')}
                </ActButton>
              ) : null,
            ),
          ]}
        />
        <div>
          <ActButton act={async () => reload()}>{t('mail.lookAgain')}</ActButton>
        </div>
      </div>
    </section>
  );
}

function People({ centre, people, set }: Props & { people: MailView['people'] }): ReactNode {
  const t = useText();
  return (
    <section className="panel">
      <h2>{t('mail.people')}</h2>
      <div className="stack">
        <p className="hint">{t('mail.peopleHint')}</p>
        <Listing
          rows={people}
          rowKey={(one) => one.account}
          columns={({ column }) => [
            column(t('account.name'), (one) => <strong>{one.account}</strong>),
            column(t('users.person'), (one) => one.name),
            column(t('mail.address'), (one) => one.email || '–'),
            column(t('mail.told'), ({ events }) => events.map((one) => eventWord(t, one)).join('; ') || '–'),
            column(t('column.actions'), ({ account, email }) => (
              <DialogButton
                size="small"
                label={t('mail.editAddress')}
                title={t('mail.addressOf', { account })}
              >
                {(close) => (
                  <Address centre={centre} account={account} email={email} set={set} close={close} />
                )}
              </DialogButton>
            )),
          ]}
        />
      </div>
    </section>
  );
}

function Address(props: Props & { account: string; email: string; close: () => void }): ReactNode {
  const t = useText();
  const { centre, account, set, close } = props;
  const [email, setEmail] = useState(props.email);
  return (
    <Form
      submit={t('save')}
      ready={email.trim() === '' || emailSchema.safeParse(email).success}
      onCancel={close}
      onSubmit={async () => {
        set(await centre.mail.setAddress({ account, email: email.trim() }));
        close();
      }}
    >
      <Field label={t('mail.address')} hint={t('mail.addressHint')}>
        <Input
          value={email}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
    </Form>
  );
}
