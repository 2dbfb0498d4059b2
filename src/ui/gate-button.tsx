import type { ReactNode } from 'react';
import { App, Button, Tooltip, type ButtonProps } from 'antd';
import type { GateView } from '../node/contract.ts';
import { dateTime } from './format.ts';
import { refusalTexts } from './refusal-text.tsx';
import { useText, type Text } from './text.ts';

export function gateText(t: Text, gate: GateView | undefined): string | null {
  if (gate === undefined) return t('gate.unknown');
  if (gate.allowed) return null;
  const parts: string[] = [];
  if (gate.reason) {
    const { what, remedy } = refusalTexts(t, gate.reason);
    parts.push(what);
    if (remedy !== null) parts.push(remedy);
  }
  if (gate.opensAt !== undefined) parts.push(t('gate.opensAt', { at: dateTime(gate.opensAt) }));
  if (gate.remedy) parts.push(refusalTexts(t, gate.remedy).what);
  return parts.join(' ');
}

export type GateButtonProps = Omit<ButtonProps, 'disabled'> & {
  gate: GateView | undefined;
  children: ReactNode;
};

/**
 * A button that is visible also when it is not possible now; then it is dimmed and says why and when: on hover, on focus, to
 * screen readers, and when it is pressed all the same.
 */
export function GateButton({ gate, onClick, children, ...rest }: GateButtonProps): ReactNode {
  const t = useText();
  const { message } = App.useApp();
  const why = gateText(t, gate);
  const closed = why !== null;
  return (
    <Tooltip title={why} trigger={['hover', 'focus']}>
      <Button
        {...rest}
        aria-disabled={closed}
        className={`${rest.className ?? ''} ${closed ? 'gate-closed' : ''}`}
        onClick={(event) => {
          if (closed) void message.info(why);
          else onClick?.(event);
        }}
      >
        {children}
        {closed && <span className="only-read">. {why}</span>}
      </Button>
    </Tooltip>
  );
}

/** A gate for what only the screen knows, such as "select somebody first". */
export function screenGate(
  allowed: boolean,
  type: string,
  about: Readonly<Record<string, string | number>> = {},
): GateView {
  return allowed ? { allowed } : { allowed, reason: { type, ...about } };
}
