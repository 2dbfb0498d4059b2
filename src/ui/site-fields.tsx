/** What a site is told at its first start; a room without one is told the same. */
import type { ReactNode } from 'react';
import { Input, Radio } from 'antd';
import { Field } from './field.tsx';
import { useText } from './text.ts';

export function SiteNameFields(props: {
  siteCode: string;
  mode: 'formal' | 'mock';
  onCode: (code: string) => void;
  onMode: (mode: 'formal' | 'mock') => void;
}): ReactNode {
  const t = useText();
  return (
    <>
      <Field label={t('site.code')} hint={t('site.codeHint')}>
        <Input
          autoComplete="off"
          value={props.siteCode}
          onChange={(event) => props.onCode(event.target.value)}
        />
      </Field>
      <div className="field">
        <span id="mode-label">{t('site.mode')}</span>
        <Radio.Group
          aria-labelledby="mode-label"
          value={props.mode}
          onChange={(event) => props.onMode(event.target.value === 'mock' ? 'mock' : 'formal')}
          options={[
            { value: 'formal', label: t('site.modeFormal') },
            { value: 'mock', label: t('site.modeMock') },
          ]}
        />
      </div>
    </>
  );
}

export function CentreFields(props: {
  centreAddress: string;
  registrationCode: string;
  onAddress: (address: string) => void;
  onCode: (code: string) => void;
}): ReactNode {
  const t = useText();
  return (
    <>
      <Field label={t('site.centreAddress')} hint={t('address.hint')}>
        <Input
          autoComplete="off"
          value={props.centreAddress}
          onChange={(event) => props.onAddress(event.target.value)}
        />
      </Field>
      <Field label={t('site.registrationCode')} hint={t('code.hint')}>
        <Input
          className="figures-input"
          autoComplete="off"
          value={props.registrationCode}
          onChange={(event) => props.onCode(event.target.value)}
        />
      </Field>
    </>
  );
}
