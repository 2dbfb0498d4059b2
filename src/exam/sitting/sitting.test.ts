import { expect, test } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { newSession } from '../session/session.ts';
import { decideSitting } from './sitting.ts';
import { evolveSitting, newSitting, type SittingContext, type SittingState } from './sitting-state.ts';

const context = { id: 'one', now: 1_000 } as SittingContext;

function close(state: SittingState): SittingState {
  const decided = decideSitting(state, { type: 'close', reason: 'why' }, context);
  if (!decided.ok) throw new Error(decided.refusal.type);
  return decided.value.reduce((before, event) => evolveSitting(before, { ...event, at: context.now }), state);
}

test('at the end of the session who never had a seat is absent, who had one is closed; both with the reason', () => {
  expect(close(newSitting)).toMatchObject({ status: 'absent', closeReason: 'why' });
  const signedIn = evolveSitting(newSitting, {
    kind: 'candidate-signed-in',
    subject: 'sitting:one',
    data: { seat: 'a', lease: 1 },
    at: 0,
  });
  expect(close(signedIn)).toMatchObject({ status: 'closed', closeReason: 'why' });
  // Begun anew: the first attempt was somebody's work.
  const anew = evolveSitting(signedIn, {
    kind: 'candidate-reinitialised',
    subject: 'sitting:one',
    data: { attempt: 2 },
    at: 0,
  });
  expect(close(anew)).toMatchObject({ status: 'closed', closeReason: 'why' });
});

const running = {
  ...context,
  now: 30 * 60_000,
  candidate: { extraTimePercent: 0 },
  session: { policy: { earliestHandInMin: 60 }, subjects: [{ durationMin: 90 }] },
  sessionState: { ...newSession, status: 'counting-down', startsAt: 0, signInOpenedAt: 0 },
} as unknown as SittingContext;
const hour = 60 * 60_000;

function after(state: SittingState, ...events: [kind: string, data: JsonObject][]): SittingState {
  return events.reduce(
    (before, [kind, data]) => evolveSitting(before, { kind, subject: 'sitting:one', data, at: 0 }),
    state,
  );
}
const atWork = after(
  newSitting,
  ['candidate-signed-in', { seat: 'a', lease: 1 }],
  ['rules-read', {}],
  ['sitting-started', {}],
);

function collect(
  state: SittingState,
  change: Partial<{ seat: string; lease: number; mock: boolean }> = {},
  at: Partial<SittingContext> = { now: hour },
) {
  const seatHead = { origin: 'a', epoch: 'e', seq: 7, hash: 'h' };
  return decideSitting(
    state,
    { type: 'collect-single', seat: 'a', lease: 1, mock: false, seatHead, ...change },
    { ...running, ...at },
  );
}

test('a single collection hands in and collects, not before the earliest hand-in; in a mock exam at any time after the start', () => {
  expect(collect(atWork, {}, { now: hour - 1 })).toMatchObject({
    refusal: { type: 'too-early', opensAt: hour },
  });
  expect(collect(atWork, { mock: true }, { now: 1 }).ok).toBe(true);
  const done = collect(atWork);
  if (!done.ok) throw new Error(done.refusal.type);
  expect(done.value).toMatchObject([
    { kind: 'handed-in', data: { single: true, lease: 1, seatHead: { seq: 7 } } },
  ]);
  const [event] = done.value;
  const over = evolveSitting(atWork, { ...(event as (typeof done.value)[number]), at: hour });
  expect(over).toMatchObject({
    status: 'handed-in',
    collected: true,
    singleCollection: true,
    handedInAt: hour,
  });
  expect(collect(over)).toMatchObject({ refusal: { type: 'already-handed-in' } });
  // A hand-in by the candidate is none.
  expect(after(atWork, ['handed-in', { seatHead: {} }]).singleCollection).toBe(false);
});

test('a single collection goes only from the seat that had the lease last, released or not', () => {
  const released = after(atWork, ['sitting-resumed', { creditMs: 0 }]);
  expect(collect(released).ok).toBe(true);
  expect(collect(released, { seat: 'b' })).toMatchObject({ refusal: { type: 'moved-elsewhere' } });
  const elsewhere = after(
    released,
    ['candidate-signed-in', { seat: 'b', lease: 2 }],
    ['sitting-started', {}],
  );
  expect(collect(elsewhere)).toMatchObject({ refusal: { type: 'moved-elsewhere' } });
  expect(collect(elsewhere, { seat: 'b', lease: 2 }).ok).toBe(true);
});

test('a single collection is none before the start, after the end, for who is not in the exam, and for a closed sitting', () => {
  const at = (state: Partial<SittingContext['sessionState']>) => ({
    now: hour,
    sessionState: { ...running.sessionState, ...state },
  });
  const refusal = (type: string) => ({ refusal: { type } });
  expect(collect(atWork, { mock: true }, at({ startsAt: hour + 1 }))).toMatchObject(refusal('not-started'));
  expect(collect(atWork, {}, at({ status: 'ended', endedAt: hour }))).toMatchObject(refusal('already-ended'));
  expect(collect(newSitting)).toMatchObject(refusal('not-in-exam'));
  expect(collect({ ...atWork, status: 'absent' })).toMatchObject(refusal('not-in-exam'));
  const closed = after(atWork, ['sitting-closed', { reason: 'time-over', collected: false }]);
  expect(collect(closed)).toMatchObject(refusal('closed-already'));
  expect(closed.closedAt).toBe(0);
});

test('what is over stays as it is', () => {
  for (const status of ['handed-in', 'closed', 'absent'] as const) {
    const over = { ...newSitting, status };
    expect(close(over)).toBe(over);
  }
});
