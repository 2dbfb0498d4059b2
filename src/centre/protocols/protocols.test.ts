/** Sites declare what they used and handed over; the centre sees who has, who is late, and where it differs from what came. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { protocolDueAt, type ProtocolBody } from '../../exam/scan/protocol.ts';
import { makeProject, openTestCentre, type TestCentre } from '../centre.fixture.ts';
import { keepScans } from '../scans/keep-scans.ts';
import {
  makeEvent,
  makeUpload,
  numbersOf,
  readingOf,
  registerKits,
  scanOf,
  type TestEvent,
} from '../scans/scans.fixture.ts';
import { handIn } from './hand-in.ts';
import { missingOfSite } from './missing-table.ts';
import { protocolTemplate, readProtocolFile } from './protocol-file.ts';
import { protocolEvents, protocolSites } from './protocol-lists.ts';
import { siteProtocols } from './site-protocols.ts';

let here: TestCentre;
let projectId: string;
let event: TestEvent;
const hour = 3_600_000;
const dueAt = protocolDueAt('2026-06-01', 24);

/** Of S1-R1 came kit 1, and of kit 2 the registration form; of S1-R2 nothing. */
beforeEach(async () => {
  here = await openTestCentre('file');
  ({ projectId } = await makeProject(here));
  event = await makeEvent(here.centre, projectId);
  await registerKits(here.centre, event, { site: 'S1', room: 'S1-R1', from: 1, to: 2 });
  await registerKits(here.centre, event, { site: 'S1', room: 'S1-R2', from: 3, to: 3 });
  await registerKits(here.centre, event, { site: 'S2', room: 'S2-R1', from: 4, to: 4 });
  const upload = await makeUpload(here.centre, projectId);
  const [form, answers, back] = numbersOf(1);
  const pages = [readingOf(form), readingOf(answers), readingOf(back), readingOf(back, { side: 2 })];
  expectOk(
    await keepScans(
      here.centre,
      upload,
      [...pages, readingOf(numbersOf(2)[0])].map((reading, i) => scanOf(i, reading)),
    ),
  );
});
afterEach(() => here.close());

const of = (siteCode = 'S1') => ({ projectId, eventId: event.id, siteCode });
const body: ProtocolBody = {
  conductedBy: 'Ахметова Айгуль',
  startedAt: '10:00',
  endedAt: '13:30',
  kitsReceived: 2,
  kitsUsed: 2,
  absent: 0,
  notFinished: 0,
  spoiledKits: [],
  registrationForms: 2,
  answerForms: 4,
  additionalSheets: 0,
  remarks: '',
  signedBy: 'Ахметова Айгуль',
};
const give = (room: string, more: Partial<ProtocolBody> = {}, site = 'S1') =>
  handIn(here.centre, of(site), [{ room, body: { ...body, ...more } }], { way: 'form', account: 'school' });
const states = async (show: 'all' | 'overdue' = 'all') =>
  expectOk(
    await protocolSites(
      here.centre,
      { projectId, eventId: event.id, show, search: '', offset: 0, limit: 50 },
      null,
    ),
  ).rows.map(({ siteCode, state, given, differences }) => [siteCode, state, given, differences]);

test('a newer version counts, the older one stays, and the journal says both', async () => {
  expectOk(await give('S1-R1'));
  here.pass(hour);
  const site = expectOk(await give('S1-R1', { answerForms: 2 }));
  expect(site.rooms[0]?.versions.map(({ version, body: { answerForms } }) => [version, answerForms])).toEqual(
    [
      [2, 2],
      [1, 4],
    ],
  );
  expect(site.rooms[0]?.differences).toEqual([]);
  expect(site.rooms[0]?.missing.sheets.map(({ kit, kind }) => [kit, kind])).toEqual([
    ['100002', 'answers-1'],
    ['100002', 'answers-2'],
  ]);
  const entries = here.centre.node.journal
    .after(0, 1_000)
    .map(({ header }) => JSON.parse(header) as { kind: string; data: unknown })
    .filter(({ kind }) => kind === 'protocol-handed-in');
  expect(entries.map(({ data }) => data)).toMatchObject([
    { site: 'S1', room: 'S1-R1', version: 1, by: 'school', way: 'form', late: false },
    { version: 2 },
  ]);
});

test('two that are handed in at once are two versions', async () => {
  await Promise.all([give('S1-R1'), give('S1-R1'), give('S1-R1')]);
  const { rooms } = expectOk(await siteProtocols(here.centre, of()));
  expect(rooms[0]?.versions.map(({ version }) => version)).toEqual([3, 2, 1]);
});

test('a site is open, overdue, given or late; a protocol that was in time and is corrected later stays in time', async () => {
  expectOk(await give('S1-R1'));
  expect(await states()).toEqual([
    ['S1', 'open', 1, 1],
    ['S2', 'open', 0, null],
  ]);
  here.pass(dueAt - here.centre.node.clock.now() + 1);
  expect(await states('overdue')).toEqual([
    ['S1', 'overdue', 1, 1],
    ['S2', 'overdue', 0, null],
  ]);
  expectOk(await give('S1-R1', { answerForms: 2 }));
  expect(expectOk(await siteProtocols(here.centre, of())).rooms[0]?.late).toBe(false);
  const one = { kitsReceived: 1, kitsUsed: 0, absent: 1, registrationForms: 0, answerForms: 0 };
  expectOk(await give('S1-R2', one));
  expect(await states()).toEqual([
    ['S2', 'overdue', 0, null],
    ['S1', 'late', 2, 0],
  ]);
  expect(await protocolEvents(here.centre, projectId, null)).toMatchObject([
    { sites: 2, given: 1, late: 1, overdue: 1, dueAt },
  ]);
  const limit = { to: 'site', projectId, siteCode: 'S2' } as const;
  expect(await protocolEvents(here.centre, projectId, limit)).toMatchObject([{ sites: 1, given: 0 }]);
});

test('what contradicts the register, or is of another site or project, is not taken', async () => {
  expect(await give('S2-R1')).toMatchObject({ refusal: { type: 'protocol-room-unknown' } });
  expect(await give('S1-R1', { spoiledKits: ['100004'], kitsUsed: 1 })).toMatchObject({
    refusal: { type: 'protocol-kit-not-of-room', kit: '100004' },
  });
  const other = await makeProject(here, 'P2');
  expect(
    await handIn(here.centre, { ...of(), projectId: other.projectId }, [], { way: 'form', account: 'x' }),
  ).toMatchObject({ refusal: { type: 'no-such-event' } });
  expect(expectOk(await siteProtocols(here.centre, of())).rooms[0]?.versions).toEqual([]);
});

const field = [
  'Room',
  'Conducted by',
  'Started (hh:mm)',
  'Ended (hh:mm)',
  'Kits received',
  'Kits used',
  'Absent',
];
const head = [
  ...field,
  'Removed or not finished',
  'Spoiled kits (numbers)',
  'Registration forms handed over',
  'Answer forms handed over',
  'Additional sheets handed over',
  'Remarks',
  'Signed by',
];
const table = (...lines: string[]) => here.file('p.csv', [head.join(','), ...lines].join('\n'));

test('the table to fill in names the rooms, and comes back as what was filled in, in any of the languages', async () => {
  expectOk(await give('S1-R1'));
  for (const language of ['en', 'zh', 'ru'] as const) {
    const { fileName, content } = expectOk(await protocolTemplate(here.centre, { ...of(), language }));
    const read = expectOk(await readProtocolFile(here.centre, of(), await here.file(fileName, content)));
    // The other room is not filled in yet.
    expect(read).toEqual({ rooms: [{ line: 2, room: 'S1-R1', body, replaces: true }], errors: [] });
  }
});

test('every value of a table that is wrong is told with its line, and one wrong line keeps all of them back', async () => {
  const file = await table(
    'S1-R1,Ann,9:00,12:00,2,2,0,0,,2,4,0,,Ann',
    'S1-R2,Ann,noon,12:00,one,0,1,0,,0,0,0,,',
    'S9-R9,Ann,09:00,12:00,1,1,0,0,,1,2,0,,Ann',
    'S1-R1,Ann,09:00,12:00,1,2,0,0,"100001; 100009",2,4,0,,Ann',
  );
  const { rooms, errors } = expectOk(await readProtocolFile(here.centre, of(), file));
  expect(rooms.map(({ line, body: { startedAt } }) => [line, startedAt])).toEqual([[2, '09:00']]);
  expect(errors.map(({ line, reason }) => [line, reason.type])).toEqual([
    [3, 'protocol-value-not-time'],
    [3, 'protocol-value-not-number'],
    [3, 'protocol-value-missing'],
    [4, 'protocol-room-unknown'],
    [5, 'protocol-room-twice'],
    [5, 'protocol-more-than-received'],
    [5, 'protocol-kit-not-of-room'],
  ]);
  // All or nothing, also where the register changed after the preview.
  const both = [
    { room: 'S1-R1', body },
    { room: 'S1-R9', body },
  ];
  expect(await handIn(here.centre, of(), both, { way: 'file', account: 'school' })).toMatchObject({
    refusal: { type: 'protocol-room-unknown' },
  });
  expect(expectOk(await siteProtocols(here.centre, of())).rooms[0]?.versions).toEqual([]);
});

test('a table without our headings, or with nothing in it, is refused', async () => {
  expect(
    await readProtocolFile(here.centre, of(), await here.file('x.csv', 'Room,Kits\n1,2\n')),
  ).toMatchObject({
    refusal: { type: 'protocol-columns-missing' },
  });
  expect(await readProtocolFile(here.centre, of(), await table('S1-R1,,,,2,,,,,,,,,'))).toMatchObject({
    refusal: { type: 'protocol-file-empty' },
  });
});

test('what is missing goes to the site as a table', async () => {
  expectOk(await give('S1-R1'));
  const { content } = expectOk(await missingOfSite(here.centre, { ...of(), language: 'en' }));
  const { default: excel } = await import('exceljs');
  const workbook = new excel.Workbook();
  await workbook.xlsx.load(content.slice().buffer);
  const rows = JSON.stringify(workbook.worksheets[0]?.getSheetValues());
  expect(rows).toContain(numbersOf(2)[1]);
  expect(rows).toContain('1, 2');
});
