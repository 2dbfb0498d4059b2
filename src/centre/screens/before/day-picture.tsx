/** The sessions of a day drawn on one scale, with what contradicts itself or another session in words. */
import type { ReactNode } from 'react';
import {
  dayRow,
  linesOfLabels,
  remarksOf,
  scaleOf,
  type DayRow,
  type PlannedSession,
} from '../../../exam/project/day-plan.ts';
import { dateTime } from '../../../ui/format.ts';
import { checkMarks, Mark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import type { SessionView } from '../../contract.ts';
import './day-picture.css';

const width = 1_000;
const margin = 24;
const labelWidth = 34;
const lineHeight = 13;
const spans = ['sign-in', 'start', 'work', 'extra'] as const;
const clock = (at: number): string => dateTime(at).slice(11);

export function plannedOf({ id, number, name, startAt, subjects, policy }: SessionView): PlannedSession {
  const durationMin = subjects.reduce((sum, subject) => sum + subject.durationMin, 0);
  return { id, number, name, startAt, durationMin, policy };
}

/** Those that begin on the same day, by the calendar of this browser. */
export function onDayOf(at: number, sessions: readonly PlannedSession[]): PlannedSession[] {
  const day = dateTime(at).slice(0, 10);
  return sessions.filter(({ startAt }) => dateTime(startAt).slice(0, 10) === day);
}

/** @param chosen the one that is edited: the others are there to compare; not given: all are the same. */
export function DayPicture(props: {
  sessions: readonly PlannedSession[];
  chosen?: PlannedSession;
}): ReactNode {
  const t = useText();
  const { chosen } = props;
  const sessions = props.sessions.toSorted((a, b) => a.startAt - b.startAt || a.number - b.number);
  const rows = sessions.map(dayRow);
  if (rows.length === 0) return null;
  const { from, to } = scaleOf(rows);
  const x = (at: number): number => margin + ((at - from) / (to - from)) * (width - 2 * margin);
  const heights = rows.map((row) => {
    const lines = linesOfLabels(
      row.marks.map(({ at }) => x(at)),
      labelWidth,
    );
    return { row, lines, height: 46 + (Math.max(...lines) + 1) * lineHeight };
  });
  const below = (n: number): number => heights.slice(0, n).reduce((sum, { height }) => sum + height, 24);
  const drawn = heights.map((one, i) => ({ ...one, top: below(i) }));
  const y = below(heights.length);
  const remarks = remarksOf(sessions).filter(
    (one) => chosen === undefined || one.session === chosen.number || one.other === chosen.number,
  );
  const hours: number[] = [];
  for (let at = from; at <= to; at += hourStep(from, to)) hours.push(at);
  const { startAt } = sessions[0] ?? { startAt: from };
  return (
    <div className="stack">
      <div className="day-legend">
        <strong>{dateTime(startAt).slice(0, 10)}</strong>
        {spans.map((what) => (
          <span key={what} className={`span-${what}`}>
            {t(`dayPlan.span.${what}`)}
          </span>
        ))}
      </div>
      <svg
        className="day-picture"
        viewBox={`0 0 ${width} ${y}`}
        role="img"
        aria-label={t('dayPlan.picture', {
          sessions: sessions.map(({ number, name }) => `${number} ${name}`).join(', '),
        })}
      >
        {hours.map((at) => (
          <g key={at}>
            <line className="hour" x1={x(at)} x2={x(at)} y1={16} y2={y} />
            <text className="hour-text" x={x(at)} y={11} textAnchor="middle">
              {clock(at)}
            </text>
          </g>
        ))}
        {drawn.map(({ row, lines, top }) => (
          <Row
            key={row.session.id ?? 'new'}
            {...{ row, lines, top, x }}
            other={chosen !== undefined && row.session.id !== chosen.id}
          />
        ))}
      </svg>
      {remarks.length === 0 ? (
        <Mark {...checkMarks.passed} word={t('dayPlan.noRemarks')} />
      ) : (
        <ul className="day-remarks">
          {remarks.map((one) => (
            <li key={`${one.type} ${one.session} ${one.other ?? ''}`}>
              <Mark
                {...(one.type === 'sessions-overlap' ? checkMarks.failed : checkMarks.warning)}
                word={t(`dayPlan.remark.${one.type}`, {
                  session: one.session,
                  other: one.other,
                  at: clock(one.at),
                  before: one.before === undefined ? '' : clock(one.before),
                })}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Row(props: {
  row: DayRow;
  lines: readonly number[];
  top: number;
  x: (at: number) => number;
  other: boolean;
}): ReactNode {
  const t = useText();
  const { row, lines, top, x, other } = props;
  const { number, name } = row.session;
  return (
    <g className={other ? 'is-other' : ''}>
      <text x={margin} y={top + 10} fontWeight={600}>
        {number} · {name}
      </text>
      {row.spans.map(({ what, from, to }) => (
        <g key={what} className={`span-${what}`}>
          <rect
            x={x(from)}
            width={Math.max(0, x(to) - x(from))}
            y={top + (what === 'sign-in' ? 16 : what === 'start' ? 21 : 26)}
            height={what === 'work' || what === 'extra' ? 10 : 5}
          />
        </g>
      ))}
      {row.marks.map(({ what, at }, i) => (
        <g key={what}>
          <line
            className="tick"
            x1={x(at)}
            x2={x(at)}
            y1={top + 14}
            y2={top + 38 + (lines[i] ?? 0) * lineHeight}
          />
          <text
            className="tick-text"
            x={x(at)}
            y={top + 48 + (lines[i] ?? 0) * lineHeight}
            textAnchor="middle"
          >
            <title>{t(`timeline.${what}`)}</title>
            {clock(at)}
          </text>
        </g>
      ))}
    </g>
  );
}

/** As many hours as can be read beside each other. */
function hourStep(from: number, to: number): number {
  const hour = 3_600_000;
  return hour * Math.max(1, Math.ceil((to - from) / hour / 16));
}
