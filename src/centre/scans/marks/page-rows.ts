/** The rows of boxes of one page: what the machine read, what people decided, and what counts. */
import * as z from 'zod';
import type { Side } from '../../../exam/form/template.ts';
import { readingSchema, type Reading } from '../../../exam/scan/reading.ts';
import {
  countRows,
  rowAnswers,
  type MarkDecision,
  type RowAnswer,
  type RowCounts,
} from '../../../exam/scan/row-answers.ts';
import type { CentreDatabase } from '../../storage/database.ts';

const markedSchema = z.array(z.number().int()).nullable();

/** Of pages, in the order in which they were made. */
export async function markDecisionsOf(
  db: CentreDatabase,
  scanIds: readonly string[],
): Promise<Map<string, MarkDecision[]>> {
  if (scanIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('mark_decision')
    .select(['scan_id', 'field', 'row', 'seq', 'marked_json', 'by_account'])
    .where('scan_id', 'in', scanIds)
    .orderBy('scan_id')
    .orderBy('seq')
    .execute();
  const all = new Map<string, MarkDecision[]>();
  for (const { scan_id, marked_json, by_account, ...one } of rows) {
    const decisions = all.get(scan_id) ?? [];
    all.set(scan_id, decisions);
    decisions.push({ ...one, by: by_account, marked: markedSchema.parse(JSON.parse(marked_json)) });
  }
  return all;
}

/** A page read again as the form that the register said it was. */
export interface MarkReading {
  readonly kind: string;
  readonly side: number;
  readonly reading: Reading;
}

/** The newest of each page. */
export async function markReadingsOf(
  db: CentreDatabase,
  scanIds: readonly string[],
): Promise<Map<string, MarkReading>> {
  if (scanIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('mark_reading')
    .select(['scan_id', 'kind', 'side', 'reading_json'])
    .where('scan_id', 'in', scanIds)
    .orderBy('scan_id')
    .orderBy('seq')
    .execute();
  return new Map(
    rows.map(({ scan_id, kind, side, reading_json }) => [
      scan_id,
      { kind, side, reading: readingSchema.parse(JSON.parse(reading_json)) },
    ]),
  );
}

export interface RowsOfPage {
  readonly answers: readonly RowAnswer[];
  /** The reading that they come from: it also says how the page lies. */
  readonly reading: Reading;
}

/** What the register says that a page is. */
export interface PageForm {
  readonly kind: string;
  readonly side: number;
  readonly form: Side;
}

/** The first reading, where it did not take the page for another form; else the one that knew the form. */
export function rowsOf(
  { kind, side, form }: PageForm,
  first: Reading,
  again: MarkReading | null,
  decisions: readonly MarkDecision[],
): RowsOfPage {
  const { sheet } = first;
  const other = sheet?.more && (sheet.more.kind !== kind || sheet.side !== side);
  const answers = other ? [] : rowAnswers(form, first.marks, decisions);
  if (answers.length > 0 || again?.kind !== kind || again.side !== side) return { answers, reading: first };
  return { answers: rowAnswers(form, again.reading.marks, decisions), reading: again.reading };
}

export async function countMarks(
  db: CentreDatabase,
  scanId: string,
  reading: Reading,
  page: PageForm,
): Promise<RowCounts> {
  if (!page.form.fields.some(({ type }) => type === 'marks')) return { rows: 0, open: 0, unread: false };
  const again = (await markReadingsOf(db, [scanId])).get(scanId) ?? null;
  const decisions = (await markDecisionsOf(db, [scanId])).get(scanId) ?? [];
  return countRows(page.form, rowsOf(page, reading, again, decisions).answers);
}
