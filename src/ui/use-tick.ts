import { useEffect, useState } from 'react';
import { useSession } from './session.ts';

/** The server's time in ms, renewed every `everyMs`: what counts is the exam's clock, not this browser's. */
export function useTick(everyMs: number): number {
  const { clockOffset } = useSession();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now + clockOffset;
}
