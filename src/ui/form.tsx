import type { ReactNode } from 'react';
import { Button } from 'antd';
import { useText } from './text.ts';
import { useAction } from './use-action.ts';

interface Props {
  children: ReactNode;
  submit: string;
  /** False: something needed is still empty or wrong. */
  ready?: boolean;
  /** Resolves when the server took it; a refusal is shown and what was typed stays. */
  onSubmit: () => Promise<unknown>;
  done?: string;
  onCancel?: () => void;
}

/** Fields and the one button that sends them; Enter sends too. */
export function Form({ children, submit, ready = true, onSubmit, done, onCancel }: Props): ReactNode {
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
        <Button type="primary" htmlType="submit" loading={busy} disabled={!ready}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
