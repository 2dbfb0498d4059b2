import { expect, test } from 'vitest';
import { sessionOfNow, type RoomProgress } from './session-of-now.ts';

const first = { id: 'first', startAt: 1_000 };
const second = { id: 'second', startAt: 2_000 };
const toCome: RoomProgress = { startedAt: null, endedAt: null };
const on: RoomProgress = { startedAt: 1_700, endedAt: null };
const over: RoomProgress = { startedAt: 1_000, endedAt: 1_400 };

test.each([
  { what: 'the nearest that is to come', now: 1_200, rooms: [[toCome], [toCome]], is: 'first' },
  { what: 'the nearest that is to come, later', now: 1_600, rooms: [[toCome], [toCome]], is: 'second' },
  {
    what: 'the one that began late, however near the next is',
    now: 1_990,
    rooms: [[on], [toCome]],
    is: 'first',
  },
  { what: 'the one that is still on in one room', now: 2_500, rooms: [[over, on], [toCome]], is: 'first' },
  { what: 'the next one when the first is over early', now: 1_400, rooms: [[over], [toCome]], is: 'second' },
  {
    what: 'the one of which a room is still to come',
    now: 1_400,
    rooms: [[over, toCome], [toCome]],
    is: 'first',
  },
  { what: 'the last one when all is over', now: 1_000, rooms: [[over], [over]], is: 'second' },
  { what: 'the nearest when no room is known', now: 1_000, rooms: [[], []], is: 'first' },
])('$what', ({ now, rooms, is }) => {
  const roomsOf = (one: typeof first): readonly RoomProgress[] => rooms[one === first ? 0 : 1] ?? [];
  expect(sessionOfNow([second, first], roomsOf, now)?.id).toBe(is);
});

test('nothing when there are no sessions', () => {
  expect(sessionOfNow([], () => [], 0)).toBeUndefined();
});
