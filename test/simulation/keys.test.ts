import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { makeLocks, runKeys, type Act, type KeyPlan, type Locks } from './simulated-keys.ts';

const runs = Number(process.env['SIMULATION_RUNS'] ?? 2_000);
let locks: Locks;
beforeAll(async () => {
  locks = await makeLocks();
});

const dayMin = 24 * 60;
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ type: fc.constant('ask-release' as const), who: fc.constantFrom('site', 'telephone') }),
  fc.record({ type: fc.constant('room-asks-for-keys' as const) }),
  fc.record({
    type: fc.constant('room' as const),
    command: fc.constantFrom('allow-sign-in', 'allow-start', 'end'),
  }),
  fc.record({ type: fc.constant('seat-says-hello' as const), seat: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    type: fc.constant('set-clock' as const),
    who: fc.constantFrom('site', 'room', 'seat'),
    byMin: fc.oneof(fc.constantFrom(-dayMin, dayMin), fc.integer({ min: -300, max: 300 })),
  }),
) as fc.Arbitrary<Act>;
/** The day as it should go, with whatever else happens in between. */
const usual = (startsAtMin: number): KeyPlan['acts'] => [
  { atMin: -61, act: { type: 'ask-release', who: 'site' } },
  { atMin: -59, act: { type: 'ask-release', who: 'site' } },
  { atMin: -40, act: { type: 'room-asks-for-keys' } },
  { atMin: -20, act: { type: 'room', command: 'allow-sign-in' } },
  { atMin: startsAtMin - 0.5, act: { type: 'seat-says-hello', seat: 1 } },
  { atMin: startsAtMin, act: { type: 'room', command: 'allow-start' } },
  ...[0.01, 0.5, 1, 1.5, 5].map((later) => ({
    atMin: startsAtMin + later,
    act: { type: 'seat-says-hello', seat: 1 } as const,
  })),
];
/** Anywhere, and often around the start. */
const atMin = fc
  .oneof(fc.integer({ min: -290 * 60, max: 90 * 60 }), fc.integer({ min: -4 * 60, max: 12 * 60 }))
  .map((seconds) => seconds / 60);
const share = fc.integer({ min: 0, max: 40 }).map((percent) => percent / 100);
const plans: fc.Arbitrary<KeyPlan> = fc.record({
  seed: fc.integer(),
  weather: fc.record({
    loss: share,
    duplication: share,
    delayMs: fc.integer({ min: 1, max: 120_000 }),
  }),
  releaseBeforeMin: fc.integer({ min: 0, max: 120 }),
  countdownS: fc.integer({ min: 0, max: 120 }),
  acts: fc
    .tuple(fc.array(fc.record({ atMin, act }), { maxLength: 40 }), fc.integer({ min: -4, max: 10 }))
    .map(([others, startsAtMin]) => [...usual(startsAtMin), ...others]),
});

test('nobody below the centre can open the paper before its release, and no seat before the start, whatever clocks are set', async () => {
  let [released, started] = [0, 0];
  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      const run = await runKeys(plan, locks);
      released += run.released ? 1 : 0;
      started += run.started ? 1 : 0;
      expect(run.broken).toEqual([]);
    }),
    { numRuns: runs },
  );
  // A world in which nothing is ever released or started would keep every promise.
  expect(released).toBeGreaterThan(runs / 4);
  expect(started).toBeGreaterThan(runs / 10);
});
