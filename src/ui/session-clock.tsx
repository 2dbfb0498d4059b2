import type { ReactNode } from 'react';
import type { FrameSession } from '../node/contract.ts';
import { clockTime, dateTime, duration } from './format.ts';
import { useText } from './text.ts';
import { useTick } from './use-tick.ts';

/** Which session, and how long until it starts or ends. */
export function SessionClock({ session }: { session: FrameSession }): ReactNode {
  const t = useText();
  const now = useTick(1000);
  return (
    <>
      <span className="title-session">{session.name}</span> <strong>{clockText()}</strong>
    </>
  );

  function clockText(): string {
    const { startAt, startsAt, endsAt, endedAt } = session;
    if (endedAt !== null) return t('clock.ended', { at: clockTime(endedAt) });
    if (startsAt !== null && now < startsAt) return t('clock.startsIn', { left: startsAt - now });
    if (startsAt !== null && endsAt !== null && now < endsAt) return t('clock.left', { left: endsAt - now });
    if (startsAt !== null) return t('clock.startedAt', { at: clockTime(startsAt) });
    const inTime = startAt - now;
    return inTime > 0 && inTime < 12 * 3_600_000
      ? t('clock.plannedIn', { left: duration(inTime), at: dateTime(startAt).slice(11) })
      : t('clock.planned', { at: dateTime(startAt) });
  }
}
