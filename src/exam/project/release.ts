/** When the centre tells a session's release secret: the only clock that counts is its own. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Policy } from './policy.ts';

const minuteMs = 60_000;

export interface Released {
  readonly startAt: number;
  readonly policy: Pick<Policy, 'releaseBeforeMin'>;
}

/** What was decided of a session's release beside its policy. */
export interface ReleaseOrder {
  /** Set later by somebody; null: as the policy says. */
  readonly notBefore: number | null;
  /** The time that two people have agreed to; null: one is enough, or nothing is prepared. */
  readonly agreedAt: number | null;
  /** Held back until it is let go; null: it is not. */
  readonly held: { readonly reason: string; readonly by: string; readonly at: number } | null;
}

export const asThePolicySays: ReleaseOrder = { notBefore: null, agreedAt: null, held: null };

/** Never before the policy: whoever moves a session to an earlier time moves nothing that two have agreed to. */
export function releaseAt({ startAt, policy }: Released, order: ReleaseOrder = asThePolicySays): number {
  return Math.max(
    startAt - policy.releaseBeforeMin * minuteMs,
    order.notBefore ?? -Infinity,
    order.agreedAt ?? -Infinity,
  );
}

/** @param now the centre's clock, ms. @returns refusals `release-held` with the reason, `too-early` with `opensAt`. */
export function releaseGate(
  session: Released,
  now: number,
  order: ReleaseOrder = asThePolicySays,
): Result<void> {
  if (order.held) return refuse({ type: 'release-held', reason: order.held.reason });
  const opensAt = releaseAt(session, order);
  return now < opensAt ? refuse({ type: 'too-early', opensAt }) : ok();
}

/** @returns refusal `release-before-policy` with the earliest time. */
export function mayReleaseAt(session: Released, at: number): Result<void> {
  const earliest = releaseAt(session);
  return at < earliest ? refuse({ type: 'release-before-policy', earliest }) : ok();
}
