import { expect, test } from 'vitest';
import { dayRow, linesOfLabels, remarksOf, scaleOf, type PlannedSession } from './day-plan.ts';
import { defaultPolicy, type Policy } from './policy.ts';

const nine = Date.UTC(2026, 5, 1, 9);
const minute = 60_000;

function session(
  number: number,
  startAt = nine,
  policy: Partial<Policy> = {},
  durationMin = 120,
): PlannedSession {
  return {
    id: `s${number}`,
    number,
    name: `S${number}`,
    startAt,
    durationMin,
    policy: { ...defaultPolicy, ...policy },
  };
}
const types = (...sessions: PlannedSession[]): string[] => remarksOf(sessions).map(({ type }) => type);

test('the usual policy contradicts nothing, and two sessions with an hour between them do not touch', () => {
  expect(types(session(1))).toEqual([]);
  expect(types(session(2, nine + 200 * minute), session(1))).toEqual([]);
});

test.each<[string, Partial<Policy>, number]>([
  ['released-after-start-opens', { releaseBeforeMin: 0 }, 120],
  ['start-opens-before-sign-in', { signInOpensBeforeMin: 0 }, 120],
  ['start-closes-after-late-limit', { lateLimitMin: 10 }, 120],
  ['late-limit-after-end', { lateLimitMin: 130, earliestHandInMin: 110 }, 120],
  ['hand-in-before-late-limit', { earliestHandInMin: 20 }, 120],
  ['no-early-hand-in', { earliestHandInMin: 120 }, 120],
  ['extra-time-beyond-duration', { freeExtraTimeMin: 130 }, 120],
])('%s is found', (type, policy, durationMin) => {
  expect(types(session(1, nine, policy, durationMin))).toContain(type);
});

test('sessions that overlap are named, the extra time counts, and so does a sign-in before the other one ends', () => {
  expect(remarksOf([session(2, nine + 125 * minute), session(1)])).toEqual([
    {
      type: 'sessions-overlap',
      session: 1,
      other: 2,
      at: nine + 125 * minute,
      before: nine + 130 * minute,
    },
  ]);
  expect(types(session(1), session(2, nine + 150 * minute))).toEqual(['sign-in-before-end-of-other']);
  expect(types(session(1), session(2), session(3, nine + minute))).toEqual([
    'sessions-overlap',
    'sessions-overlap',
    'sessions-overlap',
  ]);
});

test('the picture has whole hours, every moment in order, and no label over another', () => {
  const row = dayRow(session(1, nine + 10 * minute));
  expect(row.marks.map(({ what }) => what)).toEqual([
    'release',
    'sign-in-opens',
    'start-opens',
    'start',
    'start-closes',
    'late-limit',
    'earliest-hand-in',
    'end',
  ]);
  expect(scaleOf([row])).toEqual({ from: nine - 60 * minute, to: nine + 180 * minute });
  const places = [0, 5, 10, 40, 45, 100];
  const lines = linesOfLabels(places, 30);
  expect(lines).toEqual([0, 1, 2, 0, 1, 0]);
});
