import { useCallback, useEffect, useRef, useState } from 'react';
import type { Refusal } from '../base/result.ts';
import { refusalOf } from './client.ts';
import { connection, useConnection } from './connection.ts';

export interface Loaded<T> {
  readonly value: T | null;
  readonly refusal: Refusal | null;
  readonly reload: () => void;
  readonly set: (value: T) => void;
}

/** Fetches once, again when `key` changes, on `reload` and when the server is back; null as key: not yet. What was there stays until the new comes. */
export function useLoaded<T>(key: string | null, load: () => Promise<T>): Loaded<T> {
  const [value, setValue] = useState<T | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [round, setRound] = useState(0);
  const { round: returns } = useConnection();
  const loader = useRef(load);
  loader.current = load;

  useEffect(() => {
    if (key === null) return undefined;
    let current = true;
    loader.current().then(
      (loaded) => {
        if (!current) return;
        setValue(loaded);
        setRefusal(null);
      },
      (error: unknown) => {
        if (!current) return;
        const said = refusalOf(error);
        setRefusal(said);
        if (said.type === 'console-unreachable') connection.silent();
      },
    );
    return () => {
      current = false;
    };
  }, [key, round, returns]);

  const reload = useCallback(() => setRound((one) => one + 1), []);
  return { value, refusal, reload, set: setValue };
}
