/** Time is always passed in: nothing below `main.ts` reads a clock by itself, so tests can set it. */
export interface Clock {
  /** Wall clock, milliseconds since 1970-01-01 UTC. May jump when somebody sets it. */
  now(): number;
  /** Milliseconds since an arbitrary start; never goes back, not even when the wall clock is set. */
  monotonic(): number;
}

/** Work for later. Passed in like the clock, so that a whole exam runs in one process at the speed of its tests. */
export interface Timers {
  /** @returns what takes it back, when it has not run yet. */
  after(ms: number, work: () => void): () => void;
}

export const systemTimers: Timers = {
  after(ms, work) {
    // What only waits keeps no process alive.
    const timer = setTimeout(work, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
