/** Archives from the browser's first byte to the row's words: nothing is lost, nothing counts twice, and what is wrong is said. */
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Refused } from '../../../base/refused.ts';
import { expectOk } from '../../../base/result.ts';
import type { Limit } from '../../../node/users/limit.ts';
import { startWebServer, type WebServer } from '../../../node/web-server.ts';
import { makeProject, openTestCentre, people, type TestCentre } from '../../centre.fixture.ts';
import { centreOperations } from '../../operations/operations.ts';
import { makeEvent, numbersOf, registerKits } from '../scans.fixture.ts';
import { readAgain } from './read-again.ts';
import { removeUnneeded } from './remove-unneeded.ts';
import { scanUploadRoutes } from './routes.ts';
import { ScanReader } from './scan-reader.ts';
import { uploadPage } from './upload-list.ts';
import { cancelUpload, expectUpload, givePassword, takeArchive } from './uploads.ts';
import { offsetOf, pageOfKit, pagesOfKit, roomOf, sendPiece, zipOf, type Ask } from './uploads.fixture.ts';

let here: TestCentre;
let projectId: string;
let web: WebServer | null = null;
const bob = { account: 'bob', limit: null };

beforeEach(async () => {
  here = await openTestCentre('file');
  ({ projectId } = await makeProject(here));
  people(here);
  const event = await makeEvent(here.centre, projectId);
  await registerKits(here.centre, event, { site: 'S1', room: 'S1-R1', from: 1, to: 2 });
  await registerKits(here.centre, event, { site: 'S2', room: 'S2-R1', from: 3, to: 3 });
});
afterEach(async () => {
  await web?.close();
  web = null;
  await here.close();
});

async function serve(): Promise<(account: string) => Ask> {
  const { centre } = here;
  web = expectOk(
    await startWebServer({
      host: '127.0.0.1',
      port: 0,
      publicNames: [],
      screens: import.meta.dirname,
      router: centreOperations(centre, () => ({ port: 0, addresses: [] })),
      accounts: centre.node.accounts,
      files: centre.node.files,
      log: pino({ level: 'silent' }),
      health: () => ({ ok: true }),
      extend: scanUploadRoutes(centre),
    }),
  );
  const { port } = web;
  return (account) => {
    const cookie = `invigil-session-${port}=${centre.node.accounts.sessions.begin(account)}`;
    return (path, init) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        ...init,
        headers: { 'x-invigil': '1', cookie, ...(init?.headers as Record<string, string>) },
      });
  };
}

const filter = () => ({ projectId, search: '', show: 'all' as const, offset: 0, limit: 50 });
const rows = async (limit: Limit | null = null) => (await uploadPage(here.centre, filter(), limit)).rows;
const row = async (uploadId: string) => {
  const found = (await rows()).find(({ id }) => id === uploadId);
  if (!found) throw new Error('no such row');
  return found;
};
const pagesKept = () =>
  here.centre.db.selectFrom('scan').select(['upload_id', 'position', 'name', 'digest']).execute();
const archivesLeft = () => readdirSync(join(here.folder, 'scan-archives'));
/** As the journal holds them. */
const entered = () => {
  const found: { kind: string; data: unknown }[] = [];
  here.centre.node.journal.replay(({ kind, data }) => {
    if (kind.startsWith('scan-')) found.push({ kind, data });
  });
  return found;
};

async function given(content: Uint8Array, password?: string, fileName = 'room.zip') {
  const { path } = await here.file('given.zip', content);
  const { uploadId } = expectOk(
    await takeArchive(here.centre, { projectId, path, fileName, way: 'package', ...bob, password }),
  );
  await here.centre.scanReader.idle();
  return uploadId;
}

const asked = (size: number, more: { password?: string; modifiedAt?: number; fileName?: string } = {}) => ({
  projectId,
  fileName: 'room.zip',
  size,
  modifiedAt: 5,
  ...more,
});

test('an archive that is cut off goes on where it was, by whoever sends it and by nobody else', async () => {
  const asBrowserOf = await serve();
  const [mine, others] = [asBrowserOf('bob'), asBrowserOf('ann')];
  const archive = await roomOf([1]);
  const { uploadId } = expectOk(await expectUpload(here.centre, asked(archive.length), bob));
  const half = archive.length >> 1;
  // The connection breaks in the middle of a piece.
  const torn = new ReadableStream<Uint8Array>({
    start: (to) => to.enqueue(archive.slice(0, half)),
    async pull(to) {
      while (!(await here.centre.scanReader.archives.received(uploadId)))
        await new Promise((resolve) => setTimeout(resolve, 10));
      to.error(new Error('cut'));
    },
  });
  expect(await sendPiece(mine, uploadId, 0, torn).then(String, () => 'cut off')).toBe('cut off');
  const offset = (await offsetOf(mine, uploadId)) ?? 0;
  expect(offset).toBeGreaterThan(0);
  expect(await row(uploadId)).toMatchObject({ state: 'coming', received: offset, size: archive.length });

  expect(await offsetOf(others, uploadId)).toBeNull();
  expect((await sendPiece(others, uploadId, offset, archive.slice(offset))).status).toBe(404);
  expect((await mine(`/scan-uploads/${uploadId}`)).status).toBe(403);
  expect((await mine(`/scan-uploads/${uploadId}`, { method: 'DELETE' })).status).toBe(403);
  expect((await asBrowserOf('dan')(`/scan-uploads/${uploadId}`, { method: 'HEAD' })).status).toBe(403);
  const withoutHeader = await fetch(`http://127.0.0.1:${web?.port}/scan-uploads/${uploadId}`, {
    method: 'PATCH',
  });
  expect(withoutHeader.status).toBe(403);
  // Not from the beginning, and not from behind what is here.
  expect((await sendPiece(mine, uploadId, 0, archive)).status).toBe(409);

  // The browser was closed: the same file, chosen again, is the same upload. Another of its name is not.
  expect(expectOk(await expectUpload(here.centre, asked(archive.length), bob))).toEqual({
    uploadId,
    number: 1,
    received: offset,
  });
  const other = expectOk(await expectUpload(here.centre, asked(archive.length, { modifiedAt: 6 }), bob));
  expect(other).toMatchObject({ number: 2, received: 0 });
  expect(
    expectOk(await expectUpload(here.centre, asked(archive.length), { account: 'ann', limit: null })),
  ).toMatchObject({ number: 3 });

  expect((await sendPiece(mine, uploadId, offset, archive.slice(offset))).status).toBe(204);
  await here.centre.scanReader.idle();
  // The answer was lost, the archive is read and gone: the browser still hears that all of it came.
  expect(await offsetOf(mine, uploadId)).toBe(archive.length);
  expect(await row(uploadId)).toMatchObject({
    state: 'read',
    files: 4,
    done: 4,
    counts: { filled: 3, empty: 1, unrecognised: 0 },
    problem: null,
    warnings: [],
  });
  expect(archivesLeft().filter((name) => name.startsWith(uploadId))).toEqual([]);
  expect(entered()).toMatchObject([
    { kind: 'scan-archive-read', data: { upload: uploadId, by: 'bob', done: 4, filled: 3, empty: 1 } },
  ]);
});

test('more than was said, or more than 250 MB, is not taken', async () => {
  const mine = (await serve())('bob');
  const { uploadId } = expectOk(await expectUpload(here.centre, asked(10), bob));
  await sendPiece(mine, uploadId, 0, new Uint8Array(100)).catch(() => null);
  expect(await offsetOf(mine, uploadId)).toBeLessThanOrEqual(10);
  const large = await expectUpload(here.centre, asked(250 * 1_048_576 + 1), bob);
  expect(large).toMatchObject({ ok: false, refusal: { type: 'archive-too-large', limitMB: 250 } });
  expect(await expectUpload(here.centre, asked(0), bob)).toMatchObject({
    refusal: { type: 'archive-empty' },
  });
  const limit: Limit = { to: 'regions', regions: ['Nowhere'] };
  expect(await expectUpload(here.centre, asked(5), { account: 'bob', limit })).toMatchObject({
    refusal: { type: 'no-such-project' },
  });
});

test.each([
  ['AES', { encryptionStrength: 3 as const }],
  ['ZipCrypto', { zipCrypto: true }],
])(
  '%s: a password that is missing or wrong is asked for, and the right one needs no second upload',
  async (_, how) => {
    const { centre } = here;
    const archive = await roomOf([1], { password: 'Öпароль密', ...how });
    const uploadId = await given(archive);
    expect(await row(uploadId)).toMatchObject({
      state: 'password',
      problem: { type: 'archive-password-missing' },
      done: 0,
    });
    expectOk(await givePassword(centre, { projectId, uploadId, password: 'wrong' }, null));
    await centre.scanReader.idle();
    expect(await row(uploadId)).toMatchObject({
      state: 'password',
      problem: { type: 'archive-password-wrong' },
      done: 0,
    });
    expectOk(await givePassword(centre, { projectId, uploadId, password: 'Öпароль密' }, null));
    await centre.scanReader.idle();
    expect(await row(uploadId)).toMatchObject({
      state: 'read',
      problem: null,
      counts: { filled: 3, empty: 1 },
    });
    const { password_sealed } = await centre.db
      .selectFrom('scan_upload')
      .select('password_sealed')
      .executeTakeFirstOrThrow();
    expect(password_sealed).toBeNull();
    // Nowhere on the disk, sealed or not, when it is no longer needed.
    expect(JSON.stringify(entered())).not.toContain('Öпароль密');
  },
);

test('a blob store that is away is waited for and said; every page is there once afterwards', async () => {
  const { centre } = here;
  const { put } = centre.blobs;
  let puts = 0;
  centre.blobs.put = (content) =>
    ++puts > 3 && puts < 6
      ? Promise.reject(new Refused({ type: 'blob-store-unreachable', problem: 'away' }))
      : put(content);
  const said = new Set<string>();
  const stop = centre.scanReader.changed.subscribe(() => {
    for (const { id } of known) said.add(centre.scanReader.problemOf(id)?.type ?? '-');
  });
  const known: { id: string }[] = [];
  const { path } = await here.file('given.zip', await roomOf([1, 2]));
  const { uploadId } = expectOk(
    await takeArchive(centre, { projectId, path, fileName: 'a.zip', way: 'gateway', ...bob }),
  );
  known.push({ id: uploadId });
  await centre.scanReader.idle();
  stop();
  expect(said).toContain('blob-store-unreachable');
  expect(await row(uploadId)).toMatchObject({ state: 'read', problem: null, done: 8, counts: { filled: 6 } });
  expect((await pagesKept()).map(({ position }) => position).toSorted((a, b) => a - b)).toEqual([
    ...Array(2 * pagesOfKit).keys(),
  ]);
});

test('the same sheets in two archives at once: other images are duplicates, the same images are already there', async () => {
  const { centre } = here;
  const one = await roomOf([1]);
  const again = await zipOf([['x/0.jpg', await pageOfKit(1, 0, 2)]]);
  const [project2] = [await makeProject(here, 'P2', ['1,S9,S9-R1,2001,A'])];
  for (const [content, into] of [
    [one, projectId],
    [again, projectId],
    [one, projectId],
    [again, project2.projectId],
  ] as const) {
    const { path } = await here.file('a.zip', content);
    expectOk(await takeArchive(centre, { projectId: into, path, fileName: 'a.zip', way: 'package', ...bob }));
  }
  await centre.scanReader.idle();
  const counts = (await rows()).map((found) => found.counts).toReversed();
  expect(counts).toMatchObject([
    { filled: 2, duplicate: 1, empty: 1 },
    { duplicate: 1 },
    { 'already-uploaded': 4, filled: 0 },
  ]);
  const [sum] = await centre.db.selectFrom('event_site').selectAll().where('site_code', '=', 'S1').execute();
  expect(sum).toMatchObject({ came: 4, filled: 2, empty: 1, duplicate: 2 });
});

test('pages of several rooms in one archive, and pages that nobody has, are said when it was read', async () => {
  const uploadId = await given(await roomOf([1, 3, 7]));
  expect(await row(uploadId)).toMatchObject({
    state: 'read',
    warnings: [{ type: 'archive-several-rooms', count: 2, rooms: 'S1-R1, S2-R1' }],
    counts: { filled: 6, empty: 2, foreign: 4 },
  });
});

test('what a stopped centre had begun goes on, and positions that are kept are not even unpacked', async () => {
  const { centre } = here;
  const { path } = await here.file('a.zip', await roomOf([1, 2]));
  const { uploadId } = expectOk(
    await takeArchive(centre, { projectId, path, fileName: 'a.zip', way: 'package', ...bob }),
  );
  await centre.scanReader.stop();
  const before = await row(uploadId);
  expect(['waiting', 'reading']).toContain(before.state);
  const again = new ScanReader(() => centre);
  Object.assign(centre, { scanReader: again });
  await again.resume();
  await again.idle();
  expect(await row(uploadId)).toMatchObject({ state: 'read', done: 8, counts: { filled: 6, empty: 2 } });
  expect(await pagesKept()).toHaveLength(8);
});

test('what came whole while the centre could not say so is read; what stands still for a week is given up, and said', async () => {
  const { centre } = here;
  const archive = await roomOf([1]);
  const came = expectOk(await expectUpload(centre, asked(archive.length), bob));
  const old = expectOk(await expectUpload(centre, asked(100, { fileName: 'old.zip' }), bob));
  const fresh = expectOk(await expectUpload(centre, asked(100, { fileName: 'fresh.zip' }), bob));
  writeFileSync(centre.scanReader.archives.file(came.uploadId), archive);
  writeFileSync(centre.scanReader.archives.file('0'.repeat(16)), 'of no row');
  const now = centre.node.clock.now();
  for (const [id, days] of [
    [old.uploadId, 8],
    [fresh.uploadId, 6],
  ] as const) {
    const at = new Date(now - days * 86_400_000);
    utimesSync(centre.scanReader.archives.file(id), at, at);
  }
  await removeUnneeded(centre, { orphans: true });
  await centre.scanReader.idle();
  expect(await row(came.uploadId)).toMatchObject({ state: 'read', counts: { filled: 3 } });
  expect(await row(old.uploadId)).toMatchObject({ state: 'cancelled', problem: { type: 'upload-expired' } });
  expect(await row(fresh.uploadId)).toMatchObject({ state: 'coming', received: 0 });
  expect(archivesLeft().map((name) => name.slice(0, 16))).toEqual([fresh.uploadId, fresh.uploadId]);
});

test('an upload is cancelled before anything of it was read, and its bytes go', async () => {
  const mine = (await serve())('bob');
  const { uploadId } = expectOk(await expectUpload(here.centre, asked(100), bob));
  await sendPiece(mine, uploadId, 0, new Uint8Array(40));
  expectOk(await cancelUpload(here.centre, { projectId, uploadId }, bob));
  expect(await row(uploadId)).toMatchObject({ state: 'cancelled' });
  expect((await sendPiece(mine, uploadId, 40, new Uint8Array(60))).status).toBe(410);
  expect(archivesLeft()).toEqual([]);
  expect(await cancelUpload(here.centre, { projectId, uploadId }, bob)).toMatchObject({
    refusal: { type: 'upload-being-read' },
  });
});

test('whoever is limited sees the uploads of those who are limited to no more', async () => {
  const north: Limit = { to: 'regions', regions: ['North'] };
  const both: Limit = { to: 'regions', regions: ['South', 'North'] };
  await here.centre.db.updateTable('site').set({ region: 'North' }).execute();
  for (const limit of [null, north, both])
    expectOk(await expectUpload(here.centre, asked(9), { account: String(limit?.regions), limit }));
  expect(await rows(north)).toHaveLength(1);
  expect(await rows({ to: 'regions', regions: ['North', 'South'] })).toHaveLength(2);
  expect(await rows({ to: 'site', projectId, siteCode: 'S1' })).toHaveLength(0);
  expect(await rows()).toHaveLength(3);
  const page = await uploadPage(here.centre, { ...filter(), search: 'SOUTH', show: 'open', limit: 1 }, null);
  expect(page).toMatchObject({ total: 1, rows: [{ number: 3 }] });
});

test('a page on which the program failed is read again when a person wants it, and only such a one', async () => {
  const { centre } = here;
  const uploadId = await given(await roomOf([1]));
  const scan = await centre.db
    .selectFrom('scan')
    .selectAll()
    .where('position', '=', 0)
    .executeTakeFirstOrThrow();
  expect(await readAgain(centre, { projectId, scanId: scan.id }, bob)).toMatchObject({
    refusal: { type: 'scan-was-read' },
  });
  const bad = await given(
    await zipOf([
      ['1.jpg', (await pageOfKit(2, 0)).slice(0, 20_000)],
      ['2.pdf', Buffer.from('%PDF-1.7')],
    ]),
  );
  expect(await row(bad)).toMatchObject({ counts: { 'bad-image': 2 } });
  const [cut, pdf] = await centre.db
    .selectFrom('scan')
    .selectAll()
    .where('upload_id', '=', bad)
    .orderBy('position')
    .execute();
  expect(await readAgain(centre, { projectId, scanId: pdf?.id ?? '' }, bob)).toMatchObject({
    refusal: { type: 'scan-image-not-kept' },
  });
  expect(expectOk(await readAgain(centre, { projectId, scanId: cut?.id ?? '' }, bob))).toMatchObject({
    type: 'image-cut-short',
  });
  // As it stands after a thread has died over a sound page.
  const whole = await centre.blobs.put(await pageOfKit(2, 0));
  await centre.db
    .updateTable('scan')
    .set({ digest: whole.digest })
    .where('id', '=', cut?.id ?? '')
    .execute();
  expect(expectOk(await readAgain(centre, { projectId, scanId: cut?.id ?? '' }, bob))).toBeNull();
  expect(await row(bad)).toMatchObject({ counts: { 'bad-image': 1, filled: 1 } });
  expect(entered().at(-1)).toMatchObject({ kind: 'scan-read-again', data: { upload: bad, by: 'bob' } });
  expect(await row(uploadId)).toMatchObject({ counts: { filled: 3 } });
  const standing = await centre.db
    .selectFrom('scan_standing')
    .select('number')
    .where('scan_id', '=', cut?.id ?? '')
    .executeTakeFirstOrThrow();
  expect(standing.number).toBe(numbersOf(2)[0]);
});
