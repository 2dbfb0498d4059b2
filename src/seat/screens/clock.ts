import { useEffect, useState } from 'react';

/** `performance.now()`, read again at least every `everyMs` while the component is shown. */
export function useNow(everyMs = 250): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

const minuteMs = 60_000;

/**
 * Time left as a candidate reads it: minutes, rounded up, until the last five, then `m:ss`.
 * @param leftMs milliseconds
 */
export function timeLeft(
  leftMs: number,
): { unit: 'minutes'; minutes: number } | { unit: 'seconds'; text: string } {
  if (leftMs > 5 * minuteMs) return { unit: 'minutes', minutes: Math.ceil(leftMs / minuteMs) };
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return { unit: 'seconds', text: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` };
}
