import { useCallback, useState } from 'react';
import { App } from 'antd';
import { refusalOf } from './client.ts';
import { refusalNotice } from './refusal-notice.tsx';

export interface Action {
  readonly busy: boolean;
  /** Runs an operation; a refusal is shown and stays until it is closed or something else is tried. Resolves with whether it went through. */
  readonly run: (operation: () => Promise<unknown>, done?: string) => Promise<boolean>;
}

export function useAction(): Action {
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const run = useCallback(
    async (operation: () => Promise<unknown>, done?: string) => {
      setBusy(true);
      refusalNotice.clear();
      try {
        await operation();
        if (done !== undefined) void message.success(done);
        return true;
      } catch (error) {
        refusalNotice.show(refusalOf(error));
        return false;
      } finally {
        setBusy(false);
      }
    },
    [message],
  );
  return { busy, run };
}
