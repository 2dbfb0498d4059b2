import { defineConfig } from 'vitest/config';

/** The consoles' whole day by clicking takes longer than everything else together: it is run by itself, with `CONSOLE_DAY=1`. */
const consoleDay = ['test/e2e/exam-day.test.ts', 'test/e2e/everyday.test.ts'];

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts', 'formats/**/*.test.ts'],
    exclude: process.env['CONSOLE_DAY'] ? [] : consoleDay,
    pool: 'threads',
    maxWorkers: 2,
    // Journeys start real processes and browsers: no test has a timing limit that a busy machine could break.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    teardownTimeout: 60_000,
  },
});
