/** Whether this console's own server answers. What a page has loaded is loaded again when the server is back. */
import { useSyncExternalStore } from 'react';

interface Connection {
  /** Since when it has been silent, ms of this browser; null while it answers. */
  readonly lostSince: number | null;
  /** Grows each time it comes back. */
  readonly round: number;
}

const listeners = new Set<() => void>();
let current: Connection = { lostSince: null, round: 0 };

function become(next: Connection): void {
  current = next;
  for (const listener of listeners) listener();
}

export const connection = {
  answered(): void {
    if (current.lostSince !== null) become({ lostSince: null, round: current.round + 1 });
  },
  silent(): void {
    if (current.lostSince === null) become({ ...current, lostSince: Date.now() });
  },
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => current);
}
