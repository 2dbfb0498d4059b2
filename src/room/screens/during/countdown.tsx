import type { ReactNode } from 'react';
import { duration } from '../../../ui/format.ts';
import { useText } from '../../../ui/text.ts';
import { useTick } from '../../../ui/use-tick.ts';

/** Large, for the projector. */
export function Countdown({ startsAt }: { startsAt: number }): ReactNode {
  const t = useText();
  const now = useTick(250);
  return (
    <div className="countdown" role="timer">
      <div>{t('room.countdown')}</div>
      <div className="countdown-figures">{duration(startsAt - now)}</div>
    </div>
  );
}
