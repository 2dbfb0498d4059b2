/**
 * One candidate in one session. The room decides; a seat only asks.
 *
 * `not-signed-in → signed-in → in-exam → handed-in`, with `resumable` (released from its seat), `closed` (time over) and `absent`.
 * One live seat per sitting, by a numbered lease that the room gives at sign-in and after each resume.
 */
import type { JsonObject } from '../../base/json.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Accommodations } from '../accommodation/accommodations.ts';
import { timeGiven } from '../accommodation/time-given.ts';
import {
  accommodationsOf,
  givenSchema,
  rosterAccommodations,
  type GivenAccommodations,
} from '../accommodation/of-sitting.ts';
import type { PackageCandidate, PackageSession } from '../package/room-package.ts';
import {
  type DatedEvent,
  type ExamEvent,
  type SessionState,
  sessionGates,
  statusAt,
} from '../session/session.ts';

export type SittingStatus =
  | 'not-signed-in'
  | 'signed-in'
  | 'in-exam'
  | 'resumable'
  | 'handed-in'
  | 'closed'
  | 'absent';

export interface Violation {
  readonly id: string;
  readonly code: string;
  readonly description: string;
  readonly at: number;
}

export interface ExtraTime {
  readonly at: number;
  readonly minutes: number;
  readonly byCode: boolean;
}

export interface Resume {
  readonly at: number;
  readonly reason: string;
  /** Time that was lost and is given back. */
  readonly creditMs: number;
}

export interface SittingState {
  readonly status: SittingStatus;
  readonly attempt: number;
  readonly lease: number;
  readonly seat: string | null;
  /** To whom the room gave the lease, also when the sitting was released from there since. */
  readonly leaseSeat: string | null;
  readonly signedInAt: number | null;
  readonly rulesRead: boolean;
  /** Where the own clock starts, when policy or a late candidate's code says so; null: with the session. */
  readonly ownStart: number | null;
  readonly lateAdmitted: boolean;
  readonly lockMessage: string | null;
  readonly extraTimeMin: number;
  readonly creditMs: number;
  readonly extraTimes: readonly ExtraTime[];
  readonly resumes: readonly Resume[];
  /** Last change or heartbeat of a running screen, from the room's own entries. */
  readonly violations: readonly Violation[];
  readonly handedInAt: number | null;
  /** Why it was closed without a hand-in, or absent at the end; `time-over` when its time ran out. */
  readonly closeReason: string | null;
  readonly closedAt: number | null;
  readonly collected: boolean;
  /** Handed in by the invigilator, from the answer package of a seat that could not reach the room. */
  readonly singleCollection: boolean;
  /** Given in the room, instead of what came with the roster; null: nothing was. */
  readonly accommodations: GivenAccommodations | null;
}

export const newSitting: SittingState = {
  status: 'not-signed-in',
  attempt: 1,
  lease: 0,
  seat: null,
  leaseSeat: null,
  signedInAt: null,
  rulesRead: false,
  ownStart: null,
  lateAdmitted: false,
  lockMessage: null,
  extraTimeMin: 0,
  creditMs: 0,
  extraTimes: [],
  resumes: [],
  violations: [],
  handedInAt: null,
  closeReason: null,
  closedAt: null,
  collected: false,
  singleCollection: false,
  accommodations: null,
};

export interface SittingContext {
  readonly id: string;
  readonly candidate: PackageCandidate;
  readonly session: PackageSession;
  readonly sessionState: SessionState;
  readonly now: number;
}

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

export function evolveSitting(state: SittingState, event: DatedEvent): SittingState {
  const { data } = event;
  switch (event.kind) {
    case 'candidate-signed-in':
      return {
        ...state,
        status: 'signed-in',
        seat: String(data['seat']),
        leaseSeat: String(data['seat']),
        lease: Number(data['lease']),
        signedInAt: event.at,
      };
    case 'rules-read':
      return { ...state, rulesRead: true };
    case 'sitting-started':
      return {
        ...state,
        status: 'in-exam',
        ownStart: state.ownStart ?? (data['ownClock'] === true ? event.at : null),
      };
    case 'extra-time-given':
      return {
        ...state,
        extraTimeMin: state.extraTimeMin + Number(data['minutes']),
        extraTimes: [
          ...state.extraTimes,
          { at: event.at, minutes: Number(data['minutes']), byCode: data['byCode'] === true },
        ],
      };
    case 'sitting-resumed':
      return {
        ...state,
        status: 'resumable',
        seat: null,
        resumes: [
          ...state.resumes,
          { at: event.at, reason: String(data['reason']), creditMs: Number(data['creditMs']) },
        ],
        creditMs: state.creditMs + Number(data['creditMs']),
        lockMessage: null,
      };
    case 'screen-locked':
      return { ...state, lockMessage: String(data['message']) };
    case 'screen-unlocked':
      return { ...state, lockMessage: null };
    case 'handed-in':
      return {
        ...state,
        status: 'handed-in',
        handedInAt: event.at,
        collected: true,
        singleCollection: data['single'] === true,
        lockMessage: null,
      };
    case 'sitting-closed':
      return {
        ...state,
        status: 'closed',
        collected: data['collected'] === true,
        closeReason: reasonIn(data),
        closedAt: event.at,
        lockMessage: null,
      };
    case 'sitting-collected':
      return { ...state, collected: true };
    case 'absence-registered':
      return { ...state, status: 'absent', closeReason: reasonIn(data) };
    case 'absence-cancelled':
      return { ...state, status: 'not-signed-in', closeReason: null };
    case 'violation-registered':
      return {
        ...state,
        violations: [
          ...state.violations,
          {
            id: String(data['id']),
            code: String(data['code']),
            description: String(data['description']),
            at: event.at,
          },
        ],
      };
    case 'violation-cancelled':
      return { ...state, violations: state.violations.filter((one) => one.id !== data['id']) };
    case 'accommodated': {
      const said = givenSchema.safeParse(event.payload);
      // Erased after retention: then nobody sits any more.
      if (!said.success) return state;
      return { ...state, accommodations: { ...said.data, by: String(data['by']), at: event.at } };
    }
    case 'late-candidate-admitted':
      return { ...state, lateAdmitted: true };
    case 'candidate-reinitialised':
      return {
        ...newSitting,
        attempt: Number(data['attempt']),
        lease: state.lease,
        lateAdmitted: true,
        violations: state.violations,
        accommodations: state.accommodations,
        // What happened stays on the record; the time begins anew.
        resumes: state.resumes,
      };
    default:
      return state;
  }
}

function reasonIn(data: JsonObject): string | null {
  return typeof data['reason'] === 'string' ? data['reason'] : null;
}

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
