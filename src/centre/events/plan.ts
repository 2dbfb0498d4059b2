/** How many kits and additional sheets go to which room: from the roster, from a file, or by hand. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Composition } from '../../exam/form/composition.ts';
import { registerColumns, registerHeading } from '../../exam/form/register-columns.ts';

import type { ReceivedFile } from '../../node/files.ts';
import { readTable } from '../../node/read-table/read-table.ts';
import type { Centre } from '../centre.ts';
import type { CentreDatabase } from '../storage/database.ts';
import { planRowSchema, type PlanRow, type PlanSource, type PlanView } from './contract.ts';
import { inputOf, type EventRow } from './event-row.ts';
import { sitesOfProject } from './register-sites.ts';
import { sidesOf, templatesOf } from './templates.ts';

const mostRows = 100_000;
const shown = 200;

type PlanError = PlanView['errors'][number];

export interface Plan {
  readonly rows: readonly PlanRow[];
  readonly errors: readonly PlanError[];
  readonly newSites: readonly string[];
}

/** @param file of a plan that comes as one */
export async function makePlan(
  { db }: Pick<Centre, 'db'>,
  event: EventRow,
  source: PlanSource,
  file: ReceivedFile | null,
): Promise<Result<Plan>> {
  const read = await linesOf(db, event, source, file);
  if (!read.ok) return read;
  const known = await sitesOfProject(db, event.project_id);
  const { lines, errors } = read.value;
  const seen = new Map<string, number>();
  const twice: PlanError[] = [];
  for (const { line, row } of lines) {
    const key = JSON.stringify([row.siteCode, row.roomCode]);
    const before = seen.get(key);
    if (before !== undefined)
      twice.push({
        line,
        value: `${row.siteCode} ${row.roomCode}`,
        reason: { type: 'plan-room-twice', line: before },
      });
    seen.set(key, line);
  }
  const rows = lines.map(({ row }) => row).filter(({ kits, additional }) => kits + additional > 0);
  const newSites = [...new Set(rows.map(({ siteCode }) => siteCode))].filter((one) => !known.has(one));
  if (rows.length === 0 && errors.length === 0)
    return refuse({ type: source.from === 'roster' ? 'plan-nothing-missing' : 'plan-empty' });
  return ok({ rows, errors: [...errors, ...twice].toSorted((a, b) => a.line - b.line), newSites });
}

export function planView(event: EventRow, { rows, errors, newSites }: Plan): PlanView {
  const kits = rows.reduce((sum, row) => sum + row.kits, 0);
  const additional = rows.reduce((sum, row) => sum + row.additional, 0);
  const templates = templatesOf(event);
  const { composition } = inputOf(event);
  const pagesOfKit = composition.reduce((sum, { kind, count }) => sum + count * sidesOf(templates, kind), 0);
  return {
    rows: rows.slice(0, shown),
    rowsInAll: rows.length,
    sites: new Set(rows.map(({ siteCode }) => siteCode)).size,
    rooms: rows.filter(({ roomCode }) => roomCode !== '').length,
    kits,
    additional,
    sheets: kits * sheetsOfKit(composition) + additional,
    pages: kits * pagesOfKit + additional * sidesOf(templates, 'additional'),
    newSites: newSites.slice(0, shown),
    newSitesInAll: newSites.length,
    errors: errors.slice(0, shown),
    wrong: errors.length,
  };
}

export function sheetsOfKit(composition: Composition): number {
  return composition.reduce((sum, { count }) => sum + count, 0);
}

interface Lines {
  readonly lines: readonly { readonly line: number; readonly row: PlanRow }[];
  readonly errors: readonly PlanError[];
}

async function linesOf(
  db: CentreDatabase,
  event: EventRow,
  source: PlanSource,
  file: ReceivedFile | null,
): Promise<Result<Lines>> {
  if (source.from === 'rows')
    return ok({ lines: source.rows.map((row, i) => ({ line: i + 1, row })), errors: [] });
  if (source.from === 'roster') return ofRoster(db, event, source);
  return file === null ? refuse({ type: 'upload-gone' }) : ofFile(file);
}

/** What the roster needs and the register does not have yet: a second time nothing is made twice, with a larger reserve the difference. */
async function ofRoster(
  db: CentreDatabase,
  event: EventRow,
  { sessionNumber, reserve, additional }: Extract<PlanSource, { from: 'roster' }>,
): Promise<Result<Lines>> {
  const candidates = await db
    .selectFrom('candidate')
    .select((eb) => ['site_code', 'room_code', eb.fn.countAll<number>().as('n')])
    .where('project_id', '=', event.project_id)
    .where('session_number', '=', sessionNumber)
    .groupBy(['site_code', 'room_code'])
    .orderBy('site_code')
    .orderBy('room_code')
    .execute();
  if (candidates.length === 0) return refuse({ type: 'plan-nobody-sits', number: sessionNumber });
  const kits = await countOf(db, event.id, 'kit');
  const sheets = await countOf(db, event.id, 'sheet');
  const lines = candidates.map(({ site_code, room_code, n }, i) => {
    const sit = Number(n);
    const spare = reserve.unit === 'percent' ? Math.ceil((sit * reserve.amount) / 100) : reserve.amount;
    const key = JSON.stringify([site_code, room_code]);
    return {
      line: i + 1,
      row: {
        siteCode: site_code,
        roomCode: room_code,
        kits: Math.max(0, sit + spare - (kits.get(key) ?? 0)),
        additional: Math.max(0, additional - (sheets.get(key) ?? 0)),
        siteName: '',
        region: '',
      },
    };
  });
  return ok({ lines, errors: [] });
}

/** Kits, or sheets that belong to none, by site and room. */
async function countOf(
  db: CentreDatabase,
  eventId: string,
  table: 'kit' | 'sheet',
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom(table)
    .select((eb) => ['site_code', 'room_code', eb.fn.countAll<number>().as('n')])
    .where('event_id', '=', eventId)
    .$if(table === 'sheet', (query) => query.where('kit', 'is', null))
    .groupBy(['site_code', 'room_code'])
    .execute();
  return new Map(rows.map((row) => [JSON.stringify([row.site_code, row.room_code]), Number(row.n)]));
}

async function ofFile(file: ReceivedFile): Promise<Result<Lines>> {
  const table = await readTable(file.path);
  if (!table.ok) return table;
  const [head = [], ...body] = table.value.rows;
  const columns = registerColumns(head);
  const missing = (['siteCode', 'kits'] as const).filter((field) => !columns.has(field));
  if (missing.length > 0)
    return refuse({
      type: 'register-columns-missing',
      headings: missing.map((field) => registerHeading(field, 'en')),
    });
  if (body.length > mostRows) return refuse({ type: 'plan-too-long', limit: mostRows });
  const lines: { line: number; row: PlanRow }[] = [];
  const errors: PlanError[] = [];
  for (const [i, cells] of body.entries()) {
    const line = i + 2;
    const cell = (field: Parameters<typeof columns.get>[0]): string =>
      (cells[columns.get(field) ?? -1] ?? '').trim();
    if (cells.every((one) => one.trim() === '')) continue;
    const parsed = planRowSchema.safeParse({
      siteCode: cell('siteCode'),
      roomCode: cell('roomCode'),
      kits: numberOf(cell('kits')),
      additional: numberOf(cell('additional')),
      siteName: cell('siteName'),
      region: cell('region'),
    });
    if (parsed.success) lines.push({ line, row: parsed.data });
    else {
      const field = String(parsed.error.issues[0]?.path[0]) as 'siteCode' | 'kits' | 'additional';
      errors.push({
        line,
        value: cell(field),
        reason: {
          type: field === 'kits' || field === 'additional' ? 'plan-no-count' : 'register-cell-wrong',
          column: head[columns.get(field) ?? -1] ?? '',
        },
      });
    }
  }
  return ok({ lines, errors });
}

/** An empty cell is none. */
function numberOf(cell: string): number {
  const digits = cell.normalize('NFKC').replaceAll(/\s/g, '');
  return digits === '' ? 0 : /^[0-9]+([.,]0+)?$/.test(digits) ? parseInt(digits, 10) : Number.NaN;
}
