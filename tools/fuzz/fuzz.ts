/** Tries one import with file after file until the time is over or something broke. */
import fc from 'fast-check';
import { attempt, Broken, Hangs } from './attempt.ts';
import type { Target } from './import.ts';
import { damage, damaged, type Damage } from './mutations.ts';
import type { Watch } from './watch.ts';

export interface Tried {
  readonly runs: number;
  readonly taken: number;
  readonly refused: number;
  readonly seconds: number;
  /** The smallest file that broke it, as far as there was time to find one. */
  readonly broken: { readonly problem: string; readonly file: Uint8Array } | null;
}

type From = { readonly damage: Damage } | { readonly made: unknown };

interface Limits {
  readonly seconds?: number;
  readonly runs?: number;
  /** The same seed and runs give the same files for the same samples. */
  readonly seed: number;
  readonly watch: Watch | null;
}

/** Where the right file is not taken, nothing is learnt from wrong ones. */
export async function takesRightOnes({ samples, take, mayRefuse, onlyOnce }: Target): Promise<void> {
  for (const sample of onlyOnce ? [] : samples) {
    const refusal = await take(sample);
    if (refusal && !mayRefuse) throw new Error(`a right file is refused: ${JSON.stringify(refusal)}`);
  }
}

export async function fuzz(
  target: Target,
  { seconds = 3_600, runs: most = 100_000_000, seed, watch }: Limits,
): Promise<Tried> {
  const { samples, made } = target;
  const begun = performance.now();
  let [runs, taken, refused] = [0, 0, 0];
  let hanging: Uint8Array | null = null;
  const fileOf = async (from: From): Promise<Uint8Array> =>
    'damage' in from ? damaged(samples, from.damage) : (made?.file(from.made) ?? new Uint8Array(0));
  const from: fc.Arbitrary<From> = fc.oneof(
    damage(samples.length).map((one) => ({ damage: one })),
    ...(made ? [made.from.map((one) => ({ made: one }))] : []),
  );
  const checked = await fc.check(
    fc.asyncProperty(from, async (one) => {
      if (hanging) return;
      const file = await fileOf(one);
      runs++;
      try {
        if ((await attempt(target, file, watch)) === 'taken') taken++;
        else refused++;
      } catch (error) {
        if (error instanceof Hangs) hanging = file;
        throw error;
      }
    }),
    {
      seed,
      numRuns: most,
      interruptAfterTimeLimit: seconds * 1000,
      markInterruptAsFailure: false,
    },
  );
  const counts = { runs, taken, refused, seconds: (performance.now() - begun) / 1000 };
  // Interrupted before the first file is none that broke anything.
  if (!checked.failed || checked.counterexample === null) return { ...counts, broken: null };
  const error = checked.errorInstance;
  // A fault of this tool is none of what it tries.
  if (!(error instanceof Broken)) throw error;
  const file = hanging ?? (await fileOf(checked.counterexample?.[0] as From));
  return { ...counts, broken: { problem: error.message, file } };
}
