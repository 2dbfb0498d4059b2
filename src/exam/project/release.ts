/** When the centre tells a session's release secret: the only clock that counts is its own. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Policy } from './policy.ts';

const minuteMs = 60_000;

export interface Released {
  readonly startAt: number;
  readonly policy: Pick<Policy, 'releaseBeforeMin'>;
}

export function releaseAt({ startAt, policy }: Released): number {
  return startAt - policy.releaseBeforeMin * minuteMs;
}

/** @param now the centre's clock, ms. @returns refusal `too-early` with `opensAt`. */
export function releaseGate(session: Released, now: number): Result<void> {
  const opensAt = releaseAt(session);
  return now < opensAt ? refuse({ type: 'too-early', opensAt }) : ok();
}
