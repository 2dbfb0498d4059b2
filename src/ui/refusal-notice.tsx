/**
 * What was refused, said where it hides nothing: below what the open dialog holds, or else below the whole page, which gives way for it. It
 * stays until it is closed, its dialog is, or something else is tried.
 */
import { useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Alert } from 'antd';
import type { Refusal } from '../base/result.ts';
import { saidRefusal } from './refusal-text.tsx';
import { useText } from './text.ts';

/** Of one page or dialog. */
type Place = symbol;

interface Said {
  /** One at a time: an old refusal beside what has gone through since would be taken for a new one. */
  readonly refusal: Refusal | null;
  /** The page, and each dialog that lies open above it. */
  readonly places: readonly Place[];
}

const listeners = new Set<() => void>();
let current: Said = { refusal: null, places: [] };

function become(next: Partial<Said>): void {
  current = { ...current, ...next };
  for (const listener of listeners) listener();
}

export const refusalNotice = {
  show: (refusal: Refusal): void => become({ refusal: { ...refusal } }),
  clear: (): void => become({ refusal: null }),
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @param ofPage its place is below every dialog, whichever of them was there first */
export function RefusalNotice({ ofPage = false }: { ofPage?: boolean }): ReactNode {
  const t = useText();
  const [place] = useState<Place>(() => Symbol('place'));
  const { refusal, places } = useSyncExternalStore(subscribe, () => current);
  const here = refusal !== null && places.at(-1) === place;
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef(false);
  shown.current = here;
  useEffect(() => {
    become({ places: ofPage ? [place, ...current.places] : [...current.places, place] });
    return () => {
      // What was said in a dialog goes with it; what comes when it has gone is said below the page.
      const places = current.places.filter((one) => one !== place);
      become(shown.current ? { places, refusal: null } : { places });
    };
  }, [ofPage, place]);
  useEffect(() => {
    if (here) box.current?.scrollIntoView({ block: 'nearest' });
  }, [here, refusal]);
  if (!here) return null;
  const { what, remedy } = saidRefusal(t, refusal);
  return (
    <div ref={box} className={ofPage ? 'refusal-notice of-page' : 'refusal-notice'}>
      <Alert
        type="error"
        showIcon
        role="alert"
        title={what}
        description={remedy}
        closable={{ 'aria-label': t('close') }}
        onClose={refusalNotice.clear}
      />
    </div>
  );
}
