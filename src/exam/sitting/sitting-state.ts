/** What is known of one candidate in one session, and what each journal entry makes of it. */
import type { JsonObject } from '../../base/json.ts';
import { givenSchema, type GivenAccommodations } from '../accommodation/of-sitting.ts';
import type { PackageCandidate, PackageSession } from '../package/room-package.ts';
import type { DatedEvent, SessionState } from '../session/session.ts';

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
