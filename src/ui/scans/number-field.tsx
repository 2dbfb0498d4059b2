import { useLayoutEffect, useRef, type ReactNode, type Ref } from 'react';
import { Input, type InputRef } from 'antd';
import { grouped } from '../../exam/form/sheet-number.ts';
import './number-field.css';

interface Props {
  id: string;
  digits: string;
  most: number;
  onChange: (digits: string) => void;
  disabled: boolean;
  describedBy: string;
  wrong: boolean;
  ref: Ref<InputRef>;
}

/** Digits in the groups in which they are printed; whatever else is typed or pasted between them is left out. */
export function NumberField(props: Props): ReactNode {
  const { id, digits, most, onChange, disabled, describedBy, wrong, ref } = props;
  const shown = grouped(digits);
  const field = useRef<HTMLInputElement>(null);
  /** Digits before the caret, while the browser has not drawn the groups anew. */
  const before = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (before.current === null || !field.current) return;
    const place = grouped(digits.slice(0, before.current)).length;
    field.current.setSelectionRange(place, place);
    before.current = null;
  });
  return (
    <Input
      id={id}
      ref={ref}
      className="scan-number-field"
      size="large"
      inputMode="numeric"
      autoComplete="off"
      value={shown}
      disabled={disabled}
      aria-describedby={describedBy}
      aria-invalid={wrong}
      onChange={({ target }) => {
        field.current = target;
        before.current = onlyDigits(target.value.slice(0, target.selectionStart ?? undefined)).length;
        onChange(onlyDigits(target.value).slice(0, most));
      }}
    />
  );
}

function onlyDigits(text: string): string {
  return text.replaceAll(/\D/g, '');
}
