import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts', 'formats/**/*.test.ts'],
    pool: 'threads',
    // A third of the time the journeys wait: for a start, a countdown, the end of an exam. Two at a time would leave both cores idle then.
    maxWorkers: 3,
    // Journeys start real processes and browsers: no test has a timing limit that a busy machine could break.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    teardownTimeout: 60_000,
  },
});
