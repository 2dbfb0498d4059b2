/** Something new came from this console's server. What is asked for now and then is asked for at once, and so shows with the page what happened. */
const listeners = new Set<() => void>();

export const news = {
  came(): void {
    for (const listener of listeners) listener();
  },

  /** @param restMs at least between two calls of `ask`; what comes meanwhile is one call after it. @returns what ends it */
  follow(ask: () => void, restMs: number): () => void {
    let rest: ReturnType<typeof setTimeout> | null = null;
    let again = false;
    const now = (): void => {
      if (rest !== null) {
        again = true;
        return;
      }
      rest = setTimeout(() => {
        rest = null;
        if (!again) return;
        again = false;
        now();
      }, restMs);
      ask();
    };
    listeners.add(now);
    return () => {
      listeners.delete(now);
      if (rest !== null) clearTimeout(rest);
    };
  },
};
