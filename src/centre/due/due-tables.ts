/** The list of what is expected and missing as a table, in the language of who takes it away. */
import { roomProgress } from '../../exam/board/result-due.ts';
import { dateTime, fillText } from '../../ui/format.ts';
import { due as en } from '../../ui/strings/en/due.ts';
import { due as ru } from '../../ui/strings/ru/due.ts';
import { due as zh } from '../../ui/strings/zh/due.ts';
import type { Centre } from '../centre.ts';
import { csvText, xlsxOf, type Cell } from '../export/table-text.ts';
import type { DueFilter, DueRow } from './contract.ts';
import { everyDueResult } from './due-results.ts';

const texts = { en, zh, ru };
type Language = keyof typeof texts;
type Key = keyof typeof en;

export async function dueTable(
  centre: Centre,
  filter: DueFilter & { readonly format: 'csv' | 'xlsx'; readonly language: Language },
): Promise<{ fileName: string; content: string | Uint8Array }> {
  const rows = await everyDueResult(centre, filter);
  const table = tableOf(rows, filter.language);
  const fileName = `results-due.${filter.format}`;
  return filter.format === 'csv'
    ? { fileName, content: csvText(table) }
    : { fileName, content: await xlsxOf(texts[filter.language]['due.title'], table) };
}

function tableOf(rows: readonly DueRow[], language: Language): Cell[][] {
  const text = (key: Key): string => fillText(texts[language][key], {}, language);
  const moment = (at: number | null): string => (at === null ? '' : dateTime(at));
  const progress = (row: DueRow): string =>
    row.said === null ? '' : text(`due.said.${row.said.progress satisfies (typeof roomProgress)[number]}`);
  return [
    [
      text('due.session'),
      text('due.site'),
      text('due.siteName'),
      text('due.room'),
      text('due.expected'),
      text('due.received'),
      text('due.verified'),
      text('due.missing'),
      text('due.state'),
      text('due.dueAt'),
      text('due.lateMin'),
      text('due.siteContact'),
      text('due.saidOfRoom'),
      text('due.endedAt'),
      text('due.collectedAt'),
      text('due.handedUpAt'),
      text('due.remedy'),
    ],
    ...rows.map((row) => [
      row.sessionNumber,
      row.siteCode,
      row.siteName,
      row.roomCode ?? '',
      row.expected,
      row.received,
      row.verified,
      row.missing,
      text(`due.state.${row.state}`),
      moment(row.dueAt),
      row.lateMs === null ? null : Math.floor(row.lateMs / 60_000),
      moment(row.siteLastContact),
      progress(row),
      moment(row.said?.endedAt ?? null),
      moment(row.said?.collectedAt ?? null),
      moment(row.said?.handedUpAt ?? null),
      row.remedy === null ? '' : text(`due.remedy.${row.remedy}`),
    ]),
  ];
}
