/** What has come and what is missing, as the lists say it: of an event's sites, of a site's kits, of one side's pages. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { ownNumber } from '../../exam/form/sheet-number.ts';
import type { Limit } from '../../node/users/limit.ts';
import { makeProject, openTestCentre, type TestCentre } from '../centre.fixture.ts';
import { keepRegister } from '../events/keep-register.ts';
import { decide } from '../scans/decide.ts';
import { keepScans } from '../scans/keep-scans.ts';
import {
  badReading,
  makeEvent,
  makeUpload,
  numbersOf,
  readingOf,
  registerKits,
  scanOf,
  testPrefix,
  type TestEvent,
} from '../scans/scans.fixture.ts';
import type { KitsFilter, SitesFilter } from './contract.ts';
import { completenessEvents } from './events.ts';
import { kitSides, sheetPages, siteKits } from './kits.ts';
import { completenessSites } from './sites.ts';
import { strangersOf } from './strangers.ts';
import { kitsTable, missingTable, sitesTable } from './tables.ts';

let here: TestCentre;
let projectId: string;
let event: TestEvent;
/** Kits 1 to 3 are of S1, 4 of S2. Of kit 1 everything came, of 2 a duplicate and an empty sheet, of 3 nothing. */
beforeEach(async () => {
  here = await openTestCentre('file');
  ({ projectId } = await makeProject(here));
  event = await makeEvent(here.centre, projectId);
  await registerKits(here.centre, event, { site: 'S1', room: 'S1-R1', from: 1, to: 2 });
  await registerKits(here.centre, event, { site: 'S1', room: 'S1-R2', from: 3, to: 3 });
  await registerKits(here.centre, event, { site: 'S2', room: 'S2-R1', from: 4, to: 4 });
  const upload = await makeUpload(here.centre, projectId);
  const [form, answers, back] = numbersOf(1);
  const [twice, blank] = numbersOf(2);
  expectOk(
    await keepScans(here.centre, upload, [
      scanOf(0, readingOf(form)),
      scanOf(1, readingOf(answers)),
      scanOf(2, readingOf(back)),
      scanOf(3, readingOf(back, { side: 2 })),
      scanOf(4, readingOf(twice), 'a'),
      scanOf(5, readingOf(twice), 'b'),
      scanOf(6, readingOf(blank, { filled: false })),
      scanOf(7, readingOf(null)),
      scanOf(8, badReading),
      scanOf(9, readingOf(ownNumber(testPrefix, 99_999))),
    ]),
  );
});
afterEach(() => here.close());

const sites = async (more: Partial<SitesFilter> = {}, limit: Limit | null = null) =>
  expectOk(
    await completenessSites(
      here.centre,
      {
        projectId,
        eventId: event.id,
        show: 'all',
        region: null,
        search: '',
        by: 'code',
        descending: false,
        offset: 0,
        limit: 100,
        ...more,
      },
      limit,
    ),
  );
const kitsFilter = (more: Partial<KitsFilter> = {}) => ({
  projectId,
  eventId: event.id,
  siteCode: 'S1',
  show: 'all' as const,
  room: null,
  by: 'kit' as const,
  descending: false,
  ...more,
});
const kits = async (more: Partial<KitsFilter> = {}) =>
  expectOk(await siteKits(here.centre, { offset: 0, limit: 100, ...kitsFilter(more) }));
const shown = async (more: Partial<KitsFilter> = {}) => (await kits(more)).kits.map(({ kit }) => kit);
const codes = async (more: Partial<SitesFilter> = {}) =>
  (await sites(more)).rows.map(({ siteCode }) => siteCode);

test('sites are listed with what came, found by what is wrong with them, and ordered by every column', async () => {
  const { rows, sums, found, event: whole } = await sites();
  expect(rows).toMatchObject([
    { siteCode: 'S1', sums: { kits: 3, sides: 12, came: 6, filled: 4, empty: 1, duplicate: 2 } },
    { siteCode: 'S2', sums: { kits: 1, sides: 4, came: 0 } },
  ]);
  expect(sums).toEqual(whole.sums);
  expect(found).toEqual({ all: 2, incomplete: 2, duplicates: 1, complete: 0, nothing: 1 });
  expect(await codes({ show: 'duplicates' })).toEqual(['S1']);
  expect(await codes({ show: 'nothing' })).toEqual(['S2']);
  expect(await codes({ search: 's2' })).toEqual(['S2']);
  for (const by of ['scans', 'filled', 'duplicate', 'empty', 'missing', 'part', 'kits', 'code'] as const) {
    const up = await codes({ by });
    expect([by, await codes({ by, descending: true })]).toEqual([by, up.toReversed()]);
  }
});

test('a user who is limited sees events, sites and sums of the own sites alone', async () => {
  const limit: Limit = { to: 'site', projectId, siteCode: 'S2' };
  expect(await sites({}, limit)).toMatchObject({ total: 1, event: { sites: 1, sums: { kits: 1, came: 0 } } });
  expect(await completenessEvents(here.centre, projectId, limit)).toMatchObject([{ sites: 1 }]);
  expect(await completenessEvents(here.centre, projectId, { ...limit, siteCode: 'S3' })).toEqual([]);
  expect(await completenessEvents(here.centre, projectId, null)).toMatchObject([
    { sites: 2, sums: { kits: 4, sides: 16, came: 6 } },
  ]);
});

test('a site shows every side of every kit, by what is there of it', async () => {
  const { columns, kits: rows, rooms, additional, unused } = await kits();
  expect(columns.map(({ kind, sides }) => [kind, sides])).toEqual([
    ['registration', 1],
    ['answers-1', 1],
    ['answers-2', 2],
  ]);
  expect(rows.map((row) => [row.kit, row.room, ...kitSides(row)])).toEqual([
    ['100001', 'S1-R1', 'filled', 'filled', 'filled', 'filled'],
    ['100002', 'S1-R1', 'duplicate', 'empty', 'missing', 'missing'],
    ['100003', 'S1-R2', 'missing', 'missing', 'missing', 'missing'],
  ]);
  expect([rooms, additional, unused]).toEqual([['S1-R1', 'S1-R2'], [], 0]);
  expect(await shown({ show: 'filled' })).toEqual(['100001']);
  expect(await shown({ show: 'empty' })).toEqual(['100002']);
  expect(await shown({ show: 'missing' })).toEqual(['100002', '100003']);
  expect(await shown({ room: 'S1-R2' })).toEqual(['100003']);
  expect(await shown({ by: 'state' })).toEqual(['100002', '100003', '100001']);
  expect(await shown({ descending: true })).toEqual(['100003', '100002', '100001']);
});

test('an additional sheet stands below: once it is somebody’s, or came; the others are counted', async () => {
  const [loose, given, came] = [50_001, 50_002, 50_003].map((serial) => ownNumber(testPrefix, serial));
  const sheet = (number = '') => ({ number, kind: 'additional' as const, place: 9, sides: 1 as const });
  const place = { siteCode: 'S1', roomCode: 'S1-R1', copy: 1 };
  await here.centre.db.transaction().execute(async (trx) => {
    await keepRegister(trx, event, [{ ...place, kit: null, sheets: [sheet(loose), sheet(came)] }]);
    await keepRegister(trx, event, [{ ...place, kit: '200001', sheets: [sheet(given)] }]);
  });
  const upload = await makeUpload(here.centre, projectId);
  expectOk(await keepScans(here.centre, upload, [scanOf(0, readingOf(came ?? ''))]));
  const { additional, unused, columns } = await kits();
  expect(additional.map(({ number, kit, side1 }) => [number, kit, side1])).toEqual([
    [came, null, 'filled'],
    [given, '200001', 'missing'],
  ]);
  expect([unused, columns.length]).toEqual([1, 3]);
});

test('behind a mark are all images of that side that count', async () => {
  const of = { projectId, eventId: event.id, siteCode: 'S1', number: numbersOf(2)[0], side: 1 } as const;
  const pages = expectOk(await sheetPages(here.centre, of));
  expect(pages.map(({ name, class: one }) => [name, one])).toEqual([
    ['4.jpg', 'duplicate'],
    ['5.jpg', 'duplicate'],
  ]);
  expectOk(await decide(here.centre, projectId, pages[0]?.scanId ?? '', { what: 'deleted' }, 'admin'));
  expect(expectOk(await sheetPages(here.centre, of)).map(({ name }) => name)).toEqual(['5.jpg']);
  expect(await sheetPages(here.centre, { ...of, siteCode: 'S2' })).toMatchObject({
    refusal: { type: 'no-such-sheet' },
  });
});

test('pages of nobody are counted and named by their upload, for whoever sent them', async () => {
  expect(await strangersOf(here.centre, projectId, null, 'x')).toMatchObject({
    unrecognised: 1,
    foreign: 1,
    badImage: 1,
    uploads: [{ number: 1, fileName: 'room.zip', pages: 3 }],
  });
  const limit: Limit = { to: 'regions', regions: ['North'] };
  expect(await strangersOf(here.centre, projectId, limit, 'x')).toMatchObject({ foreign: 0, uploads: [] });
  expect(await strangersOf(here.centre, projectId, limit, 'admin')).toMatchObject({ foreign: 1 });
  await makeUpload(here.centre, projectId, limit);
  await here.centre.db.updateTable('scan_upload').set({ foreign_pages: 2 }).where('number', '=', 2).execute();
  expect(await strangersOf(here.centre, projectId, limit, 'x')).toMatchObject({ foreign: 2 });
});

test('tables say the same in the language of who takes them, and everything that is missing by kit, sheet and side', async () => {
  const all = {
    projectId,
    eventId: event.id,
    show: 'all',
    region: null,
    search: '',
    by: 'code',
    descending: false,
    format: 'csv',
    language: 'ru',
  } as const;
  const lines = ({ content }: { content: string | Uint8Array }): string[] =>
    String(content).trim().split('\r\n').slice(1);
  expect(lines(expectOk(await sitesTable(here.centre, all, null)))).toEqual([
    expect.stringMatching(/^S1,.*,3,7,4,2,1,6,12$/),
    expect.stringMatching(/^S2,.*,1,0,0,0,0,4,4$/),
  ]);
  const missing = expectOk(await missingTable(here.centre, { ...all, siteCode: null }, null));
  expect(lines(missing)).toHaveLength(10);
  expect(missing.content).toContain(`S1,S1-R1,100002,Бланк ответов № 2,${numbersOf(2)[2]},2`);
  const ofOne = expectOk(await missingTable(here.centre, { ...all, siteCode: 'S2' }, null));
  expect(lines(ofOne)).toHaveLength(4);
  const kitRows = expectOk(await kitsTable(here.centre, { ...kitsFilter(), format: 'csv', language: 'en' }));
  expect(lines(kitRows)[1]).toBe('100002,S1-R1,duplicate,empty,missing,missing');
  const xlsx = expectOk(await kitsTable(here.centre, { ...kitsFilter(), format: 'xlsx', language: 'zh' }));
  expect(Buffer.from(xlsx.content).subarray(0, 2).toString()).toBe('PK');
});

test('what is not of this project and event is refused', async () => {
  const other = await makeProject(here, 'P2');
  const elsewhere = { ...kitsFilter(), projectId: other.projectId, offset: 0, limit: 1 };
  expect(await siteKits(here.centre, elsewhere)).toMatchObject({ refusal: { type: 'no-such-event' } });
  expect(await siteKits(here.centre, { ...elsewhere, projectId, siteCode: 'S9' })).toMatchObject({
    refusal: { type: 'no-such-site' },
  });
});
