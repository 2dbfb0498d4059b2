/** Above the question: who works here, where the answers are, time left. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Refusal } from '../../../base/result.ts';
import { timeLeft, useNow } from '../clock.ts';
import { useLanguage } from '../language.tsx';
import { refusalText } from '../refusal-text.ts';
import type { LiveSeat } from '../seat-state.ts';
import type { KeeperView } from './answer-keeper.ts';

/** Minutes left that a screen reader says by itself. */
const spoken = [30, 15, 5, 1];
const minuteMs = 60_000;
/** How long it stays on the screen; the time left stands beside it all the while. */
const noticeMs = 30_000;

export function WorkBar({
  seat,
  view,
  leftMs,
}: {
  seat: LiveSeat;
  view: KeeperView;
  leftMs: number | null;
}): ReactNode {
  const { say } = useLanguage();
  const { candidate } = seat.state;
  return (
    <section className="work-bar" aria-label={say('work-bar')}>
      <span className="who">
        <strong>{candidate?.name}</strong> <span className="figures">{candidate?.admissionNumber}</span>
      </span>
      <KeptLine view={view} />
      {seat.state.accommodations?.timeUnlimited ? (
        <span className="time">{say('time.unlimited')}</span>
      ) : (
        leftMs !== null && <TimeLeft leftMs={leftMs} />
      )}
    </section>
  );
}

/** Milliseconds left now; null: the room has not said yet. */
export function useTimeLeft(seat: LiveSeat): number | null {
  const now = useNow();
  const { timeLeftMs } = seat.state;
  return timeLeftMs === null ? null : Math.max(0, timeLeftMs - (now - seat.arrivedAt));
}

function KeptLine({ view }: { view: KeeperView }): ReactNode {
  const { say } = useLanguage();
  if (view.trouble) return <Trouble refusal={view.trouble} />;
  const key = view.overall === null ? 'kept.none' : (`kept.${view.overall}` as const);
  // Not a live region: it changes with every answer.
  return <span className={`kept ${view.overall ?? 'none'}`}>{say(key)}</span>;
}

function Trouble({ refusal }: { refusal: Refusal }): ReactNode {
  const { say } = useLanguage();
  const known = ['answer-too-long', 'disk-full'].includes(refusal.type);
  return (
    <span className="kept trouble" role="alert">
      {known ? refusalText(say, refusal) : say('kept.trouble')}
    </span>
  );
}

function TimeLeft({ leftMs }: { leftMs: number }): ReactNode {
  const { say } = useLanguage();
  const left = timeLeft(leftMs);
  return (
    <span className={left.unit === 'seconds' ? 'time soon' : 'time'} role="timer">
      {say('time.left')}{' '}
      <strong className="figures">
        {left.unit === 'minutes' ? say('time.minutes', { minutes: left.minutes }) : left.text}
      </strong>
    </span>
  );
}

/** Says the time left a few times only, and when it became more. */
export function TimeNotice({ leftMs }: { leftMs: number | null }): ReactNode {
  const { say } = useLanguage();
  // Said in words only when it is shown: the candidate may change the language meanwhile.
  const [notice, setNotice] = useState<{ key: 'time.more' | 'time.announce'; minutes: number } | null>(null);
  const before = useRef<number | null>(null);
  useEffect(() => {
    if (leftMs === null) return;
    const last = before.current;
    before.current = leftMs;
    if (last === null) return;
    const minutes = Math.ceil(leftMs / minuteMs);
    // Clocks are compared with every state: half a minute more is no correction but a gift of the invigilator.
    if (leftMs > last + minuteMs / 2) setNotice({ key: 'time.more', minutes });
    else if (spoken.some((mark) => last > mark * minuteMs && leftMs <= mark * minuteMs))
      setNotice({ key: 'time.announce', minutes });
  }, [leftMs]);
  useEffect(() => {
    if (notice === null) return;
    const gone = setTimeout(() => setNotice(null), noticeMs);
    return () => clearTimeout(gone);
  }, [notice]);
  return (
    <p className="time-notice" role="status">
      {notice && say(notice.key, { minutes: notice.minutes })}
    </p>
  );
}
