import { useState, type ReactNode } from 'react';
import { Button, Input } from 'antd';
import { EntrancePage } from '../../ui/entrance.tsx';
import { useText } from '../../ui/text.ts';
import { useAction } from '../../ui/use-action.ts';
import type { SiteClient } from './site-console.tsx';

/** First start: who this site is, its account, its exam lock, and how it joins the centre. */
export function FirstStart({ site, done }: { site: SiteClient; done: () => void }): ReactNode {
  const t = useText();
  const { busy, run } = useAction();
  const [form, setForm] = useState({
    siteCode: '',
    centreAddress: '',
    registrationCode: '',
    account: 'admin',
    password: '',
    path: '',
    pin: '',
  });
  const fields = [
    ['siteCode', t('site.code'), 'text'],
    ['centreAddress', t('site.centreAddress'), 'text'],
    ['registrationCode', t('site.registrationCode'), 'text'],
    ['account', t('account.name'), 'text'],
    ['password', t('account.nextPassword'), 'password'],
    ['path', t('site.lockPath'), 'text'],
    ['pin', t('site.lockPin'), 'password'],
  ] as const;
  const begin = async (): Promise<void> => {
    await site.setup.complete({
      siteCode: form.siteCode,
      mode: 'formal',
      centreAddress: form.centreAddress || null,
      registrationCode: form.registrationCode || null,
      account: form.account,
      password: form.password,
      lock: { kind: 'key-file', path: form.path, pin: form.pin, create: true },
    });
  };
  return (
    <EntrancePage title={t('site.firstStart')}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void run(begin).then((through) => {
            if (through) done();
          });
        }}
      >
        {fields.map(([name, label, type]) => (
          <label key={name} className="field">
            <span>{label}</span>
            <Input
              type={type}
              autoComplete="off"
              value={form[name]}
              onChange={(event) => setForm({ ...form, [name]: event.target.value })}
            />
          </label>
        ))}
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('site.begin')}
        </Button>
      </form>
    </EntrancePage>
  );
}
