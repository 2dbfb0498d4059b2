/** Marks: what waits for a person, what people decide, what is read again, and what comes out of it. */
import sharp from 'sharp';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { expectOk } from '../../../base/result.ts';
import { ownTemplates } from '../../../exam/form/own-templates.ts';
import { readingSchema, type Reading } from '../../../exam/scan/reading.ts';
import type { Limit } from '../../../node/users/limit.ts';
import { recognisePage } from '../../../recognise/recognise-page.ts';
import { jpegOf } from '../../../../tools/scans/file.ts';
import { makeScan, type Scan } from '../../../../tools/scans/scan.ts';
import { makeProject, openTestCentre, type TestCentre } from '../../centre.fixture.ts';
import { decide } from '../decide.ts';
import { keepScans } from '../keep-scans.ts';
import { makeEvent, makeUpload, numbersOf, registerKits, scanOf, type TestEvent } from '../scans.fixture.ts';
import { decideMarks } from './decide-marks.ts';
import { Desks } from './desks.ts';
import { exportMarks } from './export-marks.ts';
import { markEvents } from './mark-events.ts';
import { isOfSample, nextPage, rowAgain, type AtDesk } from './queue.ts';
import { readAgain } from './read-again.ts';

let scan: Scan;
let jpeg: Buffer;
/** As the machine reads it: 40 rows, all of them certain. */
let read: Reading;
beforeAll(async () => {
  const more = { kit: '100001', kind: 'answers-1' as const, copy: 1 };
  scan = await makeScan({ code: { number: numbersOf(1)[1], side: 1, more }, seed: 3, ink: 'much' });
  jpeg = await jpegOf(scan.raster);
  const all = readingSchema.parse(await recognisePage(jpeg));
  read = {
    ...all,
    marks: all.marks.map((mark) => (mark.state === 'review' ? { ...mark, state: 'marked' } : mark)),
  };
});

let here: TestCentre;
let projectId: string;
let event: TestEvent;
let desks: Desks;
beforeEach(async () => {
  here = await openTestCentre('file');
  ({ projectId } = await makeProject(here));
  event = await makeEvent(here.centre, projectId);
  await registerKits(here.centre, event, { site: 'S1', room: 'S1-R1', from: 1, to: 3 });
  await registerKits(here.centre, event, { site: 'S2', room: 'S2-R1', from: 4, to: 4 });
  desks = new Desks(here.centre.node.clock);
});
afterEach(() => here.close());

const at = (desk: string, limit: Limit | null = null): AtDesk => ({ desk, account: `of ${desk}`, limit });
const next = async (who: AtDesk, of: 'waiting' | 'sure' = 'waiting', every = 1) =>
  expectOk(await nextPage(here.centre, desks, { projectId, eventId: event.id, of, every, after: null }, who));
const eventNow = async () => (await markEvents(here.centre, projectId, null))[0];

type Mark = Reading['marks'][number];
/** The same reading with other marks in some boxes. */
function readingWith(
  number: string,
  changes: readonly (readonly [field: string, row: number, column: number, change: Partial<Mark>])[],
): Reading {
  return {
    ...read,
    sheet: { number, side: 1, more: { kit: '100001', kind: 'answers-1', copy: 1 } },
    marks: read.marks.map((mark) => {
      const [, , , change] =
        changes.find(
          ([field, row, column]) => field === mark.field && row === mark.row && column === mark.column,
        ) ?? [];
      return { ...mark, ...change };
    }),
  };
}

/** Of kit 1: row 3 is between the thresholds, row 5 has two marks. Of kit 2: one more that is not certain. Of kit 3: all certain. */
async function threePages(): Promise<void> {
  const upload = await makeUpload(here.centre, projectId);
  const unsure = { state: 'review', score: 0.4 } as const;
  const marked = { state: 'marked', score: 0.9 } as const;
  const empty = { state: 'empty', score: 0 } as const;
  const pages = [
    readingWith(numbersOf(1)[1], [
      ['choice-1', 2, 1, unsure],
      ['choice-1', 4, 0, marked],
      ['choice-1', 4, 1, empty],
      ['choice-1', 4, 2, marked],
      ['choice-1', 4, 3, empty],
    ]),
    readingWith(numbersOf(2)[1], [['choice-2', 0, 0, unsure]]),
    readingWith(numbersOf(3)[1], []),
  ];
  for (const [i, reading] of pages.entries()) {
    // The same page as three files: what is tried here is what was read of it.
    const { digest } = await here.centre.blobs.put(Buffer.concat([jpeg, Buffer.from([i])]));
    expectOk(await keepScans(here.centre, upload, [{ ...scanOf(i, reading), digest }]));
  }
}

test('rows between the thresholds, and two marks where one is allowed, wait; nothing else does', async () => {
  await threePages();
  expect(await eventNow()).toMatchObject({ rows: 120, open: 3, openPages: 2, unreadPages: 0 });
  const seen = [(await next(at('a'))).page, (await next(at('b'))).page].flatMap((page) => page?.rows ?? []);
  expect(seen.map(({ field, row, doubt }) => `${field} ${row} ${doubt}`).toSorted()).toEqual([
    'choice-1 2 unsure',
    'choice-1 4 two-answers',
    'choice-2 0 unsure',
  ]);
});

test('a row is shown as it was scanned: its boxes are where the picture has them', async () => {
  await threePages();
  const { page } = await next(at('a'));
  const row = page?.rows[0];
  const image = Buffer.from((row?.image ?? '').split(',')[1] ?? '', 'base64');
  const { data, info } = await sharp(image).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  for (const { at: box } of row?.boxes ?? []) {
    // Along the upper edge of the frame there is its line; a little to its left, between two boxes, paper.
    const x = Math.round((box.x + box.width / 2) * info.width);
    const y = Math.round(box.y * info.height);
    const darkest = Math.min(...[-3, -2, -1, 0, 1, 2, 3].map((dy) => data[(y + dy) * info.width + x] ?? 255));
    expect(darkest).toBeLessThan(160);
    const [left, middle] = [box.x * info.width - 8, (box.y + box.height / 2) * info.height];
    expect(data[Math.round(middle) * info.width + Math.round(left)]).toBeGreaterThan(200);
  }
});

test('what a person decides counts, is entered in the journal, and stands beside what the machine read', async () => {
  await threePages();
  const { page } = await next(at('a'));
  const row = page?.rows[0];
  if (!page || !row) throw new Error('nothing waits');
  const where = { projectId, scanId: page.scanId, field: row.field, row: row.row };
  const before = await here.centre.db.selectFrom('scan').selectAll().orderBy('id').execute();
  expect(
    expectOk(await decideMarks(here.centre, desks, { ...where, marked: [1, 0], upon: 0 }, at('a'))),
  ).toMatchObject({ seq: 1, open: { rows: 2 } });
  expect(await eventNow()).toMatchObject({ open: 2, decided: 1 });
  expect(await here.centre.db.selectFrom('scan').selectAll().orderBy('id').execute()).toEqual(before);
  expect(await rowAgain(here.centre, desks, where, at('a'))).toMatchObject({
    value: { rows: [{ decision: { marked: [0, 1], by: 'of a' }, seq: 1, machine: row.machine }] },
  });
  // Taken back: it waits again, and both steps are kept.
  expectOk(await decideMarks(here.centre, desks, { ...where, marked: null, upon: 1 }, at('a')));
  expect(await eventNow()).toMatchObject({ open: 3, decided: 0 });
  expect(await decideMarks(here.centre, desks, { ...where, marked: null, upon: 2 }, at('a'))).toMatchObject({
    refusal: { type: 'nothing-to-take-back' },
  });
  expect(await decideMarks(here.centre, desks, { ...where, marked: [4], upon: 2 }, at('a'))).toMatchObject({
    refusal: { type: 'no-such-column' },
  });
  const entries = here.centre.node.journal
    .after(0, 1_000)
    .map(({ header }) => JSON.parse(header) as { kind: string })
    .filter(({ kind }) => kind === 'marks-decided');
  expect(entries).toMatchObject([
    {
      subject: `scan:${page.scanId}`,
      data: { marked: [0, 1], purpose: 'review', agreed: false, by: 'of a' },
    },
    { data: { marked: null } },
  ]);
});

test('a page is at one desk at a time; of two decisions the first counts, and the second is told', async () => {
  await threePages();
  const [a, b, c] = [await next(at('a')), await next(at('b')), await next(at('c'))];
  expect(new Set([a.page?.scanId, b.page?.scanId]).size).toBe(2);
  expect(c).toMatchObject({ page: null, open: { rows: 3, pages: 2, elsewhere: 2 } });
  const row = a.page?.rows[0];
  const where = { projectId, scanId: a.page?.scanId ?? '', field: row?.field ?? '', row: row?.row ?? 0 };
  expect(await rowAgain(here.centre, desks, where, at('c'))).toMatchObject({
    refusal: { type: 'marks-at-other-desk', by: 'of a' },
  });
  // Somebody who went for tea.
  here.pass(181_000);
  expect((await next(at('c'))).page).not.toBeNull();
  const both = await Promise.all(
    ['a', 'c'].map((desk, column) =>
      decideMarks(here.centre, desks, { ...where, marked: [column], upon: 0 }, at(desk)),
    ),
  );
  expect(both.filter(({ ok }) => ok).length).toBe(1);
  expect(both.find(({ ok }) => !ok)).toMatchObject({
    refusal: { type: 'marks-decided-meanwhile', by: expect.stringMatching(/^of [ac]$/) },
  });
  expect(await here.centre.db.selectFrom('mark_decision').selectAll().execute()).toHaveLength(1);
});

test('of the rows that the machine was sure of, a sample is the same for everybody, and people’s word is counted', async () => {
  await threePages();
  const { page } = await next(at('a'), 'sure', 4);
  if (!page) throw new Error('no sample');
  expect(page.rows.length).toBeGreaterThan(2);
  expect(page.rows.length).toBeLessThan(25);
  expect(page.rows.every(({ doubt }) => doubt === null)).toBe(true);
  const [field] = (ownTemplates[1]?.sides[0]?.fields ?? []).filter((one) => one.type === 'marks');
  if (!field) throw new Error('no marks');
  expect(isOfSample('x', { field, row: 1, doubt: null, seq: 1 }, 1)).toBe(false);
  for (const [i, row] of page.rows.slice(0, 2).entries())
    expectOk(
      await decideMarks(
        here.centre,
        desks,
        {
          projectId,
          scanId: page.scanId,
          field: row.field,
          row: row.row,
          marked: i === 0 ? row.machine : [...row.machine, ...(row.machine.includes(3) ? [2] : [3])],
          upon: 0,
        },
        at('a'),
      ),
    );
  expect(await eventNow()).toMatchObject({ checked: 2, agreed: 1, decided: 0, open: 3 });
});

test('nothing of it reaches beyond the limit of a user', async () => {
  await threePages();
  const south = at('s', { to: 'site', projectId, siteCode: 'S2' });
  expect(await next(south)).toMatchObject({ page: null, open: { rows: 0, pages: 0 } });
  expect(await markEvents(here.centre, projectId, south.limit)).toMatchObject([{ rows: 0, open: 0 }]);
  const { page } = await next(at('a'));
  const where = { projectId, scanId: page?.scanId ?? '', field: 'choice-1', row: 2 };
  for (const refused of [
    await rowAgain(here.centre, desks, where, south),
    await decideMarks(here.centre, desks, { ...where, marked: [], upon: 0 }, south),
  ])
    expect(refused).toMatchObject({ refusal: { type: 'no-such-row' } });
  expect(await csv(south.limit)).not.toContain('S1');
});

async function csv(limit: Limit | null = null): Promise<string> {
  const asked = { projectId, eventId: event.id, format: 'csv', language: 'en' } as const;
  const pieces = await Array.fromAsync(expectOk(await exportMarks(here.centre, asked, limit)).stream);
  return Buffer.concat(pieces).toString();
}

test('a page whose number was typed has no marks, until it is read again as what the register says', async () => {
  const grey = Uint8Array.from(scan.raster.grey);
  const lines = (mm: number): number => Math.round((mm / 25.4) * 200) * scan.raster.width;
  grey.fill(255, 0, lines(9.5)).fill(255, lines(15.5), lines(31)).fill(255, lines(274), lines(281.5));
  grey.fill(255, lines(287.5));
  for (let y = lines(9.5); y < lines(15.5); y += scan.raster.width)
    grey.fill(255, y + 200, y + scan.raster.width - 130);
  for (let y = lines(281.5); y < lines(287.5); y += scan.raster.width)
    grey.fill(255, y + 200, y + scan.raster.width - 130);
  const { digest } = await here.centre.blobs.put(await jpegOf({ ...scan.raster, grey: grey.toReversed() }));
  const blank = await here.centre.blobs.read(digest);
  const first = readingSchema.parse(await recognisePage(blank ?? new Uint8Array()));
  expect(first).toMatchObject({ sheet: null, marks: [], rotation: null });
  const upload = await makeUpload(here.centre, projectId);
  expectOk(await keepScans(here.centre, upload, [{ ...scanOf(0, first), digest }]));
  const { id } = await here.centre.db.selectFrom('scan').select('id').executeTakeFirstOrThrow();
  expectOk(
    await decide(here.centre, projectId, id, { what: 'number', number: numbersOf(1)[1], side: 1 }, 'admin'),
  );
  expect(await eventNow()).toMatchObject({ rows: 0, unreadPages: 1 });
  const asked = { projectId, eventId: event.id, after: null };
  expect(await readAgain(here.centre, asked, { account: 'ann', limit: null })).toMatchObject({
    value: { looked: 1, read: 1, after: null },
  });
  expect(await eventNow()).toMatchObject({ rows: 40, unreadPages: 0 });
  // It lay on its head, which no code said.
  const again = await here.centre.db.selectFrom('mark_reading').selectAll().executeTakeFirstOrThrow();
  expect(JSON.parse(again.reading_json)).toMatchObject({ rotation: 180, marks: { length: 160 } });
  const wrong = scan.truth.marks.filter(({ field, row, column, kind }) => {
    const found = readingSchema
      .parse(JSON.parse(again.reading_json))
      .marks.find((one) => one.field === field && one.row === row && one.column === column);
    const meant = kind === 'none' ? 'empty' : kind === 'taken-back' ? kind : 'marked';
    return found?.state !== 'review' && found?.state !== meant;
  });
  expect(wrong).toEqual([]);
  // Typed anew as another form, these are not its boxes.
  expectOk(
    await decide(here.centre, projectId, id, { what: 'number', number: numbersOf(1)[0], side: 1 }, 'admin'),
  );
  expect(await eventNow()).toMatchObject({ rows: 0, unreadPages: 1 });
  expect(await readAgain(here.centre, asked, { account: 'ann', limit: null })).toMatchObject({
    value: { looked: 1, read: 0, after: null },
  });
  const kept = await here.centre.db.selectFrom('scan').select('reading_json').executeTakeFirstOrThrow();
  expect(JSON.parse(kept.reading_json)).toMatchObject({ sheet: null, marks: [] });
});

test('the table has a line for each row, with who says so and how certain it is', async () => {
  await threePages();
  const { page } = await next(at('a'));
  const row = page?.rows.find(({ field }) => field !== '');
  const where = { projectId, scanId: page?.scanId ?? '', field: row?.field ?? '', row: row?.row ?? 0 };
  expectOk(await decideMarks(here.centre, desks, { ...where, marked: [0, 2], upon: 0 }, at('a')));
  const lines = (await csv()).trim().split('\r\n');
  expect(lines).toHaveLength(121);
  expect(lines[0]).toContain('Site,Room,Kit,Sheet,Side,Field,Question,Answer,Decided by,State,Score,Page');
  expect(lines.filter((line) => line.includes(',person,two answers,'))).toHaveLength(1);
  expect(lines.filter((line) => line.includes(',,machine,waits for a person,'))).toHaveLength(2);
  expect(lines.some((line) => line.startsWith(`S1,S1-R1,100001,${numbersOf(1)[1]},1,choice-1,1,`))).toBe(
    true,
  );
});
