import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeNames, runExam, type Plan } from './simulated-exam.ts';

/** Set SIMULATION_SEED and SIMULATION_PATH to what a failure printed to see the same run again; SIMULATION_RUNS for more of them. */
const runs = Number(process.env['SIMULATION_RUNS'] ?? 1_000);
const replay = {
  ...(process.env['SIMULATION_SEED'] ? { seed: Number(process.env['SIMULATION_SEED']) } : {}),
  ...(process.env['SIMULATION_PATH'] ? { path: process.env['SIMULATION_PATH'] } : {}),
};

const at = { atMs: fc.integer({ min: 0, max: 1_500 }), node: fc.constantFrom(...nodeNames) };
const downMs = fc.integer({ min: 1, max: 400 });
const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
const upTo40Percent = fc.integer({ min: 0, max: 40 }).map((percent) => percent / 100);
const everyday = fc.oneof(
  fc.record({ ...at, type: fc.constant('kill' as const), downMs }),
  fc.record({
    ...at,
    type: fc.constant('power-cut' as const),
    share,
    downMs,
  }),
  fc.record({
    ...at,
    type: fc.constant('cut-from-parent' as const),
    forMs: fc.integer({ min: 50, max: 1_500 }),
  }),
  fc.record({
    ...at,
    type: fc.constant('disk-fails' as const),
    reason: fc.constantFrom('disk-full' as const, 'io' as const),
    times: fc.integer({ min: 1, max: 8 }),
  }),
);
const weather = fc.record({
  loss: upTo40Percent,
  duplication: upTo40Percent,
  delayMs: fc.integer({ min: 1, max: 300 }),
});
function check(plans: fc.Arbitrary<Plan>): void {
  fc.assert(
    fc.property(plans, (plan) => {
      expect(runExam(plan)).toEqual([]);
    }),
    { numRuns: runs, ...replay },
  );
}

test('whatever is killed, cut off, doubled, delayed or full: what was promised reaches the centre, and all tiers agree', () => {
  check(fc.record({ seed: fc.integer(), weather, faults: fc.array(everyday, { maxLength: 12 }) }));
});

const diskFaults = fc.oneof(
  everyday,
  fc.record({ ...at, type: fc.constant('remember-disk' as const) }),
  fc.record({ ...at, type: fc.constant('put-disk-back' as const), downMs }),
);

/** Every disk that is put back makes journals say things again: with a dozen of them one exam takes minutes, and shows nothing more. */
const fewPutBack = fc.array(diskFaults, { maxLength: 12 }).map((faults) => {
  let putBack = 0;
  return faults.filter(({ type }) => type !== 'put-disk-back' || ++putBack <= 4);
});

test('an older disk put back in the middle loses nothing that another node was told, and never goes unnoticed', () => {
  check(fc.record({ seed: fc.integer(), weather, faults: fewPutBack }));
});

test('the same seed gives the same exam', () => {
  const [plan] = fc.sample(fc.record({ seed: fc.integer(), weather, faults: fc.array(everyday) }), 1);
  if (!plan) throw new Error('no plan');
  expect(runExam(plan)).toEqual(runExam(plan));
});
