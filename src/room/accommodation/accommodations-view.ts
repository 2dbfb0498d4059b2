import { hasAny } from '../../exam/accommodation/accommodations.ts';
import { accommodationsOf } from '../../exam/accommodation/of-sitting.ts';
import type { PackageCandidate } from '../../exam/package/room-package.ts';
import type { SittingState } from '../../exam/sitting/sitting-state.ts';
import type { AccommodationsView } from './contract.ts';

/** What holds for a candidate, and whether the room gave it; null: nothing. */
export function accommodationsView(
  sitting: SittingState,
  candidate: PackageCandidate,
): AccommodationsView | null {
  const of = accommodationsOf(sitting, candidate);
  const given = sitting.accommodations;
  if (!hasAny(of) && given === null) return null;
  return { of, given: given && { at: given.at, by: given.by, reason: given.reason } };
}
