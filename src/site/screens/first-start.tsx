/** First start: who this site is, its account, its exam lock, and how it joins the centre. */
import { useState, type ReactNode } from 'react';
import { Button, Input } from 'antd';
import { refusalOf } from '../../ui/client.ts';
import { EntrancePage } from '../../ui/entrance.tsx';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { LockFields, noLock, siteLockChoice, type LockDraft } from '../../ui/lock-fields.tsx';
import { CentreFields, SiteNameFields } from '../../ui/site-fields.tsx';
import { useText } from '../../ui/text.ts';
import { useLoaded } from '../../ui/use-loaded.ts';
import { refusalNotice } from '../../ui/refusal-notice.tsx';
import { RestorePage } from './restore-page.tsx';
import type { SiteClient } from './site-console.tsx';

const nothing = {
  siteCode: '',
  mode: 'formal' as 'formal' | 'mock',
  centreAddress: '',
  registrationCode: '',
  account: 'admin',
  password: '',
  again: '',
};

interface Props {
  site: SiteClient;
  /** The site was initialised: its accounts are there, and somebody is signed in. */
  again?: boolean;
  done: () => void;
}

export function FirstStart({ site, again = false, done }: Props): ReactNode {
  const t = useText();
  const [form, setForm] = useState(nothing);
  const [restoring, setRestoring] = useState(false);
  const [lock, setLock] = useState<LockDraft>(noLock);
  const setup = useLoaded('setup', () => site.setup.state());
  const set = (part: Partial<typeof nothing>): void => setForm((before) => ({ ...before, ...part }));
  const differs = form.again !== '' && form.again !== form.password;
  const { siteCode, mode, centreAddress, registrationCode, account, password } = form;
  const choice = siteLockChoice(lock);
  const complete = async (): Promise<void> => {
    if (!choice) return;
    const input = {
      siteCode,
      mode,
      centreAddress: centreAddress.trim() || null,
      registrationCode: registrationCode.trim() || null,
      lock: choice,
    };
    try {
      if (again) await site.setup.again(input);
      else await site.setup.complete({ ...input, account, password });
    } catch (error) {
      // The account may be there although the centre said no: then the registration goes on after the sign-in.
      if (!(await site.setup.state()).done) throw error;
      refusalNotice.show(refusalOf(error));
    }
    done();
  };
  if (restoring) return <RestorePage site={site} instead={() => setRestoring(false)} />;
  return (
    <EntrancePage title={t(again ? 'siteSystem.setUpAgain' : 'site.firstStart')} wide>
      <p>{t(again ? 'siteSystem.setUpAgainText' : 'site.firstStartText')}</p>
      <div className="row">
        <Button onClick={() => setRestoring(true)}>{t('site.restore')}</Button>
      </div>
      <Form
        submit={t('site.begin')}
        ready={
          siteCode.trim() !== '' &&
          choice !== null &&
          (again || (account.trim() !== '' && password.length >= 8 && password === form.again))
        }
        onSubmit={complete}
      >
        <fieldset className="plain">
          <legend>{t('site.whoWeAre')}</legend>
          <div className="fields-2">
            <SiteNameFields
              siteCode={siteCode}
              mode={mode}
              onCode={(code) => set({ siteCode: code })}
              onMode={(chosen) => set({ mode: chosen })}
            />
          </div>
        </fieldset>
        <fieldset className="plain">
          <legend>{t('site.joinCentre')}</legend>
          <div className="fields-2">
            <CentreFields
              centreAddress={centreAddress}
              registrationCode={registrationCode}
              onAddress={(address) => set({ centreAddress: address })}
              onCode={(code) => set({ registrationCode: code })}
            />
          </div>
        </fieldset>
        {!again && (
          <fieldset className="plain">
            <legend>{t('site.account')}</legend>
            <div className="fields-3">
              <Field label={t('account.name')}>
                <Input
                  autoComplete="username"
                  value={account}
                  onChange={(event) => set({ account: event.target.value })}
                />
              </Field>
              <Field label={t('account.nextPassword')} hint={t('account.passwordHint')}>
                <Input.Password
                  autoComplete="new-password"
                  value={password}
                  onChange={(event) => set({ password: event.target.value })}
                />
              </Field>
              <Field
                label={t('account.repeatPassword')}
                problem={differs ? t('account.passwordsDiffer') : null}
              >
                <Input.Password
                  autoComplete="new-password"
                  value={form.again}
                  onChange={(event) => set({ again: event.target.value })}
                />
              </Field>
            </div>
          </fieldset>
        )}
        <fieldset className="plain">
          <legend>{t('site.lock')}</legend>
          <LockFields
            mayBeNew
            mayBeNone
            value={lock}
            onChange={(part) => setLock((before) => ({ ...before, ...part }))}
            libraries={setup.value?.lockLibraries ?? []}
            tokens={(library) => site.setup.tokens({ library })}
          />
        </fieldset>
      </Form>
    </EntrancePage>
  );
}
