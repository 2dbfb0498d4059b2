import type { ReactNode } from 'react';
import { LevelMeter as Meter } from '../../ui/sound/level-meter.tsx';
import type { Microphone } from '../../ui/sound/microphone.ts';
import { useSay } from './language.tsx';

/** How loud the candidate's microphone is just now. */
export function LevelMeter({ microphone }: { microphone: Microphone }): ReactNode {
  const say = useSay();
  return <Meter microphone={microphone} label={say('sound.level')} nothing={say('sound.nothing')} />;
}
