/** What is away comes back: a database, a disk or an object store is waited for, and said, instead of giving up what is half made. */
import { Refused } from '../../base/refused.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { failureRefusal } from '../../journal/journal.ts';
import { diskRefusal } from '../../store/disk-refusal.ts';
import type { Turns } from './turns.ts';

const awayTypes: readonly string[] = [
  'database-unreachable',
  'blob-store-unreachable',
  'blob-store-refused',
  'disk-full',
  'disk-failed',
];
const awayMs = 2_000;

export interface Patience {
  readonly turns: Pick<Turns, 'stopped' | 'rest'>;
  /** What it waits for; null: it has begun again. */
  readonly onWait: (away: Refusal | null) => void;
  /** What nobody expected, as a person is told it. */
  readonly failure: (error: unknown) => Refusal;
}

/** Never rejects. @param work is begun anew after a wait: it passes over what it has made @returns refused with what it was stopped with, or why waiting does not help */
export async function patiently<T>(
  work: () => Promise<T>,
  { turns, onWait, failure }: Patience,
): Promise<Result<T>> {
  for (;;) {
    if (turns.stopped !== null) return refuse(turns.stopped);
    try {
      return ok(await work());
    } catch (error) {
      if (turns.stopped !== null) return refuse(turns.stopped);
      const away = awayIn(error);
      if (away === null) return refuse(error instanceof Refused ? error.refusal : failure(error));
      onWait(away);
      await turns.rest(awayMs);
      onWait(null);
    }
  }
}

/** null: waiting does not help. */
export function awayIn(error: unknown): Refusal | null {
  if (error instanceof Refused) return awayTypes.includes(error.refusal.type) ? error.refusal : null;
  return diskRefusal(error) ?? failureRefusal(error);
}
