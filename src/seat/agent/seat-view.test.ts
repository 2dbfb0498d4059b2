import { expect, test } from 'vitest';
import type { SeatOrder } from '../../exam/session/seat-order.ts';
import { nextTurn, seatView, type SeatKnowledge } from './seat-view.ts';
import type { Claim } from './stored.ts';

const startsAt = 1_000_000;
const deadlineAt = startsAt + 3_600_000;

const claim: Claim = {
  sittingId: 'sitting',
  projectId: 'project',
  sessionId: 'session',
  admissionNumber: '1000001',
  name: '王小明',
  confirmed: true,
  lease: 1,
  attempt: 1,
  startKey: null,

  openedAt: startsAt,
  carried: [],
  handInHead: null,
  receipt: null,
  accommodations: null,
};

const sitting: NonNullable<SeatOrder['sitting']> = {
  id: 'sitting',
  admissionNumber: '1000001',
  name: '王小明',
  lease: 1,
  attempt: 1,
  status: 'in-exam',
  rulesRead: true,
  lockMessage: null,
  deadlineAt,
  handInOpensAt: startsAt + 60_000,
  accommodations: null,
};

const order: SeatOrder = {
  at: startsAt,
  approved: true,
  seatNumber: 3,
  showNumber: false,
  roomCode: 'R1',
  mock: false,
  session: {
    id: 'session',
    projectId: 'project',
    projectName: 'Project',
    name: 'Session',
    subject: 'Subject',
    durationMin: 60,
    startAt: startsAt,
    signInOpen: true,
    startsAt,
    ended: false,
  },
  sitting,
  startKey: null,
  wantedFiles: [],
  examBrowser: null,
  supportPhone: '',
  automatic: null,
  environment: null,
  answerPackage: null,
};

function knows(change: Partial<SeatKnowledge>): SeatKnowledge {
  return {
    paired: true,
    photo: null,
    roomOnline: true,
    order,
    claim,
    paperOpen: true,
    roomNow: startsAt + 1_000,
    pending: 0,
    kept: {},
    run: 'run',
    revision: 1,
    notice: null,
    environmentAsks: [],
    practical: { tasks: [], left: [] },
    ...change,
  };
}

test('the page turns by itself at the start and at the end of the time, room or no room', () => {
  const waiting = knows({ roomNow: startsAt - 5_000, paperOpen: false, claim: { ...claim, openedAt: null } });
  expect(seatView(waiting).phase).toBe('countdown');
  expect(nextTurn(waiting)).toBe(startsAt);
  const working = knows({ roomOnline: false });
  expect(seatView(working).phase).toBe('answering');
  expect(nextTurn(working)).toBe(deadlineAt);
  const over = knows({ roomOnline: false, roomNow: deadlineAt });
  expect(seatView(over).phase).toBe('ended');
  expect(nextTurn(over)).toBeNull();
});

test('extra time moves the end', () => {
  const more = knows({
    roomNow: deadlineAt,
    order: { ...order, sitting: { ...sitting, deadlineAt: deadlineAt + 300_000 } },
  });
  expect(seatView(more)).toMatchObject({ phase: 'answering', timeLeftMs: 300_000 });
  expect(nextTurn(more)).toBe(deadlineAt + 300_000);
});

test('a seat that begins by the words alone has the session’s own time', () => {
  const alone = knows({
    roomOnline: false,
    order: {
      ...order,
      session: { ...(order.session as NonNullable<SeatOrder['session']>), startsAt: null },
      sitting: { ...sitting, status: 'signed-in', deadlineAt: null, handInOpensAt: null },
    },
  });
  expect(seatView(alone)).toMatchObject({ phase: 'answering', timeLeftMs: 3_599_000 });
  expect(nextTurn(alone)).toBe(deadlineAt);
});

test.each([
  ['locked', { lockMessage: 'Phone on the desk' }, 'locked'],
  ['gone on elsewhere', { lease: 2 }, 'moved'],
  ['handed in', { status: 'handed-in' }, 'handed-in'],
  ['closed by the room', { status: 'closed' }, 'ended'],
  ['absent', { status: 'absent' }, 'absent'],
] as const)('a sitting that is %s has its one clear page', (_what, change, phase) => {
  expect(seatView(knows({ order: { ...order, sitting: { ...sitting, ...change } } })).phase).toBe(phase);
});
