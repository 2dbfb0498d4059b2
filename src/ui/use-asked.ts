import { useEffect, useRef } from 'react';
import { keepSame } from './keep-same.ts';
import { useLoaded, type Loaded } from './use-loaded.ts';
import { useVisible } from './use-visible.ts';

/** After each answer: a slow one is never asked twice at once. */
const restMs = 3_000;

/**
 * As `useLoaded`, and asked again some seconds after each answer, for as long as somebody sees the page: what nobody tells of, as a file that somebody
 * puts on a stick, or a token.
 */
export function useAsked<T>(key: string | null, ask: () => Promise<T>): Loaded<T> {
  const visible = useVisible();
  const before = useRef<T | null>(null);
  const loaded = useLoaded(key, async () => {
    before.current = keepSame(before.current, await ask());
    return { value: before.current };
  });
  const { value, refusal, reload, set } = loaded;
  useEffect(() => {
    if (key === null || !visible) return undefined;
    const timer = setTimeout(reload, restMs);
    return () => clearTimeout(timer);
    // Each answer is one of its own, also when it says the same.
  }, [key, visible, value, refusal, reload]);
  return { value: value?.value ?? null, refusal, reload, set: (now) => set({ value: now }) };
}
