import { useMemo } from 'react';
import { App } from 'antd';
import type { Refusal } from '../base/result.ts';
import { saidRefusal } from './refusal-text.tsx';
import { useText } from './text.ts';

interface RefusalNotice {
  readonly show: (refusal: Refusal) => void;
  readonly clear: () => void;
}

/** One at a time: an old refusal beside what has gone through since would be taken for a new one. */
const key = 'refusal';

/** A refusal in the corner: it stays until it is closed or something else is tried. */
export function useRefusalNotice(): RefusalNotice {
  const { notification } = App.useApp();
  const t = useText();
  return useMemo(
    () => ({
      show: (refusal) => {
        const { what, remedy } = saidRefusal(t, refusal);
        notification.error({
          key,
          title: what,
          description: remedy,
          duration: 0,
          placement: 'bottomRight',
          role: 'alert',
        });
      },
      clear: () => notification.destroy(key),
    }),
    [notification, t],
  );
}
