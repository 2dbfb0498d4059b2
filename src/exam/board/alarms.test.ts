import { expect, test } from 'vitest';
import {
  alarmsOf,
  covers,
  startDueAt,
  watchedFrom,
  watchedUntil,
  withAcknowledgements,
  type AlarmSources,
} from './alarms.ts';
import { expected, minute, room, session, startAt, status } from './board.fixture.ts';
import { siteInSession } from './site-facts.ts';

function sources(
  said: Parameters<typeof status>[0] | null = {},
  { lastContact = startAt, ...rest }: Partial<AlarmSources> & { lastContact?: number | null } = {},
): AlarmSources {
  return {
    site: { code: 'S1', name: 'School', region: null, registeredAt: 1, lastContact },
    told: siteInSession(said === null ? null : status(said), 's1', expected),
    session,
    newest: { number: 1, at: 500 },
    codesNotIssued: [],
    ...rest,
  };
}
const kinds = (from: AlarmSources, now: number): string[] => alarmsOf(from, now).map(({ kind }) => kind);
const started = {
  rooms: [room('R1', { stages: { startedAt: 1 } }), room('R2', { stages: { startedAt: 1 } })],
};

test('a healthy site has no alarm, from days before to days after', () => {
  for (const days of [-3, -1, 0, 1, 3]) {
    const now = startAt + days * 1_440 * minute;
    expect(kinds(sources(started, { lastContact: now - 5_000 }), now)).toEqual([]);
  }
});

test('a site that has not loaded is late an hour before anything opens, not earlier', () => {
  const from = watchedFrom(session);
  expect(from).toBe(startAt - 120 * minute);
  const never = sources({ loadedAt: null, publication: null }, { lastContact: from });
  expect(kinds(never, from - 1)).toEqual([]);
  expect(alarmsOf(never, from)).toEqual([{ kind: 'load-late', since: from, about: [] }]);
  const unregistered = { ...never, site: { ...never.site, registeredAt: null, lastContact: null } };
  expect(kinds(unregistered, from)).toEqual(['load-late']);
});

test('an older publication is late, too; one of the last moment has a quarter of an hour to arrive', () => {
  const at = startAt - 10 * minute;
  const due = at + 15 * minute;
  const older = sources({}, { newest: { number: 2, at }, lastContact: due });
  expect(kinds(older, due - 1)).toEqual([]);
  expect(alarmsOf(older, due)).toEqual([{ kind: 'load-late', since: due, about: [] }]);
});

test('a site is silent after a minute without a word, while the session needs it', () => {
  const silent = sources(started, { lastContact: startAt });
  expect(kinds(silent, startAt + minute - 1)).toEqual([]);
  expect(alarmsOf(silent, startAt + minute)).toEqual([
    { kind: 'silent', since: startAt + minute, about: [] },
  ]);
  expect(kinds(silent, watchedUntil(session) + 1)).toEqual([]);
  const nightBefore = sources({}, { lastContact: startAt - 900 * minute });
  expect(kinds(nightBefore, watchedFrom(session) - 1)).toEqual([]);
  expect(kinds(nightBefore, watchedFrom(session))).toEqual(['silent']);
  const done = { stages: { startedAt: 1, endedAt: 2 }, collectedAt: 3, handedUpAt: 4 };
  const reported = sources({ rooms: [room('R1', done), room('R2', done)] }, { lastContact: startAt });
  expect(kinds(reported, startAt + 90 * minute)).toEqual([]);
});

test('a failed seal check is an alarm until a later one is passed or the session is over', () => {
  const bad = { stages: { sealCheckedAt: 5_000, sealCheckPassed: false } };
  const failed = sources({ rooms: [room('R1', bad)] }, { lastContact: 9_000 });
  expect(alarmsOf(failed, 9_000)).toEqual([{ kind: 'seal-check-failed', since: 5_000, about: ['R1'] }]);
  expect(kinds(sources({ sealCheckPassed: false }, { lastContact: 9_000 }), 9_000)).toEqual([
    'seal-check-failed',
  ]);
  const ended = { stages: { startedAt: 1, endedAt: 2, sealCheckedAt: 5_000, sealCheckPassed: false } };
  expect(kinds(sources({ rooms: [room('R1', ended), room('R2', ended)] }), startAt)).toEqual([]);
});

test('a room is late when the start window of the policy is over, and names itself', () => {
  const due = startDueAt(session);
  expect(due).toBe(startAt + 15 * minute);
  const one = { rooms: [room('R1', { stages: { startedAt: 1 } }), room('R2')] };
  expect(kinds(sources(one, { lastContact: due - 1 }), due - 1)).toEqual([]);
  expect(alarmsOf(sources(one, { lastContact: due }), due)).toEqual([
    { kind: 'start-late', since: due, about: ['R2'] },
  ]);
  const strict = { ...session, policy: { ...session.policy, startClosesAfterMin: 0 } };
  expect(startDueAt(strict)).toBe(startAt + 5 * minute);
});

test('of a site that was not heard since the start was due nobody says that it is late: it is silent', () => {
  const due = startDueAt(session);
  expect(kinds(sources({}, { lastContact: due - 2 * minute }), due + minute)).toEqual(['silent']);
});

test('a code that nobody issued is an alarm with its request', () => {
  const codesNotIssued = [{ name: 'R1 1234', usedAt: startAt }];
  expect(alarmsOf(sources(started, { codesNotIssued }), startAt)).toEqual([
    { kind: 'code-not-issued', since: startAt, about: ['R1 1234'] },
  ]);
});

test('an acknowledgement holds for what was there: not for a later beginning, nor for a room that came later', () => {
  const alarm = { kind: 'start-late' as const, since: 5, about: ['R1', 'R2'] };
  const given = { ...alarm, at: 7, by: 'ann', note: 'called' };
  expect(withAcknowledgements([alarm], [given])[0]?.acknowledged).toEqual({
    at: 7,
    by: 'ann',
    note: 'called',
  });
  // One of the rooms has started meanwhile.
  expect(covers(given, { ...alarm, about: ['R2'] })).toBe(true);
  expect(covers(given, { ...alarm, about: ['R2', 'R3'] })).toBe(false);
  expect(covers(given, { ...alarm, since: 6 })).toBe(false);
  expect(covers(given, { ...alarm, kind: 'silent' })).toBe(false);
});

test('what ends and happens anew begins at another time, so that no acknowledgement covers it', () => {
  const [first] = alarmsOf(sources(started, { lastContact: startAt }), startAt + 2 * minute);
  const again = sources(started, { lastContact: startAt + 10 * minute });
  expect(kinds(again, startAt + 10 * minute)).toEqual([]);
  const [second] = alarmsOf(again, startAt + 12 * minute);
  expect(first && second && covers(first, second)).toBe(false);
});
