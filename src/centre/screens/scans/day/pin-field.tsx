import type { ReactNode } from 'react';
import { Input } from 'antd';
import { Field } from '../../../../ui/field.tsx';
import { useText } from '../../../../ui/text.ts';

/** Of the release token. */
export function PinField({ value, onChange }: { value: string; onChange: (pin: string) => void }): ReactNode {
  const t = useText();
  return (
    <Field label={t('paperDay.pin')}>
      <Input.Password
        autoComplete="off"
        maxLength={128}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
