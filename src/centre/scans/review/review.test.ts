/** The inside of an upload: who sees which pages, what is decided about them, and that it can be proved who did. */
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { expectOk, type Result } from '../../../base/result.ts';
import type { Entry } from '../../../journal/entry.ts';
import type { Limit } from '../../../node/users/limit.ts';
import { startWebServer, type WebServer } from '../../../node/web-server.ts';
import type { UserRole } from '../../../node/users/contract.ts';
import { makeProject, openTestCentre, type TestCentre } from '../../centre.fixture.ts';
import { reachOf } from '../../limits/reach.ts';
import { centreOperations } from '../../operations/operations.ts';
import { importRoster } from '../../roster/import-roster.ts';
import { keepScans, type NewScan } from '../keep-scans.ts';
import {
  badReading,
  makeEvent,
  makeUpload,
  numbersOf,
  readingOf,
  registerKits,
  scanOf,
} from '../scans.fixture.ts';
import type { TakenDecision } from './contract.ts';
import { decideOnPage } from './decide-on-page.ts';
import { PagePictures } from './page-pictures.ts';
import { pictureRoutes } from './picture-routes.ts';
import { scanView } from './scan-view.ts';
import { reviewedUpload, uploadPages } from './upload-pages.ts';

const north: Limit = { to: 'regions', regions: ['North'] };
const south: Limit = { to: 'regions', regions: ['South'] };
const password = 'chalk and slate';
let here: TestCentre;
let server: WebServer;
let projectId: string;
const said: Entry[] = [];

beforeAll(async () => {
  here = await openTestCentre('file');
  const { centre } = here;
  ({ projectId } = await makeProject(here));
  const roster = [
    'session,site code,site name,region,room code,admission number,name',
    '1,S1,School one,North,S1-R1,1001,Ахметова Айгуль',
    '1,S2,School of the South,South,S2-R1,1003,Öztürk',
  ].join('\n');
  expectOk(await importRoster(centre, projectId, await here.file('r.csv', `${roster}\n`), 'admin'));
  const event = await makeEvent(centre, projectId);
  await registerKits(centre, event, { site: 'S1', room: 'S1-R1', from: 1, to: 40 });
  await registerKits(centre, event, { site: 'S2', room: 'S2-R1', from: 41, to: 60 });
  const users: [string, UserRole, Limit | null][] = [
    ['admin', 'administrator', null],
    ['north', 'coordinator', north],
    ['south', 'coordinator', south],
    ['watcher', 'observer', null],
    ['school', 'site', { to: 'site', projectId, siteCode: 'S1' }],
  ];
  for (const [account, role, limit] of users)
    expectOk(
      await centre.node.accounts.create(account, role, password, account === 'new', {
        name: '',
        phone: '',
        limit,
      }),
    );
  server = expectOk(
    await startWebServer({
      host: '127.0.0.1',
      port: 0,
      publicNames: [],
      screens: import.meta.dirname,
      router: centreOperations(centre, () => ({ port: 0, addresses: [] })),
      accounts: centre.node.accounts,
      reach: reachOf(centre.db),
      files: centre.node.files,
      log: pino({ level: 'silent' }),
      health: () => ({ ok: true }),
      extend: pictureRoutes(centre),
    }),
  );
  centre.node.journal.feed((entries) => said.push(...entries.map(({ entry }) => entry)));
});
afterAll(async () => {
  await server.close();
  await here.close();
});
/** Kits of one test are not those of another. */
let kit = 0;
beforeEach(() => void kit++);

async function upload(scans: readonly NewScan[], limit: Limit | null = null) {
  const made = await makeUpload(here.centre, projectId, limit);
  expectOk(await keepScans(here.centre, made, scans));
  const rows = await here.centre.db
    .selectFrom('scan')
    .select('id')
    .where('upload_id', '=', made.id)
    .orderBy('position')
    .execute();
  return { uploadId: made.id, ids: rows.map(({ id }) => id) };
}

function decide(
  scanId: string,
  decision: TakenDecision,
  { seen = 0, limit = null as Limit | null, account = 'admin' } = {},
): Promise<Result<void>> {
  return decideOnPage(here.centre, { projectId, scanId, seen, decision }, { account, limit });
}

const view = async (scanId: string, limit: Limit | null = null) =>
  expectOk(await scanView(here.centre, { projectId, scanId }, limit));
const number = (typed: string, side: 1 | 2 = 1, asForeign = false): TakenDecision => ({
  what: 'number',
  number: typed,
  side,
  asForeign,
});

test('what has to be seen to comes first, then the rest by the number of the work, and each list can be had by itself', async () => {
  const [first, second, third] = numbersOf(kit);
  const { uploadId, ids } = await upload([
    scanOf(0, readingOf(third, { side: 2 })),
    scanOf(1, readingOf(null)),
    scanOf(2, readingOf(numbersOf(900)[0])),
    scanOf(3, badReading),
    scanOf(4, readingOf(first, { filled: false })),
    scanOf(5, readingOf(second)),
    scanOf(6, readingOf(second)),
  ]);
  const asked = { projectId, uploadId, group: null, offset: 0, limit: 200 };
  const { rows, total } = expectOk(await uploadPages(here.centre, asked, null));
  expect(total).toBe(7);
  expect(rows.map(({ id }) => ids.indexOf(id))).toEqual([1, 2, 3, 5, 6, 4, 0]);
  expect(rows.map((row) => row.class)).toEqual([
    'unrecognised',
    'foreign',
    'bad-image',
    'duplicate',
    'duplicate',
    'empty',
    'filled',
  ]);
  expect(rows[1]).toMatchObject({ foreignReason: 'not-in-register', group: 'foreign' });
  expect(rows[2]).toMatchObject({ problem: { type: 'image-cut-short' } });
  expect(rows[6]).toMatchObject({ kit: String(100_000 + kit), number: third, side: 2, group: 'recognised' });
  const alone = expectOk(
    await uploadPages(here.centre, { ...asked, group: 'recognised', offset: 1, limit: 1 }, null),
  );
  expect(alone).toMatchObject({ total: 2, rows: [{ id: ids[0] }] });
  expect(expectOk(await reviewedUpload(here.centre, { projectId, uploadId }, null)).counts).toMatchObject({
    unrecognised: 1,
    duplicate: 2,
  });
});

test('a typed number makes a page count, the next unrecognised one is named, and the journal proves who typed what', async () => {
  const [one] = numbersOf(kit);
  const { uploadId, ids } = await upload([
    scanOf(0, readingOf(null)),
    scanOf(1, readingOf(null)),
    scanOf(2, readingOf(null)),
  ]);
  const [a = '', b = '', c = ''] = ids;
  expect((await view(b)).around).toEqual({ place: 2, total: 3, previous: a, next: c, nextUnrecognised: c });
  expectOk(await decide(b, number(`${one.slice(0, 4)} ${one.slice(4)}`), { account: 'north' }));
  const now = await view(b);
  expect(now).toMatchObject({
    class: 'filled',
    number: one,
    side: 1,
    seq: 1,
    sheet: { siteCode: 'S1', siteName: 'School one', kit: String(100_000 + kit), side1: 'filled' },
    reading: { class: 'unrecognised', sheet: null },
    history: [{ seq: 1, by: 'north', what: 'number', number: one, side: 1 }],
    around: { place: 3, nextUnrecognised: c },
  });
  expect((await view(c)).around.nextUnrecognised).toBe(a);
  const entry = said.findLast(({ subject }) => subject === `scan:${b}`);
  expect(entry).toMatchObject({
    kind: 'scan-decided',
    data: {
      by: 'north',
      project: projectId,
      upload: uploadId,
      decision: 1,
      what: 'number',
      number: one,
      side: 1,
    },
  });
});

test('deleting is a mark: the page comes back with all that was decided before, and each step is in its history', async () => {
  const [, , two] = numbersOf(kit);
  const { ids } = await upload([scanOf(0, readingOf(null))]);
  const [id = ''] = ids;
  expectOk(await decide(id, number(two, 2)));
  expectOk(await decide(id, { what: 'turned', rotation: 180 }, { seen: 1 }));
  expectOk(await decide(id, { what: 'deleted' }, { seen: 2 }));
  expect(await view(id)).toMatchObject({ class: 'deleted', rotation: 180 });
  expectOk(await decide(id, { what: 'restored' }, { seen: 3 }));
  const back = await view(id);
  expect(back).toMatchObject({ class: 'filled', number: two, side: 2, rotation: 180, seq: 4 });
  expect(back.history.map(({ what }) => what)).toEqual(['number', 'turned', 'deleted', 'restored']);
  expect(said.filter(({ subject }) => subject === `scan:${id}`).map(({ data }) => data['what'])).toEqual([
    'number',
    'turned',
    'deleted',
    'restored',
  ]);
});

test('who has not seen what another has decided is told, and nothing of it is kept', async () => {
  const [one, other] = numbersOf(kit);
  const { ids } = await upload([scanOf(0, readingOf(null))]);
  const [id = ''] = ids;
  const both = await Promise.all([
    decide(id, number(one), { account: 'north' }),
    decide(id, number(other), { account: 'admin' }),
  ]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both.find((result) => !result.ok)).toMatchObject({
    refusal: { type: 'scan-changed-meanwhile', at: here.centre.node.clock.now() },
  });
  expect((await view(id)).history).toHaveLength(1);
  expect(said.filter(({ subject }) => subject === `scan:${id}`)).toHaveLength(1);
  // Having seen it, the newest counts.
  expectOk(await decide(id, number(other), { seen: 1 }));
  expect(await view(id)).toMatchObject({ number: other, seq: 2 });
});

test('a number that cannot be one is refused with what is wrong, and an unknown one is kept only where that is asked for', async () => {
  const [one, , two] = numbersOf(kit);
  const { ids } = await upload([scanOf(0, readingOf(null)), scanOf(1, badReading)]);
  const [id = '', bad = ''] = ids;
  const wrong = one.slice(0, -1) + String((Number(one.at(-1)) + 1) % 10);
  const refusals = [
    ['abc', 'number-not-digits'],
    [one.slice(1), 'number-wrong-length'],
    [wrong, 'number-wrong-check-digit'],
    [numbersOf(900)[0], 'number-not-in-register'],
  ] as const;
  for (const [typed, type] of refusals)
    expect(await decide(id, number(typed))).toMatchObject({ refusal: { type } });
  expect(await decide(id, number(one, 2))).toMatchObject({ refusal: { type: 'sheet-has-one-side' } });
  expect(await decide(bad, number(one))).toMatchObject({ refusal: { type: 'number-of-bad-image' } });
  // What is no number at all stays refused.
  expect(await decide(id, number(wrong, 1, true))).toMatchObject({ ok: false });
  expect((await view(id)).history).toEqual([]);
  expectOk(await decide(id, number(numbersOf(900)[0], 1, true)));
  expect(await view(id)).toMatchObject({ class: 'foreign', foreignReason: 'not-in-register', sheet: null });
  expectOk(await decide(id, number(two, 2), { seen: 1 }));
  expect(await view(id)).toMatchObject({ class: 'filled', foreignReason: null });
});

test('another page of the same side is named, in both', async () => {
  const [one] = numbersOf(kit);
  const { ids } = await upload([scanOf(0, readingOf(one)), scanOf(1, readingOf(null))]);
  const [read = '', typed = ''] = ids;
  expect((await view(read)).mates).toEqual([]);
  expectOk(await decide(typed, number(one)));
  expect(await view(read)).toMatchObject({ class: 'duplicate', mates: [{ id: typed, name: '1.jpg' }] });
  expect(await view(typed)).toMatchObject({ class: 'duplicate', mates: [{ id: read }] });
});

test('a coordinator reaches uploads of the own region and pages of its sites, whoever has sent them, and nothing else', async () => {
  const [one] = numbersOf(kit);
  const [, southern] = numbersOf(40 + kit);
  const theirs = await upload([scanOf(0, readingOf(null)), scanOf(1, readingOf(southern))], south);
  const ofAdmin = await upload([scanOf(0, readingOf(one)), scanOf(1, readingOf(null))]);
  const own = await upload([scanOf(0, readingOf(null))], north);
  const refused = { refusal: { type: 'no-such-scan' } };
  for (const { uploadId } of [theirs, ofAdmin]) {
    const asked = { projectId, uploadId, group: null, offset: 0, limit: 1 };
    expect(await uploadPages(here.centre, asked, north)).toMatchObject({
      refusal: { type: 'no-such-upload' },
    });
    expect(await reviewedUpload(here.centre, asked, north)).toMatchObject({ ok: false });
  }
  for (const scanId of [...theirs.ids, ofAdmin.ids[1] ?? '']) {
    expect(await scanView(here.centre, { projectId, scanId }, north)).toMatchObject(refused);
    expect(await decide(scanId, { what: 'deleted' }, { limit: north })).toMatchObject(refused);
  }
  // The page of the own site: seen, deleted and taken back.
  const [mine = ''] = ofAdmin.ids;
  expectOk(await decide(mine, { what: 'deleted' }, { limit: north }));
  expectOk(await decide(mine, { what: 'restored' }, { limit: north, seen: 1 }));
  // A number of a site of others is in no register that this user sees, and makes no page of theirs.
  const elsewhere = number(southern);
  expect(await decide(mine, elsewhere, { limit: north, seen: 2 })).toMatchObject({
    refusal: { type: 'number-not-in-register' },
  });
  expect(await decide(mine, number(southern, 1, true), { limit: north, seen: 2 })).toMatchObject({
    refusal: { type: 'outside-limit' },
  });
  expectOk(await decide(own.ids[0] ?? '', number(southern, 1, true), { limit: north }));
  expect(await view(own.ids[0] ?? '')).toMatchObject({ class: 'foreign', foreignReason: 'other-region' });
  // Nor is a page reached through another project.
  expect(await scanView(here.centre, { projectId: 'another', scanId: mine }, null)).toMatchObject(refused);
});

const page = (): Promise<Buffer> =>
  sharp(randomBytes(60 * 80), { raw: { width: 60, height: 80, channels: 1 } })
    .toColourspace('b-w')
    .tiff({ compression: 'lzw' })
    .toBuffer();

async function keptImage(content: Uint8Array): Promise<string> {
  return (await here.centre.blobs.put(content)).digest;
}

function fetchAs(account: string | null, path: string): Promise<Response> {
  const token = account === null ? null : here.centre.node.accounts.sessions.begin(account);
  return fetch(`http://127.0.0.1:${server.port}${path}`, {
    headers: token === null ? {} : { cookie: `invigil-session-${server.port}=${token}` },
  });
}

test('a picture is shown to whoever may see its page, as what a browser can show, and lies in no cache', async () => {
  const jpeg = await sharp(await page())
    .jpeg()
    .toBuffer();
  const image = async (position: number, content: Uint8Array): Promise<NewScan> => ({
    ...scanOf(position, readingOf(null)),
    digest: await keptImage(content),
    thumbnail: await keptImage(jpeg),
  });
  const html = new TextEncoder().encode('<script>alert(1)</script>');
  const { ids } = await upload(
    [await image(0, jpeg), await image(1, await page()), await image(2, html), scanOf(3, badReading)],
    south,
  );
  const [asJpeg = '', asTiff = '', asHtml = '', lost = ''] = ids;
  const shown = await fetchAs('south', `/scans/${asJpeg}/image`);
  expect(shown.status).toBe(200);
  expect(Object.fromEntries(shown.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  expect(Buffer.from(await shown.arrayBuffer()).equals(jpeg)).toBe(true);
  const turned = await fetchAs('watcher', `/scans/${asTiff}/image`);
  expect(turned.headers.get('content-type')).toBe('image/png');
  const grey = (image: Uint8Array): Promise<Buffer> => sharp(image).toColourspace('b-w').raw().toBuffer();
  const before = await grey(
    (await here.centre.blobs.read((await digestOf(asTiff)) ?? '')) ?? new Uint8Array(),
  );
  const after = await grey(await turned.bytes());
  expect(after.equals(before)).toBe(true);
  expect((await fetchAs('admin', `/scans/${asHtml}/thumbnail`)).headers.get('content-type')).toBe(
    'image/jpeg',
  );
  const statuses: [string | null, string, number][] = [
    [null, `/scans/${asJpeg}/image`, 401],
    ['north', `/scans/${asJpeg}/image`, 404],
    ['north', `/scans/${asJpeg}/thumbnail`, 404],
    ['school', `/scans/${asJpeg}/image`, 403],
    // What is no picture goes out as nothing.
    ['admin', `/scans/${asHtml}/image`, 415],
    ['admin', `/scans/${lost}/image`, 404],
    ['admin', `/scans/${lost}/thumbnail`, 404],
    ['admin', '/scans/0000000000000000/image', 404],
    ['admin', '/scans/..%2f..%2fkeys/image', 404],
    ['admin', `/scans/${encodeURIComponent("' or 1=1 --")}/image`, 404],
    ['admin', `/scans/${asJpeg}/..%2f..%2f..%2fcentre.db`, 404],
  ];
  for (const [account, path, status] of statuses) {
    const answer = await fetchAs(account, path);
    expect([account, path, answer.status]).toEqual([account, path, status]);
    expect(answer.headers.get('content-type') ?? '').not.toMatch(/html/);
  }
});

async function digestOf(id: string): Promise<string | null> {
  const row = await here.centre.db
    .selectFrom('scan')
    .select('digest')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.digest ?? null;
}

test('TIFF is turned into PNG once for all who ask, and what was turned takes no more memory than is allowed', async () => {
  const reads: string[] = [];
  const content = new Map(
    await Promise.all(['a', 'b', 'c'].map(async (name) => [name, new Uint8Array(await page())] as const)),
  );
  const pictures = new PagePictures(
    {
      read(digest) {
        reads.push(digest);
        return Promise.resolve(content.get(digest) ?? null);
      },
    },
    12_000,
  );
  const [first, again] = await Promise.all([pictures.of('a'), pictures.of('a')]);
  expect(first).toEqual(again);
  expectOk(await pictures.of('b'));
  expectOk(await pictures.of('a'));
  expect(reads).toEqual(['a', 'b']);
  // Two fit: the one that nobody asked for lately goes.
  expectOk(await pictures.of('c'));
  expectOk(await pictures.of('a'));
  expect(reads).toEqual(['a', 'b', 'c']);
  expectOk(await pictures.of('b'));
  expect(reads).toEqual(['a', 'b', 'c', 'b']);
  expect(pictures.bytes).toBeLessThanOrEqual(12_000);
  expect(await pictures.of('d')).toMatchObject({ refusal: { type: 'scan-image-missing' } });
  const cut = content.get('a')?.slice(0, 40) ?? new Uint8Array();
  content.set('e', cut);
  expect(await pictures.of('e')).toMatchObject({ refusal: { type: 'scan-cannot-be-shown' } });
});
