import { useEffect, useState } from 'react';
import type { FoundSheet } from '../../../scans/review/contract.ts';

export interface LookedUp {
  readonly number: string;
  /** null: the register has none, or none that this user may see. */
  readonly sheet: FoundSheet | null;
}

/** Longer than from one digit to the next. */
const stillMs = 250;

/**
 * What the register knows of a number, once typing stops.
 * @param number null: not whole yet, there is nothing to look for
 */
export function useLookedUp(
  number: string | null,
  lookUp: (number: string) => Promise<LookedUp>,
): LookedUp | null {
  const [found, setFound] = useState<LookedUp | null>(null);
  useEffect(() => {
    if (number === null) return undefined;
    let current = true;
    const timer = setTimeout(() => {
      lookUp(number).then(
        (looked) => {
          if (current) setFound(looked);
        },
        // Saving asks again, and says what is wrong.
        () => undefined,
      );
    }, stillMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [number, lookUp]);
  return found?.number === number ? found : null;
}
