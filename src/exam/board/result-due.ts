/** When a room's result is due at the centre, what the site says of a room whose result is not here, and what helps. Pure. */
import type { Policy } from '../project/policy.ts';
import type { SiteStatus } from '../session/site-status.ts';
import { silentMs } from './alarms.ts';

const minuteMs = 60_000;

/** Rooms end at their own time; until then nobody at the centre has to ask. */
export function resultDueAt(session: {
  readonly startAt: number;
  readonly durationMin: number;
  readonly policy: Pick<Policy, 'resultsDueAfterMin'>;
}): number {
  return session.startAt + (session.durationMin + session.policy.resultsDueAfterMin) * minuteMs;
}

/** `partial`: a result is here and proved, and candidates of the roster are not in it. */
export const resultStates = ['missing', 'partial', 'problem', 'held', 'verified'] as const;
export type ResultState = (typeof resultStates)[number];

export const roomProgress = ['unheard', 'waiting', 'running', 'ended', 'reported'] as const;

/** What a site last said of one of its rooms in one session. */
export interface SaidOfRoom {
  readonly progress: (typeof roomProgress)[number];
  readonly endedAt: number | null;
  readonly lastContact: number | null;
  readonly collectedAt: number | null;
  readonly handedUpAt: number | null;
}

/** @param status null: the site has told nothing yet */
export function saidOfRoom(status: SiteStatus | null, sessionId: string, roomCode: string): SaidOfRoom {
  const room = status?.rooms.find((one) => one.sessionId === sessionId && one.roomCode === roomCode);
  if (!room)
    return { progress: 'unheard', endedAt: null, lastContact: null, collectedAt: null, handedUpAt: null };
  const { startedAt, endedAt, reportedAt } = room.stages;
  return {
    progress:
      reportedAt !== null
        ? 'reported'
        : endedAt !== null
          ? 'ended'
          : startedAt !== null
            ? 'running'
            : 'waiting',
    endedAt,
    lastContact: room.lastContact,
    collectedAt: room.collectedAt,
    handedUpAt: room.handedUpAt,
  };
}

/** In the order in which they are asked: the first that fits is what somebody does next. */
export const resultRemedies = [
  'look-at-problem',
  'answer-for-codes',
  'candidates-elsewhere',
  'site-never-registered',
  'site-silent',
  'report-again',
  'site-has-it',
  'room-has-reported',
  'room-silent',
  'room-ended',
  'room-running',
  'room-not-started',
  'room-unheard',
  'look-at-rooms',
] as const;
export type ResultRemedy = (typeof resultRemedies)[number];

/** @returns null: nothing is to be done. */
export function remedyFor(
  state: ResultState,
  said: SaidOfRoom,
  site: { readonly registeredAt: number | null; readonly lastContact: number | null },
  now: number,
): ResultRemedy | null {
  const silent = (since: number | null): boolean => since === null || now - since > silentMs;
  if (state === 'verified') return null;
  if (state === 'problem') return 'look-at-problem';
  if (state === 'held') return 'answer-for-codes';
  if (state === 'partial') return 'candidates-elsewhere';
  if (site.registeredAt === null) return 'site-never-registered';
  if (silent(site.lastContact)) return 'site-silent';
  if (said.handedUpAt !== null) return 'report-again';
  if (said.collectedAt !== null) return 'site-has-it';
  if (said.progress === 'unheard') return 'room-unheard';
  if (said.progress === 'reported') return 'room-has-reported';
  if (silent(said.lastContact)) return 'room-silent';
  if (said.progress === 'ended') return 'room-ended';
  return said.progress === 'running' ? 'room-running' : 'room-not-started';
}
