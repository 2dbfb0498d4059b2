/** A room at the scan station, from its first page to its package, and everything that does not fit. */
import { rmSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { jsonIn } from '../../base/json.ts';
import { ownNumber } from '../../exam/form/sheet-number.ts';
import {
  answerSheetsContentsSchema,
  contentsPart,
  scanFatesSchema,
  stationJournalParts,
} from '../../exam/paper-day/parcels.ts';
import { siteFormsRoom } from '../../exam/paper-day/scan-room.ts';
import { openParcel } from '../../parcel/parcel.ts';
import { makeJournal } from '../closing/make-journal.ts';
import { loadMaterials } from '../materials/load-materials.ts';
import { day, plannedKits } from '../station.fixture.ts';
import { closeRoom, packagePath } from './packages.ts';
import { decideOnPage, declareCounts, openRoom } from './rooms.ts';
import { makeScanJournal } from './scan-journal.ts';
import {
  allRead,
  begun,
  jot,
  loadJournals,
  printed,
  scanned,
  scanPlace,
  sidesOf,
  type ScanPlace,
} from './scan.fixture.ts';
import { roomView, scanView } from './view.ts';

let place: ScanPlace;
afterEach(() => place.close());

const kitsOf = (room: string) => place.kits.filter((kit) => kit.room === room);
const problems = (room: string) =>
  roomView(place.desk, room)?.pages.flatMap(({ problem }) => problem ?? []) ?? [];
const pageWith = (room: string, problem: string) => {
  const page = roomView(place.desk, room)?.pages.find((one) => one.problem === problem);
  if (!page) throw new Error(`no page ${problem}`);
  return page;
};
const decide = (room: string, problem: string, decision: Parameters<typeof decideOnPage>[1]['decision']) => {
  const page = pageWith(room, problem);
  return decideOnPage(place.desk, { page: page.id, seen: page.seen, decision });
};

async function opened(id: string) {
  const { above, here } = place;
  const parcel = expectOk(
    await openParcel(packagePath(place.desk, id), {
      trust: { roots: [above.root], at: null },
      identities: [above.centreKeys.sealing.identity],
      recipient: above.centreKeys.sealing.recipient,
      staging: join(here.station.node.staging, id.slice(0, 12)),
      expect: {
        kind: 'answer-sheets',
        to: { role: 'centre', code: 'CENTRE' },
        project: 'project-1',
        mode: 'formal',
      },
    }),
  );
  const at = (name: string) => readFile(parcel.parts.get(name)?.file ?? '');
  const contents = answerSheetsContentsSchema.parse(jsonIn(await at(contentsPart)));
  return { parcel, contents, at };
}

test('a whole room goes from the scanner into a sealed package that only the centre opens', async () => {
  place = await scanPlace();
  const [one, two, reserve] = kitsOf('0001');
  if (!one || !two || !reserve) throw new Error('no kits');
  expectOk(
    await loadJournals(
      place,
      await place.printJournal('0001', printed([one, two, reserve], { [reserve.kit]: 'unused' })),
    ),
  );
  await begun(place, '0001', { kitsIssued: 2, registrations: 2, absent: 1 });
  const run = await scanned(place, '0001', [...sidesOf(one), ...sidesOf(two)]);
  expect(run).toMatchObject({ end: 'empty', pages: 8, again: 0, refusal: null });
  expect(place.scanner.waiting).toBe(0);
  expect(roomView(place.desk, '0001')).toMatchObject({ problems: [], unfit: 0, blocked: null });
  const [made] = expectOk(await closeRoom(place.desk, '0001', ''));
  const { parcel, contents, at } = await opened(made?.id ?? '');
  expect(parcel.manifest.about).toMatchObject({ room: '0001', part: 1, parts: 1, pages: 8, replaces: null });
  expect(contents.counts).toEqual({
    kitsIssued: 2,
    registrations: 2,
    additional: 0,
    absent: 1,
    unfinished: 0,
    reason: null,
  });
  expect(contents.pages.map(({ number, side, kit }) => [number, side, kit])).toEqual(
    [one, two].flatMap((kit) => sidesOf(kit).map(({ number, side }) => [number, side, kit.kit])),
  );
  expect(await at('page-1')).toEqual(Buffer.from(jot(sidesOf(one)[0] ?? {})));
  const kinds = place.here.station.node.journal
    .ofOrigin(place.here.station.node.journal.self.origin, place.here.station.node.journal.self.epoch, 0, 100)
    .map(({ header }) => (JSON.parse(header) as { kind: string }).kind);
  expect(kinds.slice(-3)).toEqual(['scan-room-opened', 'scan-counts-declared', 'scan-room-closed']);
});

test('the END_SCAN journal names rooms, pages and packages, and is made only when no room is open', async () => {
  place = await scanPlace();
  const [one] = kitsOf('0002');
  if (!one) throw new Error('no kit');
  await begun(place, '0002', { kitsIssued: 1, registrations: 1 });
  await scanned(place, '0002', sidesOf(one));
  expect(await makeScanJournal(place.desk)).toMatchObject({
    refusal: { type: 'scan-rooms-open', rooms: '0002' },
  });
  const [made] = expectOk(await closeRoom(place.desk, '0002', 'the print journal is missing'));
  // The next day, and the key is not needed any more.
  await place.again(false);
  const { file, fileName } = expectOk(await makeScanJournal(place.desk));
  expect(fileName).toBe('END_SCAN_07_0801_010626_01_Русский_язык_01.dat');
  const parcel = expectOk(
    await openParcel(file, {
      trust: { roots: [place.above.root], at: null },
      identities: [place.above.siteKeys.sealing.identity],
      recipient: place.above.siteKeys.sealing.recipient,
      staging: join(place.here.station.node.staging, 'end-scan'),
      expect: { kind: 'station-journal', to: { role: 'centre', code: 'CENTRE' }, project: null, mode: null },
    }),
  );
  const fates = scanFatesSchema.parse(
    jsonIn(await readFile(parcel.parts.get(stationJournalParts.fates)?.file ?? '')),
  );
  expect(fates.rooms).toMatchObject([
    { room: '0002', kitsIssued: 1, reason: 'the print journal is missing', packages: [made?.id] },
  ]);
  expect(fates.rooms[0]?.pages).toHaveLength(4);
});

test('each page that does not fit is named, and what a person decides about it counts', async () => {
  place = await scanPlace({
    plan: {
      additional: [
        { number: ownNumber('204117', 900), kind: 'additional', place: 1, sides: 2, room: '0001' },
      ],
    },
  });
  const [good, spoiled, unused] = kitsOf('0001');
  const [other] = kitsOf('0002');
  if (!good || !spoiled || !unused || !other) throw new Error('no kits');
  const journal = await place.printJournal(
    '0001',
    printed([good, spoiled, unused], { [spoiled.kit]: 'spoiled', [unused.kit]: 'unused' }),
  );
  expectOk(await loadJournals(place, journal));
  await begun(place, '0001', { kitsIssued: 1, registrations: 1, additional: 1 });
  const first = (kit: typeof good) => kit.sheets[0]?.number ?? '';
  const foreign = ownNumber('999999', 7);
  await scanned(place, '0001', [
    ...sidesOf(good).slice(0, 2),
    { number: first(other) },
    { number: first(spoiled) },
    { number: first(unused) },
    { number: foreign },
    { problem: 'codes-contradict' },
    { bad: true },
    { mark: 1 },
    { mark: 2 },
    { number: ownNumber('204117', 900) },
    { number: good.sheets[1]?.number ?? '', mark: 3 },
    { number: good.sheets[0]?.number ?? '', side: 2 },
  ]);
  expect(problems('0001')).toEqual([
    'twice',
    'other-room',
    'spoiled-kit',
    'not-printed',
    'unknown-number',
    'two-sheets',
    'bad-image',
    'unreadable',
    'unreadable',
    'kit-not-linked',
    'twice',
    'no-such-side',
  ]);
  const view = roomView(place.desk, '0001');
  const back = good.sheets[2]?.number ?? '';
  // Both sides of the form of which nothing came, by number and kit.
  for (const side of [1, 2] as const)
    expect(view?.problems).toContainEqual({
      type: 'sheet-missing',
      kit: good.kit,
      number: back,
      side,
      kind: 'answers-2',
    });
  expect(await closeRoom(place.desk, '0001', '')).toMatchObject({ refusal: { type: 'scan-room-not-whole' } });

  expect(
    await decide('0001', 'unreadable', { what: 'number', number: `${back.slice(0, -1)}0`, side: 1 }),
  ).toMatchObject({ refusal: { type: 'number-wrong-check-digit' } });
  expect(await decide('0001', 'unreadable', { what: 'number', number: foreign, side: 1 })).toMatchObject({
    refusal: { type: 'number-not-in-plan' },
  });
  expect(await decide('0001', 'bad-image', { what: 'number', number: back, side: 1 })).toMatchObject({
    refusal: { type: 'number-of-bad-image' },
  });
  expectOk(await decide('0001', 'unreadable', { what: 'number', number: back, side: 1 }));
  expectOk(await decide('0001', 'unreadable', { what: 'form', form: 'room-protocol' }));
  expect(await decide('0001', 'kit-not-linked', { what: 'kit', kit: other.kit })).toMatchObject({
    refusal: { type: 'kit-unknown' },
  });
  expectOk(await decide('0001', 'kit-not-linked', { what: 'kit', kit: good.kit }));
  for (const away of [
    'other-room',
    'spoiled-kit',
    'unknown-number',
    'two-sheets',
    'bad-image',
    'no-such-side',
    'twice',
  ])
    expectOk(await decide('0001', away, { what: 'removed' }));
  expectOk(await decide('0001', 'not-printed', { what: 'taken', note: 'printed on the reserve station' }));
  expect(problems('0001')).toEqual([]);
  await scanned(place, '0001', [{ number: back, side: 2, empty: true }]);
  // The kit that was taken all the same has its own missing sheets, and counts as issued.
  const left = roomView(place.desk, '0001')?.problems ?? [];
  expect(new Set(left.map((one) => ('kit' in one ? one.kit : one.type)))).toEqual(
    new Set([unused.kit, 'count-differs']),
  );
  const [made] = expectOk(await closeRoom(place.desk, '0001', 'one kit of the reserve station'));
  const { contents } = await opened(made?.id ?? '');
  expect(contents.counts.reason).toBe('one kit of the reserve station');
  expect(contents.pages.find(({ number }) => number === ownNumber('204117', 900))?.kit).toBe(good.kit);
  expect(contents.pages.find(({ number }) => number === null)?.form).toBe('room-protocol');
  expect(contents.pages.some(({ number }) => number === foreign || number === first(other))).toBe(false);
});

test('two people at one page: the second hears that it has changed', async () => {
  place = await scanPlace();
  await begun(place, '0001');
  await scanned(place, '0001', [{ mark: 1 }]);
  const page = pageWith('0001', 'unreadable');
  expectOk(
    await decideOnPage(place.desk, { page: page.id, seen: 0, decision: { what: 'form', form: 'other' } }),
  );
  expect(
    await decideOnPage(place.desk, { page: page.id, seen: 0, decision: { what: 'removed' } }),
  ).toMatchObject({ refusal: { type: 'scan-changed-meanwhile' } });
});

test('an empty registration form is asked about, an empty back is not', async () => {
  place = await scanPlace();
  const [one] = kitsOf('0001');
  if (!one) throw new Error('no kit');
  await begun(place, '0001');
  await scanned(place, '0001', [
    { number: one.sheets[0]?.number ?? '', empty: true },
    { number: one.sheets[2]?.number ?? '', empty: true },
    { number: one.sheets[2]?.number ?? '', side: 2, empty: true },
  ]);
  expect(problems('0001')).toEqual(['empty']);
  expectOk(await decide('0001', 'empty', { what: 'taken', note: '' }));
  expect(problems('0001')).toEqual([]);
});

test('the same sheet in two rooms is said in both, by name', async () => {
  place = await scanPlace();
  const [one] = kitsOf('0001');
  const number = one?.sheets[0]?.number ?? '';
  await begun(place, '0001');
  await begun(place, '0002');
  await scanned(place, '0001', [{ number, mark: 1 }]);
  await scanned(place, '0002', [{ number, mark: 2 }]);
  expect(problems('0001')).toEqual(['twice']);
  expect(pageWith('0001', 'twice').mates).toMatchObject([{ room: '0002' }]);
});

test('forms of the site are pages without a number, in a package of their own', async () => {
  place = await scanPlace();
  expectOk(await openRoom(place.desk, siteFormsRoom));
  await scanned(place, siteFormsRoom, [{ mark: 1 }]);
  expectOk(await decide(siteFormsRoom, 'unreadable', { what: 'form', form: 'site-protocol' }));
  const [made] = expectOk(await closeRoom(place.desk, siteFormsRoom, ''));
  const { contents } = await opened(made?.id ?? '');
  expect(contents.pages).toMatchObject([{ number: null, form: 'site-protocol' }]);
});

test('what a print station says of its kits is known; what is missing is named, and helps when it comes later', async () => {
  place = await scanPlace();
  const [one] = kitsOf('0002');
  if (!one) throw new Error('no kit');
  await begun(place, '0002', { kitsIssued: 1, registrations: 1 });
  await scanned(place, '0002', sidesOf(one));
  expect(scanView(place.desk).untoldRooms).toEqual(['0001', '0002']);
  expect(roomView(place.desk, '0002')?.problems).toEqual([{ type: 'journal-missing' }]);
  // Without a journal nobody can say that the kit was not printed.
  expect(problems('0002')).toEqual([]);
  expectOk(
    await loadJournals(
      place,
      await place.printJournal('0002', printed(kitsOf('0002'), { [one.kit]: 'spoiled' })),
    ),
  );
  expect(problems('0002')).toEqual(['spoiled-kit', 'spoiled-kit', 'spoiled-kit', 'spoiled-kit']);
  expect(scanView(place.desk)).toMatchObject({
    untoldRooms: ['0001'],
    journals: [{ room: '0002', good: 1, spoiled: 1, opened: true }],
  });
});

test('journals of another site, altered ones, and older ones are not taken; a reserve station that printed nothing is', async () => {
  place = await scanPlace();
  const { here } = place;
  const path = await place.printJournal('0001', printed(kitsOf('0001')));
  expectOk(await loadJournals(place, path));
  // The same once more changes nothing.
  expectOk(await loadJournals(place, path));
  const elsewhere = await scanPlace({ kits: plannedKits('0001', 1, 1, 0) });
  try {
    const foreign = await elsewhere.printJournal('0001', printed(elsewhere.kits));
    // The same centre and site; another event's key: it cannot be read here.
    expect(await loadJournals(place, foreign)).toMatchObject({ refusal: { type: 'wrong-key' } });
  } finally {
    await elsewhere.close();
  }
  const reserve = await place.printJournal(null, {});
  expectOk(await loadJournals(place, reserve));
  // Two computers with one station's keys: the second does not pass for the first.
  expect(await loadJournals(place, await place.toldAnew())).toMatchObject({
    refusal: { type: 'print-journal-told-twice', closing: 1 },
  });
  expect(scanView(place.desk).journals).toMatchObject([
    { room: null, opened: false, good: 0 },
    { room: '0001', opened: true, good: 3 },
  ]);
  expect(await loadJournals(place, join(here.stick, 'no-such.dat'))).toMatchObject({
    refusal: { type: 'stick-pulled-out' },
  });
});

test('of a print station the newest closing counts, and what it did on another day is not of today', async () => {
  place = await scanPlace();
  const { above, here } = place;
  const first = await place.printJournal(null, {});
  const print = place.others.at(-1)?.station;
  if (!print) throw new Error('no print station');
  const nothing = { v: 1, kits: [], additional: [] };
  const second = join(here.stick, 'second.dat');
  await copyFile(expectOk(await makeJournal(print, nothing)).file, second);
  expectOk(await loadJournals(place, second));
  expect(await loadJournals(place, first)).toMatchObject({
    refusal: { type: 'journal-older', closing: 1, here: 2 },
  });
  const tomorrow = { ...day, id: 'event-2', date: '2026-06-02' };
  const about = { event: tomorrow, siteName: 'School 801', region: '07', revision: 1, rooms: [] };
  expectOk(await loadMaterials(print, await above.materials({ id: 'other', session: 'event-2', about })));
  const other = join(here.stick, 'other.dat');
  await copyFile(expectOk(await makeJournal(print, nothing)).file, other);
  expect(await loadJournals(place, other)).toMatchObject({
    refusal: { type: 'journal-of-another-event', date: '2026-06-02' },
  });
  expect(scanView(place.desk).journals).toMatchObject([{ closing: 2 }]);
});

test('a loaded journal that is gone from the disk is said, and can be loaded once more', async () => {
  place = await scanPlace();
  const path = await place.printJournal('0001', printed(kitsOf('0001')));
  expectOk(await loadJournals(place, path));
  rmSync(join(place.here.folder, 'data', 'print-journals'), { recursive: true });
  expect(await place.desk.open(true)).toMatchObject({ refusal: { type: 'print-journal-gone' } });
  expect(scanView(place.desk).failing).toMatchObject({ type: 'print-journal-gone' });
  expectOk(await loadJournals(place, path));
  expect(scanView(place.desk)).toMatchObject({ failing: null, journals: [{ good: 3 }] });
});

test('without a member nothing is known of sheets, and what was scanned is there all the same', async () => {
  place = await scanPlace();
  const [one] = kitsOf('0001');
  if (!one) throw new Error('no kit');
  await begun(place, '0001', { kitsIssued: 1, registrations: 1 });
  await scanned(place, '0001', sidesOf(one));
  const desk = await place.again(false);
  expect(scanView(desk)).toMatchObject({
    open: false,
    rooms: [{ room: '0001', state: 'open', pages: 4 }, {}, {}],
  });
  expect(await closeRoom(desk, '0001', 'x')).toMatchObject({ refusal: { type: 'materials-closed' } });
  expect(await openRoom(desk, '0002')).toMatchObject({ refusal: { type: 'materials-closed' } });
});

test('a room of another site cannot be opened, and counts that cannot be are refused', async () => {
  place = await scanPlace();
  expect(await openRoom(place.desk, '0077')).toMatchObject({ refusal: { type: 'scan-room-unknown' } });
  await begun(place, '0001');
  expect(
    await declareCounts(place.desk, '0001', {
      kitsIssued: 1,
      registrations: 1,
      additional: 0,
      absent: 0,
      unfinished: 2,
    }),
  ).toMatchObject({ refusal: { type: 'scan-counts-impossible' } });
  await allRead(place.desk);
});
