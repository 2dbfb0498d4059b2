/** Works out what pages count as, and with them all that follows: other pages of the same sheet, the sheet's state, the sums. */
import { isExpected } from '../../exam/form/expected.ts';
import { numberRuleSchema, type NumberRule } from '../../exam/form/sheet-number.ts';
import type { SheetKind } from '../../exam/form/sheet-code.ts';
import { readingSchema } from '../../exam/scan/reading.ts';
import {
  counts,
  decided,
  ownClass,
  sheetOf,
  sideState,
  type Decision,
  type OwnClass,
  type ScanClass,
} from '../../exam/scan/standing.ts';
import { isWithin, limitSchema, type Limit } from '../../node/users/limit.ts';
import * as z from 'zod';
import type { CentreDatabase } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';
import { EventForms } from './marks/event-forms.ts';
import { countMarks } from './marks/page-rows.ts';
import { StandingSums } from './standing-sums.ts';

type Standing = Tables['scan_standing'];

/** To be called inside of `changeScans`, with pages that are new, that somebody has decided about, or whose sheet has come into the register. */
export async function settle(
  db: CentreDatabase,
  projectId: string,
  scanIds: readonly string[],
): Promise<void> {
  const sums = new StandingSums();
  const rules = await rulesOf(db, projectId);
  const forms = new EventForms(db);
  const touched = new Map<string, { number: string; side: number }>();
  const touch = ({ number, side, own_class }: Standing): void => {
    if (number !== null && side !== null && counts(own_class as OwnClass))
      touched.set(`${number} ${side}`, { number, side });
  };
  for (const id of scanIds) {
    const before = await standingOf(db, id);
    const after = await ownStanding(db, projectId, id, rules, forms);
    if (before) {
      touch(before);
      await db.updateTable('scan_standing').set(after).where('scan_id', '=', id).execute();
    } else await db.insertInto('scan_standing').values(after).execute();
    touch(after);
    sums.moved(before && countedAs(before), countedAs(after));
  }
  for (const side of touched.values()) await settleSide(db, projectId, side, sums);
  await sums.write(db);
}

function countedAs(one: Standing) {
  return { ...one, class: one.class as ScanClass };
}

async function standingOf(db: CentreDatabase, scanId: string): Promise<Standing | null> {
  const row = await db
    .selectFrom('scan_standing')
    .selectAll()
    .where('scan_id', '=', scanId)
    .executeTakeFirst();
  return row ?? null;
}

/** As if there were no other page of its sheet. */
async function ownStanding(
  db: CentreDatabase,
  projectId: string,
  id: string,
  rules: readonly NumberRule[],
  forms: EventForms,
): Promise<Standing> {
  const scan = await db
    .selectFrom('scan')
    .innerJoin('scan_upload', 'scan_upload.id', 'scan.upload_id')
    .select(['scan.upload_id', 'scan.position', 'scan.digest', 'scan.reading_json', 'scan_upload.limit_json'])
    .where('scan.id', '=', id)
    .executeTakeFirstOrThrow();
  const reading = readingSchema.parse(JSON.parse(scan.reading_json));
  const decision = decided(await decisionsOf(db, id));
  const sheet = sheetOf(reading, decision, rules);
  const limit = limitSchema.nullable().parse(JSON.parse(scan.limit_json));
  const known = sheet && (await knownSheet(db, projectId, sheet.number, limit));
  const same = scan.digest !== null && (await sameImageCounts(db, projectId, id, scan.digest));
  const own = ownClass(reading, decision, sheet, known, same);
  const placed = counts(own.class) ? known : null;
  const form = sheet && placed && (await forms.side(placed.event_id, placed.kind, sheet.side));
  const rows = form && (await countMarks(db, id, reading, { kind: placed.kind, side: sheet.side, form }));
  return {
    scan_id: id,
    project_id: projectId,
    upload_id: scan.upload_id,
    position: scan.position,
    own_class: own.class,
    class: own.class,
    foreign_reason: own.foreign,
    event_id: placed?.event_id ?? null,
    site_code: placed?.site_code ?? null,
    room_code: placed?.room_code ?? null,
    kit: placed?.kit ?? null,
    number: sheet?.number ?? null,
    side: sheet?.side ?? null,
    by_person: decision.sheet === null ? 0 : 1,
    marks_open: rows?.open ?? 0,
    marks_rows: rows?.rows ?? 0,
    marks_unread: rows?.unread ? 1 : 0,
  };
}

async function knownSheet(db: CentreDatabase, projectId: string, number: string, limit: Limit | null) {
  const row = await db
    .selectFrom('sheet')
    .leftJoin('site', (join) =>
      join.onRef('site.project_id', '=', 'sheet.project_id').onRef('site.code', '=', 'sheet.site_code'),
    )
    .select([
      'sheet.event_id',
      'sheet.site_code',
      'sheet.room_code',
      'sheet.kit',
      'sheet.kind',
      'sheet.sides',
      'site.region',
    ])
    .where('sheet.project_id', '=', projectId)
    .where('sheet.number', '=', number)
    .executeTakeFirst();
  if (!row) return null;
  const sides: 1 | 2 = row.sides === 2 ? 2 : 1;
  return { ...row, sides, within: isWithin(limit, projectId, { code: row.site_code, region: row.region }) };
}

async function sameImageCounts(
  db: CentreDatabase,
  projectId: string,
  id: string,
  digest: string,
): Promise<boolean> {
  const same = await db
    .selectFrom('scan')
    .innerJoin('scan_standing', 'scan_standing.scan_id', 'scan.id')
    .select('scan.id')
    .where('scan.project_id', '=', projectId)
    .where('scan.digest', '=', digest)
    .where('scan.id', '!=', id)
    .where('scan_standing.own_class', 'not in', ['deleted', 'already-uploaded'])
    .executeTakeFirst();
  return same !== undefined;
}

/** All pages of one side of a sheet: more than one that counts, and all of them are duplicates. */
async function settleSide(
  db: CentreDatabase,
  projectId: string,
  { number, side }: { readonly number: string; readonly side: number },
  sums: StandingSums,
): Promise<void> {
  const pages = await db
    .selectFrom('scan_standing')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('number', '=', number)
    .where('side', '=', side)
    .where('own_class', 'in', ['filled', 'empty'])
    .execute();
  for (const page of pages) {
    const now: ScanClass = pages.length > 1 ? 'duplicate' : (page.own_class as OwnClass);
    if (now === page.class) continue;
    await db.updateTable('scan_standing').set({ class: now }).where('scan_id', '=', page.scan_id).execute();
    sums.moved(countedAs(page), { ...page, class: now });
  }
  const sheet = await db
    .selectFrom('sheet')
    .select(['event_id', 'site_code', 'kind', 'kit', 'side_1', 'side_2'])
    .where('project_id', '=', projectId)
    .where('number', '=', number)
    .executeTakeFirst();
  // A page that is no longer what it was may have had a number that no register knows.
  if (!sheet) return;
  const column = side === 1 ? 'side_1' : 'side_2';
  const expected = isExpected({ kind: sheet.kind as SheetKind, kit: sheet.kit });
  const state = sideState(pages.map(({ own_class }) => own_class as OwnClass));
  const shown = state === 'missing' && !expected ? 'not-expected' : state;
  if (shown === sheet[column]) return;
  await db
    .updateTable('sheet')
    .set({ [column]: shown })
    .where('project_id', '=', projectId)
    .where('number', '=', number)
    .execute();
  const was = sheet[column] !== 'missing' && sheet[column] !== 'not-expected';
  const is = state !== 'missing';
  if (expected && was !== is) sums.came(sheet.event_id, sheet.site_code, is ? 1 : -1);
}

/** Rules of numbers that were printed elsewhere, of all events of a project. */
export async function rulesOf(db: CentreDatabase, projectId: string): Promise<NumberRule[]> {
  const rows = await db
    .selectFrom('event')
    .select('rules_json')
    .where('project_id', '=', projectId)
    .execute();
  const all = rows.flatMap(({ rules_json }) => z.array(numberRuleSchema).parse(JSON.parse(rules_json)));
  return [...new Map(all.map((rule) => [`${rule.length} ${rule.check}`, rule])).values()];
}

export async function decisionsOf(db: CentreDatabase, scanId: string): Promise<Decision[]> {
  const rows = await db
    .selectFrom('scan_decision')
    .selectAll()
    .where('scan_id', '=', scanId)
    .orderBy('seq')
    .execute();
  return rows.map(({ what, number, side, rotation }) => ({ what, number, side, rotation }) as Decision);
}
