import type { ReactNode } from 'react';
import { Input } from 'antd';

/** Eight digits in two groups of four, as they are read out; other characters are left out. */
export function DigitGroups(props: {
  label: string;
  value: string;
  onChange: (digits: string) => void;
}): ReactNode {
  const { label, value, onChange } = props;
  return (
    <Input
      className="figures-input figures-large"
      aria-label={label}
      inputMode="numeric"
      autoComplete="off"
      size="large"
      placeholder="0000 0000"
      value={inGroups(value)}
      onChange={(event) => onChange(event.target.value.normalize('NFKC').replaceAll(/\D/g, '').slice(0, 8))}
    />
  );
}

export function inGroups(digits: string): string {
  return digits.length > 4 ? `${digits.slice(0, 4)} ${digits.slice(4)}` : digits;
}
