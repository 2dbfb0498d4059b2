import { expect, test } from 'vitest';
import { mayObey, type SeatNow } from './may-obey.ts';
import { remoteActions, type RemoteAction } from './order.ts';

const free: SeatNow = { atWork: false, formal: true, pending: 0, insisted: false };
const said = (action: RemoteAction, now: Partial<SeatNow>): string => {
  const may = mayObey(action, { ...free, ...now });
  return may.ok ? 'yes' : may.refusal.type;
};

test('a free seat that holds nothing does everything', () => {
  for (const action of remoteActions) expect(said(action, {})).toBe('yes');
});

test('who is at work is disturbed only for a reason that was written down, and never initialised', () => {
  for (const action of ['close-screen', 'restart', 'shut-down'] as const) {
    expect(said(action, { atWork: true })).toBe('seat-at-work');
    expect(said(action, { atWork: true, insisted: true })).toBe('yes');
  }
  expect(said('open-screen', { atWork: true })).toBe('yes');
  for (const action of ['initialise', 'uninstall'] as const)
    expect(said(action, { atWork: true, insisted: true })).toBe('seat-at-work-now');
});

test('no reason takes answers away that only the seat has', () => {
  const holds = { pending: 2, insisted: true };
  for (const action of ['restart', 'shut-down'] as const) {
    expect(said(action, { ...holds, atWork: true })).toBe('answers-only-at-seat');
    expect(said(action, { ...holds, formal: false })).toBe('yes');
  }
  for (const formal of [true, false])
    for (const action of ['initialise', 'uninstall'] as const)
      expect(said(action, { ...holds, formal })).toBe('answers-only-at-seat');
});
