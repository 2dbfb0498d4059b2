/** PNP files beside the roster's table: `NUMBER.xml` of one candidate, or records of many. */
import type { Result } from '../../base/result.ts';
import type { RosterRow, RowError } from '../roster/roster.ts';
import type { Accommodations } from './accommodations.ts';
import { readPnpFile, together } from './pnp.ts';

export interface PnpFiles {
  readonly rows: readonly RosterRow[];
  /** Candidates who have one. */
  readonly read: number;
  /** `line` 0: of a file, named in `value`. */
  readonly errors: readonly RowError[];
}

export function isPnpFile(name: string): boolean {
  return /\.xml$/i.test(name);
}

/** @param lines of the rows in their table. @returns the rows with what their PNP says, too. */
export function withPnpFiles(
  rows: readonly RosterRow[],
  lines: readonly number[],
  files: ReadonlyMap<string, Uint8Array>,
): PnpFiles {
  const errors: RowError[] = [];
  const known = new Set(rows.map((row) => row.admissionNumber));
  const found = new Map<string, Accommodations>();
  for (const [name, content] of files) {
    const wrong = (value: string, reason: RowError['reason']): unknown =>
      errors.push({ line: 0, column: '', value, reason });
    const take = (number: string, value: string, pnp: Result<Accommodations>): void => {
      if (!pnp.ok) wrong(value, pnp.refusal);
      else if (!known.has(number)) wrong(value, { type: 'pnp-of-nobody' });
      else if (found.has(number)) wrong(value, { type: 'pnp-twice' });
      else found.set(number, pnp.value);
    };
    const records = readPnpFile(content);
    if (!records.ok) {
      wrong(name, records.refusal);
      continue;
    }
    const ofFile = (name.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '');
    for (const { person, pnp } of records.value)
      take(person ?? ofFile, person === null ? name : `${name} ${person}`.trim(), pnp);
  }
  const merged = rows.map((row, i) => {
    const pnp = found.get(row.admissionNumber);
    if (!pnp) return row;
    const both = together(row.accommodations, pnp);
    if (both.ok) return { ...row, accommodations: both.value };
    errors.push({ line: lines[i] ?? 0, column: '', value: row.admissionNumber, reason: both.refusal });
    return row;
  });
  return { rows: merged, read: found.size, errors };
}
