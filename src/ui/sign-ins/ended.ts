/** The server said that somebody has ended this browser's sign-in. */
const listeners = new Set<() => void>();

export const signInEnded = {
  tell(): void {
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
