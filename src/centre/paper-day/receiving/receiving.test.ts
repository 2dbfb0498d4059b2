/** What comes from sites after an exam on paper: whole or refused, once or not at all, whatever is killed in between. */
import { readFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectOk } from '../../../base/result.ts';
import { openParcel } from '../../../parcel/parcel.ts';
import { openTestCentre, type TestCentre } from '../../centre.fixture.ts';
import { numbersOf } from '../../scans/scans.fixture.ts';
import { pageOfKit } from '../../scans/uploads/uploads.fixture.ts';
import { makeDay, type TestDay } from '../paper-day.fixture.ts';
import { packageRows } from '../packages/package-rows.ts';
import { decideQuality } from '../packages/quality.ts';
import { PackageOpener } from '../packages/package-opener.ts';
import { makeWordsParcel, wordsFor } from '../packages/words.ts';
import { receiveOfDay } from './receive.ts';
import { damaged, online, siteDayFile, stationAt, type TestStationOfSite } from './receiving.fixture.ts';

let here: TestCentre;
let day: TestDay;
let station: TestStationOfSite;

beforeEach(async () => {
  here = await openTestCentre('file');
  day = await makeDay(here);
  station = await stationAt(here, day);
});
afterEach(async () => {
  await station.close();
  await here.close();
});

const noise = (): Uint8Array => new Uint8Array(randomBytes(2_000));
const of = () => ({ projectId: day.projectId, eventId: day.eventId, siteCode: 'S1' });
const receive = (file: string, siteCode = 'S1') => receiveOfDay(here.centre, file, online(day, siteCode));

async function settled(): Promise<void> {
  const { packages, scanReader } = here.centre;
  for (let i = 0; i < 3; i++) {
    await packages.idle();
    await scanReader.idle();
    packages.wake();
  }
  await packages.idle();
}

async function pageOf(kit: number, place: number, seed = 1) {
  const number = numbersOf(kit)[[0, 1, 2, 2][place] ?? 0] ?? '';
  return {
    content: await pageOfKit(kit, place, seed),
    number,
    side: place === 3 ? (2 as const) : (1 as const),
    kit: String(100_000 + kit),
  };
}

const scans = () =>
  here.centre.db
    .selectFrom('scan')
    .innerJoin('scan_standing', 'scan_standing.scan_id', 'scan.id')
    .innerJoin('scan_upload', 'scan_upload.id', 'scan.upload_id')
    .select(['scan_upload.way', 'scan_standing.class', 'scan_standing.number', 'scan_standing.side'])
    .orderBy('scan_upload.number')
    .orderBy('scan.position')
    .execute();

test('a package is received, confirmed when it was opened whole, and good when its pages were read', async () => {
  const file = await station.package({ pages: [await pageOf(1, 0), await pageOf(1, 1)], id: 'one' });
  const taken = expectOk(await receive(file));
  expect(taken).toMatchObject({ kind: 'answer-sheets', siteCode: 'S1', known: false });
  expect(taken.word).toMatchObject({ packageId: 'one', state: 'received', quality: 'checking' });
  await settled();
  expect((await wordsFor(here.centre, of())).words).toMatchObject([
    { packageId: 'one', state: 'confirmed', quality: 'good', rescan: [], reason: '' },
  ]);
  expect(await scans()).toMatchObject([
    { way: 'package', class: 'filled', number: numbersOf(1)[0] },
    { way: 'package', class: 'filled', number: numbersOf(1)[1] },
  ]);
  // The same package again, by whichever way, changes nothing and hears what is known.
  const again = expectOk(
    await receiveOfDay(here.centre, file, {
      projectId: day.projectId,
      siteCode: null,
      way: 'file',
      by: 'ann',
    }),
  );
  expect(again).toMatchObject({ known: true, word: { state: 'confirmed', quality: 'good' } });
  await settled();
  expect(await scans()).toHaveLength(2);
});

test('pages that cannot be read are asked for by sheet, a person decides otherwise, and words only grow newer', async () => {
  const lost = { content: noise(), number: numbersOf(2)[0], side: 1 as const };
  expectOk(
    await receive(await station.package({ pages: [lost, { content: noise(), number: null }], id: 'bad' })),
  );
  await settled();
  const [word] = (await wordsFor(here.centre, of())).words;
  expect(word).toMatchObject({
    state: 'confirmed',
    quality: 'rescan',
    rescan: [{ number: numbersOf(2)[0], side: 1 }],
  });
  // A package that replaces it brings the sheet.
  expectOk(
    await receive(await station.package({ pages: [await pageOf(2, 0)], id: 'better', replaces: 'bad' })),
  );
  await settled();
  expect((await wordsFor(here.centre, of())).words.map(({ quality }) => quality)).toEqual(['rescan', 'good']);
  const target = { projectId: day.projectId, siteCode: 'S1', packageId: 'better' };
  const sheet = { number: numbersOf(2)[0], side: 1 as const };
  const say = (more: object) =>
    decideQuality(
      here.centre,
      target,
      { quality: 'rescan', rescan: [sheet], note: 'a shadow', ...more },
      'ann',
    );
  expectOk(await say({}));
  const marked = (await wordsFor(here.centre, of())).words[1];
  expect(marked).toMatchObject({ quality: 'rescan', rescan: [sheet], reason: 'a shadow' });
  expectOk(await say({ quality: 'good', rescan: [], note: '' }));
  const last = (await wordsFor(here.centre, of())).words[1];
  expect(last?.quality).toBe('good');
  expect(last?.at).toBeGreaterThan(marked?.at ?? Infinity);
  expect((await say({ rescan: [] })).ok).toBe(false);
  expect(await say({ rescan: [{ number: '9999', side: 1 }] })).toMatchObject({
    refusal: { type: 'package-without-sheet' },
  });
});

test('what is tampered with, cut, foreign or meant for another is refused before anything is kept', async () => {
  const file = await station.package({ pages: [{ content: noise(), number: null }] });
  const whole = await readFile(file);
  const flipped = Buffer.from(whole);
  flipped[600] = (flipped[600] ?? 0) ^ 1;
  const type = async (result: ReturnType<typeof receive>) => {
    const { ok, ...rest } = await result;
    return ok ? 'ok' : (rest as { refusal: { type: string } }).refusal.type;
  };
  expect(await type(receive(await damaged(file, flipped)))).toBe('altered');
  expect(await type(receive(await damaged(file, whole.subarray(0, whole.length - 2_000))))).toBe('cut-short');
  expect(await type(receive(file, 'S2'))).toBe('day-parcel-of-another-site');
  const sent = { pages: [], more: { session: 'another' } };
  expect(await type(receive(await station.package(sent)))).toBe('parcel-of-another-event');
  expect(await type(receive(await station.package({ pages: [], more: { mode: 'mock' } })))).toBe(
    'wrong-mode',
  );
  expect(await type(receive(await station.package({ pages: [], more: { project: 'other' } })))).toBe(
    'wrong-project',
  );
  const claims = {
    about: {
      event: { ...station.event },
      station: { id: 'else', number: '1' },
      room: '1',
      part: 1,
      parts: 1,
      pages: 0,
      replaces: null,
    },
  };
  expect(await type(receive(await station.package({ pages: [], more: claims })))).toBe('untrusted-sender');
  // Taken in by somebody who is limited to other sites.
  const limited = { ...online(day), siteCode: null, way: 'file', may: () => Promise.resolve(false) } as const;
  expect(await type(receiveOfDay(here.centre, file, limited))).toBe('day-parcel-of-another-site');
  const stranger = await openTestCentre('file');
  try {
    expect(await type(receiveOfDay(stranger.centre, file, online(day)))).toBe('no-such-project');
  } finally {
    await stranger.close();
  }
  expect(await here.centre.db.selectFrom('day_package').select('id').execute()).toEqual([]);
  // One identity, two contents.
  expectOk(await receive(await station.package({ pages: [], id: 'twice' })));
  expect(await type(receive(await station.package({ pages: [], id: 'twice' })))).toBe('day-package-differs');
});

test('a package that is not what it says is rejected with the reason, and nothing of it is counted', async () => {
  const page = await pageOf(1, 0);
  const { recipient } = here.centre.node.keys.sealing;
  const extra = [{ name: 'page-9', content: noise(), recipients: [recipient] }];
  const cases = {
    counts: { pages: [page], declared: 2 },
    digest: { pages: [{ ...page, digest: '0'.repeat(64) }] },
    extra: { pages: [page], extra },
    replaces: { pages: [page], replaces: 'of-s2' },
  };
  expectOk(await receive(await station.package({ id: 'of-s2', pages: [] })));
  await here.centre.db.updateTable('day_package').set({ site_code: 'S2' }).execute();
  for (const [id, sent] of Object.entries(cases))
    expectOk(await receive(await station.package({ id, ...sent })));
  await settled();
  const rows = await here.centre.db
    .selectFrom('day_package')
    .select(['id', 'state', 'reason_json'])
    .where('site_code', '=', 'S1')
    .orderBy('id')
    .execute();
  expect(rows.map(({ id, state, reason_json }) => [id, state, JSON.parse(reason_json ?? '{}').type])).toEqual(
    [
      ['counts', 'rejected', 'package-counts-differ'],
      ['digest', 'rejected', 'package-parts-differ'],
      ['extra', 'rejected', 'package-parts-differ'],
      ['replaces', 'rejected', 'package-replaces-unknown'],
    ],
  );
  expect(await scans()).toEqual([]);
  expect(await here.centre.scanReader.archives.ids()).toEqual([]);
  expect((await wordsFor(here.centre, of())).words[0]?.reason).toContain('package-counts-differ');
});

test('a room that was closed twice before anything was carried is taken: the package that it replaces never came, or comes later', async () => {
  const again = await station.package({ pages: [await pageOf(5, 0)], id: 'again', replaces: 'first' });
  expectOk(await receive(again));
  await settled();
  expect((await wordsFor(here.centre, of())).words).toMatchObject([
    { packageId: 'again', state: 'confirmed' },
  ]);
  expectOk(await receive(await station.package({ pages: [], id: 'first' })));
  await settled();
  const rows = await packageRows(here.centre, of());
  expect(rows.map(({ id, state, replacedBy }) => [id, state, replacedBy])).toEqual([
    ['again', 'confirmed', null],
    ['first', 'confirmed', 'again'],
  ]);
});

test('killed between any two steps, each page comes once', async () => {
  const file = await station.package({ pages: [await pageOf(1, 0), await pageOf(1, 1)], id: 'one' });
  const { centre } = here;
  const { db } = centre;
  // The program ends before the row is written: the entry is there, and the package comes again.
  const real = centre.packages;
  Object.assign(centre, { packages: { wake: () => undefined, changed: real.changed } });
  expectOk(await receive(file));
  // A run that was killed while it wrote the archive leaves a half one.
  const { upload_id } = await db.selectFrom('day_package').select('upload_id').executeTakeFirstOrThrow();
  await centre.scanReader.archives.make(upload_id, async (path) => {
    const { writeFile } = await import('node:fs/promises');
    await writeFile(path, 'half');
  });
  await centre.scanReader.resume();
  expect(await centre.scanReader.archives.ids()).toEqual([]);
  // Killed before the entry, and between the entry and the transaction: the next start begins the package again.
  const dies = new Error('killed');
  for (const broken of [
    { ...centre, node: { ...centre.node, journal: { append: () => Promise.reject(dies) } } },
    {
      ...centre,
      db: new Proxy(db, {
        get(target, key) {
          const value: unknown = Reflect.get(target, key);
          if (key === 'transaction') throw dies;
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      }),
    },
  ]) {
    const opener = new PackageOpener(() => broken as unknown as typeof centre);
    opener.wake();
    await opener.idle();
    expect(opener.problemOf('one')).toMatchObject({ type: 'package-opening-failed' });
    await opener.stop();
    expect(await db.selectFrom('scan_upload').select('id').execute()).toEqual([]);
    // At its start the centre removes what belongs to no upload.
    await centre.scanReader.resume();
  }
  Object.assign(centre, { packages: real });
  await settled();
  expect(await scans()).toHaveLength(2);
  expect(await db.selectFrom('scan_upload').select('state').execute()).toEqual([{ state: 'read' }]);
  expect((await wordsFor(centre, of())).words).toMatchObject([{ state: 'confirmed', quality: 'good' }]);
});

test('two packages at once with the same sheets: the same image is one, another image of a sheet waits for a person', async () => {
  const [a, b] = await Promise.all([
    station.package({ pages: [await pageOf(3, 0), await pageOf(3, 1)], id: 'a' }),
    station.package({ pages: [await pageOf(3, 0), await pageOf(3, 1, 2)], id: 'b', part: 2 }),
  ]);
  for (const taken of await Promise.all([receive(a), receive(b)])) expectOk(taken);
  await settled();
  const classes = (await scans()).map((one) => one.class);
  expect(classes.toSorted()).toEqual(['already-uploaded', 'duplicate', 'duplicate', 'filled']);
  expect((await wordsFor(here.centre, of())).words.map(({ quality }) => quality)).toEqual(['good', 'good']);
});

test('sheets of another site are foreign in a package, as in any upload of the site', async () => {
  expectOk(await receive(await station.package({ pages: [await pageOf(11, 0)] })));
  await settled();
  expect(await scans()).toMatchObject([{ class: 'foreign' }]);
});

test('recordings are proved take by take', async () => {
  const sound = new Uint8Array([0x66, 0x4c, 0x61, 0x43, 1, 2, 3]);
  expectOk(await receive(await station.voice([sound, sound], 'heard')));
  expectOk(await receive(await station.voice([noise()], 'noise')));
  await settled();
  const words = Object.fromEntries(
    (await wordsFor(here.centre, of())).words.map((one) => [one.packageId, one]),
  );
  expect(words['heard']).toMatchObject({ state: 'confirmed', quality: 'good' });
  expect(words['noise']).toMatchObject({ state: 'rejected' });
});

test('words travel as a parcel that only the site opens', async () => {
  expect(await makeWordsParcel(here.centre, of())).toMatchObject({ refusal: { type: 'no-packages-yet' } });
  expectOk(await receive(await station.package({ pages: [], id: 'empty' })));
  await settled();
  const { file } = expectOk(await makeWordsParcel(here.centre, of()));
  const { sealing } = day.sites.S1;
  const opened = expectOk(
    await openParcel(file, {
      trust: { roots: [here.centre.node.keys.signing.publicKey], at: here.centre.node.clock.now() },
      identities: [sealing.identity],
      recipient: sealing.recipient,
      staging: `${file}.open`,
      expect: {
        kind: 'package-words',
        to: { role: 'site', code: 'S1' },
        project: day.projectId,
        mode: 'formal',
      },
    }),
  );
  const part = opened.parts.get('words.json');
  expect(JSON.parse(await readFile(part?.file ?? '', 'utf8'))).toMatchObject({
    words: [{ packageId: 'empty', state: 'confirmed', quality: 'good' }],
  });
});

test('journals are proved entry by entry, and of each station the newest closing counts', async () => {
  const fates = { v: 1, rooms: [] };
  const first = await station.journal(fates, 1);
  expectOk(await receive(first));
  expect(expectOk(await receive(first)).known).toBe(true);
  expectOk(await receive(await station.journal(fates, 2)));
  const kept = () =>
    here.centre.db.selectFrom('station_journal').select(['closing', 'entries']).orderBy('closing').execute();
  expect(await kept()).toEqual([
    { closing: 1, entries: 3 },
    { closing: 2, entries: 4 },
  ]);
  const changed = (text: string): string => text.replaceAll('closing\\":', 'closinG\\":');
  expect(await receive(await station.journal(fates, 3, changed))).toMatchObject({
    refusal: { type: 'day-journal-not-whole' },
  });
  expect(await receive(await station.journal({ v: 2 }, 4))).toMatchObject({
    refusal: { type: 'not-a-parcel' },
  });
  expect(await kept()).toHaveLength(2);
});

test('what a site says of its day: the newest counts', async () => {
  const at = here.centre.node.clock.now();
  const told = {
    eventId: day.eventId,
    status: 'key-received' as const,
    reason: '',
    gaps: [],
    toldAt: at,
    by: 'eva',
  };
  const report = { at, statuses: [told], stages: [], stations: [] };
  expect(expectOk(await receive(await siteDayFile(here, day, report))).known).toBe(false);
  expect(
    expectOk(await receive(await siteDayFile(here, day, { ...report, at: at - 1, statuses: [] }))).known,
  ).toBe(true);
  expect(await receive(await siteDayFile(here, day, report, 'S2'))).toMatchObject({
    refusal: { type: 'day-parcel-of-another-site' },
  });
  const rows = await here.centre.db.selectFrom('site_day').select(['site_code', 'statuses']).execute();
  expect(rows).toEqual([{ site_code: 'S1', statuses: 1 }]);
});
