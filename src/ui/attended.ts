/** Whether a person uses this page: the server ends a sign-in that nobody has used for long, though its page asks every few seconds. */

/** Long enough to read a page in, short beside the server's limit, ms. */
const restMs = 60_000;
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'];

/** @returns whether there was a key or a pointer in the last minute. A page that opens by itself is used by nobody yet. */
export function watchForPeople(page: EventTarget, now: () => number): () => boolean {
  let usedAt = -Infinity;
  const used = (): void => {
    usedAt = now();
  };
  // Before anything can stop them.
  for (const sign of signs) page.addEventListener(sign, used, { capture: true, passive: true });
  return () => now() - usedAt < restMs;
}
