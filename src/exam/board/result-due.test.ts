import { expect, test } from 'vitest';
import { room, status } from './board.fixture.ts';
import { remedyFor, resultDueAt, saidOfRoom } from './result-due.ts';

const now = 1_000_000_000;
const heard = { registeredAt: 1, lastContact: now - 5_000 };

function said(of: Parameters<typeof room>[1]) {
  return saidOfRoom(status({ rooms: [room('R1', { lastContact: now - 5_000, ...of })] }), 's1', 'R1');
}

test('a result is due the policy’s time after the session’s end', () => {
  expect(resultDueAt({ startAt: 0, durationMin: 60, policy: { resultsDueAfterMin: 120 } })).toBe(
    180 * 60_000,
  );
});

const ended = { startedAt: 2, endedAt: 3 };
const reported = { ...ended, reportedAt: 4 };

test.each([
  ['has not started', {}, 'room-not-started'],
  ['is running', { stages: { startedAt: 2 } }, 'room-running'],
  ['has ended', { stages: ended }, 'room-ended'],
  ['has ended and is silent', { stages: ended, lastContact: now - 3_600_000 }, 'room-silent'],
  ['has reported', { stages: reported }, 'room-has-reported'],
  ['was collected', { stages: reported, collectedAt: 5 }, 'site-has-it'],
  ['was handed up', { stages: reported, collectedAt: 5, handedUpAt: 6 }, 'report-again'],
])('of a room that %s the page says what helps', (_, of, remedy) => {
  expect(remedyFor('missing', said(of), heard, now)).toBe(remedy);
});

test('a site that is silent or never came is asked first, and what is here asks nobody', () => {
  const nothing = saidOfRoom(null, 's1', 'R1');
  expect(nothing.progress).toBe('unheard');
  expect(remedyFor('missing', nothing, { registeredAt: null, lastContact: null }, now)).toBe(
    'site-never-registered',
  );
  expect(remedyFor('missing', nothing, { registeredAt: 1, lastContact: now - 3_600_000 }, now)).toBe(
    'site-silent',
  );
  expect(remedyFor('missing', nothing, heard, now)).toBe('room-unheard');
  expect(remedyFor('verified', nothing, heard, now)).toBeNull();
  expect(remedyFor('held', nothing, heard, now)).toBe('answer-for-codes');
  expect(remedyFor('partial', nothing, heard, now)).toBe('candidates-elsewhere');
});
