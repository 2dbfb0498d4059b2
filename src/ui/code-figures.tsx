import type { ReactNode } from 'react';
import { App, Tooltip } from 'antd';
import { useText } from './text.ts';

/** `1999 9999 0011 0040 01`: groups of four for codes and long numbers. */
export function grouped(code: string): string {
  const plain = code.replaceAll(/[\s-]/g, '');
  return plain.length <= 6 ? code : (plain.match(/.{1,4}/g) ?? []).join(' ');
}

/** A code or long number in large, grouped, tabular figures; one click copies it as it was given. */
export function CodeFigures({
  value,
  shown = grouped(value),
  large = false,
}: {
  value: string;
  /** In other groups than of four. */
  shown?: string;
  large?: boolean;
}): ReactNode {
  const t = useText();
  const { message } = App.useApp();
  return (
    <Tooltip title={t('copy')}>
      <button
        type="button"
        className={large ? 'figures figures-large' : 'figures'}
        aria-label={`${shown}, ${t('copy')}`}
        onClick={(event) => {
          event.stopPropagation();
          navigator.clipboard.writeText(value).then(
            () => message.success(t('copied', { value })),
            () => message.warning(t('copyFailed')),
          );
        }}
      >
        {shown}
      </button>
    </Tooltip>
  );
}
