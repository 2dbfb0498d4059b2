import { useState, type ReactNode } from 'react';
import { Form } from '../../ui/form.tsx';
import { CentreFields } from '../../ui/site-fields.tsx';
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
