import { expect, test } from 'vitest';
import {
  decideSitting,
  evolveSitting,
  newSitting,
  type SittingContext,
  type SittingState,
} from './sitting.ts';

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

test('what is over stays as it is', () => {
  for (const status of ['handed-in', 'closed', 'absent'] as const) {
    const over = { ...newSitting, status };
    expect(close(over)).toBe(over);
  }
});
