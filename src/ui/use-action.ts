import { useCallback, useState } from 'react';
import { App } from 'antd';
import { refusalOf } from './client.ts';
import { refusalTexts } from './refusal-text.tsx';
import { useText } from './text.ts';

export interface Action {
  readonly busy: boolean;
  /** Runs an operation; a refusal is shown and stays until closed. Resolves with whether it went through. */
  readonly run: (operation: () => Promise<unknown>, done?: string) => Promise<boolean>;
}

export function useAction(): Action {
  const { notification, message } = App.useApp();
  const t = useText();
  const [busy, setBusy] = useState(false);
  const run = useCallback(
    async (operation: () => Promise<unknown>, done?: string) => {
      setBusy(true);
      try {
        await operation();
        if (done !== undefined) void message.success(done);
        return true;
      } catch (error) {
        const { what, remedy } = refusalTexts(t, refusalOf(error));
        notification.error({
          title: what,
          description: remedy,
          duration: 0,
          placement: 'bottomRight',
          role: 'alert',
        });
        return false;
      } finally {
        setBusy(false);
      }
    },
    [message, notification, t],
  );
  return { busy, run };
}
