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
