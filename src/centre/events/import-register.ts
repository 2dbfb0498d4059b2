/** Forms that were printed elsewhere come into the register: all rows of a file or none. */
import * as z from 'zod';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import {
  numberProblem,
  numberRuleSchema,
  ownNumbers,
  type NumberRule,
} from '../../exam/form/sheet-number.ts';
import type { ReceivedFile } from '../../node/files.ts';
import type { Centre } from '../centre.ts';
import { Turns } from '../work/turns.ts';
import { changeScans } from '../scans/change-scans.ts';
import { settleStrangers } from '../scans/settle-strangers.ts';
import type { CentreDatabase } from '../storage/database.ts';
import type { ImportView } from './contract.ts';
import { eventOf, type EventRow } from './event-row.ts';
import { kitsFrom } from './growth.ts';
import { keepRegister, type NewKit } from './keep-register.ts';
import { readRegisterFile, type RegisterRow, type RegisterTable } from './read-register-file.ts';
import { addSites, sitesOfProject, type NamedSite } from './register-sites.ts';

const shown = 200;
const batch = 500;
/** Kits that are kept between two turns of everybody else. */
const kitsOfTurn = 100;

type RegisterError = ImportView['errors'][number];

export interface ImportWish {
  /** null: to be told from all rows. */
  readonly rule: NumberRule | null;
  /** Sites that the roster does not name may come. */
  readonly addSites: boolean;
}

interface Read {
  readonly table: RegisterTable;
  readonly view: ImportView;
}

/** Reads the file and says what it would import; imports nothing. */
export async function readImport(
  { db }: Pick<Centre, 'db'>,
  event: EventRow,
  file: ReceivedFile,
  wish: ImportWish,
): Promise<Result<ImportView>> {
  const read = await readAll(db, event, file, wish);
  return read.ok ? ok(read.value.view) : read;
}

/** Refusals: those of the file, `register-has-wrong-rows`, `register-growing`. */
export async function importRegister(
  centre: Centre,
  event: EventRow,
  file: ReceivedFile,
  wish: ImportWish & { readonly rule: NumberRule },
  account: string,
): Promise<Result<ImportView>> {
  const kept = await changeScans(centre, event.project_id, async (db) => {
    const now = await eventOf(db, event.project_id, event.id);
    if (!now.ok) return now;
    if ((await centre.growth.view(event.id, db)) !== null) return refuse({ type: 'register-growing' });
    // Read again within the change: what came since the preview is in the register, too.
    const read = await readAll(db, event, file, wish);
    if (!read.ok) return read;
    const { table, view } = read.value;
    if (view.wrong > 0) return refuse({ type: 'register-has-wrong-rows', count: view.wrong });
    const turns = new Turns();
    const { kits, sites, lastKit, lastSerial } = await gathered(now.value, table.rows, turns);
    await addSites(db, event.project_id, sites);
    for (let i = 0; i < kits.length; i += kitsOfTurn) {
      await keepRegister(db, { id: event.id, projectId: event.project_id }, kits.slice(i, i + kitsOfTurn));
      // Hellos and screens have their turn, also while a million rows are written.
      await turns.pass();
    }
    await db
      .updateTable('event')
      .set({
        rules_json: JSON.stringify(withRule(now.value, wish.rule)),
        last_serial: lastSerial,
        last_kit: lastKit,
      })
      .where('id', '=', event.id)
      .execute();
    return ok(view);
  });
  if (!kept.ok) return kept;
  await settleStrangers(centre, event.project_id);
  const { sites, kits, sheets } = kept.value;
  await centre.node.journal.append([
    {
      kind: 'register-grown',
      subject: `event:${event.id}`,
      data: {
        project: event.project_id,
        code: event.code,
        way: 'imported',
        sites,
        kits,
        sheets,
        by: account,
      },
    },
  ]);
  centre.changed.notify();
  return kept;
}

async function readAll(
  db: CentreDatabase,
  event: EventRow,
  file: ReceivedFile,
  { rule: said, addSites: mayAdd }: ImportWish,
): Promise<Result<Read>> {
  const read = await readRegisterFile(file);
  if (!read.ok) return read;
  const table = read.value;
  const { rows } = table;
  const turns = new Turns();
  const rule = said ?? (await ruleOf(rows, turns));
  const errors: RegisterError[] = [...table.errors];
  const wrong = (row: RegisterRow, value: string, reason: Refusal): void =>
    void errors.push({ line: row.line, value, reason });
  const sites = await sitesOfProject(db, event.project_id);
  const numbers = new Map<string, number>();
  const kits = new Map<string, RegisterRow>();
  const places = new Set<string>();
  const rooms = new Set<string>();
  const named = new Set<string>();
  let checked = 0;
  for (const row of rows) {
    const { number, kit, siteCode, roomCode, place, line } = row;
    if (row.eventCode !== '' && row.eventCode !== event.code)
      wrong(row, row.eventCode, { type: 'register-other-event', code: event.code });
    const problem = rule && numberProblem(number, rule);
    if (problem)
      wrong(row, number, { type: `register-number-${problem}`, length: rule.length, found: number.length });
    const before = numbers.get(number);
    if (before !== undefined) wrong(row, number, { type: 'register-number-twice', line: before });
    else {
      numbers.set(number, line);
      if (fitsCheckDigit(number)) checked++;
    }
    named.add(siteCode);
    rooms.add(JSON.stringify([siteCode, roomCode]));
    if (!mayAdd && !sites.has(siteCode)) wrong(row, siteCode, { type: 'register-site-unknown' });
    if (kit !== null) {
      const first = kits.get(kit);
      if (!first) kits.set(kit, row);
      else if (first.siteCode !== siteCode || first.roomCode !== roomCode)
        wrong(row, kit, { type: 'register-kit-in-two-places', line: first.line });
      const at = `${kit} ${place}`;
      if (places.has(at)) wrong(row, String(place), { type: 'register-place-twice', kit });
      places.add(at);
    }
    await turns.pass();
  }
  for (const number of await known(db, event, 'sheet', [...numbers.keys()], turns))
    errors.push({
      line: numbers.get(number) ?? 0,
      value: number,
      reason: { type: 'register-number-known' },
    });
  for (const kit of await known(db, event, 'kit', [...kits.keys()], turns))
    errors.push({ line: kits.get(kit)?.line ?? 0, value: kit, reason: { type: 'register-kit-known' } });
  const newSites = [...named].filter((one) => !sites.has(one));
  return ok({
    table,
    view: {
      fileName: file.fileName,
      rule,
      rows: rows.length + table.errors.length,
      sites: named.size,
      rooms: rooms.size,
      kits: kits.size,
      sheets: numbers.size,
      checked,
      newSites: newSites.slice(0, shown),
      newSitesInAll: newSites.length,
      errors: errors.toSorted((a, b) => a.line - b.line).slice(0, shown),
      wrong: errors.length,
    },
  });
}

function fitsCheckDigit(number: string): boolean {
  return numberProblem(number, { length: number.length, check: 'mod-11-10' }) === null;
}

/**
 * Told from all rows: the length that most of them have, and a check digit where it fits more than half of them. By chance it fits one in
 * ten; a few that were typed wrong do not hide it.
 * @returns null: no row has a number that could be one
 */
export async function ruleOf(
  rows: readonly Pick<RegisterRow, 'number'>[],
  turns: Turns,
): Promise<NumberRule | null> {
  const lengths = new Map<number, { length: number; count: number; fitting: number }>();
  for (const { number } of rows) {
    await turns.pass();
    if (!/^[0-9]{4,24}$/.test(number)) continue;
    const { length } = number;
    const of = lengths.get(length) ?? { length, count: 0, fitting: 0 };
    lengths.set(length, of);
    of.count++;
    if (fitsCheckDigit(number)) of.fitting++;
  }
  const [most] = [...lengths.values()].toSorted((a, b) => b.count - a.count);
  return most ? { length: most.length, check: most.fitting * 2 > most.count ? 'mod-11-10' : 'none' } : null;
}

/** Those of them that are there already. */
async function known(
  db: CentreDatabase,
  event: EventRow,
  table: 'sheet' | 'kit',
  all: readonly string[],
  turns: Turns,
): Promise<string[]> {
  const found: string[] = [];
  for (let i = 0; i < all.length; i += batch) {
    await turns.pass();
    const some = all.slice(i, i + batch);
    if (table === 'sheet') {
      const rows = await db
        .selectFrom('sheet')
        .select('number')
        .where('project_id', '=', event.project_id)
        .where('number', 'in', some)
        .execute();
      found.push(...rows.map(({ number }) => number));
    } else {
      const rows = await db
        .selectFrom('kit')
        .select('kit')
        .where('event_id', '=', event.id)
        .where('kit', 'in', some)
        .execute();
      found.push(...rows.map(({ kit }) => kit));
    }
  }
  return found;
}

/** What is kept of the rows. What is made here later begins behind the last kit, and the last number with the event's own prefix. */
async function gathered(event: EventRow, rows: readonly RegisterRow[], turns: Turns) {
  const kits = new Map<string, NewKit & { readonly sheets: RegisterRow[] }>();
  const sites = new Map<string, NamedSite>();
  let { last_serial: lastSerial, last_kit: lastKit, number_prefix: prefix } = event;
  for (const row of rows) {
    await turns.pass();
    const { siteCode, siteName, region, roomCode, kit, copy, number } = row;
    sites.set(siteCode, { code: siteCode, name: siteName, region });
    const key = JSON.stringify([kit, siteCode, roomCode]);
    const of = kits.get(key);
    if (of) of.sheets.push(row);
    else kits.set(key, { siteCode, roomCode, kit, copy, sheets: [row] });
    if (number.startsWith(prefix) && numberProblem(number, ownNumbers) === null)
      lastSerial = Math.max(lastSerial, Number(number.slice(prefix.length, -1)));
    if (kit !== null && /^[0-9]{6,8}$/.test(kit)) lastKit = Math.max(lastKit, Number(kit) - kitsFrom);
  }
  return { kits: [...kits.values()], sites: [...sites.values()], lastSerial, lastKit };
}

/** Numbers like our own need no rule. */
function withRule(event: EventRow, rule: NumberRule): NumberRule[] {
  const rules = z.array(numberRuleSchema).parse(JSON.parse(event.rules_json));
  const same = (one: NumberRule): boolean => one.length === rule.length && one.check === rule.check;
  return same(ownNumbers) || rules.some(same) ? rules : [...rules, rule];
}
