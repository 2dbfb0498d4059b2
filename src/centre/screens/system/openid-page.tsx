/** Setting up the sign-in service, trying it, and saying who may use it. For administrators. */
import { useState, type ReactNode } from 'react';
import { Alert, Button, Input, Select } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { CodeFigures } from '../../../ui/code-figures.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import {
  isSafeIssuer,
  openIdMatches,
  type OpenIdState,
  type OpenIdView,
  type ProviderSettings,
} from '../../openid/contract.ts';
import type { CentreClient } from '../centre-console.tsx';
import { OpenIdPeople } from './openid-people.tsx';
import { goToService, openIdState } from './openid-way.ts';

interface Props {
  centre: CentreClient;
  set: (view: OpenIdView) => void;
}

export function OpenIdPage({ centre, onBack }: { centre: CentreClient; onBack: () => void }): ReactNode {
  const t = useText();
  const { value, refusal, set } = useLoaded('openid', () => centre.openId.get());
  const state = useLoaded('openid-state', openIdState);
  return (
    <div className="stack">
      <div>
        <Button onClick={onBack}>{t('openid.back')}</Button>
      </div>
      <h1>{t('openid.title')}</h1>
      {refusal && <RefusalAlert refusal={refusal} />}
      {state.value && <Tried state={state.value} />}
      {value && state.value && (
        <>
          <Service centre={centre} view={value} state={state.value} set={set} />
          {value.provider && (
            <OpenIdPeople
              centre={centre}
              people={value.people}
              byEmail={value.provider.match === 'email'}
              set={set}
            />
          )}
        </>
      )}
    </div>
  );
}

function Service({ centre, view, state, set }: Props & { view: OpenIdView; state: OpenIdState }): ReactNode {
  const t = useText();
  const { provider } = view;
  return (
    <section className="panel panel-narrow">
      <div className="stack">
        <p className="hint">{t('openid.about')}</p>
        <div className="field">
          <span>{t('openid.register')}</span>
          <div>
            <CodeFigures value={state.redirectAddress} shown={state.redirectAddress} />
          </div>
          <small>{t('openid.registerHint')}</small>
        </div>
        <ServiceForm key={JSON.stringify(provider)} centre={centre} provider={provider} set={set} />
        {provider && (
          <>
            <p className="hint">{t('openid.tryHint')}</p>
            <div className="row">
              <ActButton act={() => goToService('try')}>{t('openid.try')}</ActButton>
              <DialogButton danger label={t('openid.remove')}>
                {(close) => (
                  <Form
                    submit={t('remove')}
                    danger
                    onCancel={close}
                    onSubmit={async () => {
                      set(await centre.openId.remove());
                      close();
                    }}
                  >
                    <p>{t('openid.removeText')}</p>
                  </Form>
                )}
              </DialogButton>
            </div>
          </>
        )}
      </div>
    </section>
  );
}

function Tried({ state: { outcome } }: { state: OpenIdState }): ReactNode {
  const t = useText();
  if (outcome?.refusal) return <RefusalAlert refusal={outcome.refusal} />;
  if (!outcome?.tried) return null;
  const text = t(outcome.tried.bound ? 'openid.triedBound' : 'openid.triedNew', outcome.tried);
  return <Alert type="success" showIcon title={text} role="status" />;
}

const usual: ProviderSettings = {
  issuer: '',
  clientId: '',
  claim: 'preferred_username',
  match: 'account',
  label: '',
};

function ServiceForm({ centre, provider, set }: Props & { provider: ProviderSettings | null }): ReactNode {
  const t = useText();
  const [value, setValue] = useState(provider ?? usual);
  const [secret, setSecret] = useState('');
  const change = (part: Partial<ProviderSettings>): void => setValue({ ...value, ...part });
  const { issuer, clientId, claim, match, label } = value;
  const issuerFits = issuer.trim() === '' || isSafeIssuer(issuer.trim());
  const claimFits = /^[\w:./-]*$/.test(claim.trim());
  const complete = [issuer, clientId, claim, label].every((one) => one.trim() !== '');
  return (
    <Form
      submit={t('save')}
      done={t('openid.saved')}
      ready={complete && issuerFits && claimFits && (provider !== null || secret !== '')}
      onSubmit={async () =>
        set(await centre.openId.save({ ...value, secret: secret === '' ? null : secret }))
      }
    >
      <Field
        label={t('openid.issuer')}
        hint={t('openid.issuerHint')}
        problem={issuerFits ? null : t('openid.issuerWrong')}
      >
        <Input
          value={issuer}
          maxLength={300}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change({ issuer: event.target.value })}
        />
      </Field>
      <div className="fields-2">
        <Field label={t('openid.clientId')}>
          <Input
            value={clientId}
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => change({ clientId: event.target.value })}
          />
        </Field>
        <Field label={t('openid.secret')} hint={provider ? t('openid.secretKept') : t('openid.secretHint')}>
          <Input.Password
            value={secret}
            maxLength={1_000}
            autoComplete="off"
            onChange={(event) => setSecret(event.target.value)}
          />
        </Field>
      </div>
      <div className="fields-2">
        <Field
          label={t('openid.claim')}
          hint={t('openid.claimHint')}
          problem={claimFits ? null : t('openid.claimWrong')}
        >
          <Input
            value={claim}
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => change({ claim: event.target.value })}
          />
        </Field>
        <Field label={t('openid.match')}>
          <Select
            value={match}
            onChange={(next) => change({ match: next })}
            options={openIdMatches.map((one) => ({
              value: one,
              label: t(one === 'account' ? 'openid.match.account' : 'openid.match.email'),
            }))}
          />
        </Field>
      </div>
      <Field label={t('openid.label')} hint={t('openid.labelHint')}>
        <Input
          value={label}
          maxLength={40}
          autoComplete="off"
          onChange={(event) => change({ label: event.target.value })}
        />
      </Field>
    </Form>
  );
}

/** On the system page: what there is, and the way to its page. */
export function OpenIdPanel({ centre, onOpen }: { centre: CentreClient; onOpen: () => void }): ReactNode {
  const t = useText();
  const { value } = useLoaded('openid', () => centre.openId.get());
  const label = value?.provider?.label;
  return (
    <section className="panel panel-narrow">
      <h2>{t('openid.title')}</h2>
      <div className="stack">
        <p className="hint">{t('openid.about')}</p>
        {value && <p>{label === undefined ? t('openid.notSetUp') : t('openid.setUpAs', { label })}</p>}
        <div className="row">
          <Button onClick={onOpen}>{t('openid.open')}</Button>
        </div>
      </div>
    </section>
  );
}
