/** What lies within a user's limit, as conditions of queries. Every list of the centre that a limited user may ask for goes through here. */
import { sql, type RawBuilder } from 'kysely';
import type { Limit } from '../../node/users/limit.ts';
import type { CentreDatabase } from '../storage/database.ts';

/** @param siteCode column with the code of a site of this project */
export function within(limit: Limit | null, projectId: string, siteCode: string): RawBuilder<boolean> {
  if (limit === null) return sql`1 = 1`;
  if (limit.to === 'site')
    return limit.projectId === projectId ? sql`${sql.ref(siteCode)} = ${limit.siteCode}` : sql`1 = 0`;
  return sql`${sql.ref(siteCode)} in (
    select placed.code from site as placed
    where placed.project_id = ${projectId} and placed.region in (${sql.join(limit.regions)}))`;
}

/** Of a project of which at least one site lies within. @param projectId column */
export function projectWithin(limit: Limit | null, projectId: string): RawBuilder<boolean> {
  if (limit === null) return sql`1 = 1`;
  if (limit.to === 'site') return sql`${sql.ref(projectId)} = ${limit.projectId}`;
  return sql`exists (
    select 1 from site as placed
    where placed.project_id = ${sql.ref(projectId)} and placed.region in (${sql.join(limit.regions)}))`;
}

/** @returns codes of the rooms within; null: no limit. */
export async function roomsWithin(
  db: CentreDatabase,
  projectId: string,
  limit: Limit | null,
): Promise<ReadonlySet<string> | null> {
  if (limit === null) return null;
  const rows = await db
    .selectFrom('room')
    .select('code')
    .where('project_id', '=', projectId)
    .where(within(limit, projectId, 'site_code'))
    .execute();
  return new Set(rows.map(({ code }) => code));
}
