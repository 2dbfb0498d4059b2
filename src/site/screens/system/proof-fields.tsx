/** Site code and password: asked for once, for what cannot be undone. */
import type { ReactNode } from 'react';
import { Input } from 'antd';
import { Field } from '../../../ui/field.tsx';
import { useText } from '../../../ui/text.ts';

export interface Proof {
  readonly siteCode: string;
  readonly password: string;
}
export const noProof: Proof = { siteCode: '', password: '' };

export function isComplete({ siteCode, password }: Proof): boolean {
  return siteCode.trim() !== '' && password !== '';
}

export function ProofFields({
  proof,
  onProof,
}: {
  proof: Proof;
  onProof: (proof: Proof) => void;
}): ReactNode {
  const t = useText();
  return (
    <div className="fields-2">
      <Field label={t('site.code')}>
        <Input
          value={proof.siteCode}
          autoComplete="off"
          onChange={(event) => onProof({ ...proof, siteCode: event.target.value })}
        />
      </Field>
      <Field label={t('remote.password')}>
        <Input.Password
          value={proof.password}
          autoComplete="off"
          onChange={(event) => onProof({ ...proof, password: event.target.value })}
        />
      </Field>
    </div>
  );
}
