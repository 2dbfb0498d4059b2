/** A way in that leads over somebody else's page: whether there is one, and what has come of it when the browser is back. */
import { useEffect, useState } from 'react';
import type { Refusal } from '../../base/result.ts';

export interface Elsewhere {
  /** `label` null: there is none. The refusal is told once. */
  readonly state: () => Promise<{ readonly label: string | null; readonly refusal: Refusal | null }>;
  /** Leaves this page. */
  readonly go: () => Promise<void>;
}

export interface ElsewhereState {
  readonly label: string | null;
  readonly refusal: Refusal | null;
}

const none: ElsewhereState = { label: null, refusal: null };

/** @param asked false: nobody has to sign in now */
export function useElsewhere(way: Elsewhere | undefined, asked: boolean): ElsewhereState {
  const [state, setState] = useState(none);
  useEffect(() => {
    if (!way || !asked) {
      setState(none);
      return undefined;
    }
    let current = true;
    way.state().then(
      (told) => {
        if (current) setState(told);
      },
      // The page says by itself that its server does not answer.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [way, asked]);
  return state;
}
