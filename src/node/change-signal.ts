/** Tells live views that something changed; what, they read themselves. */
export interface ChangeSignal {
  notify(): void;
  subscribe(listener: () => void): () => void;
}

export function changeSignal(): ChangeSignal {
  const listeners = new Set<() => void>();
  return {
    notify: () => {
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
