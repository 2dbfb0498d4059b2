/**
 * What may happen with one candidate in one session. The room decides; a seat only asks.
 *
 * `not-signed-in → signed-in → in-exam → handed-in`, with `resumable` (released from its seat), `closed` (time over) and `absent`.
 * One live seat per sitting, by a numbered lease that the room gives at sign-in and after each resume.
 */
import type { JsonObject } from '../../base/json.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Accommodations } from '../accommodation/accommodations.ts';
import { timeGiven } from '../accommodation/time-given.ts';
import { rosterAccommodations } from '../accommodation/of-sitting.ts';
import { type ExamEvent, sessionGates, statusAt } from '../session/session.ts';
import type { SittingContext, SittingState } from './sitting-state.ts';
import { handInOpensAt } from './sitting-time.ts';

export type SittingCommand =
  | { readonly type: 'sign-in'; readonly seat: string }
  | { readonly type: 'read-rules'; readonly seat: string; readonly lease: number }
  | { readonly type: 'begin' }
  /** In a mock exam the room can collect from all at once, whatever the time is. */
  | { readonly type: 'hand-in'; readonly seat: string; readonly lease: number; readonly seatHead: JsonObject }
  | { readonly type: 'give-extra-time'; readonly minutes: number; readonly byCode: boolean }
  /** `lastWorkAt`: last sign of work; the time since then is credited. */
  | { readonly type: 'resume'; readonly reason: string; readonly lastWorkAt: number | null }
  | { readonly type: 'lock'; readonly message: string }
  | { readonly type: 'unlock' }
  | { readonly type: 'register-absence' }
  | { readonly type: 'cancel-absence' }
  | {
      readonly type: 'register-violation';
      readonly id: string;
      readonly code: string;
      readonly description: string;
    }
  | { readonly type: 'cancel-violation'; readonly id: string }
  | { readonly type: 'admit-late'; readonly byCode: boolean }
  | { readonly type: 'reinitialise'; readonly byCode: boolean }
  | {
      readonly type: 'accommodate';
      readonly accommodations: Accommodations;
      readonly reason: string;
      readonly by: string;
    }
  | { readonly type: 'close'; readonly reason: string }
  | { readonly type: 'collect' }
  /** `seat`, `lease`: of the answer package, whose entries the room holds up to `seatHead`. */
  | {
      readonly type: 'collect-single';
      readonly seat: string;
      readonly lease: number;
      readonly seatHead: JsonObject;
      readonly mock: boolean;
    };

const minuteMs = 60_000;

export function decideSitting(
  state: SittingState,
  command: SittingCommand,
  context: SittingContext,
): Result<ExamEvent[]> {
  const { session, sessionState, now } = context;
  const emit = (kind: string, data: JsonObject = {}): Result<ExamEvent[]> =>
    ok([{ kind, subject: `sitting:${context.id}`, data }]);
  const over = state.status === 'handed-in' || state.status === 'closed';
  switch (command.type) {
    case 'sign-in': {
      if (sessionState.signInOpenedAt === null) return refuse({ type: 'sign-in-not-open' });
      if (sessionState.endedAt !== null) return refuse({ type: 'already-ended' });
      if (over) return refuse({ type: 'already-handed-in' });
      if (state.status === 'absent') return refuse({ type: 'registered-absent' });
      if (state.seat !== null && state.seat !== command.seat)
        return refuse({ type: 'seated-elsewhere', seat: state.seat });
      if (state.seat === command.seat) return ok([]);
      if (isLate(context) && state.status === 'not-signed-in' && !state.lateAdmitted)
        return refuse({ type: 'too-late', limitMin: session.policy.lateLimitMin });
      return emit('candidate-signed-in', {
        seat: command.seat,
        lease: state.lease + 1,
        attempt: state.attempt,
      });
    }
    case 'read-rules':
      if (!holds(state, command)) return refuse({ type: 'moved-elsewhere' });
      return state.rulesRead ? ok([]) : emit('rules-read');
    case 'begin':
      if (state.status !== 'signed-in' || !state.rulesRead || statusAt(sessionState, now) !== 'running')
        return ok([]);
      return emit('sitting-started', {
        ownClock: state.lateAdmitted || session.policy.lateCandidateClock === 'own',
      });
    case 'hand-in': {
      if (state.status === 'handed-in') return ok([]);
      if (!holds(state, command)) return refuse({ type: 'moved-elsewhere' });
      if (state.status !== 'in-exam') return refuse({ type: 'not-in-exam' });
      const opensAt = handInOpensAt(state, context);
      if (opensAt !== null && now < opensAt && !sessionState.automatics.handIn)
        return refuse({ type: 'too-early', opensAt });
      return emit('handed-in', { seatHead: command.seatHead });
    }
    case 'give-extra-time': {
      if (over || state.status === 'absent') return refuse({ type: 'not-in-exam' });
      const total = state.extraTimeMin + command.minutes;
      const duration = session.subjects[0]?.durationMin ?? 0;
      if (total > duration)
        return refuse({ type: 'extra-time-above-duration', mostMin: duration - state.extraTimeMin });
      if (total > session.policy.freeExtraTimeMin && !command.byCode)
        return refuse({
          type: 'extra-time-needs-code',
          freeMin: Math.max(0, session.policy.freeExtraTimeMin - state.extraTimeMin),
        });
      return emit('extra-time-given', { minutes: command.minutes, byCode: command.byCode });
    }
    case 'resume': {
      if (over || state.status === 'absent' || state.status === 'not-signed-in')
        return refuse({ type: 'nothing-to-resume' });
      const running = statusAt(sessionState, now) === 'running' && state.status === 'in-exam';
      const since =
        command.lastWorkAt === null ? now : Math.max(command.lastWorkAt, sessionState.startsAt ?? now);
      return emit('sitting-resumed', {
        reason: command.reason,
        fromSeat: state.seat,
        creditMs: running ? Math.max(0, now - since) : 0,
      });
    }
    case 'lock':
      return state.status === 'in-exam'
        ? emit('screen-locked', { message: command.message })
        : refuse({ type: 'not-in-exam' });
    case 'unlock':
      return state.lockMessage === null ? ok([]) : emit('screen-unlocked');
    case 'register-absence': {
      if (state.status !== 'not-signed-in') return refuse({ type: 'candidate-was-here' });
      const gate = sessionGates.absence(sessionState, session, now);
      return gate.allowed ? emit('absence-registered') : refuse(gate.reason);
    }
    case 'cancel-absence':
      return state.status === 'absent' ? emit('absence-cancelled') : refuse({ type: 'not-absent' });
    case 'register-violation':
      return ok([
        {
          ...event(context, 'violation-registered', {
            id: command.id,
            code: command.code,
            description: command.description,
          }),
        },
      ]);
    case 'cancel-violation':
      return state.violations.some((one) => one.id === command.id)
        ? emit('violation-cancelled', { id: command.id })
        : refuse({ type: 'no-such-violation' });
    case 'admit-late': {
      if (state.status !== 'not-signed-in' && state.status !== 'absent')
        return refuse({ type: 'candidate-was-here' });
      if (sessionState.endedAt !== null) return refuse({ type: 'already-ended' });
      if (state.lateAdmitted && state.status === 'not-signed-in') return ok([]);
      if (!isLate(context)) return refuse({ type: 'not-late-yet' });
      if (!command.byCode) return refuse({ type: 'late-candidate-needs-code' });
      const admitted = event(context, 'late-candidate-admitted', {});
      // Who was registered as absent meanwhile is not.
      return ok(state.status === 'absent' ? [event(context, 'absence-cancelled', {}), admitted] : [admitted]);
    }
    case 'reinitialise':
      if (!session.policy.reinitialiseAllowed) return refuse({ type: 're-initialise-not-allowed' });
      if (state.status === 'handed-in') return refuse({ type: 'already-handed-in' });
      if (sessionState.endedAt !== null) return refuse({ type: 'already-ended' });
      if (state.lease === 0) return refuse({ type: 'candidate-was-not-here' });
      if (!command.byCode) return refuse({ type: 're-initialise-needs-code' });
      return emit('candidate-reinitialised', { attempt: state.attempt + 1 });
    case 'accommodate': {
      const gate = accommodationGate(state, context);
      if (!gate.ok) return gate;
      const durationMs = (session.subjects[0]?.durationMin ?? 0) * minuteMs;
      const roster = rosterAccommodations(context.candidate);
      if (timeGiven(command.accommodations, durationMs) < timeGiven(roster, durationMs))
        return refuse({ type: 'accommodation-takes-time' });
      const { accommodations: of, reason } = command;
      // What a person needs can be forgotten after retention, and the site does not read it: a payload.
      return ok([{ ...event(context, 'accommodated', { by: command.by }), payload: { of, reason } }]);
    }
    case 'close':
      if (over || state.status === 'absent') return ok([]);
      // Who never had a seat has written nothing: nobody waits for answers.
      return state.lease === 0
        ? emit('absence-registered', { reason: command.reason })
        : emit('sitting-closed', { reason: command.reason, collected: false });
    case 'collect':
      return over && !state.collected ? emit('sitting-collected') : ok([]);
    case 'collect-single': {
      const gate = singleCollectionGate(state, command, context);
      return gate.ok
        ? emit('handed-in', { seatHead: command.seatHead, single: true, lease: command.lease })
        : gate;
    }
  }
}

/** Before the start only: afterwards time is extra time, within its limits. */
export function accommodationGate(state: SittingState, { sessionState, now }: SittingContext): Result<void> {
  if (sessionState.endedAt !== null) return refuse({ type: 'already-ended' });
  if (state.status === 'absent') return refuse({ type: 'registered-absent' });
  const started = sessionState.startsAt !== null && now >= sessionState.startsAt;
  return started ? refuse({ type: 'accommodation-after-start' }) : ok();
}

/** After the late limit, counted from the actual start. */
function isLate({ session, sessionState, now }: SittingContext): boolean {
  const { startsAt } = sessionState;
  return startsAt !== null && now > startsAt + session.policy.lateLimitMin * minuteMs;
}

/**
 * May the invigilator hand in for the candidate what a seat that is cut off has exported? Under the rule that holds for the candidate: not
 * before the earliest hand-in; in a mock exam at any time after the start.
 */
export function singleCollectionGate(
  state: SittingState,
  from: { readonly seat: string; readonly lease: number; readonly mock: boolean },
  context: SittingContext,
): Result<void> {
  const status = statusAt(context.sessionState, context.now);
  if (state.status === 'handed-in') return refuse({ type: 'already-handed-in' });
  if (state.status === 'closed') return refuse({ type: 'closed-already' });
  if (context.sessionState.endedAt !== null) return refuse({ type: 'already-ended' });
  if (status !== 'running') return refuse({ type: 'not-started' });
  if (state.status !== 'in-exam' && state.status !== 'resumable') return refuse({ type: 'not-in-exam' });
  if (state.lease !== from.lease || state.leaseSeat !== from.seat) return refuse({ type: 'moved-elsewhere' });
  const opensAt = handInOpensAt(state, context);
  return !from.mock && opensAt !== null && context.now < opensAt
    ? refuse({ type: 'too-early', opensAt })
    : ok();
}

function event(context: SittingContext, kind: string, data: JsonObject): ExamEvent {
  return { kind, subject: `sitting:${context.id}`, data };
}

function holds(state: SittingState, claim: { seat: string; lease: number }): boolean {
  return state.seat === claim.seat && state.lease === claim.lease;
}
