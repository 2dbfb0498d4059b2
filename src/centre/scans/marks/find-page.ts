/** Pages with boxes, each with its rows as they stand now. */
import { readingSchema } from '../../../exam/scan/reading.ts';
import type { Limit } from '../../../node/users/limit.ts';
import { within } from '../../limits/within.ts';
import type { CentreDatabase } from '../../storage/database.ts';
import { EventForms } from './event-forms.ts';
import { markDecisionsOf, markReadingsOf, rowsOf, type PageForm, type RowsOfPage } from './page-rows.ts';

export interface PageOfMarks extends PageForm, RowsOfPage {
  readonly scanId: string;
  readonly eventId: string;
  readonly digest: string | null;
  readonly siteCode: string;
  readonly roomCode: string;
  readonly kit: string | null;
  readonly number: string;
  readonly side: 1 | 2;
  readonly class: string;
}

/** Of pages that stand for a sheet of an event. Others are no part of what is marked. */
export function placedPages(db: CentreDatabase, projectId: string, limit: Limit | null) {
  return db
    .selectFrom('scan_standing')
    .where('scan_standing.project_id', '=', projectId)
    .where('scan_standing.event_id', 'is not', null)
    .where(within(limit, projectId, 'scan_standing.site_code'));
}

/** In the order of `scanIds`; without those that are no pages with boxes, or lie outside of the limit. */
export async function pagesOfMarks(
  db: CentreDatabase,
  projectId: string,
  scanIds: readonly string[],
  limit: Limit | null,
): Promise<PageOfMarks[]> {
  if (scanIds.length === 0) return [];
  const rows = await placedPages(db, projectId, limit)
    .innerJoin('scan', 'scan.id', 'scan_standing.scan_id')
    .innerJoin('sheet', (join) =>
      join
        .onRef('sheet.project_id', '=', 'scan_standing.project_id')
        .onRef('sheet.number', '=', 'scan_standing.number'),
    )
    .select([
      'scan_standing.scan_id',
      'scan_standing.event_id',
      'scan_standing.site_code',
      'scan_standing.room_code',
      'scan_standing.kit',
      'scan_standing.number',
      'scan_standing.side',
      'scan_standing.class',
      'sheet.kind',
      'scan.digest',
      'scan.reading_json',
    ])
    .where('scan_standing.scan_id', 'in', scanIds)
    .execute();
  const [decisions, readings] = [await markDecisionsOf(db, scanIds), await markReadingsOf(db, scanIds)];
  const forms = new EventForms(db);
  const found = new Map<string, PageOfMarks>();
  for (const row of rows) {
    const { event_id, number } = row;
    const side = row.side === 2 ? 2 : 1;
    const form = event_id === null ? null : await forms.side(event_id, row.kind, side);
    if (event_id === null || number === null || form === null) continue;
    const first = readingSchema.parse(JSON.parse(row.reading_json));
    const page: PageForm = { kind: row.kind, side, form };
    found.set(row.scan_id, {
      scanId: row.scan_id,
      eventId: event_id,
      digest: row.digest,
      siteCode: row.site_code ?? '',
      roomCode: row.room_code ?? '',
      kit: row.kit,
      number,
      ...page,
      side,
      class: row.class,
      ...rowsOf(page, first, readings.get(row.scan_id) ?? null, decisions.get(row.scan_id) ?? []),
    });
  }
  return scanIds.flatMap((one) => found.get(one) ?? []);
}
