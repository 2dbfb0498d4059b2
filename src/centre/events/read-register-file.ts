/** A table of forms that were printed elsewhere, as rows. What no row can be is told with its line. */
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import {
  readKind,
  registerColumns,
  registerHeading,
  type RegisterField,
} from '../../exam/form/register-columns.ts';
import type { SheetKind } from '../../exam/form/sheet-code.ts';
import type { ReceivedFile } from '../../node/files.ts';
import { readTable } from '../../node/read-table/read-table.ts';
import { Turns } from '../work/turns.ts';
import { plainNumber } from './look-up-number.ts';

export interface RegisterRow {
  readonly line: number;
  /** '': the file does not say it. */
  readonly eventCode: string;
  readonly siteCode: string;
  readonly siteName: string;
  readonly region: string;
  readonly roomCode: string;
  /** null: the sheet belongs to none yet. */
  readonly kit: string | null;
  readonly number: string;
  readonly kind: SheetKind;
  /** Within its kit, from 1. */
  readonly place: number;
  readonly sides: 1 | 2;
  readonly copy: number;
}

export interface RegisterTable {
  readonly rows: readonly RegisterRow[];
  readonly errors: readonly { readonly line: number; readonly value: string; readonly reason: Refusal }[];
}

const needed = ['siteCode', 'number', 'kind'] as const;
const longestCode = 64;

/** Refusals: those of tables, `register-columns-missing`, `register-empty`. */
export async function readRegisterFile(file: ReceivedFile): Promise<Result<RegisterTable>> {
  const table = await readTable(file.path);
  if (!table.ok) return table;
  const [head = [], ...body] = table.value.rows;
  const columns = registerColumns(head);
  const missing = needed.filter((field) => !columns.has(field));
  if (missing.length > 0)
    return refuse({
      type: 'register-columns-missing',
      headings: missing.map((field) => registerHeading(field, 'en')),
    });
  const rows: RegisterRow[] = [];
  const errors: RegisterTable['errors'][number][] = [];
  /** Sheets of a kit that have come: a file without places has them in order. */
  const places = new Map<string, number>();
  /** The same few words in every row. */
  const kinds = new Map<string, SheetKind | null>();
  const turns = new Turns();
  for (const [i, cells] of body.entries()) {
    // Others have their turn, also while several hundred thousand rows are read.
    await turns.pass();
    if (cells.every((one) => one.trim() === '')) continue;
    const line = i + 2;
    const cell = (field: RegisterField): string => (cells[columns.get(field) ?? -1] ?? '').trim();
    const wrong = (field: RegisterField, type: string): void =>
      void errors.push({
        line,
        value: cell(field),
        reason: { type, column: head[columns.get(field) ?? -1] ?? registerHeading(field, 'en') },
      });
    const called = cell('kind');
    const kind = kinds.get(called) ?? readKind(called);
    kinds.set(called, kind);
    const kit = cell('kit') === '' ? null : cell('kit');
    const next = (places.get(kit ?? '') ?? 0) + 1;
    const [place, sides, copy] = [
      counted(cell('place'), kit === null ? 1 : next, 999),
      counted(cell('sides'), 1, 2),
      counted(cell('copy'), 1, 999),
    ];
    const siteCode = cell('siteCode');
    const number = plainNumber(cell('number'));
    const short = (['siteCode', 'roomCode', 'kit'] as const).find(
      (field) => cell(field).length > longestCode,
    );
    if (siteCode === '') wrong('siteCode', 'register-cell-empty');
    else if (number === '') wrong('number', 'register-cell-empty');
    else if (kind === null) wrong('kind', 'register-kind-unknown');
    else if (place === null) wrong('place', 'register-cell-wrong');
    else if (sides === null) wrong('sides', 'register-cell-wrong');
    else if (copy === null) wrong('copy', 'register-cell-wrong');
    else if (short !== undefined) wrong(short, 'register-cell-wrong');
    else {
      places.set(kit ?? '', Math.max(next, place));
      rows.push({
        line,
        eventCode: cell('eventCode'),
        siteCode,
        siteName: cell('siteName').slice(0, 400),
        region: cell('region').slice(0, 100),
        roomCode: cell('roomCode'),
        kit,
        number,
        kind,
        place,
        sides: sides === 2 ? 2 : 1,
        copy,
      });
    }
  }
  return rows.length + errors.length === 0 ? refuse({ type: 'register-empty' }) : ok({ rows, errors });
}

/** An empty cell is the usual; null: it is no such count. */
function counted(cell: string, usual: number, most: number): number | null {
  if (cell === '') return usual;
  const digits = cell.normalize('NFKC').replace(/[.,]0+$/, '');
  const value = /^[0-9]{1,4}$/.test(digits) ? Number(digits) : 0;
  return value >= 1 && value <= most ? value : null;
}
