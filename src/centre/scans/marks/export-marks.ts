/** What is marked on the forms of an event, as a table: a line for each row of boxes that was read. Made site by site, in pieces. */
import { ok, refuse, type Result } from '../../../base/result.ts';
import { columnNames, type RowAnswer } from '../../../exam/scan/row-answers.ts';
import type { Limit } from '../../../node/users/limit.ts';
import { fillText } from '../../../ui/format.ts';
import { marks as en } from '../../../ui/strings/en/marks.ts';
import { marks as ru } from '../../../ui/strings/ru/marks.ts';
import { marks as zh } from '../../../ui/strings/zh/marks.ts';
import type { Centre } from '../../centre.ts';
import { csvPieces, xlsxPieces } from '../../export/table-file.ts';
import type { Cell } from '../../export/table-text.ts';
import { within } from '../../limits/within.ts';
import { pagesOfMarks, placedPages, type PageOfMarks } from './find-page.ts';

const texts = { en, zh, ru };
type Language = keyof typeof texts;

/** Pages at a time. */
const piece = 100;

export async function exportMarks(
  centre: Pick<Centre, 'db'>,
  asked: {
    readonly projectId: string;
    readonly eventId: string;
    readonly format: 'csv' | 'xlsx';
    readonly language: Language;
  },
  limit: Limit | null,
): Promise<Result<{ fileName: string; stream: AsyncIterable<Uint8Array> }>> {
  const event = await centre.db
    .selectFrom('event')
    .select(['id', 'code'])
    .where('id', '=', asked.eventId)
    .where('project_id', '=', asked.projectId)
    .executeTakeFirst();
  if (!event) return refuse({ type: 'no-such-event' });
  const text = (key: keyof typeof en): string => fillText(texts[asked.language][key], {}, asked.language);
  const headings = [
    text('marks.site'),
    text('marks.room'),
    text('marks.kit'),
    text('marks.sheet'),
    text('marks.side'),
    text('marks.field'),
    text('marks.question'),
    text('marks.answer'),
    text('marks.by'),
    text('marks.state'),
    text('marks.score'),
    text('marks.page'),
  ];
  const pieces = linesOf(centre, asked.projectId, event.id, limit, text);
  return ok({
    fileName: `marks_${event.code}.${asked.format}`,
    stream:
      asked.format === 'csv'
        ? csvPieces(headings, pieces)
        : xlsxPieces(text('scans.part.marks'), headings, pieces),
  });
}

async function* linesOf(
  { db }: Pick<Centre, 'db'>,
  projectId: string,
  eventId: string,
  limit: Limit | null,
  text: (key: keyof typeof en) => string,
): AsyncGenerator<Cell[][]> {
  const sites = await db
    .selectFrom('event_site')
    .select('site_code')
    .where('event_id', '=', eventId)
    .where(within(limit, projectId, 'event_site.site_code'))
    .orderBy('site_code')
    .execute();
  for (const { site_code } of sites) {
    const rows = await placedPages(db, projectId, limit)
      .select('scan_standing.scan_id')
      .where('scan_standing.event_id', '=', eventId)
      .where('scan_standing.site_code', '=', site_code)
      .where('scan_standing.marks_rows', '>', 0)
      .orderBy('scan_standing.kit')
      .orderBy('scan_standing.number')
      .orderBy('scan_standing.side')
      .orderBy('scan_standing.scan_id')
      .execute();
    for (let i = 0; i < rows.length; i += piece) {
      const ids = rows.slice(i, i + piece).map(({ scan_id }) => scan_id);
      const pages = await pagesOfMarks(db, projectId, ids, limit);
      yield pages.flatMap((page) => page.answers.map((row) => lineOf(page, row, text)));
    }
  }
}

function lineOf(page: PageOfMarks, row: RowAnswer, text: (key: keyof typeof en) => string): Cell[] {
  const { field, answer, decision, boxes } = row;
  const scores = answer && answer.length > 0 ? boxes.filter(({ column }) => answer.includes(column)) : boxes;
  return [
    page.siteCode,
    page.roomCode,
    page.kit,
    page.number,
    page.side,
    field.name,
    field.rows[row.row] ?? '',
    answer === null ? '' : columnNames(field, answer),
    text(decision ? 'marks.by.person' : 'marks.by.machine'),
    text(stateOf(row)),
    // Of what is marked the least certain one; of nothing the box that comes closest to a mark.
    answer && answer.length > 0
      ? Math.min(...scores.map(({ score }) => score))
      : Math.max(...scores.map(({ score }) => score)),
    text(page.class === 'duplicate' ? 'marks.page.duplicate' : 'marks.page.only'),
  ];
}

function stateOf({ answer, field }: RowAnswer) {
  if (answer === null) return 'marks.state.waits';
  if (answer.length === 0) return 'marks.state.nothing';
  return answer.length > 1 && !field.several ? 'marks.state.two' : 'marks.state.marked';
}
