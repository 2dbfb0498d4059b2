/** Everything that is known of one page: what the machine read, what people decided, what it counts as and beside what. */
import { ok, type Result } from '../../../base/result.ts';
import { ownNumbers } from '../../../exam/form/sheet-number.ts';
import { readingSchema } from '../../../exam/scan/reading.ts';
import { decided, type Decision, type ForeignReason, type ScanClass } from '../../../exam/scan/standing.ts';
import type { Limit } from '../../../node/users/limit.ts';
import type { Centre } from '../../centre.ts';
import { findSheet } from '../../events/find-sheet.ts';
import type { CentreDatabase } from '../../storage/database.ts';
import { rulesOf } from '../settle.ts';
import type { DecisionView, ScanView } from './contract.ts';
import { aroundScan } from './upload-pages.ts';
import { scanWithin } from './within-reach.ts';

export async function scanView(
  centre: Pick<Centre, 'db'>,
  { projectId, scanId }: { readonly projectId: string; readonly scanId: string },
  limit: Limit | null,
): Promise<Result<ScanView>> {
  const { db } = centre;
  const found = await scanWithin(db, projectId, scanId, limit);
  if (!found.ok) return found;
  const scan = found.value;
  const { marks: _, ...reading } = readingSchema.parse(JSON.parse(scan.reading_json));
  const history = await historyOf(db, scanId);
  const { rotation } = decided(history as readonly Decision[]);
  const sheet = scan.number === null ? null : await findSheet(centre, projectId, scan.number, limit);
  return ok({
    id: scan.id,
    uploadId: scan.upload_id,
    uploadNumber: scan.upload_number,
    position: scan.position,
    name: scan.name,
    at: scan.at,
    class: scan.class as ScanClass,
    foreignReason: scan.foreign_reason as ForeignReason | null,
    number: scan.number,
    side: scan.side as 1 | 2 | null,
    sheet: sheet?.ok ? sheet.value : null,
    reading,
    rotation: rotation ?? reading.rotation ?? 0,
    hasImage: scan.digest !== null,
    hasThumbnail: scan.thumbnail !== null,
    seq: history.at(-1)?.seq ?? 0,
    history,
    mates: scan.class === 'duplicate' ? await matesOf(db, scan) : [],
    rules: [ownNumbers, ...(await rulesOf(db, projectId))],
    around: await aroundScan(db, scan.upload_id, scan),
  });
}

async function historyOf(db: CentreDatabase, scanId: string): Promise<DecisionView[]> {
  const rows = await db
    .selectFrom('scan_decision')
    .selectAll()
    .where('scan_id', '=', scanId)
    .orderBy('seq')
    .execute();
  return rows.map(({ seq, at, by_account, what, number, side, rotation }) => ({
    seq,
    at,
    by: by_account,
    what: what as DecisionView['what'],
    number,
    side: side as DecisionView['side'],
    rotation: rotation as DecisionView['rotation'],
  }));
}

/** Other images of the same side that count, too. */
function matesOf(
  db: CentreDatabase,
  scan: { readonly id: string; readonly project_id: string; number: string | null; side: number | null },
) {
  return db
    .selectFrom('scan_standing')
    .innerJoin('scan', 'scan.id', 'scan_standing.scan_id')
    .innerJoin('scan_upload', 'scan_upload.id', 'scan.upload_id')
    .select(['scan.id', 'scan.name', 'scan_upload.number as uploadNumber'])
    .where('scan_standing.project_id', '=', scan.project_id)
    .where('scan_standing.number', '=', scan.number)
    .where('scan_standing.side', '=', scan.side)
    .where('scan_standing.class', '=', 'duplicate')
    .where('scan.id', '!=', scan.id)
    .orderBy('scan_upload.number')
    .orderBy('scan.position')
    .limit(20)
    .execute();
}
