/** Time is always passed in: nothing below `main.ts` reads a clock by itself, so tests can set it. */
export interface Clock {
  /** Wall clock, milliseconds since 1970-01-01 UTC. May jump when somebody sets it. */
  now(): number;
  /** Milliseconds since an arbitrary start; never goes back, not even when the wall clock is set. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
