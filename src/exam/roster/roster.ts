/** The roster: who sits where. Read from a table whose columns are known by their headings, or were said by hand. */
import { readAccommodationCells } from '../accommodation/columns.ts';
import type { Accommodations } from '../accommodation/accommodations.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import {
  missingFields,
  neededFields,
  readColumns,
  usualHeading,
  type RosterColumn,
  type RosterField,
  type RosterMapping,
} from './columns.ts';

export interface RosterRow {
  readonly sessionNumber: number;
  readonly siteCode: string;
  readonly siteName: string;
  /** Of the site; null: the roster says none. */
  readonly region: string | null;
  readonly roomCode: string;
  readonly roomName: string;
  readonly admissionNumber: string;
  readonly name: string;
  readonly seatNumber: number | null;
  readonly accommodations: Accommodations;
}

export interface RowError {
  /** Of several files: the one that the line is in. */
  readonly file?: string;
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: Refusal;
}

/** A candidate's place in a room's list must fit into a one-time code's request. */
const mostInRoom = 1023;

export interface Roster {
  readonly columns: readonly RosterColumn[];
  readonly rows: readonly RosterRow[];
  /** Of the rows, in the table. */
  readonly lines: readonly number[];
  /** While there is one, nothing may be imported. */
  readonly errors: readonly RowError[];
}

/** Without a column of regions nothing is said of them: not that there are none. */
export function saysRegions({ columns }: Roster): boolean {
  return columns.some(({ field }) => field === 'region');
}

/** @param table with the headings in the first row; line numbers count from 1, as a spreadsheet shows them. */
export function readRoster(
  table: readonly (readonly string[])[],
  sessionNumbers: readonly number[],
  mapping: RosterMapping = {},
): Result<Roster> {
  const [head, ...body] = table;
  if (!head || body.length === 0) return refuse({ type: 'roster-empty' });
  const columns = readColumns(head, mapping);
  const missing = missingFields(columns);
  if (missing.length > 0)
    return refuse({
      type: 'roster-columns-missing',
      columns: missing,
      headings: missing.map(usualHeading),
    });
  const errors: RowError[] = [];
  const rows: RosterRow[] = [];
  const lines: number[] = [];
  const seen = {
    numbers: new Map<string, number>(),
    seats: new Map<string, number>(),
    rooms: new Map<string, string>(),
    regions: new Map<string, string>(),
    counts: new Map<string, number>(),
  };
  body.forEach((cells, i) => {
    const line = i + 2;
    if (cells.every((cell) => cell.trim() === '')) return;
    const wrong = (field: RosterField, value: string, reason: Refusal): void => {
      errors.push({
        line,
        column: columns.find((column) => column.field === field)?.header ?? field,
        value,
        reason,
      });
    };
    const cell = (field: RosterField): string => {
      const at = columns.findIndex((column) => column.field === field);
      return at === -1 ? '' : (cells[at] ?? '').trim();
    };
    for (const field of neededFields) if (cell(field) === '') wrong(field, '', { type: 'cell-empty' });
    const sessionNumber = Number(cell('sessionNumber'));
    if (cell('sessionNumber') !== '' && !sessionNumbers.includes(sessionNumber))
      wrong('sessionNumber', cell('sessionNumber'), { type: 'no-such-session', sessions: sessionNumbers });
    const [admissionNumber, siteCode, roomCode, name] = [
      cell('admissionNumber'),
      cell('siteCode'),
      cell('roomCode'),
      cell('name'),
    ];
    if (admissionNumber !== '' && !/^[\w-]{1,40}$/.test(admissionNumber))
      wrong('admissionNumber', admissionNumber, { type: 'not-a-number-or-letters' });
    for (const [field, value] of [
      ['siteCode', siteCode],
      ['roomCode', roomCode],
    ] as const)
      if (value !== '' && !/^[\w-]{1,40}$/.test(value))
        wrong(field, value, { type: 'not-a-number-or-letters' });
    if (name.length > 200) wrong('name', name.slice(0, 40), { type: 'too-long', limit: 200 });
    const seatText = cell('seatNumber');
    const seatNumber = seatText === '' ? null : Number(seatText);
    if (seatNumber !== null && (!Number.isInteger(seatNumber) || seatNumber < 1 || seatNumber > 9999))
      wrong('seatNumber', seatText, { type: 'not-a-seat-number' });
    const accommodations = readAccommodationCells(cell, wrong);
    const twice = (
      map: Map<string, number>,
      key: string,
      field: RosterField,
      value: string,
      type: string,
    ): void => {
      const before = map.get(key);
      if (before !== undefined) wrong(field, value, { type, line: before });
      else map.set(key, line);
    };
    twice(
      seen.numbers,
      `${sessionNumber} ${admissionNumber}`,
      'admissionNumber',
      admissionNumber,
      'number-twice',
    );
    if (seatNumber !== null)
      twice(seen.seats, `${sessionNumber} ${roomCode} ${seatNumber}`, 'seatNumber', seatText, 'seat-twice');
    const site = seen.rooms.get(roomCode);
    if (site !== undefined && site !== siteCode)
      wrong('roomCode', roomCode, { type: 'room-in-two-sites', sites: [site, siteCode] });
    seen.rooms.set(roomCode, siteCode);
    const region = cell('region').replaceAll(/\s+/g, ' ');
    if (region.length > 100) wrong('region', region.slice(0, 40), { type: 'too-long', limit: 100 });
    // Whoever watches over a region must not lose or get a site by the order of the rows.
    const regionBefore = seen.regions.get(siteCode);
    if (regionBefore !== undefined && regionBefore !== region)
      wrong('region', region, { type: 'site-in-two-regions', regions: [regionBefore, region] });
    else seen.regions.set(siteCode, region);
    const count = (seen.counts.get(`${sessionNumber} ${roomCode}`) ?? 0) + 1;
    seen.counts.set(`${sessionNumber} ${roomCode}`, count);
    if (count === mostInRoom + 1) wrong('roomCode', roomCode, { type: 'room-too-full', most: mostInRoom });
    lines.push(line);
    rows.push({
      sessionNumber,
      siteCode,
      siteName: cell('siteName') || siteCode,
      region: region || null,
      roomCode,
      roomName: cell('roomName') || roomCode,
      admissionNumber,
      name,
      seatNumber,
      accommodations,
    });
  });
  return rows.length === 0 && errors.length === 0
    ? refuse({ type: 'roster-empty' })
    : ok({ columns, rows, lines, errors });
}
