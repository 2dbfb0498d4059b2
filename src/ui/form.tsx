import type { ReactNode } from 'react';
import { Button } from 'antd';
import { GateButton, screenGate } from './gate-button.tsx';
import { useText } from './text.ts';
import { useAction } from './use-action.ts';

interface Props {
  children: ReactNode;
  submit: string;
  /** False: something needed is still empty or wrong. */
  ready?: boolean;
  /** It cannot be undone. */
  danger?: boolean;
  /** Resolves when the server took it; a refusal is shown and what was typed stays. */
  onSubmit: () => Promise<unknown>;
  done?: string | undefined;
  onCancel?: (() => void) | undefined;
}

/** Fields and the one button that sends them; Enter sends too. */
export function Form(props: Props): ReactNode {
  const { children, submit, ready = true, danger = false, onSubmit, done, onCancel } = props;
  const t = useText();
  const { busy, run } = useAction();
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !busy) void run(onSubmit, done);
      }}
    >
      {children}
      <div className="row-end">
        {onCancel && <Button onClick={onCancel}>{t('cancel')}</Button>}
        <GateButton
          type="primary"
          danger={danger}
          htmlType="submit"
          loading={busy}
          gate={screenGate(ready, 'form-incomplete')}
        >
          {submit}
        </GateButton>
      </div>
    </form>
  );
}
