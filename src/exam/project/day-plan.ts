/** A day's sessions as a picture has them: bars on a scale, and what in a policy contradicts itself or another session. */
import type { Policy } from './policy.ts';
import { timeline, type TimelineMark } from './policy.ts';

const minuteMs = 60_000;

export interface PlannedSession {
  /** null: one that is being made. */
  readonly id: string | null;
  readonly number: number;
  readonly name: string;
  readonly startAt: number;
  readonly durationMin: number;
  readonly policy: Policy;
}

export interface Span {
  readonly what: 'sign-in' | 'start' | 'work' | 'extra';
  readonly from: number;
  readonly to: number;
}

export interface DayRow {
  readonly session: PlannedSession;
  readonly marks: readonly { readonly what: TimelineMark; readonly at: number }[];
  readonly spans: readonly Span[];
}

/** What is worth a look. `session` and `other` are numbers of sessions. */
export interface PlanRemark {
  readonly type:
    | 'released-after-start-opens'
    | 'start-opens-before-sign-in'
    | 'start-closes-after-late-limit'
    | 'late-limit-after-end'
    | 'hand-in-before-late-limit'
    | 'no-early-hand-in'
    | 'extra-time-beyond-duration'
    | 'sessions-overlap'
    | 'sign-in-before-end-of-other';
  readonly session: number;
  readonly other?: number;
  readonly at: number;
  readonly before?: number;
}

export function dayRow(session: PlannedSession): DayRow {
  const { policy } = session;
  const marks = timeline(session).toSorted((a, b) => a.at - b.at);
  const at = timesOf(session);
  return {
    session,
    marks,
    spans: [
      { what: 'sign-in', from: at['sign-in-opens'], to: Math.max(at['late-limit'], at['sign-in-opens']) },
      { what: 'start', from: at['start-opens'], to: at['start-closes'] },
      { what: 'work', from: at.start, to: at.end },
      { what: 'extra', from: at.end, to: at.end + policy.freeExtraTimeMin * minuteMs },
    ],
  };
}

/** In the order of their starts. */
export function remarksOf(sessions: readonly PlannedSession[]): PlanRemark[] {
  const inOrder = sessions.toSorted((a, b) => a.startAt - b.startAt);
  return [
    ...inOrder.flatMap(ofOne),
    ...inOrder.flatMap((one, i) => inOrder.slice(i + 1).flatMap((other) => ofTwo(one, other))),
  ];
}

function timesOf(session: PlannedSession): Record<TimelineMark, number> {
  return Object.fromEntries(timeline(session).map(({ what, at }) => [what, at])) as Record<
    TimelineMark,
    number
  >;
}

function ofOne(session: PlannedSession): PlanRemark[] {
  const { number, policy, durationMin } = session;
  const at = timesOf(session);
  const remarks: PlanRemark[] = [];
  const add = (type: PlanRemark['type'], when: number, before: number): void =>
    void remarks.push({ type, session: number, at: when, before });
  if (at.release > at['start-opens']) add('released-after-start-opens', at.release, at['start-opens']);
  if (at['start-opens'] < at['sign-in-opens'])
    add('start-opens-before-sign-in', at['start-opens'], at['sign-in-opens']);
  if (at['start-closes'] > at['late-limit'])
    add('start-closes-after-late-limit', at['start-closes'], at['late-limit']);
  if (at['late-limit'] > at.end) add('late-limit-after-end', at['late-limit'], at.end);
  if (at['earliest-hand-in'] >= at.end) add('no-early-hand-in', at['earliest-hand-in'], at.end);
  // Whoever has left may meet somebody who is still let in.
  else if (at['earliest-hand-in'] < at['late-limit'])
    add('hand-in-before-late-limit', at['earliest-hand-in'], at['late-limit']);
  if (policy.freeExtraTimeMin > durationMin)
    add(
      'extra-time-beyond-duration',
      at.end + policy.freeExtraTimeMin * minuteMs,
      at.end + durationMin * minuteMs,
    );
  return remarks;
}

/** @param one the earlier one */
function ofTwo(one: PlannedSession, other: PlannedSession): PlanRemark[] {
  const end = timesOf(one).end + one.policy.freeExtraTimeMin * minuteMs;
  const next = timesOf(other);
  const pair = { session: one.number, other: other.number, before: end };
  if (next.start < end) return [{ type: 'sessions-overlap', ...pair, at: next.start }];
  return next['sign-in-opens'] < end
    ? [{ type: 'sign-in-before-end-of-other', ...pair, at: next['sign-in-opens'] }]
    : [];
}

/** The picture's scale: whole hours around everything. */
export function scaleOf(rows: readonly DayRow[]): { readonly from: number; readonly to: number } {
  const times = rows.flatMap(({ marks, spans }) => [
    ...marks.map(({ at }) => at),
    ...spans.map(({ to }) => to),
  ]);
  const hour = 60 * minuteMs;
  const from = Math.floor(Math.min(...times) / hour) * hour;
  return { from, to: Math.max(Math.ceil(Math.max(...times) / hour) * hour, from + hour) };
}

/**
 * Puts labels below each other where they would lie over each other.
 *
 * @param places of their middles, ascending
 * @returns the line of each, from 0
 */
export function linesOfLabels(places: readonly number[], width: number): number[] {
  const ends: number[] = [];
  return places.map((place) => {
    const free = ends.findIndex((end) => end <= place - width / 2);
    const line = free === -1 ? ends.length : free;
    ends[line] = place + width / 2;
    return line;
  });
}
