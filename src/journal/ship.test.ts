import { expect, test } from 'vitest';
import type { Head } from './entry.ts';
import { createShipper } from './ship.ts';

const chain = { origin: 'seat-1', epoch: 'epoch-1' };
const head = (seq: number, hash = `hash of ${seq}`): Head => ({ ...chain, seq, hash });

function shipperOf(seq: number) {
  return createShipper({
    heads: () => [head(seq)],
    ofOrigin: (_origin, _epoch, afterSeq, limit) =>
      Array.from({ length: Math.min(limit, seq - afterSeq) }, (_, i) => ({
        header: JSON.stringify({ ...chain, seq: afterSeq + i + 1 }),
        salt: null,
        payload: null,
      })),
  });
}

test('the parent’s word on what it holds counts, also when it is less than before', () => {
  const shipper = shipperOf(5);
  shipper.acknowledgedAll([head(5)]);
  expect(shipper.next()).toBeNull();
  shipper.acknowledgedAll([head(2)]);
  expect(shipper.next()?.segment.entries).toHaveLength(3);
  shipper.acknowledgedAll([]);
  expect(shipper.pending()).toBe(5);
});

test('a chain that forks is not sent while the parent’s copy is the other one', () => {
  const shipper = shipperOf(5);
  shipper.acknowledgedAll([head(4, 'another')]);
  shipper.forked(chain);
  expect(shipper.next()).toBeNull();
  shipper.acknowledgedAll([head(4, 'another')]);
  expect(shipper.next()).toBeNull();
});

test('it is owed again once the parent’s disk was put back to where both copies agree, or to nothing', () => {
  for (const [after, owed] of [
    [[head(3)], 2],
    [[], 5],
  ] as const) {
    const shipper = shipperOf(5);
    shipper.acknowledgedAll([head(4, 'another')]);
    shipper.forked(chain);
    shipper.acknowledgedAll(after);
    expect(shipper.next()?.segment.entries).toHaveLength(owed);
  }
});

test('a chain that the parent refuses stays refused with its next word, so that nobody asks without end', () => {
  const shipper = shipperOf(5);
  shipper.acknowledgedAll([head(2)]);
  shipper.acknowledged(chain, head(2));
  shipper.forked(chain);
  shipper.acknowledgedAll([head(2)]);
  expect(shipper.next()).toBeNull();
});
