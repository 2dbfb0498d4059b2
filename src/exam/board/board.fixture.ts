/** Statuses of a site as it tells them, for tests of the board. */
import { policySchema } from '../project/policy.ts';
import type { SiteStatus } from '../session/site-status.ts';
import type { WatchedSession } from './alarms.ts';
import type { BoardSite } from './board-view.ts';
import { siteInSession } from './site-facts.ts';

export const startAt = Date.UTC(2026, 5, 1, 9);
export const minute = 60_000;

export const session: WatchedSession & { readonly id: string } = {
  id: 's1',
  startAt,
  durationMin: 60,
  policy: policySchema.parse({}),
};

type Room = SiteStatus['rooms'][number];

export function room(
  roomCode: string,
  {
    stages = {},
    counts = {},
    ...rest
  }: Partial<Omit<Room, 'stages' | 'counts'>> & {
    stages?: Partial<Room['stages']>;
    counts?: Partial<Room['counts']>;
  } = {},
): Room {
  return {
    roomCode,
    sessionId: 's1',
    stages: {
      registeredAt: 1,
      loadedAt: 2,
      sealCheckedAt: null,
      sealCheckPassed: null,
      authorisedAt: null,
      startedAt: null,
      endedAt: null,
      reportedAt: null,
      ...stages,
    },
    counts: {
      expected: 30,
      signedIn: 0,
      inExam: 0,
      handedIn: 0,
      absent: 0,
      away: 0,
      extraTime: 0,
      violations: 0,
      resumed: 0,
      ...counts,
    },
    lastContact: null,
    collectedAt: null,
    handedUpAt: null,
    ...rest,
  };
}

export function status(said: Partial<SiteStatus> = {}): SiteStatus {
  return {
    loadedAt: 1_000,
    publication: 1,
    sealCheckedAt: 2_000,
    sealCheckPassed: true,
    calibratedAt: null,
    registeredRooms: 2,
    program: '0.1.0',
    lock: null,
    sessions: [],
    rooms: [room('R1'), room('R2')],
    ...said,
  };
}

export const expected = new Map([
  ['R1', 30],
  ['R2', 20],
]);

export function boardSite(code: string, said: Partial<BoardSite> = {}): BoardSite {
  return {
    code,
    name: `School ${code}`,
    region: null,
    registeredAt: 1,
    lastContact: startAt,
    ...siteInSession(status(), 's1', expected).facts,
    alarms: [],
    ...said,
  };
}
