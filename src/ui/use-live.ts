import { useEffect, useRef, useState } from 'react';
import type { Refusal } from '../base/result.ts';
import { refusalOf } from './client.ts';

export interface Live<T> {
  readonly value: T | null;
  /** Since when nothing has come from the server; null while the connection is good. */
  readonly lostSince: number | null;
  readonly refusal: Refusal | null;
  /** Shows an answer of an operation at once instead of waiting for the stream. */
  readonly set: (value: T) => void;
}

/** The server repeats a view every 15 s; silence beyond this means a dead connection. */
const silenceMs = 40_000;

/**
 * Watches a live view and reconnects by itself. `open` starts the stream; it starts anew when `key` changes
 * (null: do not watch).
 */
export function useLive<T>(
  key: string | null,
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
): Live<T> {
  const [value, setValue] = useState<T | null>(null);
  const [lostSince, setLostSince] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const opener = useRef(open);
  opener.current = open;

  useEffect(() => {
    setValue(null);
    setRefusal(null);
    if (key === null) return undefined;
    const stop = new AbortController();
    const watch = async (): Promise<void> => {
      let restMs = 500;
      while (!stop.signal.aborted) {
        const attempt = new AbortController();
        const abort = (): void => attempt.abort();
        stop.signal.addEventListener('abort', abort);
        let silence = setTimeout(abort, silenceMs);
        try {
          for await (const view of await opener.current(attempt.signal)) {
            clearTimeout(silence);
            silence = setTimeout(abort, silenceMs);
            restMs = 500;
            setValue(view);
            setLostSince(null);
            setRefusal(null);
          }
        } catch (error) {
          if (stop.signal.aborted) break;
          setRefusal(refusalOf(error));
        } finally {
          clearTimeout(silence);
          stop.signal.removeEventListener('abort', abort);
        }
        if (stop.signal.aborted) break;
        setLostSince((since) => since ?? Date.now());
        await new Promise((resolve) => setTimeout(resolve, restMs));
        restMs = Math.min(restMs * 2, 5_000);
      }
    };
    void watch();
    return () => stop.abort();
  }, [key]);

  return { value, lostSince, refusal, set: setValue };
}
