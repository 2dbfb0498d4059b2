import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patienceMs, quietMs, restAfter, superfluous, versionLimits, whetherToTake } from './versions.ts';

const changed = { firstSeenAt: 0, changedAt: 0, takenAt: null, takenSize: 0 };

test('a saved file is taken when it has come to rest', () => {
  expect(whetherToTake(changed, quietMs - 1)).toBe('wait');
  expect(whetherToTake(changed, quietMs)).toBe('take');
});

test('a file that never rests is taken as it is', () => {
  expect(whetherToTake({ ...changed, changedAt: patienceMs - 2 }, patienceMs - 1)).toBe('wait');
  expect(whetherToTake({ ...changed, changedAt: patienceMs - 1 }, patienceMs)).toBe('as-it-is');
});

test('a large file that is saved all the time is taken less often', () => {
  const large = 50 * 1024 ** 2;
  expect(restAfter(large)).toBeGreaterThan(restAfter(1_000));
  expect(restAfter(1e12)).toBe(60_000);
  const saved = { firstSeenAt: 5_000, changedAt: 5_000, takenAt: 0, takenSize: large };
  expect(whetherToTake(saved, 10_000)).toBe('wait');
  expect(whetherToTake(saved, restAfter(large))).toBe('take');
});

const version = fc.record({ at: fc.integer({ min: 0, max: 4e7 }), size: fc.integer({ min: 0, max: 2e9 }) });

test('the newest version always stays, and what stays keeps to the limits', () => {
  fc.assert(
    fc.property(fc.array(version, { maxLength: 150 }), (made) => {
      const versions = made.map((one, id) => ({ ...one, id }));
      const dropped = new Set(superfluous(versions, 4e7));
      const stay = versions.filter(({ id }) => !dropped.has(id));
      const [newest] = versions.toSorted((a, b) => b.at - a.at || b.id - a.id);
      if (!newest) return;
      expect(dropped.has(newest.id)).toBe(false);
      expect(stay.length).toBeLessThanOrEqual(versionLimits.count);
      const others = stay.filter(({ id }) => id !== newest.id);
      const total = stay.reduce((sum, { size }) => sum + size, 0);
      expect(others.length === 0 || total <= versionLimits.total).toBe(true);
    }),
  );
});

test('of the last minutes every version stays, of earlier times one in each span, the newest of it', () => {
  const minute = 60_000;
  const versions = [0, 1, 2, 6, 7, 40, 41, 42].map((at, id) => ({ id, at: at * minute, size: 1 }));
  expect(superfluous(versions, 45 * minute).toSorted((a, b) => a - b)).toEqual([0, 1, 3]);
});
