/** Who sees which uploads: a user who is limited sees those whose sender was limited to what lies within. */
import { ok, refuse, type Result } from '../../../base/result.ts';
import { limitSchema, type Limit } from '../../../node/users/limit.ts';
import type { Centre } from '../../centre.ts';
import { limitRules } from '../../limits/reach.ts';
import type { CentreDatabase } from '../../storage/database.ts';
import type { Tables } from '../../storage/tables.ts';

/** The same limit is the same text. */
export function limitText(limit: Limit | null): string {
  if (limit === null) return 'null';
  return JSON.stringify(
    limit.to === 'regions'
      ? { to: limit.to, regions: [...new Set(limit.regions)].toSorted() }
      : { to: limit.to, projectId: limit.projectId, siteCode: limit.siteCode },
  );
}

/** @returns texts of the limits whose uploads are seen; null: all are */
export async function seenLimits(
  db: CentreDatabase,
  projectId: string,
  limit: Limit | null,
): Promise<string[] | null> {
  if (limit === null) return null;
  const rows = await db
    .selectFrom('scan_upload')
    .select('limit_json')
    .distinct()
    .where('project_id', '=', projectId)
    .execute();
  const rules = limitRules(db);
  const seen: string[] = [];
  for (const { limit_json } of rows) {
    const inner = limitSchema.nullable().parse(JSON.parse(limit_json));
    if (inner !== null && (await rules.holds(limit, inner))) seen.push(limit_json);
  }
  return seen;
}

/** Refusals: `no-such-upload`, also where it lies outside of the limit. */
export async function seenUpload(
  { db }: Pick<Centre, 'db'>,
  projectId: string,
  uploadId: string,
  limit: Limit | null,
): Promise<Result<Tables['scan_upload']>> {
  const row = await db
    .selectFrom('scan_upload')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', uploadId)
    .executeTakeFirst();
  if (!row) return refuse({ type: 'no-such-upload' });
  const seen = await seenLimits(db, projectId, limit);
  return seen === null || seen.includes(row.limit_json) ? ok(row) : refuse({ type: 'no-such-upload' });
}
