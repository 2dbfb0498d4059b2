import type { ReactNode } from 'react';
import { timeline, type Policy } from '../../../exam/project/policy.ts';
import { dateTime } from '../../../ui/format.ts';
import { useText } from '../../../ui/text.ts';

/** The session's day as the policy makes it, in order. */
export function SessionTimeline(session: {
  startAt: number;
  durationMin: number;
  policy: Policy;
}): ReactNode {
  const t = useText();
  const marks = timeline(session).toSorted((a, b) => a.at - b.at);
  return (
    <ol className="day" aria-label={t('centre.day')}>
      {marks.map((mark) => (
        <li key={mark.what} className={mark.what === 'start' || mark.what === 'end' ? 'day-edge' : ''}>
          <time>{dateTime(mark.at)}</time>
          <span>{t(`timeline.${mark.what}`)}</span>
        </li>
      ))}
    </ol>
  );
}
