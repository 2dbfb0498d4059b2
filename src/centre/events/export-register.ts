/** The register as a table. CSV comes site by site, however long it is. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { kindName, registerHeading, type RegisterField } from '../../exam/form/register-columns.ts';
import type { SheetKind } from '../../exam/form/sheet-code.ts';
import type { Words } from '../../exam/form/template.ts';
import type { Limit } from '../../node/users/limit.ts';
import type { Centre } from '../centre.ts';
import { csvText, xlsxOf, type Cell } from '../export/table-text.ts';
import { within } from '../limits/within.ts';
import { Turns } from '../work/turns.ts';
import type { EventRow } from './event-row.ts';

/** A spreadsheet is made in memory. */
const mostInXlsx = 100_000;

const fields = [
  'eventCode',
  'siteCode',
  'siteName',
  'region',
  'roomCode',
  'kit',
  'number',
  'kind',
  'place',
  'sides',
  'copy',
  'side1',
  'side2',
] as const satisfies readonly RegisterField[];

export interface ExportWish {
  readonly language: keyof Words;
  readonly limit: Limit | null;
}

export async function* registerCsv(
  centre: Pick<Centre, 'db'>,
  event: EventRow,
  wish: ExportWish,
): AsyncGenerator<Uint8Array> {
  const text = new TextEncoder();
  yield text.encode(csvText([headOf(wish)]));
  const turns = new Turns();
  for (const site of await sitesOf(centre, event, wish)) {
    await turns.pass();
    // Without the mark, which stands at the beginning of the file.
    yield text.encode(csvText(await rowsOf(centre, event, site, wish)).slice(1));
  }
}

/** Refusals: `register-too-long-for-xlsx`. */
export async function registerXlsx(
  centre: Pick<Centre, 'db'>,
  event: EventRow,
  wish: ExportWish,
): Promise<Result<Uint8Array>> {
  const rows: Cell[][] = [headOf(wish)];
  for (const site of await sitesOf(centre, event, wish)) {
    rows.push(...(await rowsOf(centre, event, site, wish)));
    if (rows.length > mostInXlsx) return refuse({ type: 'register-too-long-for-xlsx', limit: mostInXlsx });
  }
  const texts = fields.flatMap((field, i) =>
    ['siteCode', 'roomCode', 'kit', 'number'].includes(field) ? [i + 1] : [],
  );
  return ok(await xlsxOf(event.code, rows, texts));
}

function headOf({ language }: ExportWish): string[] {
  return fields.map((field) => registerHeading(field, language));
}

interface Site {
  readonly code: string;
  readonly name: string | null;
  readonly region: string | null;
}

async function sitesOf({ db }: Pick<Centre, 'db'>, event: EventRow, { limit }: ExportWish): Promise<Site[]> {
  return db
    .selectFrom('event_site')
    .leftJoin('site', (join) =>
      join.onRef('site.code', '=', 'event_site.site_code').on('site.project_id', '=', event.project_id),
    )
    .select(['event_site.site_code as code', 'site.name', 'site.region'])
    .where('event_site.event_id', '=', event.id)
    .where(within(limit, event.project_id, 'event_site.site_code'))
    .orderBy('event_site.site_code')
    .execute();
}

async function rowsOf(
  { db }: Pick<Centre, 'db'>,
  event: EventRow,
  site: Site,
  { language }: ExportWish,
): Promise<Cell[][]> {
  const sheets = await db
    .selectFrom('sheet')
    .selectAll()
    .where('event_id', '=', event.id)
    .where('site_code', '=', site.code)
    .orderBy('room_code')
    .orderBy('kit')
    .orderBy('place')
    .orderBy('number')
    .execute();
  return sheets.map((sheet) => [
    event.code,
    site.code,
    site.name,
    site.region,
    sheet.room_code,
    sheet.kit,
    sheet.number,
    kindName(sheet.kind as SheetKind, language),
    sheet.place,
    sheet.sides,
    sheet.copy,
    sheet.side_1,
    sheet.side_2,
  ]);
}
