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
  location.hash = hashOf(parts);
}

/** Says more exactly where the user is already: nothing to go back to. */
export function nameThisPlace(...parts: string[]): void {
  location.replace(hashOf(parts));
}

function hashOf(parts: readonly string[]): string {
  return `#/${parts.map((part) => encodeURIComponent(part)).join('/')}`;
}
