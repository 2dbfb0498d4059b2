import { expect, test } from 'vitest';
import { SeatLeases } from './seat-leases.ts';

const signedIn = (seat: string, lease: number) => ({
  kind: 'candidate-signed-in',
  subject: 'sitting:anna',
  data: { seat, lease, attempt: 1 },
});
const opened = (reason: string) => ({ kind: 'epoch-opened', subject: 'journal', data: { reason } });

test('a change counts from the seat that holds the lease, and from no other computer', () => {
  const leases = new SeatLeases();
  leases.take(opened('first-start'));
  expect(leases.counts('sitting:anna', 1, 'seat-1')).toBe(false);
  expect(leases.take(signedIn('seat-1', 1))).toBe(true);
  expect(leases.take(signedIn('seat-2', 2))).toBe(true);
  expect(leases.counts('sitting:anna', 1, 'seat-1')).toBe(true);
  expect(leases.counts('sitting:anna', 2, 'seat-2')).toBe(true);
  expect(leases.counts('sitting:anna', 2, 'seat-1')).toBe(false);
  expect(leases.counts('sitting:anna', 3, 'seat-1')).toBe(false);
  expect(leases.counts('sitting:wang', 1, 'seat-1')).toBe(false);
});

test('a room whose disk was put back may have forgotten a lease: what was written under it counts', () => {
  const leases = new SeatLeases();
  leases.take(signedIn('seat-1', 1));
  expect(leases.take(opened('rolled-back'))).toBe(true);
  expect(leases.counts('sitting:anna', 2, 'seat-2')).toBe(true);
  expect(leases.counts('sitting:anna', 1, 'seat-2')).toBe(false);
});

test('what a cut-off seat wrote after the single collection does not count; what it wrote before does', () => {
  const leases = new SeatLeases();
  leases.take(signedIn('seat-1', 1));
  const seatHead = { origin: 'seat-1', epoch: 'second', seq: 7, hash: 'h' };
  leases.take({
    kind: 'handed-in',
    subject: 'sitting:anna',
    data: { single: true, lease: 1, seatHead },
  });
  const rank = (epoch: string): number => ['first', 'second', 'third'].indexOf(epoch);
  const late = (epoch: string, seq: number, change: { lease?: number; subject?: string } = {}): boolean =>
    leases.afterHandIn(
      change.subject ?? 'sitting:anna',
      change.lease ?? 1,
      { origin: 'seat-1', epoch, seq },
      rank,
    );
  expect([late('first', 90), late('second', 7)]).toEqual([false, false]);
  expect([late('second', 8), late('third', 2)]).toEqual([true, true]);
  expect(late('second', 8, { lease: 2 })).toBe(false);
  expect(late('second', 8, { subject: 'sitting:wang' })).toBe(false);
  // The candidate's own hand-in needs none of this: the seat takes nothing after it.
  leases.take({ kind: 'handed-in', subject: 'sitting:wang', data: { seatHead } });
  expect(late('second', 8, { subject: 'sitting:wang' })).toBe(false);
});
