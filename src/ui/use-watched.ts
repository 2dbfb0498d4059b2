import { useEffect, useState } from 'react';
import { useLive, type Live } from './use-live.ts';
import { useLoaded } from './use-loaded.ts';
import { useVisible } from './use-visible.ts';

const askEveryMs = 5_000;

/**
 * A view of which every page shows a little (how much is unread) and one page the whole: that page watches it live, the others ask now and then.
 * A stream on every page would take one of the six connections that browsers allow to one server, all windows together.
 *
 * @param key null: not now
 * @param whole the page that shows all of it is open
 */
export function useWatched<T>(
  key: string | null,
  whole: boolean,
  view: {
    readonly get: () => Promise<T>;
    readonly live: (signal: AbortSignal) => Promise<AsyncIterable<T>>;
  },
): Live<T> {
  const visible = useVisible();
  const [asked, setAsked] = useState(0);
  const asks = key !== null && visible && !whole;
  useEffect(() => {
    if (!asks) return undefined;
    const timer = setInterval(() => setAsked((before) => before + 1), askEveryMs);
    return () => clearInterval(timer);
  }, [asks]);
  const live = useLive(whole ? key : null, view.live);
  const loaded = useLoaded<{ readonly key: string | null; readonly value: T }>(
    asks ? `${key} ${asked}` : null,
    async () => ({ key, value: await view.get() }),
  );
  const answered = loaded.value?.key === key ? loaded.value.value : null;
  return {
    value: whole ? (live.value ?? answered) : answered,
    refusal: whole ? live.refusal : loaded.refusal,
    round: live.round,
    set: (value) => {
      live.set(value);
      loaded.set({ key, value });
    },
  };
}
