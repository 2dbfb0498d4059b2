/** An event with a register of forms, and pages as the machine would have read them. */
import { newId } from '../../base/ids.ts';
import { expectOk } from '../../base/result.ts';
import { ownNumber } from '../../exam/form/sheet-number.ts';
import type { SheetKind } from '../../exam/form/sheet-code.ts';
import type { MarkState, Reading } from '../../exam/scan/reading.ts';
import { usualComposition } from '../../exam/form/composition.ts';
import type { Centre } from '../centre.ts';
import { keepRegister } from '../events/keep-register.ts';
import { changeScans } from './change-scans.ts';
import type { NewScan } from './keep-scans.ts';
import { ok } from '../../base/result.ts';

export const testPrefix = '204117';

export interface TestEvent {
  readonly id: string;
  readonly projectId: string;
}

/** Without a register. */
export async function makeEvent(
  { db }: Pick<Centre, 'db'>,
  projectId: string,
  prefix = testPrefix,
): Promise<TestEvent> {
  const id = newId();
  await db
    .insertInto('event')
    .values({
      id,
      project_id: projectId,
      code: `rus-${prefix}`,
      name: 'Russian language',
      subject_code: '01',
      subject_name: 'Russian language',
      subject_latin: 'rus',
      date: '2026-06-01',
      stage: '01',
      number_prefix: prefix,
      last_serial: 0,
      last_kit: 0,
      rules_json: '[]',
      composition_json: JSON.stringify(usualComposition),
      templates_json: null,
      protocol_due_h: 24,
      created_at: 1,
      created_by: 'admin',
    })
    .execute();
  return { id, projectId };
}

/** Of a kit by its place in the event: registration form, answer forms 1 and 2 (two sides), as three numbers that follow each other. */
export function numbersOf(kit: number, prefix = testPrefix): [string, string, string] {
  const first = (kit - 1) * 3;
  return [ownNumber(prefix, first + 1), ownNumber(prefix, first + 2), ownNumber(prefix, first + 3)];
}

const kinds: readonly SheetKind[] = ['registration', 'answers-1', 'answers-2'];

/** Kits `from` to `to` of one site and room. */
export async function registerKits(
  centre: Pick<Centre, 'db' | 'node'>,
  event: TestEvent,
  { site, room, from, to }: { site: string; room: string; from: number; to: number },
): Promise<void> {
  const kits = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  expectOk(
    await changeScans(centre, event.projectId, async (db) => {
      await keepRegister(
        db,
        event,
        kits.map((kit) => ({
          siteCode: site,
          roomCode: room,
          kit: String(100_000 + kit),
          copy: 1,
          sheets: numbersOf(kit).map((number, i) => ({
            number,
            kind: kinds[i] as SheetKind,
            place: i + 1,
            sides: i === 2 ? 2 : 1,
          })),
        })),
      );
      return ok();
    }),
  );
}

export async function makeUpload(
  { db, node }: Pick<Centre, 'db' | 'node'>,
  projectId: string,
  limit: object | null = null,
): Promise<{ id: string; projectId: string }> {
  const id = newId();
  const newest = await db
    .selectFrom('scan_upload')
    .select((eb) => eb.fn.max('number').as('number'))
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  await db
    .insertInto('scan_upload')
    .values({
      id,
      project_id: projectId,
      number: Number(newest?.number ?? 0) + 1,
      by_account: 'admin',
      limit_json: JSON.stringify(limit),
      way: 'browser',
      file_name: 'room.zip',
      size: 1,
      state: 'reading',
      password_sealed: null,
      problem_json: null,
      warnings_json: '[]',
      files: null,
      passed_over: 0,
      begun_at: node.clock.now(),
      came_at: node.clock.now(),
      finished_at: null,
      done: 0,
      filled: 0,
      empty: 0,
      duplicate: 0,
      unrecognised: 0,
      foreign_pages: 0,
      bad_image: 0,
      already_uploaded: 0,
      deleted: 0,
    })
    .execute();
  return { id, projectId };
}

/** What the machine read. @param number null: nothing */
export function readingOf(
  number: string | null,
  { side = 1, filled = true }: { side?: 1 | 2; filled?: boolean } = {},
): Reading {
  return {
    widthPx: 1654,
    heightPx: 2339,
    dpi: 200,
    rotation: number === null ? null : 0,
    codes: [],
    sheet: number === null ? null : { number, side, more: null },
    class: number === null ? 'unrecognised' : filled ? 'recognised-filled' : 'recognised-empty',
    ink: number === null ? null : { mm2: filled ? 40 : 0, longestMm: filled ? 9 : 0, filled, review: false },
    quality: null,
    marks: [],
    problem: number === null ? { type: 'page-without-code' } : null,
  };
}

export const badReading: Reading = {
  ...readingOf(null),
  class: 'bad-image',
  problem: { type: 'image-cut-short' },
};

/** @param image its content, as a digest: pages with the same one are the same image */
export function scanOf(position: number, reading: Reading, image = newId()): NewScan {
  return {
    position,
    name: `${position}.jpg`,
    digest: Buffer.from(image).toString('hex').padEnd(64, '0').slice(0, 64),
    thumbnail: null,
    reading,
  };
}

/** Of an answer form 1: of its first question the machine is not sure, of the second one it is; the others it did not see. */
export function unsureReading(number: string): Reading {
  const box = (row: number, column: number, score: number, state: MarkState) => ({
    field: 'choice-1',
    row,
    column,
    score,
    state,
  });
  return {
    ...readingOf(number),
    rotation: 0,
    marks: [0, 1].flatMap((row) =>
      [0, 1, 2, 3].map((column) =>
        column > 0
          ? box(row, column, 0, 'empty')
          : row === 0
            ? box(row, 0, 0.4, 'review')
            : box(row, 0, 1, 'marked'),
      ),
    ),
  };
}
