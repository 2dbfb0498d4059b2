/** How long a candidate may still work, and from when on handing in is open. */
import { accommodationsOf } from '../accommodation/of-sitting.ts';
import { timeGiven } from '../accommodation/time-given.ts';
import type { SittingContext, SittingState } from './sitting-state.ts';

const minuteMs = 60_000;

/** `duration + accommodations + extra time + outage credit − (now − clock start)`, ms; null before the start. Never negative. */
export function timeLeft(
  state: SittingState,
  context: Pick<SittingContext, 'candidate' | 'session' | 'sessionState' | 'now'>,
): number | null {
  const { sessionState, session, candidate, now } = context;
  if (sessionState.startsAt === null) return null;
  const start = state.ownStart ?? sessionState.startsAt;
  const durationMs = (session.subjects[0]?.durationMin ?? 0) * minuteMs;
  const whole =
    durationMs +
    timeGiven(accommodationsOf(state, candidate), durationMs) +
    state.extraTimeMin * minuteMs +
    state.creditMs;
  return Math.max(0, Math.min(whole, whole - (now - start)));
}

/** When handing in opens, room time in ms; null: before the start. At the end of the own time it is always open. */
export function handInOpensAt(state: SittingState, context: SittingContext): number | null {
  const { sessionState, session, now } = context;
  if (sessionState.startsAt === null) return null;
  const left = timeLeft(state, context) ?? 0;
  return Math.min(sessionState.startsAt + session.policy.earliestHandInMin * minuteMs, now + left);
}
