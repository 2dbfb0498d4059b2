/** What goes wrong at a scan station: scanners, disks, sticks, kills; and rooms that the centre wants again. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { expectOk, refuse } from '../../base/result.ts';
import type { PackageWord } from '../../exam/paper-day/parcels.ts';
import { takeWords } from './package-words.ts';
import { closeRoom, inParts, packagePath, writePackages } from './packages.ts';
import { decideOnPage, openRoom, reopenRoom } from './rooms.ts';
import {
  allRead,
  begun,
  jot,
  scanned,
  scanPlace,
  sidesOf,
  wordsFile,
  type Jotting,
  type ScanPlace,
} from './scan.fixture.ts';
import { roomView, scanView } from './view.ts';

let place: ScanPlace;
afterEach(async () => {
  vi.restoreAllMocks();
  await place.close();
});

const kit = () => {
  const [one] = place.kits;
  if (!one) throw new Error('no kit');
  return one;
};
const numbers = () =>
  place.desk
    .current()
    ?.pages.all()
    .map(({ digest }) => digest) ?? [];

/** No journal is needed to know that the forms exist. */
const plan = { preprinted: true } as const;

/** A room of one kit, whole. */
async function wholeRoom(): Promise<Jotting[]> {
  await begun(place, '0001', { kitsIssued: 1, registrations: 1 });
  return sidesOf(kit());
}

test.each(['jam', 'double-feed', 'cover-open', 'vanishes'] as const)(
  'after %s in the middle of a stack the pages before it are kept, and the rest comes without one twice',
  async (fault) => {
    place = await scanPlace({ plan });
    const pages = await wholeRoom();
    place.scanner.failNext(fault, 2);
    const run = await scanned(place, '0001', pages);
    expect(run).toMatchObject({ pages: 2, end: fault === 'vanishes' ? 'error' : fault });
    expect(run?.refusal?.type ?? null).toBe(fault === 'vanishes' ? 'device-unreachable' : null);
    place.scanner.back();
    expect(await scanned(place, '0001', [])).toMatchObject({ pages: 2, end: 'empty' });
    expect(roomView(place.desk, '0001')).toMatchObject({ unfit: 0, pages: [{}, {}, {}, {}] });
  },
);

test('an empty feeder is no error, and a sheet that gave no picture is named', async () => {
  place = await scanPlace({ plan });
  await begun(place, '0001');
  expect(await scanned(place, '0001', [])).toMatchObject({ pages: 0, end: 'empty' });
  place.scanner.failNext('unreadable-page', 0);
  expect(await scanned(place, '0001', sidesOf(kit()))).toMatchObject({
    pages: 3,
    passedOver: [{ type: 'scan-page-unreadable' }],
  });
});

test('a disk that is full stops the scanner before it lets go of the page, which comes again when there is room', async () => {
  place = await scanPlace({ plan });
  const pages = await wholeRoom();
  const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
  vi.spyOn(place.here.station.node.blobs, 'put').mockRejectedValueOnce(full);
  const run = await scanned(place, '0001', pages);
  expect(run).toMatchObject({ end: 'error', refusal: { type: 'disk-full' } });
  expect(place.scanner.waiting).toBe(1);
  await scanned(place, '0001', []);
  expect(place.scanner.waiting).toBe(0);
  expect(roomView(place.desk, '0001')).toMatchObject({ unfit: 0 });
  expect(new Set(numbers()).size).toBe(4);
});

test('killed with a page at the scanner’s side: it comes again, and none is counted twice', async () => {
  place = await scanPlace({ plan });
  const pages = await wholeRoom();
  // The page is on the disk, and the scanner never heard of it.
  const { scanner } = place;
  scanner.lay(pages.map(jot));
  for await (const step of scanner.scan({ dpi: 200, source: 'feeder', duplex: true, format: 'jpeg' }))
    if (step.step === 'page' && step.page.position === 1) {
      const { digest, size } = await place.here.station.node.blobs.put(step.page.bytes);
      place.desk.current()?.pages.add({
        room: '0001',
        source: `escl ${step.page.id}`,
        digest,
        bytes: size,
        format: 'jpeg',
        name: '',
        words: [],
        at: 1,
      });
    }
  expect(scanner.waiting).toBe(4);
  await place.again();
  // Who scans another room first gets what was not kept yet, and not the page that is the first room's.
  expectOk(await openRoom(place.desk, '0002'));
  expect(await scanned(place, '0002', [])).toMatchObject({ pages: 3, again: 1 });
  expect(scanner.waiting).toBe(0);
  expect(roomView(place.desk, '0002')?.pages.map(({ problem }) => problem)).toEqual([
    'other-room',
    'other-room',
    'other-room',
  ]);
});

test('a page that was kept comes again under its id, and is counted once', async () => {
  place = await scanPlace({ plan });
  const [first, ...rest] = await wholeRoom();
  place.scanner.lay([jot(first ?? {})]);
  for await (const step of place.scanner.scan({ dpi: 200, source: 'feeder', duplex: true, format: 'jpeg' }))
    if (step.step === 'page') {
      const { digest, size } = await place.here.station.node.blobs.put(step.page.bytes);
      place.desk.current()?.pages.add({
        room: '0001',
        source: `escl ${step.page.id}`,
        digest,
        bytes: size,
        format: 'jpeg',
        name: '',
        words: [],
        at: 1,
      });
    }
  await place.again();
  const run = await scanned(place, '0001', rest);
  expect(run).toMatchObject({ pages: 3, again: 1 });
  expect(place.scanner.waiting).toBe(0);
  expect(roomView(place.desk, '0001')).toMatchObject({ unfit: 0, counts: { kitsIssued: 1 } });
});

test('killed at any step, pages, typed numbers and counts are there, and the package is the same one', async () => {
  place = await scanPlace({ plan });
  const pages = await wholeRoom();
  await scanned(place, '0001', [...pages.slice(1), { mark: 1 }]);
  await place.again();
  const page = roomView(place.desk, '0001')?.pages.find(({ problem }) => problem === 'unreadable');
  expectOk(
    await decideOnPage(place.desk, {
      page: page?.id ?? '',
      seen: 0,
      decision: { what: 'number', number: pages[0]?.number ?? '', side: 1 },
    }),
  );
  await place.again();
  expect(roomView(place.desk, '0001')).toMatchObject({ unfit: 0, found: { kits: 1, registrations: 1 } });
  // Killed when the package was made, and before it was entered.
  const journal = vi
    .spyOn(place.here.station.node.journal, 'append')
    .mockRejectedValueOnce(new Error('killed'));
  await expect(closeRoom(place.desk, '0001', '')).rejects.toThrow('killed');
  journal.mockRestore();
  const [left] = readdirSync(join(place.here.folder, 'data', 'packages'));
  await place.again();
  expect(scanView(place.desk).rooms[0]).toMatchObject({ state: 'open' });
  const [made] = expectOk(await closeRoom(place.desk, '0001', ''));
  expect(`${made?.id}.parcel`).toBe(left);
  await place.again();
  expect(scanView(place.desk).rooms[0]).toMatchObject({
    state: 'closed',
    packages: [{ id: made?.id, pages: 4, written: 0 }],
  });
});

test('pages that nobody had read when the program was killed are read when a member has come', async () => {
  let silent = true;
  const read = (await import('./scan.fixture.ts')).jottings;
  place = await scanPlace({
    plan,
    pool: () => ({
      ...read,
      recognise: (bytes) => (silent ? new Promise(() => undefined) : read.recognise(bytes)),
    }),
  });
  const pages = await wholeRoom();
  place.scanner.lay(pages.map(jot));
  expectOk(await place.desk.scanning.start('0001'));
  // The scanner is through while not one page was read.
  await place.desk.scanning.ended();
  expect(place.desk.scanning.run).toMatchObject({ pages: 4, end: 'empty' });
  expect(await closeRoom(place.desk, '0001', 'x')).toMatchObject({ refusal: { type: 'scan-pages-unread' } });
  silent = false;
  vi.spyOn(place.desk, 'close').mockResolvedValueOnce();
  await place.again();
  await allRead(place.desk);
  expect(roomView(place.desk, '0001')).toMatchObject({ unfit: 0 });
});

test('whoever scans a room that somebody else is closing waits, and is told that it is closed: no page is kept beside its package', async () => {
  place = await scanPlace({ plan });
  const pages = await wholeRoom();
  await scanned(place, '0001', pages);
  const closing = closeRoom(place.desk, '0001', '');
  place.scanner.lay([jot({ number: pages[0]?.number ?? '', mark: 1 })]);
  const started = place.desk.scanning.start('0001');
  expectOk(await closing);
  expect(await started).toMatchObject({ refusal: { type: 'scan-room-not-open' } });
  expect(roomView(place.desk, '0001')?.pages).toHaveLength(4);
});

test('a stick that is pulled out takes nothing along: the package is here, goes to the next stick, and to a second one', async () => {
  place = await scanPlace({ plan });
  await scanned(place, '0001', await wholeRoom());
  const [made] = expectOk(await closeRoom(place.desk, '0001', ''));
  const ids = [made?.id ?? ''];
  const { here, desk } = place;
  expect(await writePackages(desk, '/no/such/drive', ids)).toMatchObject({
    refusal: { type: 'no-such-drive' },
  });
  vi.spyOn(here.station.sticks, 'write').mockResolvedValueOnce(refuse({ type: 'drive-pulled-out' }));
  expect(await writePackages(desk, here.stick, ids)).toMatchObject({ refusal: { type: 'drive-pulled-out' } });
  expect(scanView(desk).rooms[0]?.packages).toMatchObject([{ written: 0 }]);
  expectOk(await writePackages(desk, here.stick, ids));
  expectOk(await writePackages(desk, here.stick, ids));
  expect(scanView(desk).rooms[0]?.packages).toMatchObject([{ written: 2 }]);
  expect(readdirSync(join(here.stick, 'INVIGIL', 'answers'))).toEqual([
    `ANSWERS_07_0801_010626_01_Русский_язык_0001_1_${ids[0]?.slice(-8)}.parcel`,
  ]);
  expect(readdirSync(here.station.node.staging)).toEqual([]);
  rmSync(packagePath(desk, ids[0] ?? ''));
  expect(await writePackages(desk, here.stick, ids)).toMatchObject({
    refusal: { type: 'scan-package-gone' },
  });
  // Its pages are here: opened and closed again, the room has a package that takes the place of the one that is gone.
  expectOk(await reopenRoom(desk, '0001', 'the package is gone'));
  const [again] = expectOk(await closeRoom(desk, '0001', ''));
  expect(again).toMatchObject({ pages: 4, replaces: made?.id });
  expectOk(await writePackages(desk, here.stick, [again?.id ?? '']));
});

test('a disk that is full while a package is made leaves the room open and no half package', async () => {
  place = await scanPlace({ plan });
  await scanned(place, '0001', await wholeRoom());
  const stream = vi
    .spyOn(place.here.station.node.blobs, 'stream')
    .mockRejectedValueOnce(Object.assign(new Error('full'), { code: 'ENOSPC' }));
  expect(await closeRoom(place.desk, '0001', '')).toMatchObject({ refusal: { type: 'disk-full' } });
  stream.mockRestore();
  expect(readdirSync(join(place.here.folder, 'data', 'packages'))).toEqual([]);
  expect(scanView(place.desk).rooms[0]).toMatchObject({ state: 'open' });
  expectOk(await closeRoom(place.desk, '0001', ''));
});

test('the centre wants a sheet again: the room is open with it marked, the old page steps back, and the package says which it replaces', async () => {
  place = await scanPlace({ plan });
  const pages = await wholeRoom();
  await scanned(place, '0001', pages);
  const [first] = expectOk(await closeRoom(place.desk, '0001', ''));
  const number = pages[1]?.number ?? '';
  const word: PackageWord = {
    packageId: first?.id ?? '',
    state: 'confirmed',
    quality: 'rescan',
    rescan: [{ number, side: 1 }],
    reason: 'too pale',
    at: 10,
  };
  expect(await takeWords(place.desk, await wordsFile(place, [word], 'site'))).toMatchObject({
    refusal: { type: 'bad-signature' },
  });
  expect(await takeWords(place.desk, await wordsFile(place, [word], 'centre', 'site'))).toMatchObject({
    refusal: { type: 'words-not-for-station' },
  });
  const file = await wordsFile(place, [word, { ...word, packageId: 'of-another-station' }]);
  expect(await takeWords(place.desk, file)).toMatchObject({ value: { rooms: ['0001'] } });
  // The same words once more open nothing a second time.
  expect(await takeWords(place.desk, file)).toMatchObject({ value: { rooms: [] } });
  expect(roomView(place.desk, '0001')?.problems).toEqual([{ type: 'rescan-asked', number, side: 1 }]);
  await place.again();
  await scanned(place, '0001', [{ number, kind: 'answers-1', mark: 1 }]);
  const view = roomView(place.desk, '0001');
  expect(view).toMatchObject({ unfit: 0 });
  expect(view?.pages.map(({ state }) => state)).toEqual(['fits', 'superseded', 'fits', 'fits', 'fits']);
  const [second] = expectOk(await closeRoom(place.desk, '0001', ''));
  expect(second).toMatchObject({ pages: 4, replaces: first?.id });
  expect(second?.id).not.toBe(first?.id);
  // Words on the package that was replaced are of no more concern.
  expect(await takeWords(place.desk, await wordsFile(place, [{ ...word, at: 20 }]))).toMatchObject({
    value: { rooms: [] },
  });
  // Opened and closed again with nothing changed: it is the same package.
  expectOk(await reopenRoom(place.desk, '0001', 'looked at again'));
  expect(expectOk(await closeRoom(place.desk, '0001', ''))).toEqual([second]);
});

test('a room that is too large for one package goes in parts, none of which is left over when pages go', async () => {
  expect(inParts([{ bytes: 5 }, { bytes: 6 }, { bytes: 20 }, { bytes: 1 }], { bytes: 11, pages: 9 })).toEqual(
    [[{ bytes: 5 }, { bytes: 6 }], [{ bytes: 20 }], [{ bytes: 1 }]],
  );
  place = await scanPlace({ plan });
  await scanned(place, '0001', await wholeRoom());
  const parts = expectOk(await closeRoom(place.desk, '0001', '', { bytes: 1e9, pages: 3 }));
  expect(parts.map(({ part, parts: of, pages }) => [part, of, pages])).toEqual([
    [1, 2, 3],
    [2, 2, 1],
  ]);
  expectOk(await reopenRoom(place.desk, '0001', 'one page less'));
  const last = roomView(place.desk, '0001')?.pages.at(-1);
  expectOk(await decideOnPage(place.desk, { page: last?.id ?? '', seen: 0, decision: { what: 'removed' } }));
  const again = expectOk(await closeRoom(place.desk, '0001', 'lost', { bytes: 1e9, pages: 3 }));
  expect(again.map(({ pages, replaces }) => [pages, replaces])).toEqual([
    [3, parts[0]?.id],
    [0, parts[1]?.id],
  ]);
});
