import { expect, test } from 'vitest';
import { siteStatusSchema } from '../session/site-status.ts';
import { boardSite, expected, room, status } from './board.fixture.ts';
import { siteInSession, stageOf, totalsOf } from './site-facts.ts';

test('a site is the sum of its rooms in this session; those of other sessions and rooms without candidates do not count', () => {
  const { facts, notStarted } = siteInSession(
    status({
      rooms: [
        room('R1', { stages: { startedAt: 10, endedAt: 50 }, counts: { inExam: 28, violations: 1 } }),
        room('R2', { counts: { signedIn: 20 } }),
        room('R1', { sessionId: 's2', counts: { inExam: 99 } }),
        room('R9', { stages: { startedAt: 5, endedAt: 6 }, collectedAt: 7, handedUpAt: 8 }),
      ],
    }),
    's1',
    expected,
  );
  expect(facts.counts).toMatchObject({ expected: 50, inExam: 28, signedIn: 20, violations: 1 });
  expect(facts.rooms).toEqual({ all: 2, registered: 2, started: 1, ended: 1, collected: 0, reported: 0 });
  expect(notStarted).toEqual(['R2']);
});

test('a failed seal check of a single room is the site’s; a check that was not made is not passed', () => {
  const failed = status({
    rooms: [room('R1', { stages: { sealCheckedAt: 9_000, sealCheckPassed: false } })],
  });
  expect(siteInSession(failed, 's1', expected)).toMatchObject({
    facts: { sealCheckPassed: false, sealCheckedAt: 9_000 },
    failedChecks: [{ room: 'R1', at: 9_000 }],
  });
  const open = siteInSession(status({ sealCheckPassed: null, sealCheckedAt: null }), 's1', expected);
  expect(open.facts.sealCheckPassed).toBeNull();
});

test('what a site of an earlier version tells is understood', () => {
  const { registeredRooms: _r, sessions: _s, rooms, ...older } = status({ calibratedAt: 77 });
  const said = siteStatusSchema.parse({
    ...older,
    rooms: rooms.map(({ collectedAt: _c, handedUpAt: _h, ...one }) => one),
  });
  const { facts } = siteInSession(said, 's1', expected);
  expect(facts.calibratedAt).toBe(77);
  expect(facts.rooms).toMatchObject({ registered: null, collected: 0 });
});

test('before its first hello a site has the roster’s figures', () => {
  const { facts, notStarted } = siteInSession(null, 's1', expected);
  expect(facts.counts.expected).toBe(50);
  expect(notStarted).toEqual(['R1', 'R2']);
  expect(stageOf({ ...boardSite('A'), ...facts, registeredAt: null })).toBe('unregistered');
});

test('the stage is the last one reached; ended, collected and reported need every room', () => {
  const stage = (rooms: Parameters<typeof room>[1][]): string =>
    stageOf({
      ...boardSite('A'),
      ...siteInSession(status({ rooms: rooms.map((one, i) => room(`R${i + 1}`, one)) }), 's1', expected)
        .facts,
    });
  const ended = { stages: { startedAt: 1, endedAt: 2 } };
  expect(stage([{}, {}])).toBe('checked');
  expect(stage([ended, {}])).toBe('started');
  expect(stage([ended, ended])).toBe('ended');
  expect(stage([{ ...ended, collectedAt: 3 }, ended])).toBe('ended');
  const reported = { ...ended, collectedAt: 3, handedUpAt: 4 };
  expect(stage([{ ...ended, collectedAt: 3 }, reported])).toBe('collected');
  expect(stage([reported, reported])).toBe('reported');
});

test('totals add up what all sites say', () => {
  expect(totalsOf([boardSite('A'), boardSite('B')])).toMatchObject({
    sites: 2,
    rooms: { all: 4, registered: 4 },
    counts: { expected: 100 },
  });
});
