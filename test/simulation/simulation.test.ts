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
async function check(plans: fc.Arbitrary<Plan>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      expect(await runExam(plan)).toEqual([]);
    }),
    { numRuns: runs, ...replay },
  );
}

test('whatever is killed, cut off, doubled, delayed or full: what was promised reaches the centre, and all tiers agree', async () => {
  await check(fc.record({ seed: fc.integer(), weather, faults: fc.array(everyday, { maxLength: 12 }) }));
});

/** Drawn apart, so that there is mostly something to put back. */
const withOldDisks = fc
  .tuple(
    fc.array(everyday, { maxLength: 8 }),
    fc.array(fc.record({ ...at, type: fc.constant('remember-disk' as const) }), { maxLength: 6 }),
    fc.array(fc.record({ ...at, type: fc.constant('put-disk-back' as const), downMs }), { maxLength: 6 }),
  )
  .map((faults) => faults.flat());

test('an older disk put back in the middle loses nothing that another node was told, what was said last counts, and it never goes unnoticed', async () => {
  await check(fc.record({ seed: fc.integer(), weather, faults: withOldDisks }));
});

test('the same seed gives the same exam', async () => {
  const [plan] = fc.sample(fc.record({ seed: fc.integer(), weather, faults: fc.array(everyday) }), 1);
  if (!plan) throw new Error('no plan');
  expect(await runExam(plan)).toEqual(await runExam(plan));
});
