/** What the screen shows, from what the seat knows. Pure: the same knowledge gives the same page, also after a restart. */
import { timeGiven } from '../../exam/accommodation/time-given.ts';
import type { SeatOrder } from '../../exam/session/seat-order.ts';
import type { Refusal } from '../../base/result.ts';
import type { KeptChange, SeatState } from '../contract.ts';
import type { PersonalCheck } from '../../exam/environment/measured.ts';
import type { PracticalView } from '../practical/contract.ts';
import type { Claim } from './stored.ts';

export interface SeatKnowledge {
  readonly paired: boolean;
  readonly roomOnline: boolean;
  readonly order: SeatOrder | null;
  readonly claim: Claim | null;
  /** Of the candidate who is about to confirm the name: a data URL. */
  readonly photo: string | null;
  /** The paper is open in memory. */
  readonly paperOpen: boolean;
  /** The room's wall clock by this seat's reckoning, ms. */
  readonly roomNow: number;
  readonly pending: number;
  readonly kept: Readonly<Record<string, KeptChange>>;
  readonly run: string;
  readonly revision: number;
  readonly notice: Refusal | null;
  /** What the environment check asks of a person. */
  readonly environmentAsks: readonly PersonalCheck[];
  /** Practical tasks and their working folders. */
  readonly practical: PracticalView;
}

const minuteMs = 60_000;

export function seatView(knows: SeatKnowledge): SeatState {
  const { order, claim, roomNow } = knows;
  const session = order?.session ?? null;
  const deadline = deadlineOf(knows);
  const phase = phaseOf(knows, deadline);
  const startsAt = session?.startsAt ?? null;
  const handInOpensAt = ownSitting(knows)?.handInOpensAt ?? null;
  return {
    phase,
    seatNumber: order?.seatNumber ?? null,
    showNumber: order?.showNumber ?? false,
    roomCode: order?.roomCode ?? null,
    roomOnline: knows.roomOnline,
    mock: order?.mock ?? false,
    session: session && {
      name: session.name,
      projectName: session.projectName,
      subject: session.subject,
      durationMin: session.durationMin,
      startAt: session.startAt,
    },
    candidate: claim && {
      admissionNumber: claim.admissionNumber,
      name: claim.name,
      photo: claim.confirmed ? null : knows.photo,
    },
    accommodations: (ownSitting(knows) ?? claim)?.accommodations ?? null,
    confirmed: claim?.confirmed ?? false,
    rulesRead: ownSitting(knows)?.rulesRead ?? false,
    startsInMs: phase === 'countdown' && startsAt !== null ? Math.max(0, startsAt - roomNow) : null,
    timeLeftMs:
      (phase === 'answering' || phase === 'locked') && deadline !== null
        ? Math.max(0, deadline - roomNow)
        : null,
    handInOpensInMs: phase !== 'answering' ? null : Math.max(0, (handInOpensAt ?? roomNow) - roomNow),
    pending: knows.pending,
    run: knows.run,
    revision: knows.revision,
    kept: { ...knows.kept },
    lockMessage: ownSitting(knows)?.lockMessage ?? null,
    receipt: claim?.receipt ?? null,
    notice: knows.notice && { ...knows.notice },
    environmentAsks: phase === 'ready' ? [...knows.environmentAsks] : [],
    practical: knows.practical,
  };
}

/** Room time at which this candidate's time is over; null before the start. */
export function deadlineOf(knows: Pick<SeatKnowledge, 'order' | 'claim'>): number | null {
  const told = ownSitting(knows)?.deadlineAt ?? null;
  if (told !== null) return told;
  // Cut off since before the start, and opened by the words that the invigilator read out: the session's own time counts until the room is back.
  const opened = knows.claim?.openedAt ?? null;
  const session = knows.order?.session ?? null;
  if (opened === null || session === null) return null;
  const durationMs = session.durationMin * minuteMs;
  const given = knows.claim?.accommodations ? timeGiven(knows.claim.accommodations, durationMs) : 0;
  return (session.startsAt ?? opened) + durationMs + given;
}

/** Room time at which the page changes by itself next; null: only when something is said or done. */
export function nextTurn(knows: SeatKnowledge): number | null {
  const turns = [knows.order?.session?.startsAt ?? null, deadlineOf(knows)];
  const ahead = turns.filter((turn) => turn !== null && turn > knows.roomNow);
  return ahead.length > 0 ? Math.min(...(ahead as number[])) : null;
}

function ownSitting({
  order,
  claim,
}: Pick<SeatKnowledge, 'order' | 'claim'>): NonNullable<SeatOrder['sitting']> | null {
  const sitting = order?.sitting ?? null;
  return sitting && claim?.confirmed && sitting.id === claim.sittingId ? sitting : null;
}

function phaseOf(knows: SeatKnowledge, deadline: number | null): SeatState['phase'] {
  const { paired, order, claim, roomNow, paperOpen } = knows;
  if (!paired) return 'unpaired';
  if (!order?.approved) return 'announced';
  if (!claim) return 'ready';
  if (!claim.confirmed) return 'signed-in';
  const sitting = ownSitting(knows);
  if (!sitting) return 'signed-in';
  if (sitting.status === 'absent') return 'absent';
  if (sitting.lease !== claim.lease) return 'moved';
  if (sitting.status === 'handed-in' || claim.receipt !== null) return 'handed-in';
  if (sitting.status === 'closed' || order.session?.ended) return 'ended';
  if (!sitting.rulesRead) return 'signed-in';
  if (paperOpen && (sitting.status === 'in-exam' || claim.openedAt !== null)) {
    if (deadline !== null && roomNow >= deadline) return 'ended';
    return sitting.lockMessage === null ? 'answering' : 'locked';
  }
  const startsAt = order.session?.startsAt ?? null;
  return startsAt !== null && roomNow < startsAt ? 'countdown' : 'waiting';
}
