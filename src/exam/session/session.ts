/**
 * The room's session: `loaded → authorised → sign-in-open → counting-down → running → ended → reported`. Pure: decisions yield
 * entries, entries make the state, time is an argument.
 */
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import type { PackageSession } from '../package/room-package.ts';

export type SessionStatus =
  | 'loaded'
  | 'authorised'
  | 'sign-in-open'
  | 'counting-down'
  | 'running'
  | 'ended'
  | 'reported';

export interface SessionState {
  readonly status: Exclude<SessionStatus, 'running'>;
  readonly authorisedAt: number | null;
  readonly signInOpenedAt: number | null;
  /** Moment at which the papers open: "allow start" plus the countdown. */
  readonly startsAt: number | null;
  readonly endedAt: number | null;
  readonly reportedAt: number | null;
  readonly receiptAt: number | null;
  readonly administrator: string;
  readonly administratorPhone: string;
  readonly invigilators: readonly { readonly name: string; readonly phone: string }[];
  readonly automatics: Automatics;
}

/** What seats do by themselves in a mock exam. */
export interface Automatics {
  /** The candidate of the seat's number signs in. */
  readonly signIn: boolean;
  /** What is chosen, not written, is answered. */
  readonly answer: boolean;
  /** Whoever is at work hands in (统一收卷). */
  readonly handIn: boolean;
}

export const noAutomatics: Automatics = { signIn: false, answer: false, handIn: false };

export const newSession: SessionState = {
  status: 'loaded',
  authorisedAt: null,
  signInOpenedAt: null,
  startsAt: null,
  endedAt: null,
  reportedAt: null,
  receiptAt: null,
  administrator: '',
  administratorPhone: '',
  invigilators: [],
  automatics: noAutomatics,
};

export interface ExamEvent {
  readonly kind: string;
  readonly subject: string;
  readonly data: JsonObject;
  /** What can be forgotten, and is read by the centre alone above the room. */
  readonly payload?: JsonValue;
}
/** An event that the journal has dated. */
export type DatedEvent = ExamEvent & { readonly at: number; readonly payload?: unknown };

/** A gate: may it happen now, and if not, why, and when it opens. */
export type Gate =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: Refusal; readonly opensAt?: number };

const yes: Gate = { allowed: true };
const no = (reason: Refusal, opensAt?: number): Gate =>
  opensAt === undefined ? { allowed: false, reason } : { allowed: false, reason, opensAt };
const minuteMs = 60_000;

export function statusAt(state: SessionState, now: number): SessionStatus {
  return state.status === 'counting-down' && state.startsAt !== null && now >= state.startsAt
    ? 'running'
    : state.status;
}

/** From the start to the end seats get the key to the paper; never before, never after. */
export function disclosesStartKey(state: SessionState, now: number): boolean {
  return statusAt(state, now) === 'running' && state.endedAt === null;
}

export const sessionGates = {
  authorise(state: SessionState, _session: PackageSession, _now: number): Gate {
    return state.status === 'loaded' ? yes : no({ type: 'already-authorised' });
  },
  allowSignIn(state: SessionState, session: PackageSession, now: number): Gate {
    if (state.status === 'loaded') return no({ type: 'not-authorised' });
    if (state.status !== 'authorised') return no({ type: 'sign-in-already-open' });
    const opensAt = session.startAt - session.policy.signInOpensBeforeMin * minuteMs;
    return now < opensAt ? no({ type: 'too-early', opensAt }, opensAt) : yes;
  },
  allowStart(state: SessionState, session: PackageSession, now: number): Gate {
    if (state.status === 'loaded') return no({ type: 'not-authorised' });
    if (state.status === 'authorised') return no({ type: 'sign-in-not-open' });
    if (state.status !== 'sign-in-open') return no({ type: 'already-started' });
    const opensAt = session.startAt - session.policy.startOpensBeforeMin * minuteMs;
    if (now < opensAt) return no({ type: 'too-early', opensAt }, opensAt);
    const closedAt = session.startAt + session.policy.startClosesAfterMin * minuteMs;
    return now > closedAt ? no({ type: 'late-start-needs-code', closedAt }) : yes;
  },
  absence(state: SessionState, session: PackageSession, now: number): Gate {
    if (state.startsAt === null) return no({ type: 'not-started' });
    if (state.endedAt !== null) return no({ type: 'already-ended' });
    const opensAt = state.startsAt + session.policy.lateLimitMin * minuteMs;
    return now < opensAt ? no({ type: 'too-early', opensAt }, opensAt) : yes;
  },
  /** For the session as a whole; a single sitting whose own time ends earlier opens earlier. */
  singleCollection(state: SessionState, session: PackageSession, now: number, mock: boolean): Gate {
    if (state.endedAt !== null) return no({ type: 'already-ended' });
    if (statusAt(state, now) !== 'running' || state.startsAt === null) return no({ type: 'not-started' });
    const opensAt = state.startsAt + session.policy.earliestHandInMin * minuteMs;
    return !mock && now < opensAt ? no({ type: 'too-early', opensAt }, opensAt) : yes;
  },
  /** What comes after the end makes a supplementary result. */
  answerPackage(state: SessionState): Gate {
    return state.signInOpenedAt === null ? no({ type: 'sign-in-not-open' }) : yes;
  },
  end(state: SessionState, now: number): Gate {
    if (state.endedAt !== null) return no({ type: 'already-ended' });
    return statusAt(state, now) === 'running' ? yes : no({ type: 'not-started' });
  },
  report(state: SessionState): Gate {
    return state.endedAt === null ? no({ type: 'not-ended' }) : yes;
  },
} as const;

export type SessionCommand =
  | {
      readonly type: 'choose';
      readonly administrator: string;
      readonly administratorPhone: string;
      readonly invigilators: readonly { name: string; phone: string }[];
    }
  | { readonly type: 'authorise' }
  /** `mock`: whether the project is one; a formal exam has no automatics. */
  | {
      readonly type: 'set-automatics';
      readonly automatics: Automatics;
      readonly mock: boolean;
      readonly by: string;
    }
  | { readonly type: 'allow-sign-in' }
  /** `byCode`: the late-start code was right. */
  | { readonly type: 'allow-start'; readonly byCode: boolean }
  | {
      readonly type: 'end';
      readonly reasons: readonly { sittingId: string; reason: string }[];
      readonly by: string;
    };

export function decideSession(
  state: SessionState,
  session: PackageSession,
  command: SessionCommand,
  now: number,
): Result<ExamEvent[]> {
  const subject = `session:${session.id}`;
  const event = (kind: string, data: JsonObject): Result<ExamEvent[]> => ok([{ kind, subject, data }]);
  switch (command.type) {
    case 'choose':
      return event('session-chosen', {
        administrator: command.administrator,
        administratorPhone: command.administratorPhone,
        invigilators: command.invigilators.map((one) => ({ ...one })),
      });
    case 'authorise':
      return guarded(sessionGates.authorise(state, session, now), () => event('session-authorised', {}));
    case 'set-automatics':
      if (!command.mock) return refuse({ type: 'only-in-mock-exam' });
      if (state.endedAt !== null) return refuse({ type: 'already-ended' });
      return event('automatics-set', { ...command.automatics, by: command.by });
    case 'allow-sign-in':
      return guarded(sessionGates.allowSignIn(state, session, now), () => event('sign-in-opened', {}));
    case 'allow-start': {
      const gate = sessionGates.allowStart(state, session, now);
      const late = !gate.allowed && gate.reason.type === 'late-start-needs-code' && command.byCode;
      return guarded(late ? yes : gate, () =>
        event('start-allowed', { startsAt: now + session.policy.countdownS * 1000, byCode: command.byCode }),
      );
    }
    case 'end':
      return guarded(sessionGates.end(state, now), () =>
        event('session-ended', { by: command.by, reasons: command.reasons.map((one) => ({ ...one })) }),
      );
  }
}

function guarded(gate: Gate, act: () => Result<ExamEvent[]>): Result<ExamEvent[]> {
  return gate.allowed ? act() : refuse(gate.reason);
}

export function evolveSession(state: SessionState, event: DatedEvent): SessionState {
  const data = event.data;
  switch (event.kind) {
    case 'session-chosen':
      return {
        ...state,
        administrator: String(data['administrator']),
        // Journals of earlier versions have none.
        administratorPhone: String(data['administratorPhone'] ?? ''),
        invigilators: data['invigilators'] as unknown as SessionState['invigilators'],
      };
    case 'automatics-set':
      return {
        ...state,
        automatics: {
          signIn: data['signIn'] === true,
          answer: data['answer'] === true,
          handIn: data['handIn'] === true,
        },
      };
    case 'session-authorised':
      return { ...state, status: 'authorised', authorisedAt: event.at };
    case 'sign-in-opened':
      return { ...state, status: 'sign-in-open', signInOpenedAt: event.at };
    case 'start-allowed':
      return { ...state, status: 'counting-down', startsAt: Number(data['startsAt']) };
    case 'session-ended':
      return { ...state, status: 'ended', endedAt: event.at };
    case 'session-reported':
      return { ...state, status: 'reported', reportedAt: event.at };
    case 'receipt-received':
      return { ...state, receiptAt: event.at };
    default:
      return state;
  }
}
