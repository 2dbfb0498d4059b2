/** What holds for a candidate: what came with the roster, or what the room gave instead before the start. */
import * as z from 'zod';
import type { PackageCandidate } from '../package/room-package.ts';
import { accommodationsSchema, noAccommodations, type Accommodations } from './accommodations.ts';

export const givenSchema = z.object({ of: accommodationsSchema, reason: z.string() });

export interface GivenAccommodations extends z.infer<typeof givenSchema> {
  readonly at: number;
  readonly by: string;
}

/** What came with the roster. */
export function rosterAccommodations(candidate: PackageCandidate): Accommodations {
  return candidate.accommodations ?? { ...noAccommodations, timePercent: candidate.extraTimePercent };
}

export function accommodationsOf(
  { accommodations }: { readonly accommodations: GivenAccommodations | null },
  candidate: PackageCandidate,
): Accommodations {
  return accommodations?.of ?? rosterAccommodations(candidate);
}
