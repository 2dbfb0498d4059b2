import { useEffect, useState, type ReactNode } from 'react';
import type { Microphone } from './microphone.ts';

const everyMs = 100;
/** So long nothing but silence is worth a word, ms. */
const quietMs = 4_000;

/** How loud the microphone is just now, and that nothing is heard. */
export function LevelMeter({
  microphone,
  label,
  nothing,
}: {
  microphone: Microphone;
  label: string;
  /** Said when nothing was heard for a while. */
  nothing: string;
}): ReactNode {
  const [level, setLevel] = useState(0);
  const [quiet, setQuiet] = useState(false);
  useEffect(() => {
    const asking = setInterval(() => {
      setLevel(microphone.level());
      setQuiet(microphone.quietMs() > quietMs);
    }, everyMs);
    return () => clearInterval(asking);
  }, [microphone]);
  return (
    <>
      {/* What is loud to an ear is a small part of what a microphone can give: the root brings it up. */}
      <meter className="level" min={0} max={1} value={Math.sqrt(level)} aria-label={label} />
      <p className="problem" role="alert">
        {quiet && nothing}
      </p>
    </>
  );
}
