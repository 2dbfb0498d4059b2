import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest first, one that waits and one that computes, then all other journeys: nothing long is left to run alone at the end. */
class JourneysFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number =>
      ['/test/e2e/exam-day.', '/test/simulation/', '/test/e2e/', '/test/', '/passphrase.'].findIndex((part) =>
        moduleId.includes(part),
      ) >>> 0;
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts', 'formats/**/*.test.ts'],
    sequence: { sequencer: JourneysFirst },
    // Threads of one process disturb each other: memory that one gives back interrupts all, and that costs a third of the processor.
    pool: 'forks',
    // Half of the time the journeys wait: for a start, a countdown, the end of an exam. Two at a time would leave both cores idle then;
    // with five each needs more of the processor than the waiting gives back.
    maxWorkers: 4,
    // Nothing here leaves anything behind in a module: to load every library anew for every file costs more than many of the tests.
    isolate: false,
    // Journeys start real processes and browsers: no test has a timing limit that a busy machine could break.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 120_000 } },
  },
});
