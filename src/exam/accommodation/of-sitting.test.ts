import { expect, test } from 'vitest';
import { newSession } from '../session/session.ts';
import { decideSitting } from '../sitting/sitting.ts';
import {
  evolveSitting,
  newSitting,
  type SittingContext,
  type SittingState,
} from '../sitting/sitting-state.ts';
import { timeLeft } from '../sitting/sitting-time.ts';
import { forScreen, noAccommodations, type Accommodations } from './accommodations.ts';
import { accommodationsOf } from './of-sitting.ts';

const minute = 60_000;
const quarter: Accommodations = {
  ...noAccommodations,
  timePercent: 25,
  textPercent: 200,
  others: ['reader'],
};

const before = {
  id: 'one',
  now: 0,
  candidate: { extraTimePercent: 0, accommodations: quarter },
  session: { policy: { earliestHandInMin: 60, freeExtraTimeMin: 10 }, subjects: [{ durationMin: 80 }] },
  sessionState: { ...newSession, signInOpenedAt: 0 },
} as unknown as SittingContext;
const started = { ...before, sessionState: { ...before.sessionState, startsAt: 0 } } as SittingContext;

function give(
  of: Partial<Accommodations>,
  context: SittingContext,
  state = newSitting,
): SittingState | string {
  const decided = decideSitting(
    state,
    { type: 'accommodate', accommodations: { ...noAccommodations, ...of }, reason: 'letter', by: 'ann' },
    context,
  );
  if (!decided.ok) return decided.refusal.type;
  // Nothing that a person needs stands where it cannot be forgotten.
  expect(decided.value.map(({ data }) => data)).toEqual([{ by: 'ann' }]);
  return decided.value.reduce((now, event) => evolveSitting(now, { ...event, at: 7 }), state);
}

test('time of the roster counts beside the free extra time, which stays whole', () => {
  expect(timeLeft(newSitting, started)).toBe(100 * minute);
  const atWork = { ...newSitting, status: 'in-exam' } as SittingState;
  const extra = decideSitting(atWork, { type: 'give-extra-time', minutes: 10, byCode: false }, started);
  expect(extra.ok).toBe(true);
  expect(
    decideSitting(atWork, { type: 'give-extra-time', minutes: 11, byCode: false }, started),
  ).toMatchObject({
    refusal: { type: 'extra-time-needs-code', freeMin: 10 },
  });
  expect(timeLeft({ ...atWork, extraTimeMin: 10 }, started)).toBe(110 * minute);
});

test('a package from before there were others still gives its percentage', () => {
  const old = {
    ...started,
    candidate: { extraTimePercent: 50, accommodations: null },
  } as unknown as SittingContext;
  expect(timeLeft(newSitting, old)).toBe(120 * minute);
});

test('the room gives some before the start, with who and why, never less time than the roster', () => {
  const given = give({ timeMinutes: 30, largeControls: true }, before);
  if (typeof given === 'string') throw new Error(given);
  expect(given.accommodations).toMatchObject({ by: 'ann', reason: 'letter', at: 7 });
  expect(timeLeft(given, started)).toBe(110 * minute);
  expect(accommodationsOf(given, before.candidate).textPercent).toBe(100);
  expect(give({ timeMinutes: 19 }, before)).toBe('accommodation-takes-time');
  expect(give({ timeUnlimited: true }, started)).toBe('accommodation-after-start');
  expect(give({ timePercent: 30 }, before, { ...newSitting, status: 'absent' })).toBe('registered-absent');
  // Who begins anew keeps them.
  const anew = evolveSitting(given, {
    kind: 'candidate-reinitialised',
    subject: 'sitting:one',
    data: { attempt: 2 },
    at: 8,
  });
  expect(anew.accommodations).toEqual(given.accommodations);
});

test('without a limit the time does not run out in the exam', () => {
  const given = give({ timeUnlimited: true }, before);
  if (typeof given === 'string') throw new Error(given);
  expect(timeLeft(given, { ...started, now: 12 * 60 * minute })).toBeGreaterThan(0);
});

test('a seat is told what its screen does, and nothing that people see to', () => {
  expect(forScreen(quarter)).toEqual({
    timePercent: 25,
    timeMinutes: 0,
    timeUnlimited: false,
    textPercent: 200,
    colours: null,
    singleColumn: false,
    largeControls: false,
    readAloud: false,
  });
  expect(forScreen({ ...noAccommodations, others: ['reader'] })).toBeNull();
});
