/** The board of stages and the books of the day, against journals and packages as stations make them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../../base/result.ts';
import { openTestCentre, type TestCentre } from '../../centre.fixture.ts';
import { changeScans } from '../../scans/change-scans.ts';
import { decide } from '../../scans/decide.ts';
import { keepScans } from '../../scans/keep-scans.ts';
import { makeUpload, numbersOf, readingOf, scanOf } from '../../scans/scans.fixture.ts';
import { ok } from '../../../base/result.ts';
import { sayStageAtCentre } from '../board/site-stages.ts';
import { stageBoard } from '../board/stage-board.ts';
import { makeDay, type TestDay } from '../paper-day.fixture.ts';
import { receiveOfDay } from '../receiving/receive.ts';
import { online, siteDayFile, stationAt } from '../receiving/receiving.fixture.ts';
import { bookList, differencesTable } from './book-list.ts';
import { booksOf } from './books.ts';

let here: TestCentre;
let day: TestDay;
beforeAll(async () => {
  here = await openTestCentre('file');
  day = await makeDay(here);
});
afterAll(() => here.close());

const sheets = (kit: number) =>
  numbersOf(kit).map((number, i) => ({
    number,
    kind: (['registration', 'answers-1', 'answers-2'] as const)[i] ?? 'registration',
    place: i + 1,
    sides: i === 2 ? 2 : 1,
  }));
const printed = (kit: number, fate: 'good' | 'spoiled' | 'unused', room = '0001') => ({
  kit: String(100_000 + kit),
  room,
  fate,
  copy: 1,
  replaces: null,
  reason: fate === 'spoiled' ? 'torn' : null,
  sheets: sheets(kit),
});
const pages = (kit: number) =>
  [0, 1, 2, 2].map((sheet, i) => ({
    number: numbersOf(kit)[sheet] ?? '',
    side: i === 3 ? (2 as const) : (1 as const),
    kit: String(100_000 + kit),
  }));
const room = (code: string, kits: readonly number[], more: object = {}) => ({
  room: code,
  kitsIssued: kits.length,
  registrations: kits.length,
  additional: 0,
  absent: 0,
  unfinished: 0,
  reason: null,
  pages: kits.flatMap((kit) => pages(kit)),
  packages: [],
  ...more,
});
const of = () => ({ projectId: day.projectId, eventId: day.eventId, siteCode: 'S1' });
const books = async () => expectOk(await booksOf(here.centre, of()));
const receive = async (file: string) => expectOk(await receiveOfDay(here.centre, file, online(day)));

async function collect(kits: readonly number[]): Promise<void> {
  const upload = await makeUpload(here.centre, day.projectId);
  const scans = kits
    .flatMap((kit) => pages(kit))
    .map(({ number, side }, i) => scanOf(i, readingOf(number, { side })));
  expectOk(await keepScans(here.centre, upload, scans));
}

test('the books are empty of differences when everything is accounted for, and name what is not', async () => {
  const print = await stationAt(here, day, { kind: 'print', number: '1', room: '0001' });
  const spare = await stationAt(here, day, { kind: 'print', number: '2' });
  const scan = await stationAt(here, day, { kind: 'scan', number: '1' });
  const kits = [printed(1, 'good'), printed(2, 'good'), printed(3, 'spoiled'), printed(4, 'unused')];
  await receive(await print.journal({ v: 1, kits, additional: [] }));
  // A station that replaced another lists what it did not print.
  await receive(await spare.journal({ v: 1, kits: [printed(1, 'unused')], additional: [] }));
  await receive(await scan.journal({ v: 1, rooms: [room('0001', [1, 2])] }));
  await collect([1, 2]);
  const whole = await books();
  expect(whole.differences).toEqual([]);
  expect(whole.sums).toEqual({
    printed: 3,
    good: 2,
    spoiled: 1,
    unused: 1,
    used: 2,
    declaredKits: 2,
    scanned: 8,
    confirmed: 8,
    differences: 0,
  });
  expect(whole.journals).toEqual({ print: 2, scan: 1, protocols: 0 });
  const list = async () =>
    expectOk(
      await bookList(
        here.centre,
        { ...of(), by: 'site', search: '', onlyDifferences: false, offset: 0, limit: 50 },
        null,
      ),
    );
  expect((await list()).rows).toMatchObject([
    { siteCode: 'S1', printed: 3, differences: 0 },
    { siteCode: 'S2', printed: 0, differences: 0 },
  ]);
  // A newer closing takes the older one's place: a sheet of the spoiled kit, a page too few at the centre, a count that is wrong.
  await receive(await scan.journal({ v: 1, rooms: [room('0001', [1, 2, 3], { registrations: 2 })] }, 2));
  const { differences, sums } = await books();
  const types = new Set(differences.map(({ type }) => type));
  expect(types).toEqual(new Set(['spoiled-kit-scanned', 'page-not-at-centre', 'count-differs']));
  expect(differences.find(({ type }) => type === 'page-not-at-centre')).toMatchObject({
    number: numbersOf(3)[0],
    side: 1,
    room: '0001',
    remedy: 'send-again',
  });
  // What the list keeps goes when something changes.
  expect((await list()).sums.differences).toBe(sums.differences);
  // A page that was another kit's: no sum of pages moves, and other sheets are missing.
  const wrong = await here.centre.db
    .selectFrom('scan_standing')
    .select('scan_id')
    .where('number', '=', numbersOf(2)[1] ?? '')
    .executeTakeFirstOrThrow();
  const becomes = async (number = '') =>
    expectOk(
      await decide(here.centre, day.projectId, wrong.scan_id, { what: 'number', number, side: 1 }, 'op'),
    );
  await becomes(numbersOf(4)[1]);
  const moved = await books();
  expect(moved.sums.differences).not.toBe(sums.differences);
  expect((await list()).sums.differences).toBe(moved.sums.differences);
  await becomes(numbersOf(2)[1]);
  const north = expectOk(
    await bookList(
      here.centre,
      { ...of(), by: 'region', search: '', onlyDifferences: true, offset: 0, limit: 50 },
      null,
    ),
  );
  expect(north).toMatchObject({ total: 1, rows: [{ siteCode: null, differences: sums.differences }] });
  const table = expectOk(await differencesTable(here.centre, { ...of(), siteCode: null }, 'csv', null));
  expect(String(table.content).trim().split('\n')).toHaveLength(sums.differences + 1);
  const limited = await differencesTable(here.centre, { ...of(), siteCode: null }, 'csv', {
    to: 'site',
    projectId: day.projectId,
    siteCode: 'S2',
  });
  expect(String(expectOk(limited).content).trim().split('\n')).toHaveLength(1);
  for (const one of [print, spare, scan]) await one.close();
});

test('the board says how far each site is, and what is late', async () => {
  const { centre } = here;
  const board = async (more: object = {}, limit: Parameters<typeof stageBoard>[2] = null) =>
    expectOk(
      await stageBoard(centre, { ...of(), search: '', show: 'all', offset: 0, limit: 50, ...more }, limit),
    );
  expect((await board()).counts).toMatchObject({ sites: 2, late: 0, journalsMissing: 0 });
  here.pass(day.startAt - centre.node.clock.now() - 3_600_000);
  const at = centre.node.clock.now();
  const station = (id: string) => ({
    id,
    kind: 'print' as const,
    number: '7',
    room: null,
    replacedBy: null,
    admittedAt: at,
    journalAt: null,
  });
  const told = { eventId: day.eventId, status: 'readiness-confirmed' as const, reason: '', gaps: [] };
  const statuses = [{ ...told, toldAt: at, by: 'eva' }];
  await receive(
    await siteDayFile(here, day, { at, statuses, stages: [], stations: [station('never-came')] }),
  );
  const { rows } = await board();
  expect(rows).toMatchObject([
    { siteCode: 'S1', told: { 'readiness-confirmed': at }, late: null, journals: { here: 3, missing: 1 } },
    { siteCode: 'S2', told: {}, late: { status: 'readiness-confirmed' } },
  ]);
  const said = { ...of(), siteCode: 'S2', stage: 'printed', by: 'two' } as const;
  for (const done of [true, true]) expectOk(await sayStageAtCentre(centre, { ...said, done }));
  expect(await sayStageAtCentre(centre, { ...said, stage: 'sent', done: true })).toMatchObject({
    refusal: { type: 'stage-is-derived' },
  });
  expect(await sayStageAtCentre(centre, { ...said, siteCode: 'S9', done: true })).toMatchObject({
    refusal: { type: 'no-such-event' },
  });
  const stages = await board();
  expect(stages.counts.stages).toMatchObject({ printed: 1, scanned: 1, decrypted: 0 });
  expect(stages.rows[1]?.stages).toContainEqual({
    stage: 'printed',
    at: centre.node.clock.now(),
    said: true,
  });
  expectOk(await sayStageAtCentre(centre, { ...said, done: false }));
  expect((await board()).counts.stages.printed).toBe(0);
  expect((await board({ show: 'late' })).rows.map(({ siteCode }) => siteCode)).toEqual(['S2']);
  expect((await board({ show: 'journals' })).rows.map(({ siteCode }) => siteCode)).toEqual(['S1']);
  expect((await board({ search: 's2' })).total).toBe(1);
  here.pass(3_600_000);
  expect((await board()).rows[0]?.late).toMatchObject({ status: 'key-received' });
  const limit = { to: 'site', projectId: day.projectId, siteCode: 'S2' } as const;
  expect(await board({}, limit)).toMatchObject({ total: 1, counts: { sites: 1 } });
});

test('preprinted kits need no journal of a print station', async () => {
  expectOk(
    await changeScans(here.centre, day.projectId, async (db) => {
      await db.updateTable('event_day').set({ preprinted: 1 }).where('event_id', '=', day.eventId).execute();
      return ok();
    }),
  );
  const { differences, sums } = await books();
  expect(sums.printed).toBe(10);
  expect(differences.some(({ type }) => type === 'unprinted-kit-scanned')).toBe(false);
});
