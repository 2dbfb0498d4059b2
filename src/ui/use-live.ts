import { useEffect, useRef, useState } from 'react';
import type { Refusal } from '../base/result.ts';
import { refusalOf } from './client.ts';
import { connection } from './connection.ts';
import { keepSame } from './keep-same.ts';
import { news } from './news.ts';
import { useVisible } from './use-visible.ts';

export interface Live<T> {
  readonly value: T | null;
  readonly refusal: Refusal | null;
  /** Grows with every view that comes. */
  readonly round: number;
  /** Shows an answer of an operation at once instead of waiting for the stream. */
  readonly set: (value: T) => void;
}

/** The server repeats a view every 15 s; silence beyond this means a dead connection. */
const silenceMs = 40_000;

/**
 * Watches a live view and reconnects by itself. `open` starts the stream; it starts anew when `key` changes
 * (null: do not watch). A tab that nobody sees watches nothing: browsers allow six connections to one server, all tabs together.
 */
export function useLive<T>(
  key: string | null,
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
): Live<T> {
  const [seen, setSeen] = useState<{ value: T | null; round: number }>({ value: null, round: 0 });
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const visible = useVisible();
  const opener = useRef(open);
  opener.current = open;

  useEffect(() => {
    setSeen((before) => ({ ...before, value: null }));
    setRefusal(null);
  }, [key]);

  useEffect(() => {
    if (key === null || !visible) return undefined;
    const stop = new AbortController();
    const watch = async (): Promise<void> => {
      let restMs = 500;
      while (!stop.signal.aborted) {
        const attempt = new AbortController();
        const abort = (): void => attempt.abort();
        stop.signal.addEventListener('abort', abort);
        let silence = setTimeout(abort, silenceMs);
        try {
          for await (const value of await opener.current(attempt.signal)) {
            if (stop.signal.aborted) break;
            clearTimeout(silence);
            silence = setTimeout(abort, silenceMs);
            restMs = 500;
            setSeen((before) => ({ value: keepSame(before.value, value), round: before.round + 1 }));
            setRefusal(null);
            connection.answered();
            news.came();
          }
        } catch (error) {
          if (stop.signal.aborted) break;
          const said = refusalOf(error);
          setRefusal(said);
          if (said.type === 'console-unreachable') connection.silent();
        } finally {
          clearTimeout(silence);
          stop.signal.removeEventListener('abort', abort);
        }
        if (stop.signal.aborted) break;
        await new Promise((resolve) => setTimeout(resolve, restMs));
        restMs = Math.min(restMs * 2, 5_000);
      }
    };
    void watch();
    return () => stop.abort();
  }, [key, visible]);

  const set = (value: T): void =>
    setSeen((before) => ({ value: keepSame(before.value, value), round: before.round + 1 }));
  return { value: seen.value, round: seen.round, refusal, set };
}
