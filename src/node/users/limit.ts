/**
 * What a user of the centre is limited to: some regions, in every project, or one site of one project. Without a limit a user sees
 * everything. Sites and rooms limit nobody. Browser-safe.
 */
import * as z from 'zod';
import type { UserRole } from '../operation.ts';

export const regionSchema = z.string().trim().min(1).max(100);

export const limitSchema = z.discriminatedUnion('to', [
  z.object({ to: z.literal('regions'), regions: z.array(regionSchema).min(1).max(500) }),
  z.object({
    to: z.literal('site'),
    projectId: z.string().min(1).max(64),
    siteCode: z.string().trim().min(1).max(64),
  }),
]);
export type Limit = z.infer<typeof limitSchema>;

/** What a role has to be limited to; roles that are not named may have any limit, or none. */
export const limitOfRole: Partial<Record<UserRole, Limit['to']>> = { coordinator: 'regions', site: 'site' };

export interface PlacedSite {
  readonly code: string;
  /** As the roster says it; null: it says none. */
  readonly region: string | null;
}

/** @param limit null: none */
export function isWithin(limit: Limit | null, projectId: string, { code, region }: PlacedSite): boolean {
  if (limit === null) return true;
  if (limit.to === 'site') return limit.projectId === projectId && limit.siteCode === code;
  return region !== null && limit.regions.includes(region);
}

export function sameLimit(a: Limit | null, b: Limit | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.to === 'site') return b.to === 'site' && a.projectId === b.projectId && a.siteCode === b.siteCode;
  return b.to === 'regions' && new Set(a.regions).symmetricDifference(new Set(b.regions)).size === 0;
}
