import type { ReactNode } from 'react';
import type { GateView } from '../node/contract.ts';
import { GateButton, type GateButtonProps } from './gate-button.tsx';
import { useAction } from './use-action.ts';

type Props = Omit<GateButtonProps, 'onClick' | 'loading' | 'gate'> & {
  /** Not given: always possible. */
  gate?: GateView | undefined;
  act: () => Promise<unknown>;
  /** Said when it went through. */
  done?: string;
  children: ReactNode;
};

/** A button that runs one operation: busy while it runs, its refusal is shown. */
export function ActButton({ gate = { allowed: true }, act, done, children, ...rest }: Props): ReactNode {
  const { busy, run } = useAction();
  return (
    <GateButton {...rest} gate={gate} loading={busy} onClick={() => void run(act, done)}>
      {children}
    </GateButton>
  );
}
