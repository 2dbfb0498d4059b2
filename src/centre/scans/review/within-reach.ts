/** Which uploads and pages a user of the centre may see and decide about. */
import { sql } from 'kysely';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { limitSchema, type Limit } from '../../../node/users/limit.ts';
import type { CentreDatabase } from '../../storage/database.ts';
import type { Tables } from '../../storage/tables.ts';
import { limitRules } from '../../limits/reach.ts';
import { within } from '../../limits/within.ts';

/** An upload of somebody who could see no more than this user: whoever sent it, its pages are of sites that the user looks after. */
async function sentWithin(
  db: CentreDatabase,
  limit: Limit | null,
  upload: Pick<Tables['scan_upload'], 'limit_json'>,
): Promise<boolean> {
  if (limit === null) return true;
  const sender = limitSchema.nullable().parse(JSON.parse(upload.limit_json));
  return sender !== null && (await limitRules(db).holds(limit, sender));
}

export async function uploadWithin(
  db: CentreDatabase,
  projectId: string,
  uploadId: string,
  limit: Limit | null,
): Promise<Result<Tables['scan_upload']>> {
  const upload = await db
    .selectFrom('scan_upload')
    .selectAll()
    .where('id', '=', uploadId)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  return upload && (await sentWithin(db, limit, upload)) ? ok(upload) : refuse({ type: 'no-such-upload' });
}

/** One row of a page with its upload and what it counts as. */
function scanRow(db: CentreDatabase, scanId: string) {
  return db
    .selectFrom('scan')
    .innerJoin('scan_upload', 'scan_upload.id', 'scan.upload_id')
    .innerJoin('scan_standing', 'scan_standing.scan_id', 'scan.id')
    .selectAll('scan')
    .select([
      'scan_upload.number as upload_number',
      'scan_upload.limit_json',
      'scan_standing.class',
      'scan_standing.foreign_reason',
      'scan_standing.number',
      'scan_standing.side',
    ])
    .where('scan.id', '=', scanId);
}
type Found = Awaited<ReturnType<ReturnType<typeof scanRow>['executeTakeFirstOrThrow']>>;

/**
 * A page is within reach with its upload, or with its sheet: whoever looks after a site sees what came of it, whoever has sent it.
 * By its number and not by what it counts for: a page that was deleted can be taken back by whoever has deleted it.
 * @param projectId null: whichever it is of
 */
export async function scanWithin(
  db: CentreDatabase,
  projectId: string | null,
  scanId: string,
  limit: Limit | null,
): Promise<Result<Found>> {
  const scan = await scanRow(db, scanId).executeTakeFirst();
  if (!scan || (projectId !== null && scan.project_id !== projectId)) return refuse({ type: 'no-such-scan' });
  if (await sentWithin(db, limit, scan)) return ok(scan);
  const sheet = await db
    .selectFrom('sheet')
    .select(sql`1`.as('there'))
    .where('project_id', '=', scan.project_id)
    .where('number', '=', scan.number)
    .where(within(limit, scan.project_id, 'sheet.site_code'))
    .executeTakeFirst();
  return sheet ? ok(scan) : refuse({ type: 'no-such-scan' });
}
