/** What holds for a seat now: its number, the session, its sitting, and from the start on the key to the paper. */
import { forScreen } from '../../exam/accommodation/accommodations.ts';
import { accommodationsOf } from '../../exam/accommodation/of-sitting.ts';
import type { SeatOrder } from '../../exam/session/seat-order.ts';
import { disclosesStartKey, statusAt } from '../../exam/session/session.ts';
import { handInOpensAt, timeLeft } from '../../exam/sitting/sitting-time.ts';
import { missingFiles } from '../answer-files/answer-files.ts';
import { packageOrder } from '../answer-package/seat-code.ts';
import { examBrowserOrder } from '../exam-browser/exam-browser.ts';
import { openedPaper } from '../authorise/authorise.ts';
import { numbersShown } from '../seats/shown-numbers.ts';
import { roomCodeOf, type Room } from '../room.ts';

/** The part that is the same for every seat, worked out once for all of them. */
export interface RoomOrder {
  readonly at: number;
  readonly running: boolean;
  readonly common: Pick<
    SeatOrder,
    'at' | 'showNumber' | 'roomCode' | 'mock' | 'session' | 'startKey' | 'answerPackage' | 'supportPhone'
  >;
}

export function roomOrder(room: Room): RoomOrder {
  const { state, node } = room;
  const now = node.clock.now();
  const chosen = room.chosen();
  const session = chosen === null ? null : state.packageSession(chosen);
  const content = state.package;
  const own = chosen === null ? null : state.session(chosen);
  const running = own !== null && (statusAt(own, now) === 'running' || own.endedAt !== null);
  return {
    at: now,
    running,
    common: {
      at: now,
      showNumber: numbersShown(node),
      roomCode: roomCodeOf(room),
      mock: content?.project.mode === 'mock',
      session:
        session && content && own
          ? {
              id: session.id,
              projectId: content.project.id,
              projectName: content.project.name,
              name: session.name,
              subject: session.subjects[0]?.name ?? '',
              durationMin: session.subjects[0]?.durationMin ?? 0,
              startAt: session.startAt,
              signInOpen: own.signInOpenedAt !== null && own.endedAt === null,
              startsAt: own.startsAt,
              ended: own.endedAt !== null,
            }
          : null,
      startKey:
        own !== null && chosen !== null && disclosesStartKey(own, now)
          ? (openedPaper(room, chosen)?.startKey ?? null)
          : null,
      answerPackage: packageOrder(node),
      supportPhone: content?.project.supportPhone ?? '',
    },
  };
}

/** @param claimed the sitting that the seat believes to be its own; told apart from one that went on elsewhere by its lease and seat. */
export function orderFor(
  room: Room,
  seatId: string,
  claimed: string | null,
  { at, running, common }: RoomOrder = roomOrder(room),
): SeatOrder {
  const seat = room.seats.seat(seatId);
  return {
    ...common,
    approved: seat?.approved ?? false,
    answerPackage: seat?.approved ? common.answerPackage : null,
    seatNumber: seat?.number ?? null,
    automatic: common.mock ? automaticOrder(room, seat?.number ?? null) : null,
    examBrowser: seat?.approved ? examBrowserOrder(room) : null,
    remote: seat?.approved ? room.remoteControl.remote.orderFor(seatId) : null,
    environment: seat?.approved ? room.environment.orderFor(seatId) : null,
    ...sittingOrder(room, seatId, claimed, at, running),
  };
}

/** What this seat does by itself in a mock exam. */
function automaticOrder({ state, chosen }: Room, seatNumber: number | null): SeatOrder['automatic'] {
  const session = state.packageSession(chosen() ?? '');
  if (!session) return null;
  const { automatics, endedAt } = state.session(session.id);
  if (endedAt !== null || !Object.values(automatics).some(Boolean)) return null;
  const candidate = session.candidates.find((one) => (one.seatNumber ?? one.index) === seatNumber);
  const free = candidate !== undefined && state.sitting(candidate.id).status === 'not-signed-in';
  return {
    signIn: automatics.signIn && free ? candidate.admissionNumber : null,
    answer: automatics.answer,
    handIn: automatics.handIn,
  };
}

function sittingOrder(
  { state, node }: Room,
  seatId: string,
  claimed: string | null,
  now: number,
  running: boolean,
): Pick<SeatOrder, 'sitting' | 'wantedFiles'> {
  const context = claimed === null ? null : state.context(claimed, now);
  if (!context) return { sitting: null, wantedFiles: [] };
  const sitting = state.sitting(context.id);
  const left = timeLeft(sitting, context);
  const startsAt = context.sessionState.startsAt ?? now;
  return {
    sitting: {
      id: context.id,
      admissionNumber: context.candidate.admissionNumber,
      name: context.candidate.name,
      // A lease that is not this seat's tells it that the candidate went on elsewhere.
      lease: sitting.seat === seatId ? sitting.lease : -1,
      attempt: sitting.attempt,
      status: sitting.status,
      rulesRead: sitting.rulesRead,
      lockMessage: sitting.lockMessage,
      deadlineAt: left === null || !running ? null : Math.round(Math.max(now, startsAt) + left),
      handInOpensAt: handInOpensAt(sitting, context),
      accommodations: forScreen(accommodationsOf(sitting, context.candidate)),
    },
    wantedFiles:
      sitting.seat === seatId ? missingFiles({ state, node }, context.id).map((one) => one.digest) : [],
  };
}
