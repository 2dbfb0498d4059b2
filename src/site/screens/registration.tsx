import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { useText } from '../../ui/text.ts';
import type { SiteClient } from './site-console.tsx';

/** Joins the centre with address and code; also after a first start whose code was mistyped. */
export function Registration({ site, onDone }: { site: SiteClient; onDone: () => void }): ReactNode {
  const t = useText();
  const [centreAddress, setAddress] = useState('');
  const [registrationCode, setCode] = useState('');
  return (
    <Form
      submit={t('site.register')}
      ready={centreAddress.trim() !== '' && registrationCode.trim() !== ''}
      done={t('site.registered')}
      onSubmit={async () => {
        await site.setup.register({ centreAddress: centreAddress.trim(), registrationCode });
        onDone();
      }}
    >
      <CentreFields
        centreAddress={centreAddress}
        registrationCode={registrationCode}
        onAddress={setAddress}
        onCode={setCode}
      />
    </Form>
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
