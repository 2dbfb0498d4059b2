/** One page in the viewer: what is known of it and its picture; those beside it are fetched ahead. */
import { useEffect, useRef, useState } from 'react';
import type { Refusal } from '../../../../base/result.ts';
import { refusalOf } from '../../../../ui/client.ts';
import type { ScanView } from '../../../scans/review/contract.ts';
import type { CentreClient } from '../../centre-console.tsx';
import { PageMemory, type PagePicture } from './page-memory.ts';

export interface ShownPage {
  /** null: not there yet. */
  readonly view: ScanView | null;
  readonly picture: PagePicture | null;
  /** Why the one or the other does not come. */
  readonly refusal: Refusal | null;
  readonly set: (view: ScanView) => void;
  /** Gets what others have decided meanwhile. */
  readonly reload: () => void;
}

export function usePage(centre: CentreClient, projectId: string, scanId: string): ShownPage {
  const [memory] = useState(() => new PageMemory());
  const [view, setView] = useState<ScanView | null>(null);
  const [picture, setPicture] = useState<PagePicture | null>(null);
  const [refused, setRefused] = useState<{ id: string; refusal: Refusal } | null>(null);
  const [round, setRound] = useState(0);
  const wanted = useRef(scanId);
  wanted.current = scanId;

  useEffect(() => () => memory.close(), [memory]);
  useEffect(() => {
    const fail = (error: unknown): void => {
      if (wanted.current === scanId) setRefused({ id: scanId, refusal: pictureRefusal(error) });
    };
    // Side by side: neither waits for the other.
    const known = centre.scan.get({ projectId, scanId });
    known.then((got) => {
      if (wanted.current !== scanId) return;
      setView(got);
      setRefused(null);
    }, fail);
    memory.get(scanId).then(
      (got) => {
        if (wanted.current === scanId) setPicture(got);
      },
      async (error: unknown) => {
        // A page that came without a picture says by itself why.
        const got = await known.catch(() => null);
        if (got?.hasImage) fail(error);
      },
    );
  }, [centre, projectId, scanId, memory, round]);

  const shown = view?.id === scanId ? view : null;
  const there = picture?.id === scanId ? picture : null;
  const ahead = shown?.around;
  useEffect(() => {
    if (!ahead || !there) return;
    for (const id of new Set([ahead.nextUnrecognised, ahead.next, ahead.previous]))
      // One that does not come says why when it is its turn.
      if (id !== null) memory.get(id).catch(() => undefined);
  }, [ahead, there, memory]);

  return {
    view: shown,
    picture: there,
    refusal: refused?.id === scanId ? refused.refusal : null,
    set: setView,
    reload: () => setRound((one) => one + 1),
  };
}

function pictureRefusal(error: unknown): Refusal {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'type' in cause
    ? (cause as Refusal)
    : refusalOf(error);
}
