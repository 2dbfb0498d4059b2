/** A child and a parent that were registered and no longer know each other, because one of them was restored on another computer. */
import type { Clock } from '../../base/clock.ts';
import type { Refusal, Result } from '../../base/result.ts';
import type { UplinkState } from './uplink.ts';

/** Whoever answers may be the wrong one for a while, and the right one a moment later. */
const againAfterMs = 10_000;

/**
 * Watches a connection's state.
 * @param options.when type of the refusal that says so
 * @param options.comeBack proves that it is the one that was registered, and connects anew
 * @param options.failed told of every try that came to nothing
 */
export function comingBack(options: {
  readonly clock: Clock;
  readonly when: string;
  readonly comeBack: () => Promise<Result<void>>;
  readonly failed: (why: Refusal | Error) => void;
}): (state: UplinkState) => void {
  const { clock, when, comeBack, failed } = options;
  let triedAt = -Infinity;
  return ({ problem }) => {
    if (problem?.type !== when || clock.monotonic() < triedAt + againAfterMs) return;
    triedAt = clock.monotonic();
    void comeBack().then(
      (done) => {
        if (!done.ok) failed(done.refusal);
      },
      (error: unknown) => failed(error as Error),
    );
  };
}
