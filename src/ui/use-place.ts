import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** Where the user is, as the parts of the address after `#/`: pages can be reloaded and left and come back to. */
export function usePlace(): readonly [parts: string[], go: (...parts: string[]) => void] {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const parts = hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => decodeURIComponent(part));
  return [parts, goTo];
}

function goTo(...parts: string[]): void {
  location.hash = `/${parts.map((part) => encodeURIComponent(part)).join('/')}`;
}
